"""Paragraph numbers printed without a full stop, known by counting up through the report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.ingest.pieces import Piece

_BARE = re.compile(r"^(\d{1,3})\s+(?=[A-Z‘“(])")
_FEWEST = 3
_KINDS = ("paragraph", "bullet")


def take_bare_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces whose bare numbers became data, where they count 1, 2, 3 through the report.

    A number that does not carry on the count belongs to its sentence ("12 Children
    were seen").

    >>> pieces = [Piece("1 One."), Piece("2 Two."), Piece("40 Children came."), Piece("3 Three.")]
    >>> [(p.number, p.text) for p in take_bare_numbers(pieces)]
    [('1', 'One.'), ('2', 'Two.'), ('', '40 Children came.'), ('3', 'Three.')]
    """
    places: dict[int, int] = {}
    expected = 1
    for place, piece in enumerate(pieces):
        found = _BARE.match(piece.text) if piece.kind in _KINDS and not piece.number else None
        if found and int(found.group(1)) == expected:
            places[place] = found.end()
            expected += 1
    if len(places) < _FEWEST:
        return list(pieces)
    return [
        _without(piece, places[place]) if place in places else piece
        for place, piece in enumerate(pieces)
    ]


def _without(piece: Piece, cut: int) -> Piece:
    return replace(
        piece,
        text=piece.text[cut:],
        number=piece.text[:cut].strip(),
        turns=tuple((max(at - cut, 0), page) for at, page in piece.turns),
    )
