"""Reads a table of coroners' prevention of future deaths (PFD) reports, one for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.sheets.cells import Sheet

_TEXT_COLUMNS = (
    "investigation",
    "circumstances",
    "concerns",
    "action",
    "matters of concern",
    "conclusion",
)


def is_pfd_table(sheets: Sequence[Sheet]) -> bool:
    """Whether the first row names the columns of a table of coroners' reports."""
    names = (
        {cell.strip().lower() for cell in sheets[0].rows[0]} if sheets and sheets[0].rows else set()
    )
    return {"circumstances", "concerns"} <= names


def read_pfd(sheet: Sheet) -> Iterator[tuple[str, bytes, Reading]]:
    """For each row its name ("row 2"), the bytes from which its id is made, and its reading."""
    header = [cell.strip().lower() for cell in sheet.rows[0]]
    # From 2, as the row is numbered in Excel.
    for number, row in enumerate(sheet.rows[1:], 2):
        values = {name: row[place] for place, name in enumerate(header) if place < len(row)}
        pieces = tuple(_pieces(values))
        # Joined by a character that cells cannot contain, so that ids stay unambiguous.
        row_content = "\x1f".join(row).encode("utf-8")
        yield f"row {number}", row_content, Reading(pieces, column_values=_metadata(values))


def _pieces(values: dict[str, str]) -> Iterator[Piece]:
    for name in _TEXT_COLUMNS:
        if not values.get(name, "").strip():
            continue
        yield Piece(name.capitalize(), kind="heading", level=1)
        for line in re.split(r"\n+", values[name]):
            words = " ".join(line.split())
            marker = find_marker(words)
            if words:
                kind = "bullet" if marker and marker.kind != "number" else "paragraph"
                cut = marker.length if marker else 0
                yield Piece(words[cut:], kind=kind, number=marker.number if marker else "")


def _metadata(values: dict[str, str]) -> dict[str, str]:
    metadata = {
        "published": values.get("date", ""),
        "area": values.get("area", ""),
        "coroner": values.get("coroner", ""),
        "reference": values.get("id", "") or values.get("ref", ""),
        "url": values.get("url", ""),
        "review_type": "regulation 28 report",
        "title": f"Prevention of future deaths report {values.get('id', '')}".strip(),
    }
    return {name: value for name, value in metadata.items() if value}
