"""What is new or growing: the horizon scan."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.change import MIN_REPORTS, Change, change_between, type_shift
from lif_nlp.synthesis.frames import Frames, empty, linked, reports, theme_names

HORIZON = (
    "theme_id", "name", "kind", "first_seen", "recent_from", "recent_reports", "recent_published",
    "earlier_reports", "earlier_published", "change", "low", "high", "type_shift", "signal",
    "finding_ids",
)  # fmt: skip
RECENT_YEARS = 2


def horizon(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes that the most recent reports speak of more than earlier ones do.

    Recent means the last `RECENT_YEARS` years of the dated reports, or more where
    those hold fewer than `MIN_REPORTS` reports.  Columns: `HORIZON`.  `signal` is
    "new" (never met before), "rising" (the interval of the change lies above
    nought, also within the kinds of report met in both parts), "watch" (more often than
    before, not yet certain) or "steady"; `finding_ids` are the recent findings.  New,
    rising and watch come first.
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
        found = change_between(earlier, recent, set(group["doc_id"]))
        out.append(
            (theme, int(group["year"].min()), start, found.hits, found.of, found.hits_then,
             found.of_then, found.change, found.low, found.high, shift, _signal(found),
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


def _recent_from(dated: pd.DataFrame) -> int | None:
    """First year of the recent part; None where nothing earlier would be left."""
    years = sorted(set(dated["year"].astype(int)))
    for start in reversed(years[1:]):
        wide = years[-1] - start + 1 >= RECENT_YEARS
        if wide and int((dated["year"] >= start).sum()) >= MIN_REPORTS:
            return start
    return years[1] if len(years) > 1 else None


def _signal(found: Change) -> str:
    if found.hits and not found.hits_then:
        return "new" if found.of_then >= MIN_REPORTS and found.hits > 1 else "watch"
    if found.low > 0 and found.inside[0] > 0:
        return "rising"
    return "watch" if found.change > 0 else "steady"
