"""Any frame as a table to read: whole texts, wrapped, with lists joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from math import isnan
from pathlib import Path

import pandas as pd

from lif_nlp._deprecated import deprecated_arguments
from lif_nlp.display import page

_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")


@dataclass(frozen=True, eq=False)
class FrameTable:
    """A frame whose first `max_rows` rows are shown with whole texts; `data` holds them all."""

    data: pd.DataFrame
    max_rows: int = 20

    def _repr_html_(self) -> str:
        rows = [
            [_as_html(cell) for cell in row]
            for row in self._spelt().head(self.max_rows).itertuples(index=False, name=None)
        ]
        is_cut = len(self.data) > len(rows)
        caption = f"{len(rows)} of {len(self.data)} rows" if is_cut else f"{len(rows)} rows"
        return page.table(caption, [str(column) for column in self.data.columns], rows)

    def _spelt(self) -> pd.DataFrame:
        """The frame as people read it.

        Kinds of report stand by their names, as "coroner's report" for "pfd", files without the
        folders they lie in, and page 0, which says that something stands on no page, is empty.
        """
        data = self.data
        if "source" in data:
            data = data.assign(source=data["source"].map(lambda source: Path(str(source)).name))
        if "page" in data:
            data = data.assign(page=data["page"].astype(object).mask(data["page"].eq(0), ""))
        if "review_type" not in data:
            return data
        from lif_nlp.framework import load_framework

        names = {kind.id: kind.name for kind in load_framework().review_types}
        return data.assign(review_type=data["review_type"].map(lambda kind: names.get(kind, kind)))


@deprecated_arguments(most="max_rows")
def show(frame: pd.DataFrame, *, max_rows: int = 20) -> FrameTable:
    """A frame as a table to read in a notebook, with whole texts.

    >>> "<td" in show(pd.DataFrame({"text": ["Staff listened."]}))._repr_html_()
    True
    """
    return FrameTable(frame, max_rows)


def _as_html(cell: object) -> str:
    """A cell as HTML; a date stays on one line.

    >>> _as_html("2021-03-09") == page.unbroken("2021-03-09"), _as_html("in 2021-03")
    (True, 'in 2021-03')
    """
    text = _format_cell(cell)
    return page.unbroken(text) if _DATE.fullmatch(text) else escape(text)


def _format_cell(cell: object) -> str:
    """A cell as text: lists joined, numbers to two decimals, missing values empty.

    >>> _format_cell(("neglect", "sexual_harm")), _format_cell(0.4567), _format_cell(None)
    ('neglect, sexual_harm', '0.46', '')
    """
    if isinstance(cell, tuple | list):
        return ", ".join(str(part) for part in cell)
    if isinstance(cell, float):
        return "" if isnan(cell) else f"{cell:.2f}"
    return "" if cell is None or cell is pd.NA else str(cell)
