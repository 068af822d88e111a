"""Guards for blame: whoever is at fault must be a service or a professional."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammar import NOBODY, OTHER, PERSON, SERVICE, THING, actor_class
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    actor_classes_before,
    guard,
    is_about_an_accident,
    is_mainly_about_family,
    matches,
    spaced_text,
    subject_class,
    unit_words,
)
from lif_nlp.annotate.rules.patterns import token_pattern
from lif_nlp.text.word_lists import words

# Words after which a clause continues the subject of the one before: "..., and failed to".
_HANGS_ON = frozenset([",", "and", "by", "which", "this", "these", "that"])


@guard
def subject_is_service(candidate: Candidate) -> bool:
    """Whoever failed is a service or a professional, or can be nothing else."""
    subject, verb = subject_class(candidate), (candidate.after(1).split() or [""])[0]
    if _class_before_who(candidate) in (OTHER, PERSON):
        return False
    if subject == SERVICE:
        return True
    if is_about_an_accident(candidate) or unit_words(candidate) & words("road_and_machines"):
        return False
    if candidate.first == 0:
        # A cell of an audit sheet: "Failed to seek the school's view."
        return verb not in ("attend", "engage", "thrive", "stop")
    if subject != NOBODY or verb in words("family_acts"):
        return False
    before = actor_classes_before(candidate)
    clause_of_service = candidate.before(1).strip() in _HANGS_ON and SERVICE in before
    return clause_of_service or not before & {OTHER, THING}


# "the letters to parents who failed to come"
_WHO = re.compile(r" ([\w'-]+) (?:who|that)(?: (?:are|were|is|was|also|\w+ly))* $")


def _class_before_who(candidate: Candidate) -> str:
    """The class of the noun right before "who" ("letters to parents who failed to come")."""
    relative = _WHO.search(candidate.before(5))
    return actor_class(relative.group(1)) if relative else ""


# "the service was failing": not a failing school, nor failing health (see below).
_FAILING_ONE = re.compile(r"(?:is|are|was|were|as) ")
_SCHOOL_OR_HEALTH = token_pattern("school", "schools", "heart", "health", "organs?")


@guard
def service_failed_someone(candidate: Candidate) -> bool:
    """A service failed children, or children were failed."""
    if " by " in spaced_text(candidate):
        return actor_class(candidate.text.split()[-1]) not in (OTHER, THING, PERSON)
    subject = subject_class(candidate)
    if _FAILING_ONE.match(candidate.text) and candidate.text.endswith("failing"):
        return subject in (SERVICE, NOBODY) and not matches(_SCHOOL_OR_HEALTH, candidate.before(4))
    return subject in (SERVICE, NOBODY) and not unit_words(candidate) & words("road_and_machines")


# "respiratory failure" in inquest reports
_ORGAN = re.compile(r"cardi|respirat|renal|hepat|pulmon|circulat")
# "failure to protect her" is a criterion of neglect by parents.
_CARE_OF_A_PARENT = token_pattern(
    "thrive",
    r"gain(?: \w+)? weight",
    "to stop",
    r"(?:provide|seek|protect|obtain|supervise|feed) (?:\w+ ){0,3}(?:medical|child|children|"
    r"care|treatment|her|him|them|food)",
)

# "failure to engage with services", in which parents are the usual subject
_CHANGE_OF_A_PARENT = re.compile(
    r" to (?:(?:improve|change|engage)(?= (?:[.,;]|within|in|quickly|enough|or|and) )|"
    r"(?:engage|co ?- ?operate|cooperate) with (?:the |any )?(?:services?|professionals|agencies|"
    r"support|plans?|treatment|workers?)|attend|make (?:\w+ )?(?:changes?|progress)) "
)
# "a sense of failure" is a feeling.
_EXPECTED = re.compile(
    r" (?:presumption|assumption|expectation|fear|sense|feelings?|prospect|thought|stigma) of $"
)


@guard
def is_failure_of_service(candidate: Candidate) -> bool:
    """A failure of a service, not of an organ, an engine, a parent or a driver."""
    neighbours = candidate.before(6).replace("/", " ").split()
    if neighbours and (neighbours[-1] in words("failing_things") or _ORGAN.search(neighbours[-1])):
        return False
    if candidate.after(1).strip() == "thrive":
        return False
    owner = _owner(candidate)
    if owner:
        return owner == SERVICE
    after = f" {candidate.text.split(' ', 1)[-1]}{candidate.after(14)}"
    if _EXPECTED.search(candidate.before(2)) or _of_a_parent(candidate, after):
        return False
    in_unit = unit_words(candidate)
    return not (in_unit & words("road_and_machines") or in_unit & words("machinery"))


def _of_a_parent(candidate: Candidate, after: str) -> bool:
    """Whether a relative or a thing is named as at fault, or only parents can be."""
    agent = _agent(after)
    if agent in (OTHER, THING):
        return True
    is_care = matches(_CARE_OF_A_PARENT, after[:60])
    is_change = not agent and _CHANGE_OF_A_PARENT.match(after)
    return bool(is_care or is_change) and is_mainly_about_family(candidate)


def _owner(candidate: Candidate) -> str:
    """The class of a possessor right before the failure ("the mother's failure")."""
    heads = candidate.before(40).split()
    at = len(heads) - 1
    while at > 0 and heads[at] in words("severity_adjectives"):
        at -= 1
    word = heads[at] if heads else ""
    if word in ("their", "its", "his", "her"):
        return _antecedent(word, [actor_class(w) for w in heads[:at]])
    if word not in ("'s", "'") and not word.endswith("'s"):
        return ""
    noun = candidate.unit.span[candidate.first - len(heads) + at - (word in ("'s", "'"))]
    owner = actor_class(noun.lower_.removesuffix("'s").removesuffix("’s"))
    return owner or (OTHER if noun.text[:1].isupper() else "")


def _antecedent(pronoun: str, classes: list[str]) -> str:
    """Whose failure "their failure" or "her failure" is: that of the last one named."""
    last = next((cls for cls in reversed(classes) if cls in (SERVICE, OTHER)), "")
    if pronoun in ("his", "her"):
        return last or OTHER
    return last


# "failure by the crew", "failure on the part of the agency"
_BY_WHOM = re.compile(r"^ (?:by|of|on the part of) ((?:[\w'-]+ ){1,7})| by ((?:[\w'-]+ ){1,5})")


def _agent(after: str) -> str:
    """The class of whoever is named after the failure ("failure by the crew")."""
    match = _BY_WHOM.search(after)
    agent = (match.group(1) or match.group(2)).split() if match else []
    for at, word in enumerate(agent):
        if word in ("to", "and", "in", "which", "that", "for"):
            break
        if word in words("failing_things"):
            return THING
        if actor_class(word) and agent[at + 1 : at + 2] != ["'s"]:
            return actor_class(word)
    return ""


# "failure to comply will be reported"
_SHOULD_IT = re.compile(
    r" (?:(?!was |were |had |has |have |did |is |led |meant |which |that |who )[^\s.;,]+ ){1,14}"
    r"(?:will|may|must|shall|would|could|can|might) (?!have )"
)
# "in the event of a failure"
_IN_THE_EVENT = re.compile(
    r" (?:in the event|in case|in the case|if there is|should there be|upon|any|"
    r"acts?|actions?)(?: of| and/or| and / or| or| and)?(?: an?| any| the)?(?: [\w-]+){0,2} $"
)


@guard
def not_a_possible_failure(candidate: Candidate) -> bool:
    """Not a failure that may happen ("failure to comply will be reported")."""
    text = f" {candidate.text}{candidate.after(16)}"
    return not (_SHOULD_IT.match(text) or _IN_THE_EVENT.search(candidate.before(6)))


@guard
def failing_is_a_noun(candidate: Candidate) -> bool:
    """ "failings", "these failures", "this failing", but not "are failing"."""
    if candidate.text != "failing":
        return True
    before = candidate.before(1).strip()
    return before in ("this", "a", "that", "one", "another", "the") or before in words(
        "severity_adjectives"
    )


# "her calls were logged and ignored"
_WAS_DONE = re.compile(r" (?:was|were|been) (?:\w+ )?(?:\w+ed|put|read|seen|heard|sent|made) ")
_PASSIVE = frozenset(["was", "were", "been", "being", "is", "are", "often", "too"])
# "so that no child is overlooked" is an aim.
_NO_OTHER = re.compile(r" (?:so that|ensure(?: that)?) | no (?:other |child |one ){1,2}")
# "not so much overlooked as never reached"
_NOT_SO_MUCH = re.compile(r" (?:so much|not|never|rarely)(?: \w+)? $")
_BY = re.compile(r" by (?:[\w'-]+ ){0,4}?[\w'-]+ ")


@guard
def is_ignored_by_service(candidate: Candidate) -> bool:
    """A service ignored something, or a call for its help was ignored."""
    previous = set(candidate.before(2).split())
    if "be" in previous or _NOT_SO_MUCH.search(candidate.before(4)):
        return False
    is_second = candidate.before(1).strip() == "and" and bool(_WAS_DONE.search(candidate.before()))
    if previous & _PASSIVE or is_second:
        return not _NO_OTHER.search(candidate.before(8)) and _was_ignored(candidate)
    if subject_class(candidate) == SERVICE:
        return True
    if candidate.before(1).strip() == "they":
        return not unit_words(candidate) & words("road_and_machines")
    calls = set(candidate.after(6).split()) & words("calls_for_help")
    return (
        subject_class(candidate) == NOBODY and bool(calls) and not is_mainly_about_family(candidate)
    )


def _was_ignored(candidate: Candidate) -> bool:
    after = candidate.after(8)
    if unit_words(candidate) & words("road_and_machines"):
        return False
    if _BY.search(after):
        agents = [cls for cls in map(actor_class, after.split(" by ", 1)[-1].split()) if cls]
        return not agents or agents[0] == SERVICE
    if "overlooked" in candidate.text or subject_class(candidate) in (OTHER, PERSON):
        return True
    return bool(set(candidate.before(10).split()) & words("calls_for_help"))


# "let down by the very people who should have helped" names no service, but means one.
_THOSE_WHO = re.compile(
    r"(?:the )?(?:very |all the )?(?:people|adults|those|everyone|all|every|many)\b"
)


@guard
def is_let_down_by_service(candidate: Candidate) -> bool:
    """Let down by people whose job it was to help."""
    match = re.search(r" by ((?:[\w'-]+ ){1,6})", f" {candidate.text}{candidate.after(7)}")
    if match:
        agents = [cls for cls in map(actor_class, match.group(1).split()) if cls]
        return bool(_THOSE_WHO.match(match.group(1))) or agents[:1] == [SERVICE]
    if candidate.text.startswith("let"):
        first_person = candidate.before(1).strip() in ("i", "we")
        return first_person or subject_class(candidate) in (SERVICE, NOBODY)
    return not {"friends", "partner", "father", "mother"} & set(candidate.after(8).split())


@guard
def not_a_mechanical_release(candidate: Candidate) -> bool:
    """Not a hoist, tyre or guard that was let down."""
    return not unit_words(candidate) & (words("road_and_machines") | words("let_down_things"))


# With a relative as subject, only fault "by the trust" and the like counts.
_BY_A_SERVICE = re.compile(
    r"\b(?:by|of) (?:the )?(?:\w+ )?(?:service|services|trust|police|staff|agencies|council|"
    r"hospital|team)"
)
# Reviews state that they do not seek who was to blame; that is not blame.
_WHO_TO_BLAME = re.compile(
    r"who (?:is|was|are|were) (?:\w+ )?(?:to blame|culpable|at fault|negligent)|"
    r"(?:find|finding|seek|seeking) (?:who|someone|anyone)"
)
# "human error", "medication error": fixed terms for slips
_SLIPS = frozenset(["human", "medication", "administrative", "typing"])


@guard
def fault_is_of_service(candidate: Candidate) -> bool:
    """Fault of a service, not of a careless driver or negligent parent, and not a legal charge."""
    in_unit = unit_words(candidate)
    if in_unit & (words("road_and_machines") | words("legal_charges")) or _WHO_TO_BLAME.search(
        candidate.unit.folded
    ):
        return False
    if candidate.text.startswith(("error", "mistake")) and in_unit & _SLIPS:
        return False
    subject = subject_class(candidate)
    return subject != THING and (
        subject != OTHER or bool(_BY_A_SERVICE.search(candidate.unit.folded))
    )
