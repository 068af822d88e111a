"""Learning points as a table to read: reports, years, the quotations behind each, tensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from lif_nlp.display import page
from lif_nlp.display.quotes import quotes
from lif_nlp.in_words import point_reports_in_words

_HOW_TO_READ = (
    "Counts are of reports, out of those of a kind that could have said it; copies count once. "
    "'At least' counts those that surely say it; 'likely' counts the less sure ones as well. The "
    "percentages in brackets are the range of chance (95%) around the first. A name in quotation "
    "marks is one report's words; other names come from the framework or from a person. What comes "
    "back often is what reviewers often write about; it says nothing about how often it happens "
    "elsewhere."
)


@dataclass(frozen=True, eq=False)
class PointTable:
    """Learning points for a notebook to show.

    Attributes
    ----------
    data
        Rows of the table "points".
    years
        Rows of the table "point_years".
    quotes
        By point ID, the findings to quote, with title, source and page.
    everything
        All points by ID, to name those that say the contrary.
    """

    data: pd.DataFrame
    years: pd.DataFrame
    quotes: Mapping[str, pd.DataFrame]
    everything: pd.DataFrame

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        """One line for each point, for terminals and for programs that read notebooks."""
        lines = [f"{row['name']}: {_reports(row)}" for row in self.data.to_dict("records")]
        return "\n".join(lines) or "No learning point is stated by three reports."

    def _repr_html_(self) -> str:
        if not len(self):
            return "<p>No learning point is stated by three reports.</p>"
        rows = [self._row(row) for row in self.data.to_dict("records")]
        columns = ("Learning point", "Reports", "By year", "What the reports say")
        note = f"<p><small>{_HOW_TO_READ}</small></p>"
        return page.table("Learning points", columns, rows) + note

    def _row(self, row: Mapping[Any, Any]) -> list[str]:
        point_id = str(row["point_id"])
        years = self.years[self.years["point_id"].eq(point_id)].sort_values("year")
        return [
            f"<strong>{escape(str(row['name']))}</strong><br>"
            f"<small>{escape(_about(row))}{self._contrary(row)}</small>",
            f"{_reports(row)}<br>"
            f"<small>{row['share']:.0%} ({row['low']:.0%} to {row['high']:.0%})</small>",
            page.sparkline([int(y) for y in years["year"]], [int(n) for n in years["reports"]]),
            quotes(self.quotes.get(point_id)),
        ]

    def _contrary(self, row: Mapping[Any, Any]) -> str:
        """Points that say the contrary, with their counts."""
        lines = [
            f"<br>the contrary: {escape(str(other['name']))} ({other['documents']})"
            for other in (self.everything.loc[id] for id in row["tensions"][:2])
            if other["documents"]
        ]
        return "".join(lines)


def _reports(row: Mapping[Any, Any]) -> str:
    """How many reports state it, in words."""
    return point_reports_in_words(row["documents"], row["likely"], row["of_documents"])


def _about(row: Mapping[Any, Any]) -> str:
    parts = [str(row["role"]), *([] if row["status"] == "proposed" else [str(row["status"])])]
    if row["single_area"]:
        parts.append(f"{row['single_area']} only")
    return ", ".join(parts)
