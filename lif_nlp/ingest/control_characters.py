"""Removes characters that print nothing: control codes, direction marks, zero-width spaces.

XML, terminals and spreadsheets refuse or obey some of them, and a word with one inside is
found by no pattern.  They go before offsets are counted, so that a quote stays a slice of
its document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.ingest.pieces import Piece, Reading

_BLANK = re.compile(r"[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""Control codes that separate words or lines: each becomes a space."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Codes that nothing prints: they are removed.  The joiners U+200C and U+200D stay, for names
in some scripts need them."""

_BOTH = re.compile(f"{_BLANK.pattern}|{_INVISIBLE.pattern}")


def remove_control_characters(text: str) -> str:
    r"""Text without characters that print nothing; those that separate words become spaces.

    >>> remove_control_characters("the sch\u200bool\x0brang \x1b[31mtwice")
    'the school rang [31mtwice'
    """
    if text.isascii() and text.isprintable():
        return text
    return _INVISIBLE.sub("", _BLANK.sub(" ", text))


def clean_reading(reading: Reading) -> tuple[Reading, int]:
    """The reading without such characters, and how many its pieces had."""
    pieces, count = _clean_pieces(reading.pieces)
    clean = replace(
        reading,
        pieces=pieces,
        title=remove_control_characters(reading.title),
        column_values={
            name: remove_control_characters(value) for name, value in reading.column_values.items()
        },
    )
    return clean, count


def _clean_pieces(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], int]:
    out, count = [], 0
    for piece in pieces:
        characters = len(_BOTH.findall(piece.text))
        count += characters
        out.append(_clean_piece(piece) if characters or _has_other(piece) else piece)
    return tuple(out), count


def _has_other(piece: Piece) -> bool:
    """Whether cells, number or path of a piece hold such a character."""
    others = (piece.number, piece.under, *(piece.path or ()))
    cells = (text for cell in piece.cells for text in cell)
    return any(_BOTH.search(text) for text in (*others, *cells))


def _clean_piece(piece: Piece) -> Piece:
    text = remove_control_characters(piece.text)
    start = len(text) - len(text.lstrip())
    turns = (
        (max(0, len(remove_control_characters(piece.text[:offset])) - start), page)
        for offset, page in piece.turns
    )
    return replace(
        piece,
        text=text.strip(),
        turns=tuple(turns),
        number=remove_control_characters(piece.number),
        under=remove_control_characters(piece.under),
        path=piece.path and tuple(map(remove_control_characters, piece.path)),
        cells=tuple(
            (remove_control_characters(name), remove_control_characters(value))
            for name, value in piece.cells
        ),
    )
