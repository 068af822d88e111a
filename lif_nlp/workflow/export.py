"""Exports a table of the workspace to CSV, Parquet, Excel, JSON Lines or REFI-QDA."""

from __future__ import annotations

import io
import re
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from lif_nlp.atomic_write import write_even_if_open
from lif_nlp.circulation import FOR_CIRCULATION, FOR_LEARNING_TEAM
from lif_nlp.errors import LifError, MissingExtraError, UnknownNameError
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.circulating import circulating_table
from lif_nlp.workflow.tables import current_name, table

SUFFIXES = (".csv", ".parquet", ".xlsx", ".jsonl")
QDA = {"themes": ".qdc", "assignments": ".qdpx"}
"""Tables that qualitative analysis software can import too (REFI-QDA), with the file type."""

# Excel runs a cell that begins with one of these as a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Signs with which a cell is a formula to a spreadsheet; the last four are the full-width forms
that East Asian versions accept."""


def export(session: Session, name: str, path: Path, *, circulate: bool = False) -> int:
    """Write a table to a file and return its number of rows.

    In CSV and Excel, lists are joined by ";", and a cell that a spreadsheet would take for a
    formula gets an apostrophe in front.

    Parameters
    ----------
    session
        The open workspace.
    name
        One of `TABLES`.
    path
        File to write; its suffix chooses the format.  "themes" can also be written as a
        codebook (.qdc), "assignments" as a project with the coded reports (.qdpx).
    circulate
        Whether the file may leave the learning team: see `circulating.circulating_table`.

    Raises
    ------
    UnknownNameError
        For an unknown table or suffix.
    LifError
        When there are no themes for a codebook or project, or for a table that may not circulate.
    MissingExtraError
        For Parquet without pyarrow, which the small bundle leaves out.
    """
    name = current_name(name)
    suffixes = [*SUFFIXES, *([QDA[name]] if name in QDA else [])]
    if path.suffix not in suffixes:
        raise UnknownNameError("file type", path.suffix or path.name, suffixes)
    if path.suffix in QDA.values():
        if circulate:
            raise LifError(f"{path.suffix} holds whole reports; choose .csv, .xlsx or .jsonl")
        return _qda(session, path)
    frame = circulating_table(session, name) if circulate else table(session, name)
    heading = FOR_CIRCULATION if circulate else FOR_LEARNING_TEAM
    write_even_if_open(path, _content(frame, path.suffix, heading))
    return len(frame)


def _qda(session: Session, path: Path) -> int:
    from lif_nlp.workflow.refi_qda_export import export_codebook, export_project

    themes = session.store.themes()
    if themes is None:
        raise LifError("there are no themes to export yet; run: lif themes")
    write = export_codebook if path.suffix == QDA["themes"] else export_project
    return write(session, themes, path)


def _content(frame: pd.DataFrame, suffix: str, heading: str) -> bytes:
    if suffix == ".parquet":
        if find_spec("pyarrow") is None:
            raise MissingExtraError("pyarrow", "parquet", "a table as .parquet")
        return bytes(frame.map(_as_list).to_parquet(index=False))
    if suffix == ".jsonl":
        text = frame.map(_as_list).to_json(orient="records", lines=True, force_ascii=False)
        # pandas writes an empty line for an empty frame.
        return text.encode("utf-8") if len(frame) else b""
    cells = frame.map(flat)
    if suffix == ".csv":
        # Excel takes a CSV file without a byte order mark for one in the code page of Windows.
        return cells.to_csv(index=False).encode("utf-8-sig")
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        cells.to_excel(writer, index=False)
        # first in print, while programs go on reading the table from the first row of the sheet
        for sheet in writer.sheets.values():
            sheet.oddHeader.center.text = heading
            sheet.print_title_rows = "1:1"
        purpose = pd.DataFrame({"For whom": [heading]})
        purpose.to_excel(writer, index=False, sheet_name="For whom")
    return without_times(buffer.getvalue())


def without_times(content: bytes) -> bytes:
    """An office file without the times at which it was made: the same table, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as plain:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"1980-01-01T00:00:00Z", part)
            # The earliest date that a zip archive can hold.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            plain.writestr(entry, part)
    return out.getvalue()


def _as_list(cell: object) -> object:
    return list(cell) if isinstance(cell, tuple) else cell


def flat(cell: object) -> object:
    """A cell for a spreadsheet: lists joined by ";", formulas turned into text.

    >>> flat(("neglect", "sexual_harm")), flat("=1+1")
    ('neglect;sexual_harm', "'=1+1")
    """
    if isinstance(cell, tuple):
        cell = ";".join(str(part) for part in cell)
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return "'" + cell
    return cell
