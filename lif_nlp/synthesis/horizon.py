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

_FEWEST_ALIKE = 3
"""Earlier reports of the kinds that name a theme now, from which it is watched; chosen by
judgement.  With fewer, the kinds of report may be what is new."""

_SIGNALS = ("new", "rising", "watch", "steady")


def horizon(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes by whether recent reports mention them more than earlier ones of the same kinds do.

    Reports of a kind that only one of the two periods has are left out: a theme that comes with a
    new kind of inspection is no news of practice.  Without a kind in both there are no rows.

    Columns: see `schema`, table "horizon".  `first_seen` and "new" rest on all dated reports, also
    of kinds that are not compared.  `signal` is "new" (no earlier report mentions it), "rising"
    (the interval of the change is above zero, also within the review types of both periods, and
    stands among all themes tested), "watch" (more often than before, also within review types, but
    not certain) or "steady", in this order.
    """
    reports = counted_reports(frames).dropna(subset=["year"])
    first_recent_year = _first_recent_year(reports)
    rows = findings_by_theme(frames).dropna(subset=["year"])
    if first_recent_year is None or rows.empty:
        return make_frame("horizon")
    is_recent = reports["year"] >= first_recent_year
    kinds = reports["review_type"].fillna("")
    is_alike = kinds.isin(set(kinds[is_recent]) & set(kinds[~is_recent]))
    first_seen = rows.groupby("theme_id")["year"].min()
    recent, earlier = reports[is_recent & is_alike], reports[~is_recent & is_alike]
    rows = rows[rows["doc_id"].isin(reports.loc[is_alike, "doc_id"])]
    if rows.empty:
        return make_frame("horizon")
    shift = type_shift(earlier, recent)
    groups = list(rows.groupby("theme_id", sort=True))
    changes = [change_between(earlier, recent, set(group["doc_id"])) for _, group in groups]
    scan = []
    for (theme_id, group), change, stands in zip(
        groups, changes, beyond_chance(changes), strict=True
    ):
        recent_rows = group[group["year"] >= first_recent_year]
        naming = recent[recent["doc_id"].isin(recent_rows["doc_id"])]
        earlier_alike = int(earlier["review_type"].isin(naming["review_type"]).sum())
        scan.append(
            {
                "theme_id": theme_id,
                "first_seen": int(first_seen[theme_id]),
                "recent_from": first_recent_year,
                "recent_reports": change.reports,
                "recent_of_reports": change.of_reports,
                "earlier_reports": change.earlier_reports,
                "earlier_of_reports": change.earlier_of_reports,
                "change": change.change,
                "change_low": change.low,
                "change_high": change.high,
                "type_shift": shift,
                "signal": _signal(
                    change,
                    stands,
                    earlier_alike,
                    is_known=bool(first_seen[theme_id] < first_recent_year),
                ),
                "finding_ids": tuple(sorted(recent_rows["finding_id"])),
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


def _signal(change: Change, stands: bool, earlier_alike: int, *, is_known: bool) -> str:
    """The word for a change; `earlier_alike` are earlier reports of the kinds that name it now.

    `is_known` says that an earlier report of any kind names the theme.
    """
    # One report alone, or few earlier ones of these kinds, do not make a theme new.
    is_first = not change.earlier_reports
    if is_first and not is_known and change.reports > 1 and earlier_alike >= MIN_REPORTS:
        return "new"
    if not is_first and stands and change.low > 0 and change.stratified[0] > 0:
        return "rising"
    is_more_within = sum(change.stratified) > 0 and earlier_alike >= _FEWEST_ALIKE
    return "watch" if change.change > 0 and is_more_within else "steady"
