"""Themes as a table for people: reports, years, strengths beside problems, typical words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lif_nlp.display import page

_WORDS = 45
_QUOTE = f"margin:0 0 .5em 0;border-left:3px solid {page.PALE};padding-left:.5em"
_HOW_TO_READ = (
    "Counted over reports, not sentences. Filled bar: strengths; outlined bar: problems. "
    "A theme met often is one that reviewers write about often; it says nothing about how "
    "often it happens where no review is written."
)


@dataclass(frozen=True, eq=False)
class ThemeTable:
    """Themes that show themselves in a notebook; `data` holds their rows.

    `trends` has the rows of the trends table, `quotes` up to a few typical findings of
    each theme, with title, source and page.
    """

    data: pd.DataFrame
    trends: pd.DataFrame
    quotes: Mapping[str, pd.DataFrame]

    def __len__(self) -> int:
        return len(self.data)

    def _repr_html_(self) -> str:
        most = int(self.data[["strengths", "problems"]].to_numpy().max()) if len(self) else 0
        rows = [self._row(row, most) for row in self.data.to_dict("records")]
        columns = ("Theme", "Reports", "By year", "Strengths and problems", "In reports' words")
        return page.table("Themes", columns, rows) + f"<p><small>{_HOW_TO_READ}</small></p>"

    def _row(self, row: Mapping[Any, Any], most: int) -> list[str]:
        theme_id = str(row["theme_id"])
        years = self.trends[self.trends["id"].eq(theme_id)].sort_values("year")
        return [
            f"<strong>{escape(str(row['name']))}</strong><br><small>{escape(theme_id)}, "
            f"{escape(str(row['kind']))}{_steadiness(row)}</small>",
            str(row["documents"]),
            page.sparkline([int(y) for y in years["year"]], [int(n) for n in years["reports"]]),
            page.two_sides(int(row["strengths"]), int(row["problems"]), most),
            _quotes(self.quotes.get(theme_id)),
        ]


def _steadiness(row: Mapping[Any, Any]) -> str:
    """How often a found theme returns when a part of the reports is left out."""
    return "" if row["kind"] == "known" else f", returns in {row['stability']:.0%} of checks"


def _quotes(found: pd.DataFrame | None) -> str:
    if found is None or found.empty:
        return ""
    return "".join(
        f'<blockquote style="{_QUOTE}">'
        f"“{escape(_short(str(row['text'])))}” <small>"
        + page.link(str(row["source"]), int(row["page"]), f"{row['title']}, page {row['page']}")
        + "</small></blockquote>"
        for row in found.to_dict("records")
    )


def _short(text: str) -> str:
    words = text.split()
    return text if len(words) <= _WORDS else " ".join(words[:_WORDS]) + " …"
