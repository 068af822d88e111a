"""Audit sheets as XLSX and CSV, with the oddities that such sheets have."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sample_corpus.archive import timeless
from sample_corpus.source import FICTION, Meta

FILLS = {"red": "F4B6B0", "amber": "FBD9A0", "green": "BFE3C0", "blue": "BCD6F2"}


def cell_parts(cell: str) -> tuple[str, str]:
    """The words of a cell and its colour name, if any."""
    match = re.search(r"\{(red|amber|green|blue)\}$", cell)
    return (cell[: match.start()].strip(), match.group(1)) if match else (cell, "")


def title_rows(sheet: Meta) -> list[str]:
    """The rows above the header, the fiction line last."""
    return [*sheet.get("title_rows", []), f"FICTION. {FICTION}."]


def build_csv(meta: Meta) -> bytes:
    """The first sheet as CSV, title rows included, as exports of such sheets have them."""
    sheet, out = meta["sheet"][0], io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([title] for title in title_rows(sheet))
    writer.writerow(sheet["header"])
    for row in sheet["rows"]:
        writer.writerow("" if cell in "^<" else cell_parts(cell)[0] for cell in row)
    writer.writerows([note] for note in sheet.get("notes", []))
    return ("\ufeff" + out.getvalue()).encode()


def build_xlsx(meta: Meta) -> bytes:
    """All sheets as XLSX, with merged titles, group headers and coloured grades."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in meta["sheet"]:
        fill_sheet(book.create_sheet(sheet["name"]), sheet)
    props = book.properties
    props.title, props.creator = meta["title"], meta["publisher"]
    props.created = datetime.fromisoformat(meta["published"])
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue(), meta["published"])


def fill_sheet(target: Any, sheet: Meta) -> None:
    """Write titles, header, rows and notes into one worksheet."""
    from openpyxl.styles import Alignment, Font

    wide, titles = len(sheet["header"]), title_rows(sheet)
    for at, title in enumerate(titles, start=1):
        target.cell(at, 1, title).font = Font(bold=at < len(titles), italic=at == len(titles))
        target.merge_cells(start_row=at, end_row=at, start_column=1, end_column=wide)
    at, column = len(titles), 1
    if groups := sheet.get("groups"):
        at += 1
        for name, span in groups:
            target.cell(at, column, name or None).font = Font(bold=True)
            last = column + span - 1
            if span > 1:
                target.merge_cells(start_row=at, end_row=at, start_column=column, end_column=last)
            column = last + 1
    top = at + 1
    for column, name in enumerate(sheet["header"], start=1):
        cell = target.cell(top, column, name)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        longest = max([len(row[column - 1]) for row in sheet["rows"]] + [len(name)])
        target.column_dimensions[cell.column_letter].width = min(60, max(9, longest * 0.6))
    fill_rows(target, sheet["rows"], top + 1)
    for offset, words in enumerate(sheet.get("notes", [])):
        target.cell(top + len(sheet["rows"]) + 2 + offset, 1, words)
    target.freeze_panes = target.cell(top + 1, 1)
    target.oddFooter.left.text, target.oddFooter.right.text = FICTION, "Page &P of &N"


def fill_rows(target: Any, rows: Sequence[Sequence[str]], top: int) -> None:
    """Write the rows of a table: words or numbers, colours, merged cells."""
    from openpyxl.styles import Alignment, PatternFill

    for y, row in enumerate(rows, start=top):
        for x, raw in enumerate(row, start=1):
            if raw in ("^", "<") and raw:
                continue
            words, colour = cell_parts(raw)
            value = int(words) if re.fullmatch(r"\d{1,4}", words) else words or None
            cell = target.cell(y, x, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if colour:
                cell.fill = PatternFill("solid", fgColor=FILLS[colour])
    merge_marked(target, rows, top)


def merge_marked(target: Any, rows: Sequence[Sequence[str]], top: int) -> None:
    """Merge each cell with the marked cells below it, or to its right."""
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            down = y
            while down + 1 < len(rows) and rows[down + 1][x] == "^":
                down += 1
            right = x
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            if (down, right) != (y, x):
                target.merge_cells(
                    start_row=top + y, end_row=top + down,
                    start_column=x + 1, end_column=right + 1,
                )  # fmt: skip
