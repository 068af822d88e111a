"""Redacted pieces: personal data taken out before anything is stored, with an audit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.ingest.personal_data import find_personal, redact
from lif_nlp.ingest.pieces import Piece
from lif_nlp.records import Fact


def redacted(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Fact]]:
    """Pieces without personal data, and one Fact for each kind and page, without values."""
    counts: Counter[tuple[str, int]] = Counter()
    return [_redacted(piece, counts) for piece in pieces], _facts("redacted", counts)


def personal_data(pieces: Sequence[Piece]) -> list[Fact]:
    """How often each kind of personal data stands on each page, without values."""
    counts: Counter[tuple[str, int]] = Counter()
    for piece in pieces:
        counts.update((hit.kind, piece.page) for hit in find_personal(piece.text))
    return _facts("personal_data", counts)


def _facts(name: str, counts: Counter[tuple[str, int]]) -> list[Fact]:
    return [
        Fact(name, f"{kind}: {count}", page=page) for (kind, page), count in sorted(counts.items())
    ]


def _redacted(piece: Piece, counts: Counter[tuple[str, int]]) -> Piece:
    text, changes = redact(piece.text)
    cells = tuple((name, redact(value)[0]) for name, value in piece.cells)
    counts.update((change.kind, piece.page) for change in changes)
    return replace(piece, text=text, cells=cells, turns=_moved(piece, len(text)))


def _moved(piece: Piece, length: int) -> tuple[tuple[int, int], ...]:
    """Page turns in the redacted text: each moves by what changed before it."""
    return tuple((min(len(redact(piece.text[:at])[0]), length), page) for at, page in piece.turns)
