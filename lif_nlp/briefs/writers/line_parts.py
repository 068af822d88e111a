"""Parts of printed lines: lead words, counts of points, web addresses, neighbours of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from lif_nlp.records import Claim

_LEAD_WORDS = 11
"""Words before a colon that still head a line: "Someone says that it happened to them"."""

_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:)])")


def with_addresses(text: str) -> list[tuple[str, bool]]:
    """A line in pieces: its words, and the web addresses among them, which are links.

    >>> with_addresses("Read on: it is at https://x.example/a.html.")
    [('Read on: it is at ', False), ('https://x.example/a.html', True), ('.', False)]
    """
    pieces = _ADDRESS.split(text)
    # `split` with a group gives words and addresses in turn.
    return [(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]


def split_lead(text: str, most_words: int = _LEAD_WORDS) -> tuple[str, str]:
    """A lead word ("Stop") and what follows its colon; no lead where there is none.

    A lead has `most_words` words at most.

    >>> split_lead("Stop: assuming.")
    ('Stop', 'assuming.')
    """
    first, colon, rest = text.partition(": ")
    return (first, rest) if colon and len(first.split()) <= most_words else ("", text)


def split_point(text: str) -> tuple[str, str]:
    """A learning point's name, and its reports and years.

    >>> split_point("Plans are vague: what must change: 4 of 9 reports, 2019.")
    ('Plans are vague: what must change', '4 of 9 reports, 2019.')
    """
    name, _, counts = text.rpartition(": ")
    return name, counts


def form_columns(text: str) -> list[str]:
    """The column heads of an empty form."""
    return [cell.strip() for cell in text.split("|")]


def group_by_kind(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """Claims in order, neighbours of the same kind together."""
    return [(kind, list(group)) for kind, group in groupby(claims, key=lambda claim: claim.kind)]
