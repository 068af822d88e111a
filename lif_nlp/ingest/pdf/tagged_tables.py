"""Turns cells of tagged tables into row pieces; tables that only lay out text stay text.

Inspectorates put whole reports inside a table, so a "Table" tag alone says little. Only a row
with words in two cells is a row of data; and even then cells with lists are read one after
the other, each under its column's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lif_nlp.ingest.pdf.chunks import Chunk, join_chunks
from lif_nlp.ingest.pdf.thresholds import (
    COLUMN_HEADING_LEVEL,
    LONG_CELL_CHUNKS,
    LONG_CELL_WORDS,
    TAGGED_COLUMN_SHIFT,
)
from lif_nlp.ingest.pieces import Piece
from lif_nlp.ingest.sheets.table_rows import Row, header_of, row_pieces

_UNFINISHED = re.compile(r"[^.?!:;’”\")\]]\s*$")

_Cells = list[list[Chunk]]
"""Chunks of each cell of one row."""


def data_row_indices(chunks: Sequence[Chunk]) -> set[int]:
    """Indices of the chunks in rows with words in several cells."""
    cells: dict[tuple[int, object], set[object]] = {}
    for chunk in chunks:
        cells.setdefault((chunk.page, chunk.tag("TR")), set()).add(chunk.tag("TD", "TH"))
    return {
        index
        for index, chunk in enumerate(chunks)
        if chunk.tag("TR") and len(cells[chunk.page, chunk.tag("TR")]) > 1
    }


def join_split_rows(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks in which rows that a page break cuts are joined, cell by cell."""
    result = list(chunks)
    rows = data_row_indices(chunks)
    for index in range(1, len(chunks)):
        if chunks[index].page == chunks[index - 1].page or index - 1 not in rows:
            continue
        above = _row_indices(chunks, index - 1, -1)
        below = _row_indices(chunks, index, +1)
        pairs = [(a, b) for b in below if (a := _same_column(chunks, above, b)) is not None]
        # One sentence that continues shows that the row does; every cell must fit a column.
        continues = any(
            _UNFINISHED.search(chunks[a].text) and chunks[b].text[:1].islower() for a, b in pairs
        )
        if continues and len(pairs) == len(below):
            for a, b in pairs:
                result[a] = join_chunks(result[a], result[b])
                result[b] = replace(result[b], text="")
    return [chunk for chunk in result if chunk.text]


def _row_indices(chunks: Sequence[Chunk], index: int, step: int) -> list[int]:
    """Indices of the chunks in the row of the one at `index`, in one direction."""
    row, page, indices = chunks[index].tag("TR"), chunks[index].page, []
    while (
        0 <= index < len(chunks) and chunks[index].page == page and chunks[index].tag("TR") == row
    ):
        indices.append(index)
        index += step
    return indices if row else []


def _same_column(chunks: Sequence[Chunk], above: Sequence[int], below: int) -> int | None:
    indices = [a for a in above if abs(chunks[a].x0 - chunks[below].x0) < TAGGED_COLUMN_SHIFT]
    return indices[0] if indices else None


def read_tables(
    chunks: Iterable[Chunk], is_heading: Callable[[Chunk], bool]
) -> Iterator[Chunk | Piece]:
    """Rows of data tables as pieces, and all other chunks unchanged, in reading order.

    Parameters
    ----------
    chunks
        Chunks of the whole document.
    is_heading
        Recognises headings by their print; a table row of headings is one heading.
    """
    header: list[str] = []
    last_page = 0
    for (table, page), group in groupby(chunks, key=_table_of):
        members = list(group)
        if table is None:
            yield from members
            continue
        rows = _rows(members)
        # A table that continues on the next page keeps its column names.
        continues = page - last_page <= 1 and _has_width(rows, header)
        header = header if continues else []
        for run in _runs(rows):
            if len(run[0]) < 2:
                yield from (chunk for row in run for cell in row for chunk in cell)
                continue
            header = yield from _data_rows(run, header, is_heading)
        last_page = page


def _table_of(chunk: Chunk) -> tuple[object, int]:
    table = chunk.tag("Table")
    in_cell = chunk.tag("TD", "TH") is not None and chunk.tag("TR") is not None
    return (table if in_cell else None, chunk.page)


def _rows(members: Sequence[Chunk]) -> list[_Cells]:
    """Chunks by row and cell, both in order of first appearance."""
    rows: dict[object, dict[object, list[Chunk]]] = {}
    for chunk in members:
        cells = rows.setdefault(chunk.tag("TR"), {})
        cells.setdefault(chunk.tag("TD", "TH"), []).append(chunk)
    return [list(cells.values()) for cells in rows.values()]


def _runs(rows: Sequence[_Cells]) -> Iterator[list[_Cells]]:
    """Consecutive rows of one kind: with several cells, or with one."""
    for _, group in groupby(rows, key=lambda row: len(row) > 1):
        yield list(group)


def _has_width(rows: Sequence[_Cells], header: Sequence[str]) -> bool:
    return bool(header) and any(len(row) == len(header) for row in rows)


def _data_rows(
    run: Sequence[_Cells], header: list[str], is_heading: Callable[[Chunk], bool]
) -> Generator[Chunk | Piece, None, list[str]]:
    """Pieces of consecutive data rows; returns the header above them."""
    if len(run) == 1 and all(is_heading(chunk) for cell in run[0] for chunk in cell):
        yield _join_cells(run[0])
        return []
    rows = [_row(cells) for cells in run]
    own_header = header_of(rows) or _tagged_header(run)
    if own_header:
        header = own_header
    if any(_is_text(cell) for cells in run for cell in cells):
        yield from _cell_by_cell(run[1:] if own_header else run, header)
        return header
    yield from row_pieces(rows, header, headed=bool(own_header))
    return header


def _tagged_header(run: Sequence[_Cells]) -> list[str]:
    """Names in the first row, if it alone is tagged as a header throughout."""
    first, *others = [all(chunk.has_tag("TH") for cell in row for chunk in cell) for row in run]
    return list(_row(run[0]).cells) if first and others and not any(others) else []


def _join_cells(cells: _Cells) -> Chunk:
    """A banner such as "The experiences of children | Good" as one heading."""
    first, *others = [chunk for cell in cells for chunk in cell]
    heading = first
    for chunk in others:
        heading = join_chunks(heading, chunk)
    return heading


def _row(cells: _Cells) -> Row:
    texts = tuple(" ".join(chunk.text for chunk in cell) for cell in cells)
    turns = tuple(cell[0].turns if len(cell) == 1 else () for cell in cells)
    return Row(texts, cells[0][0].page, turns)


def _is_text(cell: Sequence[Chunk]) -> bool:
    """Whether a cell holds a list or several paragraphs, rather than a value."""
    words = sum(len(chunk.text.split()) for chunk in cell)
    items = sum(chunk.has_tag("LI") or chunk.symbol for chunk in cell)
    return items > 1 or (len(cell) > LONG_CELL_CHUNKS and words > LONG_CELL_WORDS)


def _cell_by_cell(run: Sequence[_Cells], header: Sequence[str]) -> Iterator[Chunk | Piece]:
    for cells in run:
        for column, cell in enumerate(cells):
            if column < len(header):
                yield Piece(header[column], cell[0].page, "heading", level=COLUMN_HEADING_LEVEL)
            yield from cell
