"""Detects tables on pages without tags, by a header of recognised names and cells below it.

A line whose parts are far apart and name columns ("Recommendation | Owner | Date") starts a
table. The lines below belong to it while each part starts at the left edge of a column and ends
before the next one. The cells get the tags that a tagged file would give them, so that the rest
of the reader treats both the same. If in doubt, lines stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pdf.page import Segment, Tag
from lif_nlp.ingest.pdf.thresholds import (
    COLUMN_SHIFT,
    LINE_DESCENT,
    MAX_COLUMN_NAME_WORDS,
    MAX_COLUMNS,
    POINT_TOLERANCE,
    ROW_GAP,
    TABLE_END_GAP,
)
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, understand_columns

_MIN_COLUMNS = 2
"""Columns of a table, and recognised names that its header needs."""

_MOST_HEADER_SEGMENTS = 3 * MAX_COLUMNS
"""Lines of a header's cells: three for each column."""

_SENTENCE_END = re.compile(r"[.?!;:)]\s*$")
_SENTENCE_START = re.compile(r"^\s*[\"“‘(]?[A-Z0-9]")

_Cells = dict[int, list[Segment]]
"""Lines of each cell of one row, by column."""


@dataclass(slots=True)
class _Table:
    """A table while it is read.

    `last_column` and `last_y` are those of the last part; `drawn_by_cell` is set once the
    file is seen to draw all lines of a cell before the next cell; `continued` if the table
    began on the page before.
    """

    header: list[Segment]
    rows: list[_Cells] = field(default_factory=list)
    last_column: int = 0
    last_y: float = 0.0
    drawn_by_cell: bool = False
    continued: bool = False

    @property
    def column_edges(self) -> list[float]:
        return [part.x0 for part in self.header]


def detect_tables(pages: Sequence[Sequence[Segment]]) -> Iterator[list[Segment]]:
    """Segments of each page; those of a table carry tags for its rows and cells.

    A table that reaches the end of a page continues at the top of the next one.
    """
    open_header: list[Segment] = []
    for page in pages:
        if any(segment.tags for segment in page):
            open_header = []
            yield list(page)
        else:
            segments, open_header = _tag_page(page, open_header)
            yield segments


def _tag_page(
    page: Sequence[Segment], header_above: Sequence[Segment]
) -> tuple[list[Segment], list[Segment]]:
    """Segments of one page, and the header of the table that reaches its end, if any."""
    segments: list[Segment] = []
    index, count = 0, 0
    open_header: list[Segment] = []
    while index < len(page):
        header, start = _find_header(page, index)
        continued = not header and index == 0 and bool(header_above)
        if continued:
            # The header of the page before, as if it were printed above the first line.
            header = [replace(part, y=page[0].y + 1) for part in header_above]
        table = _Table(header, continued=continued)
        end = _read_rows(table, page, start) if header else index
        if any(len(row) > 1 for row in table.rows):
            segments += _tag_cells(table, count)
            open_header = header if end == len(page) else []
            index, count = end, count + 1
        else:
            segments.append(page[index])
            index += 1
    return segments, open_header


def _split_at_gaps(segment: Segment) -> list[Segment]:
    """The parts of a segment between its wide gaps."""
    starts = [(0, segment.x0), *((offset, right) for offset, _, right in segment.gaps)]
    ends = [*((offset, left) for offset, left, _ in segment.gaps), (len(segment.text), segment.x1)]
    return [
        replace(segment, text=segment.text[start:end].strip(), x0=x0, x1=x1, gaps=())
        for (start, x0), (end, x1) in zip(starts, ends, strict=True)
    ]


def _find_header(page: Sequence[Segment], index: int) -> tuple[list[Segment], int]:
    """Parts of the line at `index` if they name columns, and the index below; else ([], index).

    In narrow columns names run over several lines, and even words do ("Recommendati on").
    """
    end = index + 1
    while (
        end < len(page)
        and abs(page[end].y - page[index].y) < POINT_TOLERANCE
        and page[end].x0 > page[end - 1].x1
    ):
        end += 1
    parts = [part for segment in page[index:end] for part in _split_at_gaps(segment)]
    if _names_columns(parts):
        return parts, end
    for parts, end in _wrapped_headers(page, index):
        if _names_columns(parts):
            return parts, end
        whole_words = [replace(part, text=part.text.replace(" ", "")) for part in parts]
        if _names_columns(whole_words):
            return whole_words, end
    return [], index


def _wrapped_headers(page: Sequence[Segment], index: int) -> Iterator[tuple[list[Segment], int]]:
    """Bold parts of one height, each with the lines below it, and the index after them."""
    columns: list[list[Segment]] = []
    top = page[index].y
    for end in range(index, min(len(page), index + _MOST_HEADER_SEGMENTS)):
        for part in _split_at_gaps(page[end]):
            if not part.bold:
                return
            if abs(part.y - top) < POINT_TOLERANCE:
                if columns and part.x0 <= max(other.x1 for other in columns[-1]):
                    return
                columns.append([part])
                continue
            above = next(
                (own for own in columns if abs(own[0].x0 - part.x0) < POINT_TOLERANCE), None
            )
            if above is None or not 0 < above[-1].y - part.y < ROW_GAP * part.size:
                return
            above.append(part)
        if len(columns) >= _MIN_COLUMNS and any(len(own) > 1 for own in columns):
            names = [" ".join(part.text.strip() for part in own) for own in columns]
            yield (
                [replace(own[0], text=name) for own, name in zip(columns, names, strict=True)],
                end + 1,
            )


def _names_columns(parts: Sequence[Segment]) -> bool:
    """Whether at least two parts are names of columns, one of them of free text."""
    names = [part.text.strip() for part in parts]
    too_long = any(len(name.split()) > MAX_COLUMN_NAME_WORDS for name in names)
    if not _MIN_COLUMNS <= len(parts) <= MAX_COLUMNS or too_long:
        return False
    known_columns = [column for column in understand_columns(names, []) if column.by == "name"]
    has_text_column = any(column.role in FREE_TEXT for column in known_columns)
    return len(known_columns) >= _MIN_COLUMNS and has_text_column


def _read_rows(table: _Table, page: Sequence[Segment], index: int) -> int:
    """Read rows from `index` on; returns the index of the first segment below the table."""
    lowest = table.header[0].y
    while index < len(page):
        segment = page[index]
        cells = [(part, _column(part, table.column_edges)) for part in _split_at_gaps(segment)]
        is_far_below = lowest - segment.y > TABLE_END_GAP * segment.size
        is_above = segment.y > table.header[0].y
        if is_far_below or is_above or any(column is None for _, column in cells):
            return index
        for part, column in cells:
            _add_to_cell(table, part, column or 0)
        lowest = min(lowest, segment.y)
        index += 1
    return index


def _column(part: Segment, edges: Sequence[float]) -> int | None:
    """The column in which a part is, or None if it fits none."""
    for column, edge in enumerate(edges):
        next_edge = edges[column + 1] if column + 1 < len(edges) else float("inf")
        if abs(part.x0 - edge) < COLUMN_SHIFT and part.x1 < next_edge:
            return column
    return None


def _add_to_cell(table: _Table, part: Segment, column: int) -> None:
    if not table.rows or _starts_row(table, part, column):
        table.rows.append({})
    elif column > table.last_column and part.y > table.last_y + POINT_TOLERANCE:
        table.drawn_by_cell = True
    table.rows[-1].setdefault(column, []).append(part)
    table.last_column, table.last_y = column, part.y


def _starts_row(table: _Table, part: Segment, column: int) -> bool:
    row = table.rows[-1]
    lowest = min(segment.y for cell in row.values() for segment in cell)
    is_below = part.y < lowest - LINE_DESCENT * part.size
    if column not in row:
        return is_below and column <= min(row)
    above = row[column][-1]
    if above.y_end - part.y > ROW_GAP * part.size:
        return True
    steps_back = table.last_column > column and is_below
    new_sentence = bool(_SENTENCE_END.search(above.text) and _SENTENCE_START.match(part.text))
    # The rest of a row that the page break cuts is alone above the first whole row.
    after_rest = table.continued and len(table.rows) == 1 and len(row) == 1
    starts_item = after_rest and find_marker(part.text) is not None
    return (steps_back and (table.drawn_by_cell or new_sentence)) or (new_sentence and starts_item)


def _tag_cells(table: _Table, count: int) -> Iterator[Segment]:
    """Segments of the table, row by row and cell by cell, with tags.

    Positions in the structure tree are negative, so that they differ from real ones.
    """
    table_tag: Tag = ("Table", -count - 1)
    rows = [dict(enumerate([part] for part in table.header)), *table.rows]
    for number, row in enumerate(rows):
        if number == 0 and table.continued:
            continue
        for column in sorted(row):
            cell_tag: Tag = ("TH" if number == 0 else "TD", -column - 1)
            tags = (table_tag, ("TR", -number - 1), cell_tag)
            yield from (replace(part, tags=tags) for part in row[column])
