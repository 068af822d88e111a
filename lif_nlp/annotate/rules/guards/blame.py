"""Guards for blame: the one at fault must be a service or a professional."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammatical_subject import NOBODY, OTHER, PERSON, SERVICE, THING, side
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    family_sentence,
    found,
    guard,
    has,
    known,
    on_the_road,
    sides_before,
    subject_of,
    tokens,
)
from lif_nlp.text.word_lists import words

_HANGS_ON = frozenset([",", "and", "by", "which", "this", "these", "that"])


@guard
def service_subject(candidate: Candidate) -> bool:
    """The one who failed is a service or a professional, or can only be one."""
    kind, verb = subject_of(candidate), (candidate.after(1).split() or [""])[0]
    if _who(candidate) in (OTHER, PERSON):
        return False
    if kind == SERVICE:
        return True
    if on_the_road(candidate) or known(candidate) & words("road"):
        return False
    if candidate.first == 0:
        # A cell of an audit sheet: "Failed to seek the school's view."
        return verb not in ("attend", "engage", "thrive", "stop")
    if kind != NOBODY or verb in words("family_acts"):
        return False
    before = sides_before(candidate)
    clause_of_service = candidate.before(1).strip() in _HANGS_ON and SERVICE in before
    return clause_of_service or not before & {OTHER, THING}


_WHO = re.compile(r" ([\w'-]+) (?:who|that)(?: (?:are|were|is|was|also|\w+ly))* $")


def _who(candidate: Candidate) -> str:
    """The side of the noun right before "who" ("the letters to parents who failed to come")."""
    relative = _WHO.search(candidate.before(5))
    return side(relative.group(1)) if relative else ""


_FAILING_ONE = re.compile(r"(?:is|are|was|were|as) ")
_SCHOOL_OR_HEALTH = tokens("school", "schools", "heart", "health", "organs?")


@guard
def service_subject_or_passive(candidate: Candidate) -> bool:
    """A service failed children, or children were failed."""
    if " by " in found(candidate):
        return side(candidate.found.split()[-1]) not in (OTHER, THING, PERSON)
    kind = subject_of(candidate)
    if _FAILING_ONE.match(candidate.found) and candidate.found.endswith("failing"):
        return kind in (SERVICE, NOBODY) and not has(_SCHOOL_OR_HEALTH, candidate.before(4))
    return kind in (SERVICE, NOBODY) and not known(candidate) & words("road")


_ORGAN = re.compile(r"cardi|respirat|renal|hepat|pulmon|circulat")
_CARE_OF_A_PARENT = tokens(
    "thrive",
    r"gain(?: \w+)? weight",
    "to stop",
    r"(?:provide|seek|protect|obtain|supervise|feed) (?:\w+ ){0,3}(?:medical|child|children|"
    r"care|treatment|her|him|them|food)",
)

_CHANGE_OF_A_PARENT = re.compile(
    r" to (?:(?:improve|change|engage)(?= (?:[.,;]|within|in|quickly|enough|or|and) )|"
    r"(?:engage|co ?- ?operate|cooperate) with (?:the |any )?(?:services?|professionals|agencies|"
    r"support|plans?|treatment|workers?)|attend|make (?:\w+ )?(?:changes?|progress)) "
)
_EXPECTED = re.compile(
    r" (?:presumption|assumption|expectation|fear|sense|feelings?|prospect|thought|stigma) of $"
)


@guard
def service_failure(candidate: Candidate) -> bool:
    """A failure of a service: not of an organ, an engine, a parent or a driver."""
    neighbours = candidate.before(6).replace("/", " ").split()
    if neighbours and (neighbours[-1] in words("medical") or _ORGAN.search(neighbours[-1])):
        return False
    if candidate.after(1).strip() == "thrive":
        return False
    owner = _owner(candidate)
    if owner:
        return owner == SERVICE
    after = f" {candidate.found.split(' ', 1)[-1]}{candidate.after(14)}"
    if _EXPECTED.search(candidate.before(2)) or _of_a_parent(candidate, after):
        return False
    stated = known(candidate)
    return not (stated & words("road") or stated & words("machinery"))


def _of_a_parent(candidate: Candidate, after: str) -> bool:
    """Whether a relative or a thing is named as the one at fault, or only parents can be."""
    agent = _agent(after)
    if agent in (OTHER, THING):
        return True
    cared = has(_CARE_OF_A_PARENT, after[:60])
    changed = not agent and _CHANGE_OF_A_PARENT.match(after)
    return bool(cared or changed) and family_sentence(candidate)


def _owner(candidate: Candidate) -> str:
    """The side of a possessor right before the failure ("the mother's failure")."""
    heads = candidate.before(40).split()
    at = len(heads) - 1
    while at > 0 and heads[at] in words("gravity"):
        at -= 1
    word = heads[at] if heads else ""
    if word in ("their", "its", "his", "her"):
        return _antecedent(word, [side(w) for w in heads[:at]])
    if word not in ("'s", "'") and not word.endswith("'s"):
        return ""
    noun = candidate.phrase.unit[candidate.first - len(heads) + at - (word in ("'s", "'"))]
    known_side = side(noun.lower_.removesuffix("'s").removesuffix("’s"))
    return known_side or (OTHER if noun.text[:1].isupper() else "")


def _antecedent(pronoun: str, sides: list[str]) -> str:
    """Whom "their failure" or "her failure" speaks of: the last one named."""
    last = next((s for s in reversed(sides) if s in (SERVICE, OTHER)), "")
    if pronoun in ("his", "her"):
        return last or OTHER
    return last


_BY_WHOM = re.compile(r"^ (?:by|of|on the part of) ((?:[\w'-]+ ){1,7})| by ((?:[\w'-]+ ){1,5})")


def _agent(after: str) -> str:
    """The side of the one named behind the failure ("failure by the crew")."""
    match = _BY_WHOM.search(after)
    named = (match.group(1) or match.group(2)).split() if match else []
    for at, word in enumerate(named):
        if word in ("to", "and", "in", "which", "that", "for"):
            break
        if word in words("medical"):
            return THING
        if side(word) and named[at + 1 : at + 2] != ["'s"]:
            return side(word)
    return ""


_SHOULD_IT = re.compile(
    r" (?:(?!was |were |had |has |have |did |is |led |meant |which |that |who )[^\s.;,]+ ){1,14}"
    r"(?:will|may|must|shall|would|could|can|might) (?!have )"
)
_IN_THE_EVENT = re.compile(
    r" (?:in the event|in case|in the case|if there is|should there be|upon|any|"
    r"acts?|actions?)(?: of| and/or| and / or| or| and)?(?: an?| any| the)?(?: [\w-]+){0,2} $"
)


@guard
def not_a_condition(candidate: Candidate) -> bool:
    """Not a failure that may come ("failure to comply will be reported")."""
    text = f" {candidate.found}{candidate.after(16)}"
    return not (_SHOULD_IT.match(text) or _IN_THE_EVENT.search(candidate.before(6)))


@guard
def failing_is_a_noun(candidate: Candidate) -> bool:
    """ "failings", "these failures", "this failing": not "are failing"."""
    if candidate.found != "failing":
        return True
    before = candidate.before(1).strip()
    return before in ("this", "a", "that", "one", "another", "the") or before in words("gravity")


_PASSIVE = frozenset(["was", "were", "been", "being", "is", "are", "often", "too"])
_NO_OTHER = re.compile(r" (?:so that|ensure(?: that)?) | no (?:other |child |one ){1,2}")
_BY = re.compile(r" by (?:[\w'-]+ ){0,4}?[\w'-]+ ")


@guard
def service_ignores(candidate: Candidate) -> bool:
    """A service ignored something, or a call for its help was ignored."""
    previous = set(candidate.before(2).split())
    if "be" in previous:
        return False
    if previous & _PASSIVE:
        return not _NO_OTHER.search(candidate.before(8)) and _was_ignored(candidate)
    if subject_of(candidate) == SERVICE:
        return True
    if candidate.before(1).strip() == "they":
        return not known(candidate) & words("road")
    calls = set(candidate.after(6).split()) & words("calls")
    return subject_of(candidate) == NOBODY and bool(calls) and not family_sentence(candidate)


def _was_ignored(candidate: Candidate) -> bool:
    after = candidate.after(8)
    if known(candidate) & words("road"):
        return False
    if _BY.search(after):
        named = [s for s in (side(w) for w in after.split(" by ", 1)[-1].split()) if s]
        return not named or named[0] == SERVICE
    if "overlooked" in candidate.found:
        return True
    return bool(set(candidate.before(10).split()) & words("calls"))


_THOSE_WHO = re.compile(
    r"(?:the )?(?:very |all the )?(?:people|adults|those|everyone|all|every|many)\b"
)


@guard
def let_down_by_service(candidate: Candidate) -> bool:
    """Let down by those whose work it was to help."""
    match = re.search(r" by ((?:[\w'-]+ ){1,6})", f" {candidate.found}{candidate.after(7)}")
    if match:
        named = [s for s in (side(w) for w in match.group(1).split()) if s]
        return bool(_THOSE_WHO.match(match.group(1))) or (bool(named) and named[0] == SERVICE)
    if candidate.found.startswith("let"):
        speaks = candidate.before(1).strip() in ("i", "we")
        return speaks or subject_of(candidate) in (SERVICE, NOBODY)
    return not {"friends", "partner", "father", "mother"} & set(candidate.after(8).split())


@guard
def not_a_release(candidate: Candidate) -> bool:
    """Not a hoist, a tyre or a guard that was let down."""
    return not known(candidate) & (words("road") | words("let_down_things"))


_BY_A_SERVICE = re.compile(
    r"\b(?:by|of) (?:the )?(?:\w+ )?(?:service|services|trust|police|staff|agencies|council|"
    r"hospital|team)"
)
_WHO_TO_BLAME = re.compile(
    r"who (?:is|was|are|were) (?:\w+ )?(?:to blame|culpable|at fault|negligent)|"
    r"(?:find|finding|seek|seeking) (?:who|someone|anyone)"
)
_SLIPS = frozenset(["human", "medication", "administrative", "typing"])


@guard
def not_family_fault(candidate: Candidate) -> bool:
    """Fault of a service: not a careless driver, a negligent parent or a legal charge."""
    stated = known(candidate)
    if stated & (words("road") | words("charges")) or _WHO_TO_BLAME.search(candidate.phrase.text):
        return False
    if candidate.found.startswith(("error", "mistake")) and stated & _SLIPS:
        return False
    kind = subject_of(candidate)
    return kind != THING and (kind != OTHER or bool(_BY_A_SERVICE.search(candidate.phrase.text)))
