"""The picture of recurring points: reports that state each, of those that could, by year."""

from __future__ import annotations

from collections.abc import Sequence

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.recurring_points import RecurringPoint
from lif_nlp.records import Chart
from lif_nlp.stats import wilson_interval

COLUMNS = ("Learning point", "Reports", "Of", "Share", "Likely range")
"""Columns of the figures before those of the years."""

NOTHING = "none yet"
"""What the alternative text of a chart says where there is nothing to draw."""


def picture_of_points(
    material: Material, points: Sequence[RecurringPoint], title: str
) -> Chart | None:
    """The points with their reports in all and in each year; None where there is no point."""
    if not points:
        return None
    years = material.point_years
    able = {
        (str(row["point_id"]), int(row["year"])): int(row["of_reports"])
        for row in years.to_dict("records")
    }
    shown = {point.id for point in points}
    columns = sorted({year for id, year in able if id in shown})
    rows = []
    for point in points:
        stating = point.rows.drop_duplicates("doc_id")["year"].dropna().astype(int).value_counts()
        cells = (_cell(int(stating.get(y, 0)), able.get((point.id, y), 0)) for y in columns)
        rows.append(point_row(point.name, point.reports, point.of_reports, tuple(cells)))
    return points_chart(title, [str(year) for year in columns], rows)


def point_row(
    name: str, reports: int, of_reports: int, cells: Sequence[str]
) -> tuple[str | int, ...]:
    """A row of the figures: name, counts, share with its likely range, then a cell a year."""
    low, high = wilson_interval(reports, of_reports)
    share = reports / of_reports if of_reports else 0.0
    return name, reports, of_reports, f"{share:.0%}", f"{low:.0%} to {high:.0%}", *cells


def points_chart(title: str, years: Sequence[str], rows: Sequence[tuple[object, ...]]) -> Chart:
    """The chart of such rows; `years` are the columns after `COLUMNS`."""
    figures = "; ".join(f"{row[0]} {row[1]} of {row[2]}" for row in rows) or NOTHING
    alt = f"Reports that state each learning point, of those that could: {figures}"
    return Chart("points", title, (*COLUMNS, *years), tuple(rows), alt)


def _cell(reports: int, of_reports: int) -> str:
    """How many reports of a year state a point, of those that could; empty where none could."""
    # A report may state a point though its kind was not counted among those that could.
    of_reports = max(reports, of_reports)
    return f"{reports} of {of_reports}" if of_reports else ""
