"""Reads XLSX, XLS, ODS and CSV files into cells of text, sheet by sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.encoding import decode
from lif_nlp.ingest.limits import safe_office_members

# Limits on abuse, chosen by judgement (November 2026), far above any audit.
MAX_ROWS = 100_000
"""Rows of one sheet that are read; the rest is ignored."""

MAX_CSV_FIELD = 10_000_000
"""Characters of one CSV field; Python's own limit of 131,072 is too low for whole reports."""

_SNIFF_CHARACTERS = 20_000
"""Start of a CSV file from which its delimiter is guessed."""

_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells of one sheet, row by row; `hidden` if its author hid it."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False


def read_sheets(content: bytes, source: str, kind: str) -> list[Sheet]:
    """Sheets of a workbook, or the one table of a CSV file.

    Parameters
    ----------
    content, source
        The file, and its path for messages.
    kind
        "csv" or "xlsx" (any workbook), as `detect_file_type` gives it.

    Raises
    ------
    UnreadableError
        For a damaged or encrypted workbook, and for text that is not a table.
    """
    if kind == "csv":
        return [Sheet("", tuple(_csv_rows(decode(content), source)))]
    # XLSX and ODS are ZIP archives; the older XLS is not, and has no members to check.
    if content.startswith(b"PK"):
        safe_office_members(content, source)
    return list(_workbook(content, source))


def _workbook(content: bytes, source: str) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for meta in workbook.sheets_metadata:
            sheet = workbook.get_sheet_by_name(meta.name)
            rows = tuple(
                tuple(_cell(value) for value in row)
                # With its empty rows, so that row numbers are those that Excel shows.
                for row in sheet.to_python(skip_empty_area=False)[:MAX_ROWS]
            )
            yield Sheet(meta.name, rows, meta.visible != SheetVisibleEnum.Visible)
    except Exception as error:  # calamine raises several unrelated classes
        raise UnreadableError(
            source,
            "the workbook is damaged or password-protected",
            "open it and save a copy without a password",
        ) from error


def _cell(value: object) -> str:
    """A cell as text. Workbooks store all numbers as floats: 4.0 becomes "4"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split()) if value is not None else ""


def _csv_rows(text: str, source: str) -> Iterator[tuple[str, ...]]:
    sample = text[:_SNIFF_CHARACTERS]
    try:
        delimiter = csv.Sniffer().sniff(sample, delimiters=_DELIMITERS).delimiter
    except csv.Error:
        # The sniffer gives up on long free text.
        delimiter = max(_DELIMITERS, key=sample.count)
    csv.field_size_limit(MAX_CSV_FIELD)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if number >= MAX_ROWS:
                return
            yield tuple(cell.strip() for cell in row)
    except csv.Error as error:
        raise UnreadableError(
            source, f"it is not a valid table ({error})", "save it as CSV again"
        ) from error
