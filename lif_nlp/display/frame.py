"""Any frame as a table for people: whole texts, wrapped, lists joined, nothing cut."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import isnan

import pandas as pd

from lif_nlp.display import page


@dataclass(frozen=True, eq=False)
class FrameTable:
    """A frame that shows its first `most` rows with whole texts; `data` holds them all."""

    data: pd.DataFrame
    most: int = 20

    def _repr_html_(self) -> str:
        rows = [
            [escape(_said(cell)) for cell in row]
            for row in self.data.head(self.most).itertuples(index=False, name=None)
        ]
        left = len(self.data) - len(rows)
        told = f"{len(rows)} of {len(self.data)} rows" if left > 0 else f"{len(rows)} rows"
        return page.table(told, [str(column) for column in self.data.columns], rows)


def show(frame: pd.DataFrame, *, most: int = 20) -> FrameTable:
    """A frame as a table to read in a notebook, with whole texts; at most `most` rows.

    >>> "<td" in show(pd.DataFrame({"text": ["Staff listened."]}))._repr_html_()
    True
    """
    return FrameTable(frame, most)


def _said(cell: object) -> str:
    """A cell in words: lists joined, shares with two decimals, nothing for what is missing.

    >>> _said(("neglect", "sexual_harm")), _said(0.4567), _said(None)
    ('neglect, sexual_harm', '0.46', '')
    """
    if isinstance(cell, tuple | list):
        return ", ".join(str(part) for part in cell)
    if isinstance(cell, float):
        return "" if isnan(cell) else f"{cell:.2f}"
    return "" if cell is None or cell is pd.NA else str(cell)
