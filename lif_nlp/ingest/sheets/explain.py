"""What was understood of an audit sheet's columns, in words for the person who made it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.file_types import kind_of
from lif_nlp.ingest.sheets.audit import columns_of, header_row
from lif_nlp.ingest.sheets.cells import read_sheets
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, SCHEMA, load_mapping

_MEANINGS = {role.id: role.meaning for role in SCHEMA}
_BY = {"mapping": "your mapping file", "name": "its name", "content": "how its cells read"}


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """One column: what it was taken for, by what, and whether its cells are findings."""

    sheet: str
    column: str
    role: str
    meaning: str
    by: str
    findings: bool


def explain_columns(path: Path, *, mapping: Path | None = None) -> list[ColumnNote]:
    """What each column of an XLSX, ODS or CSV file was understood to hold.

    `mapping` is a TOML file with a table [columns] from column name to role.
    Raises UnreadableError for a file that is no table, ConfigError for a mapping
    that breaks its rules.
    """
    content = path.read_bytes()
    kind = kind_of(content, str(path))
    if kind not in ("csv", "xlsx"):
        raise UnreadableError(path, "not a table", "give an .xlsx, .ods or .csv file")
    chosen = load_mapping(mapping)
    notes = []
    for sheet in read_sheets(content, str(path), kind):
        at = header_row(sheet.rows)
        for column in columns_of(sheet, at, chosen) if at is not None else ():
            meaning = _MEANINGS.get(column.role, "kept with the row, no finding")
            notes.append(
                ColumnNote(
                    sheet.name, column.name, column.role, meaning, _BY[column.by],
                    column.role in FREE_TEXT,
                )
            )  # fmt: skip
    return notes
