"""Cells of XLSX, XLS, ODS and CSV files as strings, sheet by sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.encoding import decode
from lif_nlp.ingest.limits import checked_office_members

MAX_ROWS = 100_000
MAX_CELL = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells of one sheet, row by row; `hidden` says that its author hid it."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False


def read_sheets(content: bytes, source: str, kind: str) -> list[Sheet]:
    """Sheets of a workbook, or the one table of a CSV file."""
    if kind == "csv":
        return [Sheet("", tuple(_csv_rows(decode(content), source)))]
    if content.startswith(b"PK"):
        checked_office_members(content, source)
    return list(_workbook(content, source))


def _workbook(content: bytes, source: str) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in workbook.sheets_metadata:
            sheet = workbook.get_sheet_by_name(meta.name)
            rows = tuple(
                tuple(_cell(value) for value in row)
                for row in sheet.to_python(skip_empty_area=False)[:MAX_ROWS]
            )
            yield Sheet(meta.name, rows, meta.visible != SheetVisibleEnum.Visible)
    except Exception as error:  # calamine raises several unrelated classes
        raise UnreadableError(
            source, "the workbook is damaged or has a password", "open it and save it again"
        ) from error


def _cell(value: object) -> str:
    """A cell as words; whole numbers lose the ".0" that workbooks store."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split()) if value is not None else ""


def _csv_rows(text: str, source: str) -> Iterator[tuple[str, ...]]:
    sample = text[:20_000]
    try:
        delimiter = csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
    except csv.Error:
        delimiter = max(",;\t|", key=sample.count)
    csv.field_size_limit(10_000_000)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if number >= MAX_ROWS:
                return
            yield tuple(cell.strip() for cell in row)
    except csv.Error as error:
        raise UnreadableError(
            source, f"not a readable table ({error})", "save it as CSV again"
        ) from error
