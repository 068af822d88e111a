"""Agencies involved in a case: those that a report mentions repeatedly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lif_nlp.framework.model import Agency, Framework
from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact

_AUDIENCES = ("managers_qa", "trainers", "partnership")
"""Agencies of the framework that are audiences of briefs rather than services to a child."""

MIN_MENTIONS = 2
"""Mentions that an agency needs to count as involved. Chosen by judgement (November 2026); with
1, an agency that a report names in passing is listed."""

CHARACTERS_PER_MENTION = 20_000
"""A long report must mention an agency once per this many characters. Chosen by judgement
(November 2026); without it, long reports list nearly every agency."""

_TOKEN = re.compile(r"[\w'&-]+")


def find_agencies(pieces: Sequence[Piece], framework: Framework) -> Fact | None:
    """The fact "agencies": names, most mentioned first, with their counts as evidence.

    None if no agency is mentioned often enough.
    """
    text = _normalise(" ".join(piece.text for piece in pieces if not piece.boilerplate))
    lower = text.lower()
    counts: Counter[str] = Counter()
    for agency in framework.agencies:
        if agency.id not in _AUDIENCES:
            names, abbreviations = _names_of(agency)
            counts[agency.name] = sum(map(lower.count, names)) + sum(map(text.count, abbreviations))
    min_mentions = max(MIN_MENTIONS, len(text) // CHARACTERS_PER_MENTION)
    frequent = [(name, count) for name, count in counts.most_common() if count >= min_mentions]
    if not frequent:
        return None
    evidence = ", ".join(f"{name} named {count} times" for name, count in frequent)
    return Fact("agencies", "; ".join(name for name, _ in frequent), evidence)


def _normalise(text: str) -> str:
    """Words separated by single spaces, so that names can be counted by plain search.

    Searching with a regex for each name of each agency is much slower.
    """
    return f" {' '.join(_TOKEN.findall(text.replace('’', chr(39))))} "


@lru_cache(maxsize=128)
def _names_of(agency: Agency) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An agency's names and roles in lower case, and its abbreviations as written."""
    names = [_normalise(name).lower() for name in (*agency.names, *agency.roles)]
    return _without_longer_forms(names), tuple(_normalise(name) for name in agency.abbreviations)


def _without_longer_forms(names: Iterable[str]) -> tuple[str, ...]:
    """Names that contain no other name: "police officer" is already counted as "police"."""
    shortest: list[str] = []
    for name in sorted(set(names), key=len):
        if not any(other in name for other in shortest):
            shortest.append(name)
    return tuple(shortest)
