"""Guards for any hindsight wording: no question, forecast, denial or present state."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammar import opens_with_imperative
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    clause_before,
    guard,
    is_about_an_accident,
    matches,
    spaced_text,
    unit_words,
)
from lif_nlp.annotate.rules.patterns import token_pattern
from lif_nlp.text.word_lists import words

_QUESTION = token_pattern(
    r"(?:consider|considers|considered|considering|explore|explores|explored|exploring|analyse"
    r"|analysed|examine|examines|examined|examining|establish|determine|ask|asks|asked|asking"
    r"|reflect|reflects|reflected|reflecting|review|reviewed|assess|assessed|investigate|question"
    r"|questions|questioned|look at|look into|looked at|know|terms of reference|discuss|discussed"
    r"|decide) (?:on |upon |about |at )?(?:whether|if|how|what|where|why|when|which)"
)
# "if any" and "whether" leave the judgement open.
_WHETHER = token_pattern("whether", "if there (?:was|were)", "if any")
# A question that opens with one of these ("Should it have been seen?") still judges.
_INVERTED = ("should", "were", "had")


@guard
def not_a_question(candidate: Candidate) -> bool:
    """Not a question of the review ("to explore whether more could have been done")."""
    unit = candidate.unit.words
    if unit[-1] == "?" and unit[0] not in _INVERTED:
        return False
    before = candidate.before(14)
    if _WHETHER.search(clause_before(candidate, 9)):
        return False
    questions = list(_QUESTION.finditer(before))
    # "asked whether ... and found that" reports an answer.
    return not questions or " found " in before[questions[-1].end() :]


# "action to prevent", "risk of", "may lead to", "staff must recognise"
_FUTURE = token_pattern(
    "to (?:prevent|avoid|reduce|address|tackle|learn from|guard against|ensure|mitigate|"
    "minimise|eliminate)",
    "(?:action|learning|steps?|work|measures|recommendations?) to",
    r"(?:risk|risks|danger|likelihood|possibility|potential|prospect) (?:of|that|for)(?: \w+)?",
    "(?:could|may|might|will|can|would) (?:lead to|result in|cause|be|create)",
    "(?:potential|possible|any|further|future|unless there (?:is|are)|if there (?:is|are)|"
    "should there be)",
    "(?:staff|practitioners|professionals|they|we|parents|workers|training|courses?|teams?)"
    " (?:must |should |need to |to |will |can |are trained to |are taught to |is about |on |in )?"
    "(?:know|learn|recognise|spot|identify|understand|taught|trained|on|about)(?: the| about)?",
    "so that",
    "in order to",
    "will",
    "must",
)
_PAST = token_pattern("was", "were", "had", "did", "found")


@guard
def not_about_the_future(candidate: Candidate) -> bool:
    """Not about what may come: risks, aims, recommendations and lessons."""
    if opens_with_imperative(candidate.unit.words):
        return False
    # "the first matter to which the panel must point is the failure": the verb "is" divides.
    before = " " + re.split(r" (?:is|are) ", candidate.before(5))[-1].strip() + " "
    if matches(_PAST, before):
        return True
    return not (matches(_FUTURE, before) or matches(_FUTURE, spaced_text(candidate)))


# Each of these negates the candidate if it ends right before it.
_NEGATED = (
    r"no(?: \w+)?",
    r"not (?:a|an|any|find|identify|see|constitute|due to|amount to|result from|"
    r"because of)(?: \w+)?",
    "(?:without|nor|neither|never)(?: any| a)?",
    "none(?: of)?",
    r"nothing(?: \w+){0,4}",
    "free from",
    r"no (?:\w+ ){0,4}(?:of|that|or|and|to|any|suggests?|suggesting|indicates?)(?: any| an?|"
    r" \w+)?",
    r"(?:did|does|do|was|were|has|have|could|is|are|can)(?: \w+)? not(?: \w+){0,3}",
    r"not (?:think|consider|believe|find|say|suggest|conclude|accept)(?: that)?(?: \w+){0,9}",
    "rather than(?: a| an| any)?",
    r"can ?not(?: \w+){0,2}",
    "(?:few|fewer|rarely|avoid|avoids|avoided)",
    r"not(?: \w+)?",
    r"neither(?: \w+){0,3}",
    r"unable to (?:say|conclude)(?: \w+){0,4}",
)
_NEGATED_BEFORE = re.compile(rf"(?<= )(?:{'|'.join(_NEGATED)}) $")
_NEGATION = re.compile(r" (?:not|never|nor|un(?:predict|foresee|avoid)able) ")


@guard
def not_negated(candidate: Candidate) -> bool:
    """Not negated ("was not foreseeable", "no evidence that it was preventable")."""
    if _NEGATION.search(spaced_text(candidate)):
        return False
    return not _NEGATED_BEFORE.search(clause_before(candidate, 12))


# "no serious or systemic failings": adjectives may come between the denial and the noun.
_DENIED = re.compile(
    r" (?:no|not any|without(?: any)?|neither|never an?|not an?|not due to an?"
    r"|not the result of an?|(?:not|never|nor) (?:find|found|identify|identified|see|seen|reveal"
    r"|revealed|show|shown|cause|caused by) (?:any|an?)?"
    r"|no (?:evidence|indication|suggestion|sign|signs|reports?) (?:of|that there (?:was|were))"
    r"(?: an?| any)?)(?: (?:widespread|serious|significant|systemic|major|individual|obvious|other"
    r"|such|apparent|known|specific|clear|and|or|,|single|identified|professional|agency|"
    r"practice))* $"
)


@guard
def not_a_denied_noun(candidate: Candidate) -> bool:
    """The noun itself is not denied ("no serious failings were found")."""
    return not _DENIED.search(candidate.before(9))


@guard
def verb_not_negated(candidate: Candidate) -> bool:
    """The verb itself is not negated ("staff have not failed to", "never failed to")."""
    before = set(candidate.before(2).split())
    if before & {"not", "never", "no", "nobody", "none", "without", "nor"}:
        return False
    return not {"not", "never"} & set(candidate.text.split()[:-2])


# "is now", "currently"
_PRESENT = token_pattern("(?:is|are) (?:now|currently)", "currently")


@guard
def not_about_the_present(candidate: Candidate) -> bool:
    """Not a present state, and not a forecast."""
    return not matches(_PRESENT, clause_before(candidate, 8))


_PAST_VERB = token_pattern("{past_verbs}", r"\w+ed")


@guard
def mentions_the_past(candidate: Candidate) -> bool:
    """The unit has a verb in a past form."""
    return matches(_PAST_VERB, candidate.unit.folded)


@guard
def not_about_an_accident(candidate: Candidate) -> bool:
    """Not the physics of an accident."""
    return not is_about_an_accident(candidate)


# Inspection grades and statutes define what failing means; they find nothing.
_DEFINITION = token_pattern(
    "in (?:a|any) local authority that",
    "a local authority that (?:is|requires)",
    "(?:is|are) (?:defined|judged) (?:as|to be)? ?(?:inadequate )?(?:when|where|if)",
    "a person (?:who|commits)",
    "guilty of an offence",
    "it is an offence",
    "there are no widespread",
    "(?:inadequate|good|outstanding|requires improvement(?: to be good)?) : there are",
)


@guard
def not_a_definition(candidate: Candidate) -> bool:
    """Not the wording of a grade or of a statute."""
    return not matches(_DEFINITION, candidate.unit.folded)


# ----------------------------------------------------------------- explicit

# "without the benefit of hindsight", "mindful of hindsight"
_WARNING = token_pattern(
    r"(?:without|no|not|nor|never|avoid|avoids|avoiding|avoided|against|mindful of|conscious of"
    r"|cautious|wary|risks? of|dangers? of|minimise|minimising|limit|limiting|reduce|reducing|"
    r"resist"
    r"|resisted|resisting|free from|free of|lacked|lacking|before|prior to|beware|rather than"
    r"|removed?|removing|distorted by|effects? of|impact of)(?: \w+){0,4}"
)
# "hindsight bias" is the name of the danger.
_BIAS = re.compile(r" (?:bias|and outcome|or outcome|must|should not|effect)")


@guard
def not_a_warning_about_hindsight(candidate: Candidate) -> bool:
    """Not "without the benefit of hindsight", "hindsight bias" and the like."""
    if _BIAS.match(candidate.after(3)):
        return False
    return not matches(_WARNING, " " + re.split(r" [;.,] ", candidate.before(7))[-1])


# "looking back on her childhood"
_PERSONAL_MEMORY = re.compile(
    r" (?:on|at|over|to) (?:his|her|their|my) (?:own )?(?:\w+ )?(?:childhood|life|marriage|"
    r"pregnancy|youth|upbringing|school ?days|schooling|time|years|teens|relationship) "
)


@guard
def not_a_personal_memory(candidate: Candidate) -> bool:
    """Not a relative recalling their own life ("looking back on her childhood")."""
    return not _PERSONAL_MEMORY.match(candidate.after(6))


# "completed retrospectively" is about a record.
_LATE_RECORD = token_pattern(
    r"(?:completed|recorded|written|dated|added|entered|made|documented|updated|signed|typed"
    r"|compiled|records?|entry|entries|notes?|logged|inputted|filled|submitted|approved|granted)"
    r"(?: \w+){0,4}"
)


@guard
def not_a_late_record(candidate: Candidate) -> bool:
    """Not an entry written up afterwards, and not a retrospective check or audit."""
    return not matches(_LATE_RECORD, candidate.before(6))


_FINITE = re.compile(
    r" (was|were|had|did|been|could|should|would|might|is|are|has|have|leads|will|can|must|do|does"
    r"|\w{3,}ed|began|came|went|took|gave|left|lay|felt|knew|saw|made|told|lived|kept|fell|hid|met"
    r"|ran|spent|became) "
)
# "has now been established" may report a new service (see `_NEW_SERVICE`).
_HAS_BEEN = re.compile(r" (?:has|have|is|are)(?: \w+)? been ")
_NEW_SERVICE = token_pattern(
    "(?:improved|strengthened|in place|developed|implemented|established|appointed)"
)


@guard
def next_verb_is_past(candidate: Candidate) -> bool:
    """What is now known held at the time: the first verb that follows is past."""
    after = candidate.after(25)
    verb = _FINITE.search(after)
    irregular = set(after.split()[:8]) & words("participles")
    if not verb or (irregular and verb.group(1) in ("is", "are", "has", "have")):
        return (
            bool(irregular)
            or " to have " in spaced_text(candidate)
            or " to be " in spaced_text(candidate)
        )
    if verb.group(1) in ("has", "have", "is", "are"):
        return bool(_HAS_BEEN.match(after[verb.start() :])) and not matches(_NEW_SERVICE, after)
    return verb.group(1) not in ("leads", "will", "can", "must", "do", "does")


# "set aside what we now know"
_SET_ASIDE = token_pattern(
    "(?:set|setting|leave|leaving|put|putting) aside",
    "regardless of",
    r"without(?: \w+)?",
    r"not (?:be )?(?:judged?|coloured|influenced|viewed|seen|reliant)(?: \w+){0,3}",
    "ignoring",
    "rather than(?: on| by| from)?",
    r"(?:avoid|avoiding|avoided|resist|resisted|beware of)(?: \w+){0,3}",
)


@guard
def not_setting_hindsight_aside(candidate: Candidate) -> bool:
    """Not a warning against later knowledge ("set aside what we now know")."""
    return not matches(_SET_ASIDE, candidate.before(6))


@guard
def not_a_road_sign_or_symptom(candidate: Candidate) -> bool:
    """Not a sign beside a road, and not the signs of an illness in a leaflet."""
    return not unit_words(candidate) & (words("road_and_machines") | words("road_signs"))
