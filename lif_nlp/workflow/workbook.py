"""The review workbook: what a person sees, and the decisions read back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lif_nlp.errors import LifError

THEME_DECISIONS = ("approve", "reject")
FINDING_DECISIONS = ("right", "wrong")
SHEETS: Mapping[str, tuple[str, ...]] = {
    "Themes": (
        "theme_id", "name", "kind", "documents", "strengths", "problems", "stability", "status",
        "typical", "decision", "new_name", "merge_into",
    ),
    "Findings": (
        "finding_id", "theme_id", "theme", "text", "role", "source", "page", "why_here",
        "decision", "move_to", "also_in", "new_theme",
    ),
    "Recommendations": (
        "finding_id", "source", "page", "text", "owner", "due", "repeat_of",
    ),
}  # fmt: skip
"""Columns of each sheet; those of a person stand last and are shaded."""

OWN: Mapping[str, tuple[str, ...]] = {
    "Themes": ("decision", "new_name", "merge_into"),
    "Findings": ("decision", "move_to", "also_in", "new_theme"),
    "Recommendations": (),
}
HELP = (
    "How to review",
    "Fill in the shaded columns only, save the file, and give it back with: lif review --import.",
    "Themes, decision: approve or reject. new_name: a better name. merge_into: the theme_id in"
    " which this theme should go up.",
    "Findings, decision: right or wrong for the theme in the row. move_to: the theme_id it belongs"
    " to instead. also_in: a further theme_id. new_theme: the name of a theme that is missing;"
    " rows with the same name are put together.",
    "Ids must stay as they are. A row that you leave empty changes nothing.",
)


def write_workbook(path: Path, sheets: Mapping[str, pd.DataFrame]) -> None:
    """Write the sheets with drop-downs, shaded columns for decisions and a page of help."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    page.title = "How to review"
    for line in HELP:
        page.append([line])
    page.column_dimensions["A"].width = 110
    for title, columns in SHEETS.items():
        _fill(book.create_sheet(title), columns, OWN[title], sheets[title])
    _offer(book["Themes"], "decision", THEME_DECISIONS)
    _offer(book["Findings"], "decision", FINDING_DECISIONS)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    book.save(partial)
    partial.replace(path)


def read_workbook(path: Path) -> dict[str, list[dict[str, str]]]:
    """Rows of "Themes" and "Findings" in which a person decided something.

    Raises LifError, naming sheet and column, when the file is no review workbook
    or a decision is not one of those offered.
    """
    from zipfile import BadZipFile

    try:
        raw = pd.read_excel(path, sheet_name=None, dtype=str, engine="openpyxl")
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise LifError(
            f"{path}: not an Excel workbook ({type(error).__name__}); give the file that "
            "'lif review --export' made"
        ) from error
    allowed = {"Themes": THEME_DECISIONS, "Findings": FINDING_DECISIONS}
    return {title: _decided(path, raw, title, words) for title, words in allowed.items()}


def _decided(
    path: Path, raw: Mapping[str, pd.DataFrame], title: str, words: Sequence[str]
) -> list[dict[str, str]]:
    if title not in raw:
        raise LifError(f"{path}: the sheet '{title}' is missing; export the workbook again")
    frame = raw[title].fillna("")
    missing = [column for column in SHEETS[title] if column not in frame.columns]
    if missing:
        raise LifError(
            f"{path}: sheet '{title}' lacks the column '{missing[0]}'; export the workbook again"
        )
    rows = [
        {column: str(row[column]).strip().removeprefix("'") for column in SHEETS[title]}
        for row in frame.to_dict("records")
    ]
    for number, row in enumerate(rows, start=2):
        if row["decision"] and row["decision"].lower() not in words:
            raise LifError(
                f"{path}: sheet '{title}', row {number}: decision '{row['decision']}' is not one "
                f"of {', '.join(words)}; correct it and import again"
            )
    return [row for row in rows if any(row[column] for column in OWN[title])]


def _fill(sheet: Any, columns: Sequence[str], own: Iterable[str], frame: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    from lif_nlp.workflow.export import flat

    shade = PatternFill("solid", fgColor="FFF4CC")
    sheet.append(list(columns))
    for row in frame.reindex(columns=list(columns)).to_dict("records"):
        values = ("" if pd.isna(v) is True else flat(v) for v in row.values())
        sheet.append(list(values))
    for place, column in enumerate(columns, start=1):
        letter = sheet.cell(row=1, column=place).column_letter
        wide = column in {"text", "typical"}
        sheet.column_dimensions[letter].width = 70 if wide else 18
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=wide, vertical="top")
            if column in own:
                cell.fill = shade
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _offer(sheet: Any, column: str, words: Sequence[str]) -> None:
    """A drop-down with these words in a column."""
    from openpyxl.worksheet.datavalidation import DataValidation

    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"{heads[column]}2:{heads[column]}{max(sheet.max_row, 2)}")
