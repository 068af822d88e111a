"""Agencies involved: those that a report speaks of again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from lif_nlp.framework.model import Agency, Framework
from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact

_NO_SERVICE = ("managers_qa", "trainers", "partnership")
"""Groups of the framework that are audiences of learning more than services of a child."""

_LEAST = 2
_LONG = 20_000
"""In a long report an agency is named once more for each so many characters."""

_TOKEN = re.compile(r"[\w'&-]+")


def find_agencies(pieces: Sequence[Piece], framework: Framework) -> Fact | None:
    """The fact "agencies": their names, the most named first, with how often each stands there."""
    told = _spaced(" ".join(piece.text for piece in pieces if not piece.boilerplate))
    lowered = told.lower()
    counts: Counter[str] = Counter()
    for agency in framework.agencies:
        if agency.id not in _NO_SERVICE:
            names, short = _names_of(agency)
            counts[agency.name] = sum(map(lowered.count, names)) + sum(map(told.count, short))
    least = max(_LEAST, len(told) // _LONG)
    kept = [(name, count) for name, count in counts.most_common() if count >= least]
    if not kept:
        return None
    evidence = ", ".join(f"{name} named {count} times" for name, count in kept)
    return Fact("agencies", "; ".join(name for name, _ in kept), evidence)


def _spaced(text: str) -> str:
    """Words with one space around each, so that a name is found by plain search."""
    return f" {' '.join(_TOKEN.findall(text.replace('’', chr(39))))} "


@lru_cache(maxsize=128)
def _names_of(agency: Agency) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An agency's names and roles in small letters, and its abbreviations as they are."""
    names = [_spaced(name).lower() for name in (*agency.names, *agency.roles)]
    return _shortest(names), tuple(_spaced(name) for name in agency.abbreviations)


def _shortest(names: Iterable[str]) -> tuple[str, ...]:
    """Names that hold no other of the names: "police officer" is counted as "police"."""
    kept: list[str] = []
    for name in sorted(set(names), key=len):
        if not any(other in name for other in kept):
            kept.append(name)
    return tuple(kept)
