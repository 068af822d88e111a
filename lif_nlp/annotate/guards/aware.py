"""Guards for wording that looks from the time, or that clears practice."""

from __future__ import annotations

import re

from lif_nlp.annotate.guards.base import clause_before, found, guard, has, known, tokens
from lif_nlp.annotate.guards.outcome import HARM
from lif_nlp.annotate.rules import Candidate
from lif_nlp.annotate.subjects import OTHER, SERVICE, side
from lif_nlp.annotate.words import words

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
