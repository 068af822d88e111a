"""Cells of tagged tables -> row pieces; tables that only lay out text stay as they are.

Inspectorates put whole reports inside a table, so that "Table" in a path says
little: only a row with words in two cells is a row of data, and even then cells
that hold lists are read one after the other, each under its column's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lif_nlp.ingest.pdf.chunks import Chunk, joined_over_page
from lif_nlp.ingest.pieces import Piece
from lif_nlp.ingest.sheets.table_rows import Row, header_of, row_pieces

_COLUMN_LEVEL = 9
"""Level of a column's name used as heading: below every printed heading."""

_SAME_COLUMN = 20.0
"""Cells whose left edges differ by fewer points than this stand in one column."""

_OPEN = re.compile(r"[^.?!:;’”\")\]]\s*$")

_Cells = list[list[Chunk]]


def in_data_row(chunks: Sequence[Chunk]) -> set[int]:
    """Places of the chunks that stand in a row with words in several cells."""
    cells: dict[tuple[int, object], set[object]] = {}
    for chunk in chunks:
        cells.setdefault((chunk.page, chunk.place("TR")), set()).add(chunk.place("TD", "TH"))
    return {
        place
        for place, chunk in enumerate(chunks)
        if chunk.place("TR") and len(cells[chunk.page, chunk.place("TR")]) > 1
    }


def join_split_rows(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Chunks with the rows that a page break cuts made whole, cell by cell."""
    out = list(chunks)
    rows = in_data_row(chunks)
    for at in range(1, len(chunks)):
        if chunks[at].page == chunks[at - 1].page or at - 1 not in rows:
            continue
        above = _row_places(chunks, at - 1, -1)
        below = _row_places(chunks, at, +1)
        pairs = [(a, b) for b in below if (a := _same_column(chunks, above, b)) is not None]
        goes_on = any(_OPEN.search(chunks[a].text) and _small(chunks[b]) for a, b in pairs)
        if goes_on and len(pairs) == len(below):
            for a, b in pairs:
                out[a] = joined_over_page(out[a], out[b])
                out[b] = replace(out[b], text="")
    return [chunk for chunk in out if chunk.text]


def _small(chunk: Chunk) -> bool:
    return chunk.text[:1].islower()


def _row_places(chunks: Sequence[Chunk], at: int, step: int) -> list[int]:
    """Places of the chunks in the same row as the one at `at`, going one way."""
    row, page, places = chunks[at].place("TR"), chunks[at].page, []
    while 0 <= at < len(chunks) and chunks[at].page == page and chunks[at].place("TR") == row:
        places.append(at)
        at += step
    return places if row else []


def _same_column(chunks: Sequence[Chunk], above: Sequence[int], below: int) -> int | None:
    near = [a for a in above if abs(chunks[a].x0 - chunks[below].x0) < _SAME_COLUMN]
    return near[0] if near else None


def rows_of_tables(
    chunks: Iterable[Chunk], is_heading: Callable[[Chunk], bool]
) -> Iterator[Chunk | Piece]:
    """Chunks as they are, but rows of data tables as pieces, in reading order."""
    header: list[str] = []
    last_page = 0
    for (table, page), group in groupby(chunks, key=_table_of):
        members = list(group)
        if table is None:
            yield from members
            continue
        rows = _rows(members)
        header = header if page - last_page <= 1 and _same_width(rows, header) else []
        for run in _runs(rows):
            if len(run[0]) < 2:
                yield from (chunk for row in run for cell in row for chunk in cell)
                continue
            header = yield from _data_rows(run, header, is_heading)
        last_page = page


def _table_of(chunk: Chunk) -> tuple[object, int]:
    table = chunk.place("Table")
    in_cell = chunk.place("TD", "TH") is not None and chunk.place("TR") is not None
    return (table if in_cell else None, chunk.page)


def _rows(members: Sequence[Chunk]) -> list[_Cells]:
    """Chunks by row and cell, both in order of first appearance."""
    rows: dict[object, dict[object, list[Chunk]]] = {}
    for chunk in members:
        cells = rows.setdefault(chunk.place("TR"), {})
        cells.setdefault(chunk.place("TD", "TH"), []).append(chunk)
    return [list(cells.values()) for cells in rows.values()]


def _runs(rows: Sequence[_Cells]) -> Iterator[list[_Cells]]:
    """Neighbouring rows of one kind: those with several cells, and the others."""
    for _, group in groupby(rows, key=lambda row: len(row) > 1):
        yield list(group)


def _same_width(rows: Sequence[_Cells], header: Sequence[str]) -> bool:
    return bool(header) and any(len(row) == len(header) for row in rows)


def _data_rows(
    run: Sequence[_Cells], header: list[str], is_heading: Callable[[Chunk], bool]
) -> Generator[Chunk | Piece, None, list[str]]:
    """Pieces of neighbouring data rows; returns the header that they stand under."""
    if len(run) == 1 and all(is_heading(chunk) for cell in run[0] for chunk in cell):
        yield _heading(run[0])
        return []
    rows = [_row(cells) for cells in run]
    own = header_of(rows) or _tagged_header(run)
    if own:
        header = own
    if any(_holds_list(cell) for cells in run for cell in cells):
        yield from _cell_by_cell(run[1:] if own else run, header)
        return header
    yield from row_pieces(rows, header, headed=bool(own))
    return header


def _tagged_header(run: Sequence[_Cells]) -> list[str]:
    """Names in the first row where it alone is tagged as a header throughout."""
    first, *others = [all(chunk.has("TH") for cell in row for chunk in cell) for row in run]
    return list(_row(run[0]).cells) if first and others and not any(others) else []


def _heading(cells: _Cells) -> Chunk:
    """A banner such as "The experiences of children | Good" as one heading."""
    parts = [chunk for cell in cells for chunk in cell]
    whole = parts[0]
    for part in parts[1:]:
        whole = joined_over_page(whole, part)
    return whole


def _row(cells: _Cells) -> Row:
    texts = tuple(" ".join(chunk.text for chunk in cell) for cell in cells)
    turns = tuple(cell[0].turns if len(cell) == 1 else () for cell in cells)
    return Row(texts, cells[0][0].page, turns)


def _holds_list(cell: Sequence[Chunk]) -> bool:
    words = sum(len(chunk.text.split()) for chunk in cell)
    items = sum(chunk.has("LI") or chunk.symbol for chunk in cell)
    return items > 1 or (len(cell) > 2 and words > 80)


def _cell_by_cell(run: Sequence[_Cells], header: Sequence[str]) -> Iterator[Chunk | Piece]:
    for cells in run:
        for place, cell in enumerate(cells):
            if place < len(header):
                yield Piece(header[place], cell[0].page, "heading", level=_COLUMN_LEVEL)
            yield from cell
