"""Reads tables with what a tracker says beside words: fill, struck-out text, hidden rows.

XLSX is read by openpyxl, since calamine gives no fill; other workbooks and CSV come without
colour.  A Word file gives its tables with their shading, and the text around them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.file_types import detect_file_type
from lif_nlp.ingest.limits import safe_office_members
from lif_nlp.ingest.sheets.cells import MAX_ROWS, read_sheets
from lif_nlp.ledger_records import Grid, GridCell

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFFICE_THEME = (
    "FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5",
    "70AD47",
)  # fmt: skip
"""Colours of Office's default theme by index; a workbook rarely brings another."""

MAX_COLUMNS = 200
"""Columns of a sheet that are read; formatting can run to the sheet's edge."""


def read_grids(content: bytes, source: str) -> list[Grid]:
    """The tables of a workbook, a CSV or a Word file; none for any other file.

    Raises UnreadableError for a damaged or encrypted file.
    """
    kind = detect_file_type(content, source)
    if kind == "docx":
        return list(_word_tables(content, source))
    # `detect_file_type` calls every workbook "xlsx"; openpyxl reads only the real ones.
    if kind == "xlsx" and content.startswith(b"PK") and not source.lower().endswith(".ods"):
        safe_office_members(content, source)
        return list(_workbook(content, source))
    if kind in ("xlsx", "csv"):
        return [
            Grid(
                sheet.name or "csv",
                tuple(tuple(GridCell(cell) for cell in row) for row in sheet.rows),
                tuple(range(1, len(sheet.rows) + 1)),
                hidden=sheet.hidden,
            )
            for sheet in read_sheets(content, source, kind)
        ]
    return []


def _workbook(content: bytes, source: str) -> Iterator[Grid]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), rich_text=True, data_only=True)
        for sheet in book.worksheets:
            yield _sheet(sheet)
    except Exception as error:  # openpyxl raises several unrelated classes
        raise UnreadableError(
            source,
            "the workbook is damaged or password-protected",
            "open it and save a copy without a password",
        ) from error


def _sheet(sheet: Any) -> Grid:
    merges = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, min(area.max_col, MAX_COLUMNS) + 1)
    }
    width = min(sheet.max_column, MAX_COLUMNS)
    height = min(sheet.max_row, MAX_ROWS)
    rows = tuple(
        tuple(
            _cell(sheet.cell(*merges.get((row, column), (row, column))))
            for column in range(1, width + 1)
        )
        for row in range(1, height + 1)
    )
    hidden = frozenset(
        number for number, size in sheet.row_dimensions.items() if size.hidden and number <= height
    )
    return Grid(
        sheet.title,
        rows,
        tuple(range(1, height + 1)),
        hidden_rows=hidden,
        hidden=sheet.sheet_state != "visible",
    )


def _cell(cell: Any) -> GridCell:
    value = cell.value
    struck = ""
    if isinstance(value, list):  # rich text: a list of strings and formatted runs
        # Struck-out words are what the plan said before; a reader must not take them as said.
        struck = " ".join(
            str(run.text).strip()
            for run in value
            if getattr(getattr(run, "font", None), "strike", None)
        )
        text = "".join(str(getattr(run, "text", run)) for run in value)
    else:
        # Excel stores 85% as 0.85.
        share = isinstance(value, int | float) and "%" in str(cell.number_format)
        text = f"{100 * value:g}%" if share else _as_text(value)
        struck = text if text and cell.font and cell.font.strike else ""
    return GridCell(_tidy(text), _fill(cell), _tidy(struck))


def _as_text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _fill(cell: Any) -> str:
    fill = cell.fill
    if fill is None or fill.fill_type != "solid":
        return ""
    colour = fill.fgColor
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        # The first two of eight digits are the opacity.
        return colour.rgb[-6:].upper()
    if colour.type == "theme" and colour.theme < len(_OFFICE_THEME):
        return _OFFICE_THEME[colour.theme]
    if colour.type == "indexed":
        from openpyxl.styles.colors import COLOR_INDEX

        return COLOR_INDEX[colour.indexed][-6:].upper() if colour.indexed < len(COLOR_INDEX) else ""
    return ""


def _tidy(text: str) -> str:
    """Lines of a cell are kept, white space within them is not."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _word_tables(content: bytes, source: str) -> Iterator[Grid]:
    safe_office_members(content, source)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            root = ElementTree.fromstring(archive.read("word/document.xml"))
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise UnreadableError(
            source, "the Word file is damaged", "open it in Word and save it again"
        ) from error
    body = root.find(f"{_W}body")
    if body is None:
        return
    # The date of a plan and the name of its review often stand only above its table.
    around = "\n".join(_text(node)[0] for node in body if node.tag == f"{_W}p")
    for number, table in enumerate(body.iter(f"{_W}tbl"), 1):
        rows = tuple(_word_rows(table))
        yield Grid(f"table {number}", rows, tuple(range(len(rows))), around=around)


def _word_rows(table: ElementTree.Element) -> Iterator[tuple[GridCell, ...]]:
    above: tuple[GridCell, ...] = ()
    for row in table.findall(f"{_W}tr"):
        cells: list[GridCell] = []
        for cell in row.findall(f"{_W}tc"):
            properties = cell.find(f"{_W}tcPr")
            text, struck = _text(cell)
            shade = properties.find(f"{_W}shd") if properties is not None else None
            fill = (shade.get(f"{_W}fill") or "") if shade is not None else ""
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            # Word leaves the lower parts of a merged cell empty.
            if merge is not None and merge.get(f"{_W}val") != "restart" and len(above) > len(cells):
                text, struck = above[len(cells)].text, above[len(cells)].struck
            # White paper is no status.
            grid_cell = GridCell(
                text, "" if fill.lower() in ("auto", "ffffff") else fill.upper(), struck
            )
            # Repeated, so that columns stay under their headers.
            cells += [grid_cell] * (int(span.get(f"{_W}val") or 1) if span is not None else 1)
        above = tuple(cells)
        yield above


def _text(node: ElementTree.Element) -> tuple[str, str]:
    """Text of a cell or paragraph, and what of it is struck out; deleted text is left out."""
    lines, struck = [], []
    paragraphs = [node] if node.tag == f"{_W}p" else list(node.iter(f"{_W}p"))
    for paragraph in paragraphs:
        line = ""
        for run in paragraph.iter(f"{_W}r"):
            words = "".join(
                part.text or "" if part.tag == f"{_W}t" else "\n"
                for part in run
                if part.tag in (f"{_W}t", f"{_W}br", f"{_W}tab")
            )
            line += words
            style = run.find(f"{_W}rPr")
            if style is not None and style.find(f"{_W}strike") is not None and words.strip():
                struck.append(words.strip())
        lines.append(line)
    return _tidy("\n".join(lines)), " ".join(struck)
