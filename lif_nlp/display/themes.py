"""Themes as a table to read: reports, years, strengths and problems, typical quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lif_nlp.display import page
from lif_nlp.display.quotes import quotes

_HOW_TO_READ = (
    "Reports and years count reports. The two bars count findings: filled for strengths, "
    "outlined for problems. A frequent theme is one that reviewers often write about; it says "
    "nothing about how often it happens where no review is written."
)


@dataclass(frozen=True, eq=False)
class ThemeTable:
    """Themes for a notebook to show.

    Attributes
    ----------
    data
        Rows of the table "themes".
    trends
        Rows of the table "trends".
    quotes
        By theme ID, the findings to quote, with title, source and page.
    """

    data: pd.DataFrame
    trends: pd.DataFrame
    quotes: Mapping[str, pd.DataFrame]

    def __len__(self) -> int:
        return len(self.data)

    def _repr_html_(self) -> str:
        largest = int(self.data[["strengths", "problems"]].to_numpy().max()) if len(self) else 0
        rows = [self._row(row, largest) for row in self.data.to_dict("records")]
        columns = ("Theme", "Reports", "By year", "Strengths and problems", "Typical quotations")
        return page.table("Themes", columns, rows) + f"<p><small>{_HOW_TO_READ}</small></p>"

    def _row(self, row: Mapping[Any, Any], largest: int) -> list[str]:
        theme_id = str(row["theme_id"])
        years = self.trends[self.trends["id"].eq(theme_id)].sort_values("year")
        return [
            f"<strong>{escape(str(row['name']))}</strong><br><small>{escape(theme_id)}, "
            f"{escape(str(row['kind']))}{_stability(row)}</small>",
            str(row["documents"]),
            page.sparkline([int(y) for y in years["year"]], [int(n) for n in years["reports"]]),
            page.balance_bars(int(row["strengths"]), int(row["problems"]), largest),
            quotes(self.quotes.get(theme_id)),
        ]


def _stability(row: Mapping[Any, Any]) -> str:
    """In what share of resampled runs an emergent theme or sub-theme reappears."""
    return (
        "" if row["kind"] == "known" else f", reappears in {row['stability']:.0%} of resampled runs"
    )
