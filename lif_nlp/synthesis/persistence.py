"""Problems that persist or recur after a report had asked for action."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    counted_reports,
    findings_by_theme,
    frame_or_empty,
)
from lif_nlp.synthesis.repeated_recommendations import (
    boilerplate_recommendations,
    repeated_recommendations,
)

MIN_PROBLEM_YEARS = 3
"""Years of which reports describe a problem that is persistent.

Chosen by judgement; not tuned.  A smaller value calls more themes persistent.
"""

MIN_LATER_REPORTS = 2
"""Reports that describe it after action was first asked for; chosen in the same way."""

_CITATION = ("published", "title", "page", "text", "finding_id")
_THEME_AND_AREA = ["theme_id", "name", "area"]


@dataclass(frozen=True)
class Recommended:
    """Themes on which an area was given a recommendation and has a later report.

    Attributes
    ----------
    findings
        Their findings in order of publication; `is_recommendation` marks those that ask.
    places
        One row per theme and area; `recurs` says whether the area's latest report
        describes more problems than strengths.
    """

    findings: pd.DataFrame
    places: pd.DataFrame


def persistence(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes with problems, and whether they persist after reports asked for action.

    Columns: see `schema`, table "persistence".  `areas_with_recommendation` and
    `areas_with_recurrence` count the rows of `recurring_problems` and their base, with
    the Wilson interval of the share.
    """
    rows = findings_by_theme(frames).dropna(subset=["year"])
    if rows.empty:
        return make_frame("persistence")
    years = counted_reports(frames)["year"].dropna()
    recommendations = repeated_recommendations(frames, framework)
    repeats = set(recommendations.loc[recommendations["repeat_of"].ne(""), "finding_id"])
    places = _recommended(frames).places
    area_counts = Counter(places["theme_id"])
    recurrence_counts = Counter(places.loc[places["recurs"], "theme_id"])
    out = []
    for theme_id, group in rows.groupby("theme_id", sort=True):
        problems = group[group["role"].eq("problem")]
        if problems.empty:
            continue
        action_years = group.loc[group["role"].eq("action"), "year"]
        since = None if action_years.empty else int(action_years.min())
        # Later years only: within one year nobody can say which report could have answered which.
        problems_after = problems.iloc[:0] if since is None else problems[problems["year"] > since]
        problem_reports_after = problems_after["doc_id"].nunique()
        problem_years = problems["year"].nunique()
        areas, recurring = area_counts[str(theme_id)], recurrence_counts[str(theme_id)]
        low, high = wilson_interval(recurring, areas)
        out.append(
            {
                "theme_id": theme_id,
                "years_with_problems": problem_years,
                "first_problem_year": int(problems["year"].min()),
                "last_problem_year": int(problems["year"].max()),
                "problem_reports": problems["doc_id"].nunique(),
                "first_action_year": since,
                "problem_reports_after": problem_reports_after,
                "reports_after": 0 if since is None else int((years > since).sum()),
                "repeated_recommendations": len(repeats & set(group["finding_id"])),
                "areas_with_recommendation": areas,
                "areas_with_recurrence": recurring,
                "recurrence_low": low,
                "recurrence_high": high,
                "persistent": problem_years >= MIN_PROBLEM_YEARS
                and problem_reports_after >= MIN_LATER_REPORTS,
            }
        )
    if not out:
        return make_frame("persistence")
    table = pd.DataFrame(out).astype({"first_action_year": "Int64"})
    table = table.merge(active_themes(frames)[["theme_id", "name"]], on="theme_id")
    order = ["persistent", "areas_with_recurrence", "problem_reports_after", "problem_reports"]
    result = table.sort_values([*order, "theme_id"], ascending=[False, False, False, False, True])
    return result[list(column_names("persistence"))].reset_index(drop=True)


def recurring_problems(frames: Frames, framework: Framework) -> pd.DataFrame:
    """What an area was asked to do and the problem its latest report still describes.

    Columns: see `schema`, table "recurring_problems".  One row per area and theme for
    which an earlier report made a recommendation and the latest describes more problems
    than strengths, most problems first.  Boilerplate recommendations, and reports
    without an area or year, do not count.
    """
    basis = _recommended(frames)
    places = basis.places.loc[basis.places["recurs"], _THEME_AND_AREA]
    findings = basis.findings.merge(places, on=_THEME_AND_AREA)
    out = []
    for key, group in findings.groupby(_THEME_AND_AREA, sort=True):
        # In order of publication, so this is the first time it was asked for.
        recommendation = group[group["is_recommendation"]].iloc[0]
        latest = group[group["published"].eq(group["published"].iloc[-1])]
        problems = latest[latest["role"].eq("problem")]
        clearest = problems.sort_values("confidence", ascending=False, kind="stable").iloc[0]
        after = group[group["published"].gt(recommendation["published"])]
        out.append(
            (
                *key,
                *(recommendation[column] for column in _CITATION),
                *(clearest[column] for column in _CITATION),
                after["doc_id"].nunique(),
                len(problems),
                int(latest["role"].eq("strength").sum()),
            )
        )
    table = make_frame("recurring_problems", out)
    order = ["latest_problems", "theme_id", "area"]
    return table.sort_values(order, ascending=[False, True, True]).reset_index(drop=True)


def _recommended(frames: Frames) -> Recommended:
    """Themes on which an area was given a recommendation and has a later report."""
    reports = counted_reports(frames).dropna(subset=["year"])
    reports = reports[["doc_id", "area", "published", "title"]]
    # Without an area nobody knows whose later report it would be.
    reports = reports[reports["area"].fillna("").ne("")]
    names = active_themes(frames)[["theme_id", "name"]]
    rows = findings_by_theme(frames).merge(reports, on="doc_id").merge(names, on="theme_id")
    recommendations = frame_or_empty(frames, "recommendations", ("finding_id",))
    # "Reply within 56 days" is asked of every area and comes back in each.
    recommendation_ids = set(recommendations["finding_id"]) - boilerplate_recommendations(frames)
    is_recommendation = rows["finding_id"].isin(recommendation_ids)
    rows = rows.assign(is_recommendation=is_recommendation)
    rows = rows[is_recommendation | rows["role"].isin(["strength", "problem"])]
    rows = rows.sort_values(["published", "doc_id", "page", "finding_id"])
    # rows are in order of publication: the first and last of a group are its bounds
    places = (
        pd.DataFrame(
            {
                "recommended": rows[rows["is_recommendation"]]
                .groupby(_THEME_AND_AREA)["published"]
                .first(),
                "latest": rows.groupby(_THEME_AND_AREA)["published"].last(),
            }
        )
        .query("recommended < latest")
        .reset_index()
    )
    rows = rows.merge(places[[*_THEME_AND_AREA, "latest"]], on=_THEME_AND_AREA)
    latest = rows[rows["published"].eq(rows["latest"])]
    sign = latest["role"].eq("problem").astype(int) - latest["role"].eq("strength")
    surplus = latest.assign(surplus=sign).groupby(_THEME_AND_AREA, as_index=False)["surplus"].sum()
    places = places.merge(surplus, on=_THEME_AND_AREA)
    places = places.assign(recurs=places["surplus"].gt(0)).drop(columns="surplus")
    return Recommended(rows, places)
