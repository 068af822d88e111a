"""Guards for wording that looks from the time, or that clears practice."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammatical_subject import OTHER, SERVICE, THING, side
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    clause_before,
    found,
    guard,
    has,
    known,
    subject_of,
    tokens,
)
from lif_nlp.annotate.rules.guards.outcome import HARM
from lif_nlp.text.word_lists import words

_INJURY = tokens("(?:seatbelts?|helmet|height|injur(?:y|ies) (?:could|would) have)")


@guard
def clears_practice(candidate: Candidate) -> bool:
    """Practice or the outcome is cleared: not a cause of injury left open."""
    return not known(candidate) & words("road") and not has(_INJURY, candidate.phrase.text)


_PAST = tokens(
    "was",
    "were",
    "had",
    "did",
    "been",
    "made",
    "seemed",
    "appeared",
    "felt",
    "looked",
    r"\w+ed",
    "drew",
    "took",
    "saw",
    "local",
    "thought",
    "chose",
    "kept",
    "went",
    "gave",
    "left",
    "got",
    "held",
    "knew",
    "told",
    "came",
    "found",
    "heard",
    "sent",
    "spoke",
    "met",
    "became",
)


@guard
def not_stock_appropriate(candidate: Candidate) -> bool:
    """Said of a past act: not of help that "is appropriate given their needs"."""
    if candidate.found.startswith(("is ", "are ")) and " not " not in found(candidate):
        return False
    return has(_PAST, found(candidate) + candidate.before(10))


_DATE = re.compile(r" of (?:the|his|her|this|that|their|our|birth|death|inspection|writing) ")


@guard
def no_plain_date(candidate: Candidate) -> bool:
    """ "At the time of the incident" and "known at the time of inspection" are dates."""
    return not _DATE.match(candidate.after(2))


_KNOWN_FAMILY = re.compile(
    r" (?:family|families|child|children|mother|father|parents|siblings|he|she) (?:\w+ )?"
    r"(?:was|were|had been) (?:not )?known to "
)


@guard
def not_known_to_service(candidate: Candidate) -> bool:
    """Not "the family was known to the agency at the time", a fact of the record."""
    return not _KNOWN_FAMILY.search(candidate.phrase.text)


@guard
def practice_understood(candidate: Candidate) -> bool:
    """What is understood is what was done, in the past."""
    return has(_PAST, candidate.phrase.text)


_AND_NOW = re.compile(r"(?:clear|plain|evident|obvious|apparent) with")


@guard
def not_a_finding(candidate: Candidate) -> bool:
    """Not "it is clear with hindsight that": that looks back and guards nothing."""
    return not _AND_NOW.search(candidate.found)


@guard
def harm_spoken_of(candidate: Candidate) -> bool:
    """A death or a harm was unpredictable, not a delay or a reaction to a drug."""
    return has(HARM, candidate.before())


_FEELINGS = frozenset(["anger", "distress", "grief", "fear", "frustration", "upset", "pain"])


@guard
def not_of_the_family(candidate: Candidate) -> bool:
    """The view is one of a service, not what a relative felt, saw or did.

    The first noun of the hit tells; where it has none, the word behind it, and then
    the last noun before it.
    """
    before = clause_before(candidate).split()
    if _FEELINGS & set(before):
        return False
    sides = [
        side(w) for w in (*candidate.found.split(" , ")[0].split(), *candidate.after(1).split())
    ]
    named = [kind for kind in sides if kind in (OTHER, SERVICE)]
    last = [kind for kind in map(side, before) if kind]
    return SERVICE in named + last or OTHER not in (named or last[-1:])


_NOW = tokens(
    "is", "are", "can", "needs?", "requires?", "rely", "receives?", "easily", "inspectors"
)


@guard
def seen_from_then(candidate: Candidate) -> bool:
    """Told of the past: not "the information they need", nor what inspectors had seen."""
    near = found(candidate) + candidate.after(2)
    return not has(_NOW, near) and has(_PAST, candidate.phrase.text)


_KNOWER = re.compile(
    r" ([\w-]+)(?: who| that)?"
    r"(?: (?:had|have|has|could|would|did|not|never|also|already|then|was|were))*"
    r" (?:known|knew|understood|believed|thought|held|had|saw|seen|told|heard|guessed|foreseen)"
)
_OPEN_TO = re.compile(
    r" (?:available|known|visible|clear|obvious|apparent|open)"
    r" (?:to|for) ((?:(?!on |in |at |by )[\w-]+ ){1,4})"
)
_ANYBODY = frozenset(["person", "people", "persons", "adult", "adults"])


@guard
def knower_is_no_relative(candidate: Candidate) -> bool:
    """Not what a relative knew then, could not have known, or was told by a website.

    A passive speaks of nobody: "his death could not have been predicted".
    """
    near = clause_before(candidate, 2) + found(candidate).lstrip()
    knowers = {met[1] for met in _KNOWER.finditer(near)} - _ANYBODY
    if any(side(word) == OTHER for word in knowers):
        return False
    if candidate.found.startswith(("could", "should")) and " been " not in found(candidate):
        return subject_of(candidate) != OTHER
    heard = [
        [side(w) for w in met[1].split() if side(w)]
        for met in _OPEN_TO.finditer(near.rstrip() + candidate.after(4))
    ]
    return all(kinds[-1] != OTHER for kinds in heard if kinds)


_SUBJECT_MATTER = re.compile(r" (?:about|of) (?:the|a|an|his|her|their) ([\w-]+) ")


@guard
def not_about_a_thing(candidate: Candidate) -> bool:
    """Not what was known about a car, a lock or a road."""
    told = found(candidate).rstrip() + candidate.after(4)
    met = [_SUBJECT_MATTER.match(told, at.end()) for at in re.finditer(r" known(?= )", told)]
    things = {m[1] for m in met if m}
    return not things & words("road") and all(side(thing) != THING for thing in things)


@guard
def not_their_feeling(candidate: Candidate) -> bool:
    """Not "it is understandable that the mother was distressed": she felt it, no service did."""
    if not candidate.found.endswith(" that"):
        return True
    after = candidate.after(9).split()
    kinds = [(at, side(w)) for at, w in enumerate(after) if side(w) and not _owns(after, at)]
    if not kinds or kinds[0][1] != OTHER:
        return True
    return bool(words("thought_of") & set(after[kinds[0][0] + 1 :][:3]))


def _owns(listed: list[str], at: int) -> bool:
    return listed[at] in ("his", "her", "their") or listed[at + 1 : at + 2] in (["'s"], ["'"])


_OF_THE_HOUSE = tokens(
    "(?:policy|policies|procedures?|protocols?|guidance|pathways?|thresholds?|training|tool|form)",
    "(?:lead|leads|role|roles|each other|one another|escalat(?:e|ion)|how to|whom? to|where to)",
)


@guard
def not_of_the_house(candidate: Candidate) -> bool:
    """What was not known is of the case, not of the service's own rules and people."""
    return not has(_OF_THE_HOUSE, candidate.after(14))


_WITHHELD = tokens(
    r"(?:should|could|needed to|ought to) have(?: \w+){0,2} {LIST:handed_on}",
    r"(?:was|were) not(?: \w+)? {LIST:handed_on}",
)


@guard
def not_withheld(candidate: Candidate) -> bool:
    """Not "information then held should have been shared": that finds fault."""
    return not has(_WITHHELD, candidate.after(8))


@guard
def set_against_later(candidate: Candidate) -> bool:
    """What they did not see is set against what the reader or the review knows."""
    return bool(words("seen_later") & set(candidate.before().split()))
