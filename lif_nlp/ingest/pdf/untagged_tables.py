"""Tables of pages without tags: known by a header of known columns and by cells below it.

A line whose parts stand far apart and name columns ("Recommendation | Owner | Date")
opens a table; what follows belongs to it as long as it starts at the left edge of a
column and ends before the next.  The cells are given the tags that a tagged file
would give them, so that all that follows is the same.  Where it is not certain, the
lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pdf.page import Segment, Tag
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, understand_columns

_MOST_COLUMNS = 6
_NAME_WORDS = 5
_ALIGNED = 6.0
"""Left edges that differ by fewer points than this stand in one column."""

_ROW_GAP = 1.3
"""Lines of a cell stand closer than this, in line pitches; rows stand further apart."""

_FAR = 5.0
"""So many sizes of print below the last line, a table is over."""

_ENDED = re.compile(r"[.?!;:)]\s*$")
_OPENS = re.compile(r"^\s*[\"“‘(]?[A-Z0-9]")

_Cells = dict[int, list[Segment]]


@dataclass(slots=True)
class _Table:
    """A table while it is read: its header, its rows, and how it is drawn.

    `last` is the column of the last part and `y` its line; `by_cell` says that the
    file was seen to draw a cell with all its lines before the cell beside it;
    `carried` that the table began on the page before.
    """

    header: list[Segment]
    rows: list[_Cells] = field(default_factory=list)
    last: int = 0
    y: float = 0.0
    by_cell: bool = False
    carried: bool = False

    @property
    def edges(self) -> list[float]:
        return [part.x0 for part in self.header]


def detect_tables(pages: Sequence[Sequence[Segment]]) -> Iterator[list[Segment]]:
    """Segments of each page; those that form a table carry the tags of its rows and cells.

    A table that reaches the end of a page goes on at the top of the next one.
    """
    open_header: list[Segment] = []
    for page in pages:
        if any(segment.tags for segment in page):
            open_header = []
            yield list(page)
        else:
            segments, open_header = _page_with_tables(page, open_header)
            yield segments


def _page_with_tables(
    page: Sequence[Segment], above: Sequence[Segment]
) -> tuple[list[Segment], list[Segment]]:
    """The segments of one page, and the header of the table that reaches its end, if any."""
    out: list[Segment] = []
    at, count = 0, 0
    reaches: list[Segment] = []
    while at < len(page):
        header, after = _header(page, at)
        carried = not header and at == 0 and bool(above)
        if carried:
            header = [replace(part, y=page[0].y + 1) for part in above]
        table = _Table(header, carried=carried)
        end = _fill(table, page, after) if header else at
        if any(len(row) > 1 for row in table.rows):
            out += _tagged(table, count)
            reaches = header if end == len(page) else []
            at, count = end, count + 1
        else:
            out.append(page[at])
            at += 1
    return out, reaches


def _parts(segment: Segment) -> list[Segment]:
    """The segment cut at its wide gaps."""
    starts = [(0, segment.x0), *((place, x0) for place, _, x0 in segment.breaks)]
    ends = [*((place, x1) for place, x1, _ in segment.breaks), (len(segment.text), segment.x1)]
    return [
        replace(segment, text=segment.text[start:end].strip(), x0=x0, x1=x1, breaks=())
        for (start, x0), (end, x1) in zip(starts, ends, strict=True)
    ]


def _header(page: Sequence[Segment], at: int) -> tuple[list[Segment], int]:
    """Parts of the line at `at` if they name columns (else none), and the place below it."""
    end = at + 1
    while end < len(page) and abs(page[end].y - page[at].y) < 1 and page[end].x0 > page[end - 1].x1:
        end += 1
    parts = [part for segment in page[at:end] for part in _parts(segment)]
    names = [part.text.strip() for part in parts]
    if not 2 <= len(parts) <= _MOST_COLUMNS or any(len(n.split()) > _NAME_WORDS for n in names):
        return [], at
    known = [column for column in understand_columns(names, []) if column.by == "name"]
    certain = len(known) >= 2 and any(column.role in FREE_TEXT for column in known)
    return (parts, end) if certain else ([], at)


def _fill(table: _Table, page: Sequence[Segment], at: int) -> int:
    """Read rows from `at` on; returns the place of the first segment below the table."""
    lowest = table.header[0].y
    while at < len(page):
        cells = [(part, _column(part, table.edges)) for part in _parts(page[at])]
        far = lowest - page[at].y > _FAR * page[at].size or page[at].y > table.header[0].y
        if far or any(column is None for _, column in cells):
            return at
        for part, column in cells:
            _put(table, part, column or 0)
        lowest = min(lowest, page[at].y)
        at += 1
    return at


def _column(part: Segment, edges: Sequence[float]) -> int | None:
    """The column that a part stands in, or None where it fits none."""
    for column, edge in enumerate(edges):
        ends = edges[column + 1] if column + 1 < len(edges) else float("inf")
        if abs(part.x0 - edge) < _ALIGNED and part.x1 < ends:
            return column
    return None


def _put(table: _Table, part: Segment, column: int) -> None:
    if not table.rows or _opens_row(table, part, column):
        table.rows.append({})
    elif column > table.last and part.y > table.y + 1:
        table.by_cell = True
    table.rows[-1].setdefault(column, []).append(part)
    table.last, table.y = column, part.y


def _opens_row(table: _Table, part: Segment, column: int) -> bool:
    row = table.rows[-1]
    lowest = min(segment.y for cell in row.values() for segment in cell)
    below = part.y < lowest - 0.3 * part.size
    if column not in row:
        return below and column <= min(row)
    above = row[column][-1]
    gap = above.y_end - part.y
    if gap > _ROW_GAP * 1.2 * part.size:
        return True
    back = table.last > column and below
    new = bool(_ENDED.search(above.text) and _OPENS.match(part.text))
    # The rest of a row that the page cut stands alone above the first whole row.
    rest = table.carried and len(table.rows) == 1 and len(row) == 1 and find_marker(part.text)
    return (back and (table.by_cell or new)) or (new and bool(rest))


def _tagged(table: _Table, count: int) -> Iterator[Segment]:
    """Segments of the table, row by row and cell by cell, with made-up tags."""
    name: Tag = ("Table", -count - 1)
    rows = [dict(enumerate([part] for part in table.header)), *table.rows]
    for number, row in enumerate(rows):
        if number == 0 and table.carried:
            continue
        for column in sorted(row):
            cell: Tag = ("TH" if number == 0 else "TD", -column - 1)
            tags = (name, ("TR", -number - 1), cell)
            yield from (replace(part, tags=tags) for part in row[column])
