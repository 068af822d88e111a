"""Whether learning has stuck: what is found again after a report had asked for action."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.frames import Frames, empty, frame, linked, reports, theme_names
from lif_nlp.synthesis.repeated_recommendations import forms, repeat_recommendations

STUCK = (
    "theme_id", "name", "years_with_problems", "first_year", "last_year", "problem_reports",
    "action_since", "problem_reports_after", "published_after", "repeats", "areas_asked",
    "areas_again", "again_low", "again_high", "stuck",
)  # fmt: skip
CAME_BACK = (
    "theme_id", "name", "area", "asked_published", "asked_title", "asked_page", "asked_text",
    "asked_finding", "later_published", "later_title", "later_page", "later_text",
    "later_finding", "reports_after", "problems_after", "strengths_after",
)  # fmt: skip
_TOLD = ("published", "title", "page", "text", "finding_id")
_STUCK_YEARS = 3

_PLACE = ["theme_id", "name", "area"]


@dataclass(frozen=True)
class Asked:
    """Themes and areas in which a report asked for action before the latest one.

    `rows` are their findings in the order of publication, with `asks` for what asked;
    `table` has a row for each theme and area, and `again` where the latest report says
    more problems than strengths.
    """

    rows: pd.DataFrame
    table: pd.DataFrame


def stuck_learning(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes still met as problems after reports had asked for action on them.

    Columns: `STUCK`.  `action_since` is the first year in which a report asked
    for action on the theme, `problem_reports_after` the reports of later years
    that still find a problem, `published_after` how many reports those years
    hold, `repeats` the recommendations linked to an earlier near-same one.
    `areas_asked` are the areas to which a report had made a recommendation and on which a
    later report is here, `areas_again` those whose latest report says more problems than
    strengths (see `came_back`), with the Wilson interval of their share.
    `stuck` holds where problems stand in three years or more and at least two
    later reports still find them.
    """
    rows = linked(frames).dropna(subset=["year"])
    if rows.empty:
        return empty(STUCK)
    years = reports(frames)["year"].dropna()
    again = repeat_recommendations(frames, framework)
    repeated = set(again.loc[again["repeat_of"].ne(""), "finding_id"])
    met = _asked(frames)
    asked_of = Counter(met.table["theme_id"])
    again_in = Counter(met.table.loc[met.table["again"], "theme_id"])
    out = []
    for theme, group in rows.groupby("theme_id", sort=True):
        areas, found = asked_of[str(theme)], again_in[str(theme)]
        bad = group[group["role"].eq("problem")]
        asked = group.loc[group["role"].eq("action"), "year"]
        if bad.empty:
            continue
        since = None if asked.empty else int(asked.min())
        later = bad.iloc[:0] if since is None else bad[bad["year"] > since]
        after, spread = later["doc_id"].nunique(), bad["year"].nunique()
        out.append(
            (theme, spread, int(bad["year"].min()), int(bad["year"].max()),
             bad["doc_id"].nunique(), since, after,
             0 if since is None else int((years > since).sum()),
             len(repeated & set(group["finding_id"])), areas, found, *wilson_interval(found, areas),
             spread >= _STUCK_YEARS and after >= 2)
        )  # fmt: skip
    columns = [column for column in STUCK if column != "name"]
    table = pd.DataFrame(out, columns=columns).astype({"action_since": "Int64"})
    table = table.merge(theme_names(frames)[["theme_id", "name"]], on="theme_id")
    order = ["stuck", "areas_again", "problem_reports_after", "problem_reports", "theme_id"]
    ordered = table.sort_values(order, ascending=[False, False, False, False, True])
    return ordered[list(STUCK)].reset_index(drop=True)


def came_back(frames: Frames, framework: Framework) -> pd.DataFrame:
    """What was asked of an area and what its latest report still finds, side by side.

    Columns: `CAME_BACK`.  One row per area and theme where an earlier report on the area
    made a recommendation and its latest report says more problems than strengths; the
    words of both stand with title and page.  Forms are no recommendations here.  Reports
    without an area or a year do not count.  Most problems come first.
    """
    met = _asked(frames)
    again = met.table.loc[met.table["again"], _PLACE]
    out = []
    for key, group in met.rows.merge(again, on=_PLACE).groupby(_PLACE, sort=True):
        asked = group[group["asks"]].iloc[0]
        latest = group[group["published"].eq(group["published"].iloc[-1])]
        bad = latest[latest["role"].eq("problem")]
        worst = bad.sort_values("confidence", ascending=False, kind="stable").iloc[0]
        after = group[group["published"].gt(asked["published"])]
        out.append(
            (*key, *(asked[c] for c in _TOLD), *(worst[c] for c in _TOLD),
             after["doc_id"].nunique(), len(bad), int(latest["role"].eq("strength").sum()))
        )  # fmt: skip
    table = pd.DataFrame(out, columns=list(CAME_BACK))
    by = ["problems_after", "theme_id", "area"]
    return table.sort_values(by, ascending=[False, True, True]).reset_index(drop=True)


def _asked(frames: Frames) -> Asked:
    """Themes and areas that were asked for action and reported on later."""
    place = reports(frames).dropna(subset=["year"])[["doc_id", "area", "published", "title"]]
    place = place[place["area"].fillna("").ne("")]
    names = theme_names(frames)[["theme_id", "name"]]
    rows = linked(frames).merge(place, on="doc_id").merge(names, on="theme_id")
    asking = set(frame(frames, "recommendations", ("finding_id",))["finding_id"]) - forms(frames)
    asks = rows["finding_id"].isin(asking)
    rows = rows.assign(asks=asks)[asks | rows["role"].isin(["strength", "problem"])]
    rows = rows.sort_values(["published", "doc_id", "page", "finding_id"])
    # the rows stand in order of publication, so the first and last of a place are its bounds
    table = (
        pd.DataFrame(
            {
                "asked": rows[rows["asks"]].groupby(_PLACE)["published"].first(),
                "latest": rows.groupby(_PLACE)["published"].last(),
            }
        )
        .query("asked < latest")
        .reset_index()
    )
    rows = rows.merge(table[[*_PLACE, "latest"]], on=_PLACE)
    roles = rows[rows["published"].eq(rows["latest"])]
    lean = roles["role"].eq("problem").astype(int) - roles["role"].eq("strength")
    leans = roles.assign(lean=lean).groupby(_PLACE, as_index=False)["lean"].sum()
    table = table.merge(leans, on=_PLACE)
    table = table.assign(again=table["lean"].gt(0)).drop(columns="lean")
    return Asked(rows, table)
