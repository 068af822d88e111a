"""What is new or growing, and what does not move: horizon scan and stuck learning."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.counting import (
    Frames,
    difference,
    empty,
    linked,
    reports,
    theme_names,
)
from lif_nlp.synthesis.trends import MIN_REPORTS, type_shift

HORIZON = (
    "theme_id", "name", "kind", "first_seen", "recent_from", "recent_reports", "recent_published",
    "earlier_reports", "earlier_published", "change", "low", "high", "type_shift", "signal",
    "finding_ids",
)  # fmt: skip
STUCK = (
    "theme_id", "name", "years_with_problems", "first_year", "last_year", "problem_reports",
    "action_since", "problem_reports_after", "published_after", "repeats", "stuck",
)  # fmt: skip
RECENT_YEARS = 2
_STUCK_YEARS = 3


def horizon(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes that the most recent reports speak of more than earlier ones do.

    Recent means the last `RECENT_YEARS` years of the dated reports, or more where
    those hold fewer than `MIN_REPORTS` reports.  Columns: `HORIZON`.  `signal` is
    "new" (never met before), "rising" (the interval of the change lies above
    nought), "watch" (more often than before, not yet certain) or "steady";
    `finding_ids` are the recent findings.  New, rising and watch come first.
    """
    dated = reports(frames).dropna(subset=["year"])
    start = _recent_from(dated)
    rows = linked(frames).dropna(subset=["year"])
    if start is None or rows.empty:
        return empty(HORIZON)
    recent, earlier = dated[dated["year"] >= start], dated[dated["year"] < start]
    shift = type_shift(earlier, recent)
    out = []
    for theme, group in rows.groupby("theme_id", sort=True):
        now = group[group["year"] >= start]
        hits = now["doc_id"].nunique()
        then = group.loc[group["year"] < start, "doc_id"].nunique()
        low, high = difference(hits, len(recent), then, len(earlier))
        change = hits / len(recent) - then / len(earlier)
        out.append(
            (theme, int(group["year"].min()), start, hits, len(recent), then, len(earlier), change,
             low, high, shift, _signal(hits, then, low, change, len(earlier)),
             tuple(sorted(now["finding_id"])))
        )  # fmt: skip
    columns = [column for column in HORIZON if column not in {"name", "kind"}]
    table = pd.DataFrame(out, columns=columns).merge(
        theme_names(frames)[["theme_id", "name", "kind"]], on="theme_id"
    )
    rank = table["signal"].map({"new": 0, "rising": 1, "watch": 2, "steady": 3})
    ordered = table.assign(rank=rank).sort_values(
        ["rank", "change", "theme_id"], ascending=[True, False, True]
    )
    return ordered[list(HORIZON)].reset_index(drop=True)


def stuck_learning(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes still met as problems after reports had asked for action on them.

    Columns: `STUCK`.  `action_since` is the first year in which a report asked
    for action on the theme, `problem_reports_after` the reports of later years
    that still find a problem, `published_after` how many reports those years
    hold, `repeats` the recommendations linked to an earlier near-same one.
    `stuck` holds where problems stand in three years or more and at least two
    later reports still find them.
    """
    rows = linked(frames).dropna(subset=["year"])
    if rows.empty:
        return empty(STUCK)
    years = reports(frames)["year"].dropna()
    repeated = _repeated(frames)
    out = []
    for theme, group in rows.groupby("theme_id", sort=True):
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
             len(repeated & set(group["finding_id"])), spread >= _STUCK_YEARS and after >= 2)
        )  # fmt: skip
    columns = [column for column in STUCK if column != "name"]
    table = pd.DataFrame(out, columns=columns).astype({"action_since": "Int64"})
    table = table.merge(theme_names(frames)[["theme_id", "name"]], on="theme_id")
    order = ["stuck", "problem_reports_after", "problem_reports", "theme_id"]
    ordered = table.sort_values(order, ascending=[False, False, False, True])
    return ordered[list(STUCK)].reset_index(drop=True)


def _recent_from(dated: pd.DataFrame) -> int | None:
    """First year of the recent part; None where nothing earlier would be left."""
    years = sorted(set(dated["year"].astype(int)))
    for start in reversed(years[1:]):
        wide = years[-1] - start + 1 >= RECENT_YEARS
        if wide and int((dated["year"] >= start).sum()) >= MIN_REPORTS:
            return start
    return years[1] if len(years) > 1 else None


def _signal(now: int, then: int, low: float, change: float, published_then: int) -> str:
    if now and not then:
        return "new" if published_then >= MIN_REPORTS and now > 1 else "watch"
    if low > 0:
        return "rising"
    return "watch" if change > 0 else "steady"


def _repeated(frames: Frames) -> set[str]:
    table = frames.get("recommendations")
    if table is None or "repeat_of" not in table.columns:
        return set()
    return set(table.loc[table["repeat_of"].fillna("").ne(""), "finding_id"])
