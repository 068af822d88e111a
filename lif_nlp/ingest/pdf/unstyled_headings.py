"""Names that stand alone above each part of a report, printed like its text: headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lif_nlp.ingest.pieces import Piece

_NAME = re.compile(r"^[A-Z][\w’'-]+(?: (?:[A-Z][\w’'-]+|of|and|the)){0,3}$")
_FEWEST = 5
"""So many such lines show that the report is laid out by them; fewer may be anything."""

_FULL = 20
"""Words of a full paragraph."""


def promote_unstyled_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with names alone above a full paragraph made headings, where they return.

    A report by county prints each county's name above its cases; underlining is all
    that sets it apart, and that is a drawing, not a letter.
    """
    lone = {at for at, (one, below) in enumerate(pairwise(pieces)) if _heads(one, below)}
    if len(lone) < _FEWEST:
        return list(pieces)
    level = max((piece.level for piece in pieces if piece.kind == "heading"), default=0) + 1
    return [
        replace(piece, kind="heading", level=level) if at in lone else piece
        for at, piece in enumerate(pieces)
    ]


def _heads(line: Piece, below: Piece) -> bool:
    plain = line.kind == "paragraph" and not line.number and not line.boilerplate
    full = below.kind == "paragraph" and len(below.text.split()) >= _FULL
    return plain and full and bool(_NAME.match(line.text))
