"""The review workbook: what a person sees, and the decisions read back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from lif_nlp.atomic_write import write_atomically
from lif_nlp.errors import LifError

DECISIONS: Mapping[str, tuple[str, ...]] = {
    "Themes": ("approve", "reject"),
    "Findings": ("right", "wrong"),
    "Recommendations": ("right", "wrong"),
}
"""Words of the column "decision", by sheet."""

OWN: Mapping[str, tuple[str, ...]] = {
    "Themes": ("decision", "new_name", "merge_into"),
    "Findings": ("decision", "move_to", "also_in", "new_theme"),
    "Recommendations": ("decision", "same_as"),
}
"""Columns of each sheet that a person fills in."""

SHEETS: Mapping[str, tuple[str, ...]] = {
    "Themes": (
        "theme_id", "name", "kind", "documents", "strengths", "problems", "stability", "status",
        "typical", *OWN["Themes"],
    ),
    "Findings": (
        "finding_id", "theme_id", "theme", "text", "role", "source", "page", "why_here",
        *OWN["Findings"],
    ),
    "Recommendations": (
        "finding_id", "source", "page", "text", "owner", "due", "repeat_of", "repeat_text",
        *OWN["Recommendations"],
    ),
}  # fmt: skip
"""Columns of each sheet; those of a person stand last and are shaded."""

HELP = (
    "How to review",
    "Fill in the shaded columns only, save the file, and give it back with: lif review --import.",
    "Themes, decision: approve or reject. new_name: a better name. merge_into: the theme (name or"
    " theme_id) in which this theme should go up. A new row with only a new_name adds a theme.",
    "Findings, decision: right or wrong for the theme in the row. move_to: the theme (name or"
    " theme_id) it belongs to instead. also_in: a further theme. new_theme: the name of a theme"
    " that is missing; rows with the same name are put together.",
    "Recommendations, decision: wrong if the words ask for nothing. same_as: the finding_id of an"
    " earlier recommendation that asks for the same, or none if repeat_of is mistaken.",
    "Ids must stay as they are. A row that you leave empty changes nothing.",
)
_WIDE = {"text", "typical", "repeat_text"}
_NAMED = {"Themes": ("merge_into",), "Findings": ("move_to", "also_in")}
"""Columns that name a theme of the sheet "Themes"."""


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
    for title, words in DECISIONS.items():
        _offer(book[title], "decision", f'"{",".join(words)}"')
    names = f"Themes!$B$2:$B${max(book['Themes'].max_row, 2)}"
    for title, columns in _NAMED.items():
        for column in columns:
            _offer(book[title], column, names, strict=False)
    content = BytesIO()
    book.save(content)
    write_atomically(path, content.getvalue())


def read_workbook(path: Path) -> dict[str, list[dict[str, str]]]:
    """Rows of each sheet in which a person decided something, with their number as "row".

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
    return {title: _decided(path, raw, title, words) for title, words in DECISIONS.items()}


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
        {"row": str(number)}
        | {column: str(row[column]).strip().removeprefix("'") for column in SHEETS[title]}
        for number, row in enumerate(frame.to_dict("records"), start=2)
    ]
    for row in rows:
        if row["decision"] and row["decision"].lower() not in words:
            raise LifError(
                f"{path}: sheet '{title}', row {row['row']}: decision '{row['decision']}' is not "
                f"one of {', '.join(words)}; correct it and import again"
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
        wide = column in _WIDE
        sheet.column_dimensions[letter].width = 70 if wide else 18
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=wide, vertical="top")
            if column in own:
                cell.fill = shade
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _offer(sheet: Any, column: str, choices: str, *, strict: bool = True) -> None:
    """A drop-down in a column; where it is not strict, other words may be typed too."""
    from openpyxl.worksheet.datavalidation import DataValidation

    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    choice = DataValidation(type="list", formula1=choices, allow_blank=True)
    choice.showErrorMessage = strict
    sheet.add_data_validation(choice)
    choice.add(f"{heads[column]}2:{heads[column]}{max(sheet.max_row, 2)}")
