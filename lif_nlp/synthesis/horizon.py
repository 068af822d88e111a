"""The horizon scan: themes that are new or becoming more frequent."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.synthesis.change import (
    MIN_REPORTS,
    Change,
    beyond_chance,
    change_between,
    type_shift,
)
from lif_nlp.synthesis.frames import Frames, active_themes, counted_reports, findings_by_theme

RECENT_YEARS = 2
"""Years that count as recent, or more if they hold fewer than `MIN_REPORTS` reports.

Chosen by judgement; not tuned.  More years make the scan steadier and slower to react.
"""

_SIGNALS = ("new", "rising", "watch", "steady")


def horizon(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes by whether recent reports mention them more than earlier ones do.

    Columns: see `schema`, table "horizon".  `signal` is "new" (never mentioned before),
    "rising" (the interval of the change is above zero, also within the review types of
    both periods, and stands among all themes tested), "watch" (more often than before, but
    not certain) or "steady", in this order.
    """
    reports = counted_reports(frames).dropna(subset=["year"])
    first_recent_year = _first_recent_year(reports)
    rows = findings_by_theme(frames).dropna(subset=["year"])
    if first_recent_year is None or rows.empty:
        return make_frame("horizon")
    is_recent = reports["year"] >= first_recent_year
    recent, earlier = reports[is_recent], reports[~is_recent]
    shift = type_shift(earlier, recent)
    groups = list(rows.groupby("theme_id", sort=True))
    changes = [change_between(earlier, recent, set(group["doc_id"])) for _, group in groups]
    scan = []
    for (theme_id, group), change, stands in zip(
        groups, changes, beyond_chance(changes), strict=True
    ):
        recent_findings = group.loc[group["year"] >= first_recent_year, "finding_id"]
        scan.append(
            {
                "theme_id": theme_id,
                "first_seen": int(group["year"].min()),
                "recent_from": first_recent_year,
                "recent_reports": change.reports,
                "recent_of_reports": change.of_reports,
                "earlier_reports": change.earlier_reports,
                "earlier_of_reports": change.earlier_of_reports,
                "change": change.change,
                "change_low": change.low,
                "change_high": change.high,
                "type_shift": shift,
                "signal": _signal(change, stands),
                "finding_ids": tuple(sorted(recent_findings)),
            }
        )
    themes = active_themes(frames)[["theme_id", "name", "kind"]]
    table = pd.DataFrame(scan).merge(themes, on="theme_id")
    table = table.assign(rank=table["signal"].map(_SIGNALS.index))
    result = table.sort_values(["rank", "change", "theme_id"], ascending=[True, False, True])
    return result[list(column_names("horizon"))].reset_index(drop=True)


def _first_recent_year(reports: pd.DataFrame) -> int | None:
    """First year of the recent period; None if no earlier reports would be left."""
    years = sorted(set(reports["year"].astype(int)))
    # From the latest year back, so that recent is as short as it can be.
    for start in reversed(years[1:]):
        long_enough = years[-1] - start + 1 >= RECENT_YEARS
        if long_enough and int((reports["year"] >= start).sum()) >= MIN_REPORTS:
            return start
    return years[1] if len(years) > 1 else None


def _signal(change: Change, stands: bool) -> str:
    if change.reports and not change.earlier_reports:
        # one report alone, or few earlier ones, do not make a theme new
        enough = change.earlier_of_reports >= MIN_REPORTS and change.reports > 1
        return "new" if enough else "watch"
    if stands and change.low > 0 and change.stratified[0] > 0:
        return "rising"
    return "watch" if change.change > 0 else "steady"
