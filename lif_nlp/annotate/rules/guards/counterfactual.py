"""Guards for counterfactual wording: whose act is judged, and against what."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammar import NOBODY, OTHER, PERSON, SERVICE, THING, actor_class
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    clause_before,
    guard,
    has_condition,
    is_about_an_accident,
    matches,
    mentions_service,
    spaced_text,
    subject_class,
    subject_is_hypothetical,
    unit_words,
)
from lif_nlp.annotate.rules.patterns import token_pattern
from lif_nlp.text.word_lists import words

# "could have been caused by the mother"
_AGENT = re.compile(r" by (?:the |his |her |their |a |an )?(?:\w+ )?(\w+) ")
# What a relative could have prevented is still the review's own counterfactual.
_PREVENTED = frozenset(["prevented", "avoided", "averted"])


def _by_other(candidate: Candidate) -> bool:
    """Whether a relative or a thing is named as the agent."""
    after = candidate.after(8)
    agent = _AGENT.search(after)
    return agent is not None and actor_class(agent.group(1)) in (OTHER, THING) and "'s" not in after


@guard
def not_done_by_family_or_thing(candidate: Candidate) -> bool:
    """Not done by a relative or a thing ("could have been caused by the mother")."""
    return bool(_PREVENTED & set(candidate.text.split())) or not _by_other(candidate)


@guard
def was_for_a_service_to_do(candidate: Candidate) -> bool:
    """What should have been done was for a service to do.

    In the passive ("the mother should have been asked") any subject is accepted except a
    thing; in the active a family member or a thing is not.
    """
    subject, last = subject_class(candidate), candidate.text.split()[-1]
    following = (candidate.after(1).split() or [""])[0]
    if candidate.before(1).strip() == "i":
        return True
    if "been" in candidate.text.split() or following == "been":
        if following.endswith("ing") and following != "being":
            return subject == SERVICE
        return not (last == "been" and subject == THING) and not _by_other(candidate)
    if subject == OTHER:
        return last in words("received_from_services")
    if subject == PERSON:
        return mentions_service(candidate) or bool(
            {"had", "received"} & set(candidate.text.split())
        )
    return subject != THING


# "all staff should have completed the course by 2020" states a rule.
_EVERYONE = token_pattern("(?:all|every|each|any|staff)")
_DUE = token_pattern("by (?:the end|[0-9]+|(?:next|this) \\w+|{months})", "within (?:\\w+ ){1,3}of")
_STANDING = re.compile(
    r"should (?:all |each |always )?have (?:completed|agreed|written|updated|shared|"
    r"identified) \w+s "
)


@guard
def not_a_requirement_in_force(candidate: Candidate) -> bool:
    """Not a standing rule ("all children should have completed forms")."""
    everyone = matches(_EVERYONE, candidate.before(6)) and matches(_DUE, candidate.after(8))
    return not everyone and not _STANDING.match(candidate.text)


# "could have been because of": a guess at a cause
_CAUSE = token_pattern("(?:because of|due to|the result of|the case that|a result of|that)")


@guard
def passive_is_about_practice(candidate: Candidate) -> bool:
    """In "could have been ...", a road, a device or a driver is not practice."""
    if subject_class(candidate) == THING or is_about_an_accident(candidate):
        return False
    return not matches(_CAUSE, candidate.after(3))


# "if left untreated"
_UNTREATED = token_pattern(r"if (?:left|it had been left) (?:un\w+|longer)")


@guard
def not_if_untreated(candidate: Candidate) -> bool:
    """Not a medical view of how an illness might have developed."""
    return not matches(_UNTREATED, candidate.unit.folded)


# "nothing more could have been done" clears practice; the aware rules handle it.
_NOTHING = token_pattern(r"nothing(?: \w+){0,5}", r"no (?:more|one)(?: \w+){0,5}")


@guard
def could_have_is_about_practice(candidate: Candidate) -> bool:
    """ "X could have done": X is a service, or the act is compared with a better one."""
    if matches(_NOTHING, candidate.before(7)):
        return False
    subject, verb = subject_class(candidate), candidate.text.split()[-1]
    if subject == SERVICE:
        return True
    if subject == OTHER:
        return verb in words("received_from_services") and verb not in ("attended", "lived", "had")
    context = set((candidate.before(6) + candidate.after(8)).split())
    has_comparative = bool(context & words("comparatives"))
    if verb in words("improving_verbs") and (subject == NOBODY or has_comparative):
        return True
    return subject != THING and (has_comparative or mentions_service(candidate))


@guard
def not_about_causing_harm(candidate: Candidate) -> bool:
    """Not an inference about how harm came about, or how bad it could have been."""
    tokens = candidate.text.split()
    harms = set(tokens[-2:] + candidate.after(2).split()[:1]) & words("harm_verbs")
    return not harms or bool((_PREVENTED | {"identified"}) & set(tokens))


# "as one might have done last year"
_AS_ONE = re.compile(r" as (?:one|you|anyone|people) $")
# For a relative as subject, a better course must be named.
_IF = token_pattern("(?:if|earlier|sooner|but for|without)", "had (?:{noun_phrase} )?been")


@guard
def is_counterfactual_by_service(candidate: Candidate) -> bool:
    """ "might have helped": a better course is named, taken by a service or with a condition."""
    subject, verb = subject_class(candidate), candidate.text.split()[-1]
    if subject == THING or is_about_an_accident(candidate):
        return False
    if _AS_ONE.search(candidate.before(2)):
        return False
    if subject == OTHER and " had " in spaced_text(candidate):
        return matches(_IF, candidate.unit.folded)
    if candidate.text.startswith("might") and subject == SERVICE:
        return True
    if verb in words("weak_effect_verbs"):
        return has_condition(candidate)
    return subject != PERSON or has_condition(candidate) or mentions_service(candidate)


# "he must have fallen": an inference, not a judgement
_PRESUMED = token_pattern(
    r"(?:no doubt|presumably|doubtless|felt sure|must)(?: \w+){0,3}",
    r"(?:injuries|injury|fall|impact|dose|drug|blow)(?: \w+){0,3}",
)
# "would have been expected" judges practice only with a condition.
_LOOSE_STATE = re.compile(
    r" been \w*(?:possible|expected|seen|given|right|different|safe|good|made) $"
)
# "would not have happened if" needs its condition.
_NOT_HAVE = re.compile(r"would (?:\w+ )?not (?:\w+ )?have")


@guard
def not_an_inference(candidate: Candidate) -> bool:
    """ "would have" about better practice, not a guess at what happened."""
    verb = candidate.text.split()[-1]
    if subject_class(candidate) == THING or is_about_an_accident(candidate):
        return False
    if _NOT_HAVE.search(candidate.text) and not has_condition(candidate):
        return verb in ("unreasonable", "inappropriate")
    if verb in words("weak_effect_verbs") or _LOOSE_STATE.search(spaced_text(candidate)):
        return has_condition(candidate) or subject_is_hypothetical(candidate)
    return not matches(_PRESUMED, candidate.before(5))


# The main clause of a condition: without it, "had the visit been made" is a past perfect.
_MODAL = token_pattern(
    "(?:would|could|might|may|should)(?: {adverbs})? (?:have|be|not)",
    "(?:would|could|might) \\w+",
    ".d have",
)


@guard
def has_modal_have(candidate: Candidate) -> bool:
    """Elsewhere the unit has would, could, might or should (have)."""
    return matches(_MODAL, candidate.before()) or matches(_MODAL, candidate.after())


@guard
def has_modal_have_or_only(candidate: Candidate) -> bool:
    """As `has_modal_have`, or "if only", which needs no second half."""
    return " only " in spaced_text(candidate) or has_modal_have(candidate)


# "if the family had contacted him"
_RELATIVES = token_pattern(
    "(?:family|parents?|father|mother|relatives|partner|husband|wife|friends?|neighbours?|he|she)"
)
_STAFF = token_pattern(
    "(?:staff|nurses?|doctors?|trust|hospital|police|service|services|team|ward|agency|agencies)"
)


@guard
def not_a_family_condition(candidate: Candidate) -> bool:
    """Not "if the family had contacted him": what relatives did is not practice."""
    if " been " in f"{spaced_text(candidate)}{candidate.after(1)} ":
        return True
    if not matches(_RELATIVES, spaced_text(candidate)):
        return True
    names_staff = mentions_service(candidate) and matches(_STAFF, candidate.unit.folded)
    return names_staff or "'" in candidate.text


_CARE = token_pattern("(?:care|treatment|surgery|treated)")
_MEDICS = token_pattern("(?:physicians?|doctors?|medical)")


@guard
def not_a_prognosis(candidate: Candidate) -> bool:
    """Not a doctor on what an illness would have done without care."""
    text = candidate.unit.folded
    is_negated = " not " in spaced_text(candidate)
    return not (is_negated and matches(_CARE, text) and matches(_MEDICS, text))


# "to avoid missed opportunities" is an aim.
_PREVENTION = token_pattern(
    r"(?:avoid|avoids|avoiding|prevent|prevents|preventing|reduce|reduces|reducing|minimise"
    r"|minimising|fewer|ensure|so that|ensuring|risk of|risks)(?: \w+){0,3}"
)


@guard
def not_prevention_of_loss(candidate: Candidate) -> bool:
    """Not "so that opportunities are not missed", "to avoid missed opportunities"."""
    return not matches(_PREVENTION, candidate.before(6))


# "there may be missed opportunities"
_GUESS = token_pattern(r"(?:may|might) be(?! \w+ed and)", "potential(?:ly)?", "possible")
# "the term missed opportunity"
_MENTION = re.compile(r" (?:words?|phrases?|terms?|label) (?:\W )?$")


@guard
def not_a_mere_possibility(candidate: Candidate) -> bool:
    """Not a guess that there may be such elsewhere, and not the words quoted as words."""
    return not _MENTION.search(candidate.before(3)) and not matches(_GUESS, candidate.before(7))


# "with earlier access to the notes, she would have": a step of care or work
_MEANS = token_pattern(
    "(?:access|sight|knowledge|information|advice|support|help|treatment|antibiotics|fluids|"
    "assessments?|care|investigations?|enquiries|supervision|training|oversight|intervention|"
    "monitoring|planning|coordination|delays?|gap|error|omission|checks?|therapy|surgery|scan|"
    "referral|earlier|sooner|better|adequate|proper|fuller|more|timely|prompt|closer)"
)


@guard
def names_better_means(candidate: Candidate) -> bool:
    """The imagined step is one of care or of work ("with sight of the letter, she would")."""
    return matches(_MEANS, spaced_text(candidate).split(" , ")[0] + " ")


@guard
def subject_is_service_or_unnamed(candidate: Candidate) -> bool:
    """Whoever would act differently works in a service, or wanted something from it."""
    subject = subject_class(candidate)
    if subject in (OTHER, THING):
        return subject == OTHER and " to have been " in spaced_text(candidate) + candidate.after(1)
    return subject != PERSON or mentions_service(candidate)


# "he missed the chance to play"
_OWN_LOSS = re.compile(r"(?:miss|los)(?:es|ed|ing|e|t)? (?:an?|the|this|that|another|out)")


@guard
def not_a_family_loss(candidate: Candidate) -> bool:
    """Not what a child or parent missed for themselves ("he missed the chance to play")."""
    return not _OWN_LOSS.match(candidate.text) or subject_class(candidate) not in (OTHER, PERSON)


_NOT_DONE = token_pattern(
    "(?:did|was|were|had|has|have|could|is|are) not",
    "not (?:done|undertaken|provided|happen|received|made|carried|completed|given|followed|"
    "taken|forthcoming|sought|held|met)",
    r"no (?:evidence|record|sign|such|\w+ was|\w+ were|one|assessment|referral|meeting|plan|"
    r"response)",
    "(?:never|none|nobody|without|lacking|absent|instead|neither|nor|overlooked|missed|earlier|"
    "sooner)",
    "(?:failed|omitted) to",
    "than (?:it|they|was|were|she|he)",
    "rather than",
    "delayed?",
    "only (?:received|got|given|offered|had)",
)
# "no longer" is not a denial.
_NEVER = token_pattern("(?:no|never|without)(?! longer)")


@guard
def says_it_was_not_done(candidate: Candidate) -> bool:
    """The unit says that what was needed was not done."""
    if " to have " in spaced_text(candidate):
        return True
    is_perfect = candidate.before(1).strip() in ("have", "has", "had")
    if is_perfect or " have needed" in spaced_text(candidate):
        return False
    if subject_class(candidate) == THING or unit_words(candidate) & words("road_and_machines"):
        return False
    sentence = candidate.after().split(" . ")[0] + " "
    return matches(_NOT_DONE, sentence) or matches(_NEVER, clause_before(candidate))


_NO_PREDICATE = token_pattern(
    "(?:is|are|be|being|now|have|has) (?:{adverbs} )?(?:needed|required|warranted|called for)",
    # An adjective: "some required improvements", "delays in required action".
    "(?:the|a|an|any|some|all|each|every|most|many|other|no|its|their|his|her|our|in|of|for|with|"
    "on|by|from|into) (?:needed|required|warranted)",
)
# "the information required to": a participle that describes a noun
_INFORMATION_REQUIRED = token_pattern(
    r"(?!it|this|that|which|they)\w+ (?<!was )(?<!were )(?:needed|required)"
)
_PARTICIPLE_GOES_ON = token_pattern(
    "(?:to|by|for|when|if|in|at|from|under|is|are|was|were|and|or|of|,|.)"
)
# "was required to attend" is an obligation, not a need.
_OBLIGED = re.compile(r" to (?!be |have )")
# "was required to attend, but did not" says that it was not done.
_BUT_NOT = token_pattern(r"(?:but|yet|and|however|which)(?: [^\s.;]+){0,4} (?:not|never)")
# "no further action was needed"
_NONE_NEEDED = re.compile(r" no (?:[\w-]+ )?$")


@guard
def is_past_need(candidate: Candidate) -> bool:
    """A need in the past, not "required improvements", "is required" or "now needed"."""
    if matches(_NO_PREDICATE, spaced_text(candidate)) or _NONE_NEEDED.search(candidate.before(2)):
        return False
    after = candidate.after(20)
    is_required = matches(_INFORMATION_REQUIRED, spaced_text(candidate))
    if is_required and matches(_PARTICIPLE_GOES_ON, after[:8]):
        return False
    is_obligation = candidate.text.endswith("required") and _OBLIGED.match(after)
    return not is_obligation or matches(_BUT_NOT, after)


# "matters which they believe ought to have been raised"
_WHICH_THEY_BELIEVE = re.compile(
    r" (?:which|that|who) (?:\w+ ){1,3}(?:believe|think|feel|consider)s?(?: that)? $"
)
_IN_ANY_CASE = token_pattern("(?:if|where|when|whenever|any)")


@guard
def not_in_a_standing_rule(candidate: Candidate) -> bool:
    """Not a standing arrangement ("if matters arise which they believe ought to have ...")."""
    belief = _WHICH_THEY_BELIEVE.search(candidate.before(7))
    return not belief or not matches(_IN_ANY_CASE, candidate.before(20))


# "could not have done it without them" needs its own negation to be thanks.
_NOT_BEFORE = token_pattern(r"(?:not|never|nobody|no one)(?: \w+){0,4}")
# "we could not have done it without the team"
_WITHOUT_THEM = re.compile(
    r" (?:[^\s.;,]+ ){0,3}without (?:you|them|him|(?:the|their|your|her|his|this|such) "
    r"(?:[^\s.;,]+ ){0,5}?(?:support|help|team|service|group|workers?|carers?|guidance|advice|"
    r"encouragement|project|programme|course)|her) "
)


@guard
def not_thanks(candidate: Candidate) -> bool:
    """Not praise of help that was given ("we could not have done it without them")."""
    if not _WITHOUT_THEM.match(candidate.after(12)):
        return True
    return not matches(_NOT_BEFORE, candidate.before(6)) and " not " not in spaced_text(candidate)
