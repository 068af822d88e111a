"""How often themes and priorities are mentioned over time, and what can be concluded."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import make_frame
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.change import MIN_REPORTS, beyond_chance, change_between, type_shift
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    counted_findings,
    counted_reports,
    explode_column,
    findings_by_theme,
)


def trends(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Share of each year's reports that mention a theme or priority.

    Columns: see `schema`, table "trends".  Years without reports have no row; a year in
    which no report mentions it has a share of 0.
    """
    reports_by_year = counted_reports(frames)["year"].dropna().value_counts().sort_index()
    rows = mentions(frames, framework)
    if rows.empty or reports_by_year.empty:
        return make_frame("trends")
    counts = rows.groupby(["subject", "id", "name", "year"])["doc_id"].nunique()
    out = []
    for subject, key, name in rows[["subject", "id", "name"]].drop_duplicates().to_numpy():
        for year, total in reports_by_year.items():
            of = int(total)
            hits = int(counts.get((subject, key, name, year), 0))
            interval = wilson_interval(hits, of)
            enough = of >= MIN_REPORTS
            out.append((subject, key, name, int(str(year)), hits, of, hits / of, *interval, enough))
    table = make_frame("trends", out)
    return table.sort_values(["subject", "id", "year"]).reset_index(drop=True)


def directions(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Whether a theme or priority is mentioned more or less often than before.

    The dated reports are split, between two years, into halves as equal as possible.

    Columns: see `schema`, table "directions".  `direction` is "rising" or "falling" only
    if the Newcombe interval of the change excludes zero, also within the review types
    that both halves contain, and the change stands among all that are tested (see
    `change.beyond_chance`); otherwise "other kinds of report", "no clear change" or
    "too few reports".
    """
    reports = counted_reports(frames).dropna(subset=["year"])
    rows = mentions(frames, framework)
    split_year = _split_year(reports["year"].astype(int).tolist())
    if rows.empty or split_year is None:
        return make_frame("directions")
    is_later = reports["year"] >= split_year
    earlier, later = reports[~is_later], reports[is_later]
    shift, earlier_years, later_years = type_shift(earlier, later), _years(earlier), _years(later)
    groups = list(rows.groupby(["subject", "id", "name"], sort=True))
    changes = [change_between(earlier, later, set(group["doc_id"])) for _, group in groups]
    out = []
    for (key, _), change, stands in zip(groups, changes, beyond_chance(changes), strict=True):
        direction = change.conclusion(
            more="rising", less="falling", neither="no clear change", beyond_chance=stands
        )
        out.append(
            (
                *key,
                earlier_years,
                change.earlier_reports,
                change.earlier_of_reports,
                later_years,
                change.reports,
                change.of_reports,
                change.change,
                change.low,
                change.high,
                shift,
                direction,
            )
        )
    return make_frame("directions", out)


def mentions(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Rows of (subject, id, name, doc_id, year), one per dated finding and theme or priority."""
    themes = findings_by_theme(frames).merge(
        active_themes(frames)[["theme_id", "name"]], on="theme_id"
    )
    themes = themes.assign(subject="theme", id=themes["theme_id"])
    names = {p.id: p.name for p in framework.priorities}
    priorities = explode_column(counted_findings(frames), "priorities", "id")
    priorities = priorities.assign(subject="priority", name=priorities["id"].map(names))
    columns = ["subject", "id", "name", "doc_id", "year"]
    return pd.concat([themes[columns], priorities[columns]]).dropna().reset_index(drop=True)


def _split_year(years: list[int]) -> int | None:
    """First year of the later half; None if all reports are from one year."""
    starts = sorted(set(years))[1:]
    if not starts:
        return None
    # Halves of the reports, not of the years: early years often have one or two.
    return min(starts, key=lambda start: abs(2 * sum(y < start for y in years) - len(years)))


def _years(reports: pd.DataFrame) -> str:
    first, last = int(reports["year"].min()), int(reports["year"].max())
    return str(first) if first == last else f"{first} to {last}"
