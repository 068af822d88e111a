"""Draws tables of the workspace as charts, each with alternative text and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lif_nlp.atomic_write import write_atomically
from lif_nlp.briefs.sections.point_pictures import NOTHING, point_row, points_chart
from lif_nlp.briefs.writers.charts import data_uri, png, svg
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.records import Chart
from lif_nlp.runtime.session import Session
from lif_nlp.stats import wilson_interval
from lif_nlp.workflow.point_tables import select_points
from lif_nlp.workflow.points import report_facts
from lif_nlp.workflow.tables import table

KINDS = ("points", "board", "recurrence", "balance", "trend")
ACCENT = "#335c81"


@dataclass(frozen=True)
class Picture:
    """A chart that displays itself in a notebook, with alternative text.

    Attributes
    ----------
    chart
        Title, columns, rows and alternative text.
    data
        The figures that are drawn.
    """

    chart: Chart
    data: pd.DataFrame

    def save(self, path: str | Path) -> Path:
        """Write the picture to `path` (.svg or .png) and return the path.

        Raises
        ------
        UnknownNameError
            For any other suffix.
        LifError
            When there is nothing to draw.
        """
        target = Path(path)
        draw = {".svg": svg, ".png": png}.get(target.suffix)
        if draw is None:
            raise UnknownNameError("picture format", target.suffix, [".svg", ".png"])
        if not self.chart.rows:
            raise LifError(f"nothing to draw for '{self.chart.title}': {self.chart.alt}")
        # An earlier picture stays whole if the disk is full.
        write_atomically(target, draw(self.chart, ACCENT))
        return target

    def _repr_html_(self) -> str:
        from html import escape

        if not self.chart.rows:
            return f"<p><strong>{escape(self.chart.title)}</strong>: {escape(self.chart.alt)}</p>"
        picture = data_uri(svg(self.chart, ACCENT))
        return (
            f"<figure><figcaption><strong>{escape(self.chart.title)}</strong></figcaption>"
            f'<img alt="{escape(self.chart.alt)}" src="{picture}" '
            'style="background:#fff;max-width:44rem;width:100%"></figure>'
        )


def plot(
    session: Session, kind: str = "recurrence", *, top: int = 10, subject_id: str = ""
) -> Picture:
    """A picture of what comes back, of the most frequent themes, or of a trend.

    Parameters
    ----------
    session
        The open workspace.
    kind
        "points": the problems that come back, as `plot_points` draws them.  "recurrence":
        reports of each theme.  "balance": its strengths and problems.
        "board": in how many reports its problems outweigh its strengths.  "trend": share of
        reports by year, or earlier and later reports where years have too few.
    top
        Number of themes to draw.
    subject_id
        Id of the theme or priority, for a trend.

    Raises
    ------
    UnknownNameError
        For an unknown kind or id.
    """
    if kind not in KINDS:
        raise UnknownNameError("plot", kind, list(KINDS))
    if kind == "points":
        return plot_points(session, top=top)
    if kind == "trend":
        return _trend(session, subject_id)
    if kind == "board":
        return _board(session, top)
    return _recurrence(session, top) if kind == "recurrence" else _balance(session, top)


def plot_points(
    session: Session, *, role: str = "problem", theme: str = "", priority: str = "", top: int = 10
) -> Picture:
    """A picture of what comes back: the learning points that most reports state, by year.

    Parameters
    ----------
    session
        The open workspace; its points are drawn as they were built last.
    role, theme, priority
        Only points with these; each role has a picture of its own.
    top
        Number of points to draw.

    Raises
    ------
    UnknownNameError
        For a role, theme or priority that does not exist.
    """
    points = select_points(session, role=role, theme=theme, priority=priority).head(top)
    years = table(session, "point_years")
    years = years[years["point_id"].isin(points["point_id"])]
    # Only years with reports that could state a point: an empty one would look like none did.
    shown_years = [str(year) for year in sorted(set(years["year"]))]
    cells = {
        (r["point_id"], str(r["year"])): f"{r['reports']} of {r['of_reports']}"
        for r in years.to_dict("records")
    }
    rows = [
        point_row(
            str(r["name"]),
            int(r["documents"]),
            int(r["of_documents"]),
            [cells.get((r["point_id"], year), "") for year in shown_years],
        )
        for r in points.to_dict("records")
    ]
    reports = len(report_facts(session))
    span = f", {shown_years[0]} to {shown_years[-1]}" if len(shown_years) > 1 else ""
    title = f"What comes back{f': {role}s' if role else ''} in {reports} reports{span}"
    return Picture(points_chart(title, shown_years, rows), points)


def _board(session: Session, top: int) -> Picture:
    balance = table(session, "problem_strength_balance")
    # The reports of a sub-theme are counted in its theme already.
    balance = balance[balance["kind"].ne("sub")].head(top)
    balance = balance.sort_values(["problem_share", "theme_id"], ascending=[False, True])
    rows = tuple(
        (
            str(r["name"]),
            int(r["more_problems"]),
            int(r["balanced"]),
            int(r["more_strengths"]),
            int(r["of_reports"] - r["reports"]),
            f"{r['problem_share']:.0%}",
            f"{r['problem_low']:.0%} to {r['problem_high']:.0%}",
        )
        for r in balance.to_dict("records")
    )
    figures = "; ".join(f"{r[0]} {r[5]} (likely range {r[6]})" for r in rows) or NOTHING
    reports = int(balance["of_reports"].max()) if rows else 0
    title = f"The {len(rows)} most frequent themes in {reports} reports"
    alt = f"Share of the reports on each theme in which problems outweigh strengths: {figures}"
    columns = ("Theme", "more problems", "as many of both", "more strengths", "not mentioned",
               "Problems outweigh", "Likely range")  # fmt: skip
    return Picture(
        Chart("problem_strength_balance", title, columns, rows, alt), balance.reset_index(drop=True)
    )


def _recurrence(session: Session, top: int) -> Picture:
    recurrence = table(session, "recurrence").head(top)
    rows = tuple((str(r["name"]), int(r["reports"])) for r in recurrence.to_dict("records"))
    figures = "; ".join(f"{name} {n}" for name, n in rows) or NOTHING
    alt = f"Number of reports that mention each theme: {figures}"
    title = "Themes by number of reports"
    return Picture(Chart("recurrence", title, ("Theme", "Reports"), rows, alt), recurrence)


def _balance(session: Session, top: int) -> Picture:
    balance = table(session, "balance").head(top)
    rows = tuple(
        (str(r["name"]), int(r["strengths"]), int(r["problems"]))
        for r in balance.to_dict("records")
    )
    figures = "; ".join(f"{name} {good} and {bad}" for name, good, bad in rows) or NOTHING
    alt = f"Strengths and problems of each theme: {figures}"
    columns = ("Theme", "Strengths", "Problems")
    return Picture(Chart("balance", "Strengths and problems", columns, rows, alt), balance)


def _trend(session: Session, subject_id: str) -> Picture:
    trends = table(session, "trends")
    if subject_id not in set(trends["id"]):
        raise UnknownNameError("theme or priority", subject_id, sorted(set(trends["id"])))
    periods = trends[(trends["id"] == subject_id) & trends["enough_reports"]].sort_values("year")
    caption = "by year of publication"
    if len(periods) < 2:
        # One point shows no change; halves of all years need fewer reports than single years.
        periods, caption = _halves(session, subject_id), "earlier and later reports"
    rows = tuple(
        (
            str(r["year"]),
            int(r["reports"]),
            int(r["of_reports"]),
            f"{r['share']:.0%}",
            f"{r['low']:.0%} to {r['high']:.0%}",
        )
        for r in periods.to_dict("records")
    )
    alt = "Share of the reports: " + (
        "; ".join(f"{row[0]} {row[3]} ({row[1]} of {row[2]})" for row in rows) or "too few reports"
    )
    name = str(trends.loc[trends["id"] == subject_id, "name"].iloc[0])
    columns = ("Period", "Reports that mention it", "Reports", "Share", "Likely range")
    return Picture(Chart("trend", f"{name}, {caption}", columns, rows, alt), periods)


def _halves(session: Session, subject_id: str) -> pd.DataFrame:
    """Earlier and later reports, for a theme with too few reports in single years."""
    directions = table(session, "directions")
    rows_of_subject = directions[
        (directions["id"] == subject_id) & (directions["direction"] != "too few reports")
    ]
    rows = [
        (r[f"{half}_years"], r[f"{half}_reports"], r[f"{half}_of_reports"])
        for r in rows_of_subject.to_dict("records")
        for half in ("earlier", "later")
    ]
    frame = pd.DataFrame(rows, columns=["year", "reports", "of_reports"])
    intervals = [
        wilson_interval(int(r), int(p))
        for r, p in zip(frame["reports"], frame["of_reports"], strict=True)
    ]
    return frame.assign(
        share=frame["reports"] / frame["of_reports"],
        low=[low for low, _ in intervals],
        high=[high for _, high in intervals],
    )
