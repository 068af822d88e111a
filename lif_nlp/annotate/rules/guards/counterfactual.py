"""Guards for the counterfactual: whose act is measured, and against what."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammatical_subject import NOBODY, OTHER, PERSON, SERVICE, THING, side
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    clause_before,
    found,
    guard,
    has,
    has_condition,
    known,
    on_the_road,
    speaks_of_services,
    subject_of,
    tokens,
    unreal_subject,
)
from lif_nlp.text.word_lists import words

_AGENT = re.compile(r" by (?:the |his |her |their |a |an )?(?:\w+ )?(\w+) ")
_PREVENTED = frozenset(["prevented", "avoided", "averted"])


def _by_other(candidate: Candidate) -> bool:
    """Whether a relative or a thing is named as the one who did it."""
    after = candidate.after(8)
    agent = _AGENT.search(after)
    return agent is not None and side(agent.group(1)) in (OTHER, THING) and "'s" not in after


@guard
def no_other_agent(candidate: Candidate) -> bool:
    """Not done by a relative or a thing ("could have been caused by the mother")."""
    return bool(_PREVENTED & set(candidate.found.split())) or not _by_other(candidate)


@guard
def practice_subject(candidate: Candidate) -> bool:
    """What should have been done was for a service to do.

    In the passive ("the mother should have been asked") any subject will do but a
    thing; in the active a family member or a thing is no service.
    """
    kind, last = subject_of(candidate), candidate.found.split()[-1]
    following = (candidate.after(1).split() or [""])[0]
    if candidate.before(1).strip() == "i":
        return True
    if "been" in candidate.found.split() or following == "been":
        if following.endswith("ing") and following != "being":
            return kind == SERVICE
        return not (last == "been" and kind == THING) and not _by_other(candidate)
    if kind == OTHER:
        return last in words("received")
    if kind == PERSON:
        return speaks_of_services(candidate)
    return kind != THING


_EVERYONE = tokens("(?:all|every|each|any|staff)")
_DUE = tokens("by (?:the end|[0-9]+|(?:next|this) \\w+|{LIST:months})", "within (?:\\w+ ){1,3}of")
_STANDING = re.compile(
    r"should (?:all |each |always )?have (?:completed|agreed|written|updated|shared|"
    r"identified) \w+s "
)


@guard
def not_a_requirement_in_force(candidate: Candidate) -> bool:
    """Not a standing rule ("all children should have completed forms")."""
    everyone = has(_EVERYONE, candidate.before(6)) and has(_DUE, candidate.after(8))
    return not everyone and not _STANDING.match(candidate.found)


_CAUSE = tokens("(?:because of|due to|the result of|the case that|a result of|that)")


@guard
def practice_passive(candidate: Candidate) -> bool:
    """In "could have been ...", a road, a device or a driver is no practice."""
    if subject_of(candidate) == THING or on_the_road(candidate):
        return False
    return not has(_CAUSE, candidate.after(3))


_UNTREATED = tokens(r"if (?:left|it had been left) (?:un\w+|longer)")


@guard
def not_if_untreated(candidate: Candidate) -> bool:
    """Not a doctor's word on what an illness might have come to."""
    return not has(_UNTREATED, candidate.phrase.text)


_NOTHING = tokens(r"nothing(?: \w+){0,5}", r"no (?:more|one)(?: \w+){0,5}")


@guard
def could_have_active(candidate: Candidate) -> bool:
    """ "X could have done": X is a service, or the deed is set against a better one."""
    if has(_NOTHING, candidate.before(7)):
        return False
    kind, verb = subject_of(candidate), candidate.found.split()[-1]
    if kind == SERVICE:
        return True
    if kind == OTHER:
        return verb in words("received") and verb not in ("attended", "lived", "had")
    near = set((candidate.before(6) + candidate.after(8)).split())
    compared = bool(near & words("comparatives"))
    if verb in words("betters") and (kind == NOBODY or compared):
        return True
    return kind != THING and (compared or speaks_of_services(candidate))


@guard
def not_harm(candidate: Candidate) -> bool:
    """Not inference about how harm came about or how bad it could have been."""
    last = candidate.found.split()
    told = set(last[-2:] + candidate.after(2).split()[:1]) & words("harms")
    return not told or bool((_PREVENTED | {"identified"}) & set(last))


_IF = tokens("(?:if|earlier|sooner|but for|without)", "had (?:{NP} )?been")


@guard
def better_world(candidate: Candidate) -> bool:
    """ "might have helped": a better course is named, by a service or with a condition."""
    kind, verb = subject_of(candidate), candidate.found.split()[-1]
    if kind == THING or on_the_road(candidate):
        return False
    if kind == OTHER and " had " in found(candidate):
        return has(_IF, candidate.phrase.text)
    if candidate.found.startswith("might") and kind == SERVICE:
        return True
    if verb in words("loose_effects"):
        return has_condition(candidate)
    return kind != PERSON or has_condition(candidate) or speaks_of_services(candidate)


_PRESUMED = tokens(
    r"(?:no doubt|presumably|doubtless|felt sure|must)(?: \w+){0,3}",
    r"(?:injuries|injury|fall|impact|dose|drug|blow)(?: \w+){0,3}",
)
_LOOSE_STATE = re.compile(
    r" been \w*(?:possible|expected|seen|given|right|different|safe|good|made) $"
)
_NOT_HAVE = re.compile(r"would (?:\w+ )?not (?:\w+ )?have")


@guard
def not_an_inference(candidate: Candidate) -> bool:
    """ "would have" of a better practice, not a guess at what was so."""
    verb = candidate.found.split()[-1]
    if subject_of(candidate) == THING or on_the_road(candidate):
        return False
    if _NOT_HAVE.search(candidate.found) and not has_condition(candidate):
        return verb in ("unreasonable", "inappropriate")
    if verb in words("loose_effects") or _LOOSE_STATE.search(found(candidate)):
        return has_condition(candidate) or unreal_subject(candidate)
    return not has(_PRESUMED, candidate.before(5))


_MODAL = tokens(
    "(?:would|could|might|may|should)(?: {ADV})? (?:have|be|not)",
    "(?:would|could|might) \\w+",
    ".d have",
)


@guard
def has_modal_have(candidate: Candidate) -> bool:
    """Somewhere else the other world is told: would, could, might or should (have)."""
    return has(_MODAL, candidate.before()) or has(_MODAL, candidate.after())


@guard
def has_modal_have_or_only(candidate: Candidate) -> bool:
    """As `has_modal_have`, or "if only", which needs no second half."""
    return " only " in found(candidate) or has_modal_have(candidate)


_RELATIVES = tokens(
    "(?:family|parents?|father|mother|relatives|partner|husband|wife|friends?|neighbours?|he|she)"
)
_STAFF = tokens(
    "(?:staff|nurses?|doctors?|trust|hospital|police|service|services|team|ward|agency|agencies)"
)


@guard
def not_a_family_condition(candidate: Candidate) -> bool:
    """Not "if the family had contacted him": what relatives did is no practice."""
    if " been " in f"{found(candidate)}{candidate.after(1)} ":
        return True
    if not has(_RELATIVES, found(candidate)):
        return True
    return (speaks_of_services(candidate) and has(_STAFF, candidate.phrase.text)) or "'" in found(
        candidate
    )


_CARE = tokens("(?:care|treatment|surgery|treated)")
_MEDICS = tokens("(?:physicians?|doctors?|medical)")


@guard
def not_a_prognosis(candidate: Candidate) -> bool:
    """Not a doctor on what an illness would have done without care."""
    text = candidate.phrase.text
    return not (" not " in found(candidate) and has(_CARE, text) and has(_MEDICS, text))


_PREVENTION = tokens(
    r"(?:avoid|avoids|avoiding|prevent|prevents|preventing|reduce|reduces|reducing|minimise"
    r"|minimising|fewer|ensure|so that|ensuring|risk of|risks)(?: \w+){0,3}"
)


@guard
def not_prevented(candidate: Candidate) -> bool:
    """Not "so that opportunities are not missed", "to avoid missed opportunities"."""
    return not has(_PREVENTION, candidate.before(6))


_GUESS = tokens(r"(?:may|might) be(?! \w+ed and)", "potential(?:ly)?", "possible")
_MENTION = re.compile(r" (?:words?|phrases?|terms?|label) (?:\W )?$")


@guard
def not_possible_only(candidate: Candidate) -> bool:
    """Not a guess that there may be such elsewhere, nor the words quoted as words."""
    return not _MENTION.search(candidate.before(3)) and not has(_GUESS, candidate.before(7))


_MEANS = tokens(
    "(?:access|sight|knowledge|information|advice|support|help|treatment|antibiotics|fluids|"
    "assessments?|care|investigations?|enquiries|supervision|training|oversight|intervention|"
    "monitoring|planning|coordination|delays?|gap|error|omission|checks?|therapy|surgery|scan|"
    "referral|earlier|sooner|better|adequate|proper|fuller|more|timely|prompt|closer)"
)


@guard
def better_means(candidate: Candidate) -> bool:
    """What is imagined is a step of care or of work ("with sight of the letter, she would")."""
    return has(_MEANS, found(candidate).split(" , ")[0] + " ")


@guard
def service_or_nobody(candidate: Candidate) -> bool:
    """The one who would act otherwise works in a service, or wanted something from it."""
    kind = subject_of(candidate)
    if kind in (OTHER, THING):
        return kind == OTHER and " to have been " in found(candidate) + candidate.after(1)
    return kind != PERSON or speaks_of_services(candidate)


_OWN_LOSS = re.compile(r"(?:miss|los)(?:es|ed|ing|e|t)? (?:an?|the|this|that|another|out)")


@guard
def not_family_loss(candidate: Candidate) -> bool:
    """Not what a child or parent missed for themselves ("he missed the chance to play")."""
    return not _OWN_LOSS.match(candidate.found) or subject_of(candidate) not in (OTHER, PERSON)


_NOT_DONE = tokens(
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
_NEVER = tokens("(?:no|never|without)(?! longer)")


@guard
def did_not_happen(candidate: Candidate) -> bool:
    """The sentence says that what was needed was not done."""
    if " to have " in found(candidate):
        return True
    if candidate.before(1).strip() in ("have", "has", "had") or " have needed" in found(candidate):
        return False
    if subject_of(candidate) == THING or known(candidate) & words("road"):
        return False
    sentence = candidate.after().split(" . ")[0] + " "
    return has(_NOT_DONE, sentence) or has(_NEVER, clause_before(candidate))


_NO_PREDICATE = tokens(
    "(?:is|are|be|being|now|have|has) (?:{ADV} )?(?:needed|required|warranted|called for)",
    # An adjective: "some required improvements", "delays in required action".
    "(?:the|a|an|any|some|all|each|every|most|many|other|no|its|their|his|her|our|in|of|for|with|"
    "on|by|from|into) (?:needed|required|warranted)",
)
_INFORMATION_REQUIRED = tokens(
    r"(?!it|this|that|which|they)\w+ (?<!was )(?<!were )(?:needed|required)"
)
_PARTICIPLE_GOES_ON = tokens("(?:to|by|for|when|if|in|at|from|under|is|are|was|were|and|or|of|,|.)")
_OBLIGED = re.compile(r" to (?!be |have )")
_BUT_NOT = tokens(r"(?:but|yet|and|however|which)(?: [^\s.;]+){0,4} (?:not|never)")
_NONE_NEEDED = re.compile(r" no (?:[\w-]+ )?$")


@guard
def past_need(candidate: Candidate) -> bool:
    """A need told as past: not "required improvements", "is required", "now needed"."""
    if has(_NO_PREDICATE, found(candidate)) or _NONE_NEEDED.search(candidate.before(2)):
        return False
    after = candidate.after(20)
    if has(_INFORMATION_REQUIRED, found(candidate)) and has(_PARTICIPLE_GOES_ON, after[:8]):
        return False
    obliged = candidate.found.endswith("required") and _OBLIGED.match(after)
    return not obliged or has(_BUT_NOT, after)


_WHICH_THEY_BELIEVE = re.compile(
    r" (?:which|that|who) (?:\w+ ){1,3}(?:believe|think|feel|consider)s?(?: that)? $"
)
_IN_ANY_CASE = tokens("(?:if|where|when|whenever|any)")


@guard
def not_in_a_rule(candidate: Candidate) -> bool:
    """Not a standing arrangement ("if matters arise which they believe ought to have ...")."""
    believed = _WHICH_THEY_BELIEVE.search(candidate.before(7))
    return not believed or not has(_IN_ANY_CASE, candidate.before(20))


_NOT_BEFORE = tokens(r"(?:not|never|nobody|no one)(?: \w+){0,4}")
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
    return not has(_NOT_BEFORE, candidate.before(6)) and " not " not in found(candidate)
