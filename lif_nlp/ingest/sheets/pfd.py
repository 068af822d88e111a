"""A table of coroners' reports -> one Reading for each row, a heading for each column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lif_nlp.ingest.list_markers import find_label
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
    """Where each report stands, the bytes that give its id, and what it says."""
    header = [cell.strip().lower() for cell in sheet.rows[0]]
    for number, row in enumerate(sheet.rows[1:], 2):
        values = {name: row[place] for place, name in enumerate(header) if place < len(row)}
        pieces = tuple(_pieces(values))
        own = "\x1f".join(row).encode("utf-8")
        yield f"row {number}", own, Reading(pieces=pieces, given=_given(values))


def _pieces(values: dict[str, str]) -> Iterator[Piece]:
    for name in _TEXT_COLUMNS:
        if not values.get(name, "").strip():
            continue
        yield Piece(name.capitalize(), kind="heading", level=1)
        for line in re.split(r"\n+", values[name]):
            words = " ".join(line.split())
            label = find_label(words)
            if words:
                kind = "bullet" if label and label.kind != "number" else "paragraph"
                cut = label.length if label else 0
                yield Piece(words[cut:], kind=kind, number=label.number if label else "")


def _given(values: dict[str, str]) -> dict[str, str]:
    known = {
        "published": values.get("date", ""),
        "area": values.get("area", ""),
        "coroner": values.get("coroner", ""),
        "reference": values.get("id", "") or values.get("ref", ""),
        "url": values.get("url", ""),
        "review_type": "regulation 28 report",
        "title": f"Prevention of future deaths report {values.get('id', '')}".strip(),
    }
    return {name: value for name, value in known.items() if value}
