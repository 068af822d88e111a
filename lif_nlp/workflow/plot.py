"""Tables of the workspace -> pictures that come with their words and their figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lif_nlp.atomic_write import write_atomically
from lif_nlp.briefs.writers.charts import data_uri, png, svg
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.records import Chart
from lif_nlp.runtime.session import Session
from lif_nlp.stats import wilson_interval
from lif_nlp.workflow.tables import table

KINDS = ("board", "recurrence", "balance", "trend")
ACCENT = "#335c81"
_NOTHING = "none found yet"


@dataclass(frozen=True)
class Picture:
    """A chart that shows itself in a notebook, with alternative text.

    `data` holds the figures drawn; `save` writes .svg or .png.
    """

    chart: Chart
    data: pd.DataFrame

    def save(self, path: str | Path) -> Path:
        """Write the picture; raises UnknownNameError unless `path` ends in .svg or .png.

        Raises LifError where there is nothing to draw.
        """
        target = Path(path)
        draw = {".svg": svg, ".png": png}.get(target.suffix)
        if draw is None:
            raise UnknownNameError("picture format", target.suffix, [".svg", ".png"])
        if not self.chart.rows:
            raise LifError(f"nothing to draw for '{self.chart.title}': {self.chart.alt}")
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
    """A chart of the workspace.

    Parameters
    ----------
    kind
        "recurrence", "balance", "board" (in how many reports problems outweigh strengths)
        or "trend".
    top
        Number of themes drawn.
    subject_id
        Theme or priority of a trend.  A trend is drawn by year if at least two years have
        enough reports, else as earlier and later reports.

    Raises
    ------
    UnknownNameError
        For a kind, theme or priority that does not exist.
    """
    if kind not in KINDS:
        raise UnknownNameError("plot", kind, list(KINDS))
    if kind == "trend":
        return _trend(session, subject_id)
    if kind == "board":
        return _board(session, top)
    return _recurrence(session, top) if kind == "recurrence" else _balance(session, top)


def _board(session: Session, top: int) -> Picture:
    found = table(session, "problem_strength_balance")
    # parts stand within their theme already
    found = found[found["kind"].ne("sub")].head(top)
    found = found.sort_values(["problem_share", "theme_id"], ascending=[False, True])
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
        for r in found.to_dict("records")
    )
    told = "; ".join(f"{r[0]} {r[5]} (likely range {r[6]})" for r in rows) or _NOTHING
    of = int(found["of_reports"].max()) if rows else 0
    title = f"The {len(rows)} themes met in most of {of} reports: what reports say of them"
    alt = f"Share of the reports that speak of a theme in which problems outweigh strengths: {told}"
    columns = ("Theme", "more problems", "as many of both", "more strengths", "theme not met",
               "Problems outweigh", "Likely range")  # fmt: skip
    return Picture(Chart("leaning", title, columns, rows, alt), found.reset_index(drop=True))


def _recurrence(session: Session, top: int) -> Picture:
    found = table(session, "recurrence").head(top)
    rows = tuple((str(r["name"]), int(r["reports"])) for r in found.to_dict("records"))
    told = "; ".join(f"{name} {n}" for name, n in rows) or _NOTHING
    alt = f"Reports that speak of each theme: {told}"
    title = "Themes by number of reports"
    return Picture(Chart("recurrence", title, ("Theme", "Reports"), rows, alt), found)


def _balance(session: Session, top: int) -> Picture:
    found = table(session, "balance").head(top)
    rows = tuple(
        (str(r["name"]), int(r["strengths"]), int(r["problems"])) for r in found.to_dict("records")
    )
    told = "; ".join(f"{name} {good} and {bad}" for name, good, bad in rows) or _NOTHING
    alt = f"Strengths and problems of each theme: {told}"
    columns = ("Theme", "Strengths", "Problems")
    return Picture(Chart("balance", "Strengths beside problems", columns, rows, alt), found)


def _trend(session: Session, subject_id: str) -> Picture:
    trends = table(session, "trends")
    if subject_id not in set(trends["id"]):
        raise UnknownNameError("theme or priority", subject_id, sorted(set(trends["id"])))
    found = trends[(trends["id"] == subject_id) & trends["enough_reports"]].sort_values("year")
    when = "by year of publication"
    if len(found) < 2:
        found, when = _halves(session, subject_id), "earlier and later reports"
    rows = tuple(
        (
            str(r["year"]),
            int(r["reports"]),
            int(r["of_reports"]),
            f"{r['share']:.0%}",
            f"{r['low']:.0%} to {r['high']:.0%}",
        )
        for r in found.to_dict("records")
    )
    alt = "Share of the reports: " + (
        "; ".join(f"{row[0]} {row[3]} ({row[1]} of {row[2]})" for row in rows)
        or "there are too few reports to say"
    )
    name = str(trends.loc[trends["id"] == subject_id, "name"].iloc[0])
    columns = ("When", "Reports with it", "Reports read", "Share", "Likely range")
    return Picture(Chart("trend", f"{name}, {when}", columns, rows, alt), found)


def _halves(session: Session, subject_id: str) -> pd.DataFrame:
    """Earlier and later reports, for a theme of which single years hold too few."""
    found = table(session, "directions")
    moved = found[(found["id"] == subject_id) & (found["direction"] != "too few reports")]
    rows = [
        (r[f"{half}_years"], r[f"{half}_reports"], r[f"{half}_of_reports"])
        for r in moved.to_dict("records")
        for half in ("earlier", "later")
    ]
    frame = pd.DataFrame(rows, columns=["year", "reports", "of_reports"])
    ends = [
        wilson_interval(int(r), int(p))
        for r, p in zip(frame["reports"], frame["of_reports"], strict=True)
    ]
    return frame.assign(
        share=frame["reports"] / frame["of_reports"],
        low=[low for low, _ in ends],
        high=[high for _, high in ends],
    )
