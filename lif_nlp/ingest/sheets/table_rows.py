"""Rows of a printed table -> row pieces that keep their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lif_nlp.ingest.pieces import Piece
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, Column, understand_columns

_LABEL = 5
"""A cell of fewer words than this is a label, even where the column is free text."""

_WORDY = 8
"""A cell of at least so many words is free text."""

_MAX_NAME = 8
"""A header's cell has at most so many words."""


_SENTENCE = re.compile(r"\s\S+\s.*\.$")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one printed row, left to right, and the page it starts on."""

    cells: tuple[str, ...]
    page: int = 1
    turns: tuple[tuple[tuple[int, int], ...], ...] = ()


def row_pieces(
    rows: Sequence[Row], header: Sequence[str] = (), *, headed: bool = False
) -> Iterator[Piece]:
    """Pieces of the rows: each free-text cell is one, with all columns in its cells.

    The first row is the header when its cells are short and others follow, unless
    `header` gives the names (a table that goes on from the page before); `headed`
    says that the first row repeats them.  Short cells beside free text become a piece
    marked as label, so that no word is lost; a row without free text is one piece of
    all its words.
    """
    names = list(header) or header_of(rows)
    own = bool(names) and (headed or not header)
    if own:
        first = rows[0]
        words = " ".join(cell for cell in first.cells if cell)
        yield Piece(words, first.page, "table_row", boilerplate="table header")
    body = rows[1:] if own else rows
    columns = understand_columns(names, [row.cells for row in body]) if names else ()
    for row in body:
        yield from _row(row, columns)


def header_of(rows: Sequence[Row]) -> list[str]:
    """Names in the first row, or none where it does not look like a header."""
    if len(rows) < 2 or not rows[0].cells:
        return []
    cells = rows[0].cells
    short = all(0 < len(cell.split()) <= _MAX_NAME and not _SENTENCE.search(cell) for cell in cells)
    longer = any(len(cell.split()) >= _WORDY for row in rows[1:] for cell in row.cells)
    known = sum(column.by == "name" for column in understand_columns(cells, []))
    return list(cells) if short and (longer or known * 2 >= len(cells)) else []


def _row(row: Row, columns: Sequence[Column]) -> Iterator[Piece]:
    names = [column.name for column in columns]
    cells = tuple(
        (names[place] if place < len(names) else f"column {place + 1}", cell)
        for place, cell in enumerate(row.cells)
        if cell
    )
    wordy = [place for place, cell in enumerate(row.cells) if _is_free_text(cell, place, columns)]
    labels = " ".join(cell for place, cell in enumerate(row.cells) if cell and place not in wordy)
    if wordy and labels:
        yield Piece(labels, row.page, "table_row", boilerplate="row label")
    for place in wordy:
        turns = row.turns[place] if place < len(row.turns) else ()
        yield Piece(row.cells[place], row.page, "table_row", cells=cells, turns=turns)
    words = " ".join(cell for _, cell in cells)
    if not wordy and words:
        yield Piece(words, row.page, "table_row", cells=cells)


def _is_free_text(cell: str, place: int, columns: Sequence[Column]) -> bool:
    words = len(cell.split())
    if place < len(columns) and columns[place].by == "name":
        role = columns[place].role
        if role in FREE_TEXT:
            return words >= _LABEL
        return words >= 2 * _WORDY and role not in ("owner", "agency", "auditor", "child_data")
    return words >= _WORDY
