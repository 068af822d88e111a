"""The review workbook: what a person sees, and the decisions read back from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd

from lif_nlp.atomic_write import write_even_if_open
from lif_nlp.circulation import FOR_LEARNING_TEAM
from lif_nlp.errors import LifError
from lif_nlp.records import ROLES

Row = Mapping[str, str]

CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Themes": {"decision": ("approve", "reject")},
    "Findings": {
        "decision": ("right", "wrong"),
        "role_should_be": ROLES,
        "why_should_be": ("yes", "no"),
    },
    "Recommendations": {"decision": ("right", "wrong")},
    "Points": {"decision": ("approve", "reject")},
    "Members": {"decision": ("right", "wrong")},
    "Links": {"decision": ("right", "wrong")},
}
"""Words allowed in a column, by sheet."""

OWN: Mapping[str, tuple[str, ...]] = {
    "Themes": ("decision", "new_name", "merge_into"),
    "Findings": (
        "decision", "move_to", "also_in", "new_theme", "role_should_be", "why_should_be",
    ),
    "Recommendations": ("decision", "same_as"),
    "Points": ("decision", "new_name", "merge_into"),
    "Members": ("decision", "move_to", "new_point"),
    "Links": ("decision", "link_to"),
}  # fmt: skip
"""Columns of each sheet that a person fills in."""

SHEETS: Mapping[str, tuple[str, ...]] = {
    "Themes": (
        "theme_id", "name", "kind", "documents", "strengths", "problems", "stability", "status",
        "typical",
    ),
    "Findings": (
        "finding_id", "theme_id", "theme", "text", "role", "why", "source", "page", "why_here",
    ),
    "Recommendations": (
        "finding_id", "source", "page", "text", "owner", "due", "repeat_of", "repeat_text",
    ),
    "Points": (
        "point_id", "name", "role", "theme", "documents", "of_documents", "status", "quote",
    ),
    "Members": ("finding_id", "point_id", "point", "text", "source", "page", "why_here"),
    "Links": ("link_id", "kind", "text", "recommendation", "link_by", "score", "conflict"),
}  # fmt: skip
"""Columns of each sheet that the machine fills in; a person's own follow, shaded."""

INSTEAD: Mapping[str, Mapping[str, str]] = {
    "Themes": {"name": "new_name", "status": "decision"},
    "Findings": {
        "role": "role_should_be", "why": "why_should_be", "theme": "move_to",
        "theme_id": "move_to",
    },
    "Recommendations": {"repeat_of": "same_as", "repeat_text": "same_as"},
    "Points": {"name": "new_name", "status": "decision"},
    "Members": {"point": "move_to", "point_id": "move_to"},
    "Links": {"recommendation": "link_to"},
}  # fmt: skip
"""Column to use where a person changed one of the machine's."""

HELP = (
    "How to review",
    FOR_LEARNING_TEAM,
    "Fill in the shaded columns only, save the file, and give it back with: lif review --import.",
    "Themes, decision: approve or reject. new_name: a better name. merge_into: the theme (name or"
    " theme_id) that this theme becomes part of. A new row with only a new_name adds a theme.",
    "Findings, decision: right or wrong for the theme in the row. move_to: the theme (name or"
    " theme_id) it belongs to instead. also_in: a further theme. new_theme: the name of a theme"
    " that is missing; rows with the same name are put together.",
    "Findings, role_should_be: strength, problem, action or context, where the role is wrong."
    " why_should_be: yes if the words give a reason, no if they do not.",
    "Recommendations, decision: wrong if the words ask for nothing. same_as: the finding_id of an"
    " earlier recommendation that asks for the same, or none if repeat_of is mistaken.",
    "Points, decision: approve or reject. new_name: a better line. merge_into: the learning point"
    " (name or point_id) that says the same.",
    "Members, decision: right or wrong: whether the words state the learning point in the row."
    " move_to: the point (name or point_id) that they state instead. new_point: a line for a point"
    " that is missing; rows with the same line are put together.",
    "Links, decision: right or wrong: whether the answer, action or check in the row is about the"
    " recommendation beside it. link_to: the number of the one that it is about instead.",
    "Leave the ids as they are. A row that you leave empty changes nothing.",
)

UNSURE_BELOW = 0.5
"""Confidence below which a membership is shown as unsure; chosen by judgement; not tuned."""

_CHECK = "row_check"
"""Hidden column with a hash of each machine cell, to notice one that was changed."""

_SINCE_0_2 = {"why", "role_should_be", "why_should_be"}
"""Columns that a workbook of version 0.1 does not have."""

_SINCE_0_2_SHEETS = {"Points", "Members", "Links"}
"""Sheets that a workbook of version 0.1 does not have."""

_BATCH = re.compile(r"review-[0-9a-f]{12}")
_WIDE = {"text", "typical", "repeat_text", "quote", "recommendation"}
_NAMED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Themes": {"Themes": ("merge_into",), "Findings": ("move_to", "also_in")},
    "Points": {"Points": ("merge_into",), "Members": ("move_to",)},
}
"""Columns that name a theme of the sheet "Themes", or a point of the sheet "Points"."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a person filled in.

    Parameters
    ----------
    batch
        Id of the export; it stays the same however often the file is edited and saved.
    rows
        By sheet, the rows in which a person decided something.  Each has its number under
        "row", and under "fault" what is wrong with its words, or nothing.
    names, point_names
        Ids of themes and of points by folded name, as the sheets showed them.
    unchecked
        Rows of the sheet "Findings" from a file of version 0.1, which has no hashes.
    notices
        A sentence for each machine cell that was changed, with the column to use.
    """

    batch: str
    rows: Mapping[str, Sequence[Row]]
    names: Mapping[str, str]
    point_names: Mapping[str, str]
    unchecked: Sequence[Row]
    notices: tuple[str, ...]


def write_workbook(path: Path, sheets: Mapping[str, pd.DataFrame]) -> None:
    """Write the sheets with drop-downs, shaded columns for decisions and a page of help."""
    from openpyxl import Workbook as Book

    book = Book()
    page = book.active
    page.title = "How to review"
    for line in (*HELP, f"Export review-{uuid4().hex[:12]} (leave this line as it is)."):
        page.append([line])
    page.column_dimensions["A"].width = 110
    for title in SHEETS:
        _fill(book.create_sheet(title), title, sheets[title])
    for title, columns in CHOICES.items():
        for column, words in columns.items():
            _offer(book[title], column, f'"{",".join(words)}"')
    for list_title, by_sheet in _NAMED.items():
        # Column B of both sheets holds the names.
        names = f"{list_title}!$B$2:$B${max(book[list_title].max_row, 2)}"
        for title, title_columns in by_sheet.items():
            for column in title_columns:
                # Not strict, since an id may be typed as well.
                _offer(book[title], column, names, strict=False)
    content = BytesIO()
    book.save(content)
    write_even_if_open(path, content.getvalue())


def read_workbook(path: Path) -> Workbook:
    """What a person decided in a workbook, of this version or of version 0.1.

    Raises LifError, naming everything that is missing, when the file is no review workbook.
    A word that is not allowed is a fault of its row, not of the file.
    """
    # a damaged or hostile workbook makes the libraries below fail in any way
    try:
        raw = pd.read_excel(path, sheet_name=None, dtype=str, engine="openpyxl")
    except Exception as error:
        raise LifError(
            f"{path}: not an Excel workbook ({type(error).__name__}); give the file that "
            "'lif review --export' made"
        ) from error
    _check_layout(path, raw)
    sheets = {title: _rows(raw[title], title) if title in raw else [] for title in SHEETS}
    return Workbook(
        batch=_batch(raw, sheets),
        rows={
            title: [row for row in rows if any(row[column] for column in OWN[title])]
            for title, rows in sheets.items()
        },
        names=_ids_by_name(sheets["Themes"], "theme_id"),
        point_names=_ids_by_name(sheets["Points"], "point_id"),
        unchecked=[row for row in sheets["Findings"] if not row[_CHECK]],
        notices=tuple(
            notice
            for title, rows in sheets.items()
            for row in rows
            for notice in _changed(title, row)
        ),
    )


def notice_of(title: str, row: Row, column: str) -> str:
    """A sentence on a machine cell that a person changed.

    >>> notice_of("Themes", {"row": "12"}, "name")
    "sheet 'Themes', row 12: the cell 'name' was changed, which has no effect; use 'new_name'"
    """
    instead = INSTEAD[title].get(column)
    advice = f"use '{instead}'" if instead else "it comes from the report"
    return (
        f"sheet '{title}', row {row['row']}: the cell '{column}' was changed, "
        f"which has no effect; {advice}"
    )


def why_here(confidence: float, by: str) -> str:
    """What a person reads of a membership: who said so, and how surely.

    >>> why_here(0.34, "machine"), why_here(1.0, "person")
    ('unsure (0.34)', 'a person said so')
    """
    if by == "person":
        return "a person said so"
    return (
        f"unsure ({confidence:.2f})" if confidence < UNSURE_BELOW else f"machine ({confidence:.2f})"
    )


def cells_of(title: str, row: Row) -> str:
    """What a person filled into a row, as one line."""
    return "; ".join(f"{column}: {row[column]}" for column in OWN[title] if row[column])


def _check_layout(path: Path, raw: Mapping[str, pd.DataFrame]) -> None:
    required_sheets = [title for title in SHEETS if title not in _SINCE_0_2_SHEETS]
    faults = [f"the sheet '{title}' is missing" for title in required_sheets if title not in raw]
    faults += [
        f"sheet '{title}' lacks the column '{column}'"
        for title, columns in SHEETS.items()
        if title in raw
        for column in (*columns, *OWN[title])
        if column not in raw[title].columns and column not in _SINCE_0_2
    ]
    if faults:
        raise LifError(f"{path}: {'; '.join(faults)}; export the workbook again")


def _rows(frame: pd.DataFrame, title: str) -> list[dict[str, str]]:
    frame = frame.fillna("")
    columns = (*SHEETS[title], *OWN[title], _CHECK)
    rows = [
        # Row 1 of a sheet holds the headings.
        {"row": str(number)}
        # The apostrophe is ours: it keeps Excel from taking a text for a formula.
        | {column: str(row.get(column, "")).strip().removeprefix("'") for column in columns}
        for number, row in enumerate(frame.to_dict("records"), start=2)
    ]
    return [row | {"fault": _fault(title, row)} for row in rows]


def _ids_by_name(rows: Sequence[Row], id_column: str) -> dict[str, str]:
    return {row["name"].casefold(): row[id_column] for row in rows if row["name"]}


def _fault(title: str, row: Row) -> str:
    """The words of a row that are not allowed, in one sentence; empty where all are."""
    faults = [
        f"{column} '{row[column]}' is not one of {', '.join(words)}"
        for column, words in CHOICES[title].items()
        if row[column] and row[column].lower() not in words
    ]
    return "; ".join(faults)


def _batch(raw: Mapping[str, pd.DataFrame], sheets: Mapping[str, Sequence[Row]]) -> str:
    for frame in raw.values():
        for cell in (*frame.columns, *frame.to_numpy().ravel()):
            if match := _BATCH.search(str(cell)):
                return match[0]
        break  # the id stands on the first sheet
    # a workbook of version 0.1 has no id; what it shows stays the same while it is filled in
    ids = [
        row.get(column, "")
        for rows in sheets.values()
        for row in rows
        for column in ("finding_id", "theme_id")
    ]
    return f"review-{hashlib.sha256('|'.join(filter(None, ids)).encode()).hexdigest()[:12]}"


def _changed(title: str, row: Row) -> Iterable[str]:
    """Notices of the machine cells of a row that are not as they were exported."""
    hashes = row[_CHECK].split()
    # A row that a person added has none, and neither has a workbook of version 0.1.
    if len(hashes) != len(SHEETS[title]):
        return
    for column, old_hash in zip(SHEETS[title], hashes, strict=True):
        if _hash(row[column]) != old_hash:
            yield notice_of(title, row, column)


def _hash(cell: object) -> str:
    """Eight digits for a cell; spaces, and how a number is written, do not matter.

    >>> _hash(0.1 + 0.2) == _hash("0.3") and _hash(3) == _hash("3.0 ")
    True
    """
    words = " ".join(str(cell).removeprefix("'").split())
    with suppress(ValueError):
        # Excel keeps fifteen digits of a number, and Python writes up to seventeen.
        words = f"{float(words):.12g}"
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:8]


def _fill(sheet: Any, title: str, frame: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    from lif_nlp.workflow.export import flat

    columns = (*SHEETS[title], *OWN[title], _CHECK)
    shade = PatternFill("solid", fgColor="FFF4CC")
    sheet.append(list(columns))
    for row in frame.reindex(columns=list(SHEETS[title])).to_dict("records"):
        values = ["" if pd.isna(v) is True else flat(v) for v in row.values()]
        sheet.append([*values, *("" for _ in OWN[title]), " ".join(map(_hash, values))])
    for place, column in enumerate(columns, start=1):
        letter = sheet.cell(row=1, column=place).column_letter
        wide = column in _WIDE
        sheet.column_dimensions[letter].width = 70 if wide else 18
        sheet.column_dimensions[letter].hidden = column == _CHECK
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=wide, vertical="top")
            if column in OWN[title]:
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
