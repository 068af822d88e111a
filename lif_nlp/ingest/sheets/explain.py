"""Explains to the author of an audit sheet how its columns were understood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.file_types import detect_file_type
from lif_nlp.ingest.sheets.audit import columns_of, find_header
from lif_nlp.ingest.sheets.cells import read_sheets
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, SCHEMA, load_mapping
from lif_nlp.ingest.sources import special_file

_MEANINGS = {role.id: role.meaning for role in SCHEMA}
_BASIS = {"mapping": "your mapping file", "name": "its name", "content": "its cells"}


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """How one column was understood, on what basis, and whether its cells become findings."""

    sheet: str
    column: str
    role: str
    meaning: str
    by: str
    findings: bool


def explain_columns(path: Path, *, mapping: Path | None = None) -> list[ColumnNote]:
    """How each column of an XLSX, ODS or CSV file is understood.

    Parameters
    ----------
    path
        The file.
    mapping
        A TOML file with a table `[columns]` from column name to role.

    Raises
    ------
    UnreadableError
        For a file that is not a table.
    ConfigError
        For a mapping that breaks its rules.
    """
    if reason := special_file(path.stat().st_mode):
        raise UnreadableError(path, *reason)
    content = path.read_bytes()
    kind = detect_file_type(content, str(path))
    if kind not in ("csv", "xlsx"):
        raise UnreadableError(path, "the file is not a table", "name an .xlsx, .ods or .csv file")
    roles = load_mapping(mapping)
    notes = []
    for sheet in read_sheets(content, str(path), kind):
        header = find_header(sheet.rows)
        for column in columns_of(sheet, header, roles) if header is not None else ():
            meaning = _MEANINGS.get(column.role, "stored with the row, not as a finding")
            notes.append(
                ColumnNote(
                    sheet.name, column.name, column.role, meaning, _BASIS[column.by],
                    column.role in FREE_TEXT,
                )
            )  # fmt: skip
    return notes
