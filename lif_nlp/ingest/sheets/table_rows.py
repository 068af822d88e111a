"""Turns rows of a printed table into pieces that keep their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lif_nlp.ingest.pieces import Piece
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, Column, understand_columns

# Chosen by judgement in November 2026; no tuning is on record.
MIN_TEXT_WORDS = 5
"""Words of a finding in a column that is recognised as free text; a shorter cell is a label."""

MIN_SENTENCE_WORDS = 3
"""The same for a cell that ends in a full stop."""

MIN_ACTION_WORDS = 3
"""The same for a cell of a column of actions: "Commission non-instructed advocacy"."""

FREE_TEXT_WORDS = 8
"""Words of a finding in any other column. Lower makes findings of names and dates."""

MAX_NAME_WORDS = 8
"""Words of a column's name."""

_LABEL_ROLES = ("owner", "agency", "auditor", "child_data")
"""Roles whose cells never are findings, however long."""

_SENTENCE = re.compile(r"\s\S+\s.*\.$")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one printed row, left to right, the page it starts on, and each cell's turns.

    `spans` are places of cells that began in a row above and reach into this one: they say what
    the row is about, and were read where they began.
    """

    cells: tuple[str, ...]
    page: int = 1
    turns: tuple[tuple[tuple[int, int], ...], ...] = ()
    spans: frozenset[int] = frozenset()


def row_pieces(
    rows: Sequence[Row], header: Sequence[str] = (), *, headed: bool = False
) -> Iterator[Piece]:
    """Pieces of the rows: one for each free-text cell, with the whole row in its `cells`.

    Short cells next to free text become a piece marked as a label, so that no word is lost;
    a row without free text is one piece.

    Parameters
    ----------
    rows
        Rows of one table, on one page.
    header
        Names of the columns, if the table continues from the page before; otherwise the
        first row is the header if it looks like one.
    headed
        Whether the first row repeats `header`.
    """
    names = list(header) or header_of(rows)
    has_header_row = bool(names) and (headed or not header)
    if has_header_row:
        first = rows[0]
        words = " ".join(cell for cell in first.cells if cell)
        yield Piece(words, first.page, "table_row", boilerplate="table header")
    body = rows[1:] if has_header_row else rows
    columns = understand_columns(names, [row.cells for row in body]) if names else ()
    for row in body:
        yield from _row(row, columns)


def header_of(rows: Sequence[Row]) -> list[str]:
    """Names in the first row, or none if it does not look like a header."""
    if len(rows) < 2 or not rows[0].cells:
        return []
    cells = rows[0].cells
    are_names = all(
        0 < len(cell.split()) <= MAX_NAME_WORDS and not _SENTENCE.search(cell) for cell in cells
    )
    text_below = any(len(cell.split()) >= FREE_TEXT_WORDS for row in rows[1:] for cell in row.cells)
    name_count = sum(column.by == "name" for column in understand_columns(cells, []))
    return list(cells) if are_names and (text_below or name_count * 2 >= len(cells)) else []


def _row(row: Row, columns: Sequence[Column]) -> Iterator[Piece]:
    names = [column.name for column in columns]
    cells = tuple(
        (names[index] if index < len(names) else f"column {index + 1}", cell)
        for index, cell in enumerate(row.cells)
        if cell
    )
    own = [(index, cell) for index, cell in enumerate(row.cells) if index not in row.spans]
    texts = [index for index, cell in own if _is_free_text(cell, index, columns)]
    labels = " ".join(cell for index, cell in own if cell and index not in texts)
    # Not a finding by itself, but no word of a report may be lost.
    if texts and labels:
        yield Piece(labels, row.page, "table_row", boilerplate="row label")
    for index in texts:
        turns = row.turns[index] if index < len(row.turns) else ()
        under = _column_heading(index, columns)
        yield Piece(row.cells[index], row.page, "table_row", cells=cells, turns=turns, under=under)
    words = " ".join(cell for _, cell in own if cell)
    if not texts and words:
        yield Piece(words, row.page, "table_row", cells=cells)


def _column_heading(index: int, columns: Sequence[Column]) -> str:
    """The column's printed name, if it is one of free text: "Working well", "This year"."""
    has_name = index < len(columns) and columns[index].by == "name"
    return columns[index].name if has_name and columns[index].role in FREE_TEXT else ""


def _is_free_text(cell: str, index: int, columns: Sequence[Column]) -> bool:
    words = len(cell.split())
    if index < len(columns) and columns[index].by == "name":
        role = columns[index].role
        if role in FREE_TEXT:
            is_sentence = words >= MIN_SENTENCE_WORDS and cell.endswith(".")
            least = MIN_ACTION_WORDS if role == "action" else MIN_TEXT_WORDS
            return words >= least or is_sentence
        # A column with a name for something else must be clearly longer than a label.
        return words >= 2 * FREE_TEXT_WORDS and role not in _LABEL_ROLES
    is_sentence = words >= MIN_SENTENCE_WORDS and cell.endswith(".")
    return words >= FREE_TEXT_WORDS or is_sentence
