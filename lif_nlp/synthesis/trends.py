"""How learning changes with time: shares of the reports of a year, and what can be said."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.change import MIN_REPORTS, change_between, type_shift
from lif_nlp.synthesis.frames import (
    Frames,
    empty,
    findings,
    linked,
    reports,
    theme_names,
    unfolded,
)

TRENDS = (
    "subject", "id", "name", "year", "reports", "published", "share", "low", "high", "enough",
)  # fmt: skip
DIRECTIONS = (
    "subject", "id", "name", "earlier", "earlier_reports", "earlier_published", "later",
    "later_reports", "later_published", "change", "low", "high", "type_shift", "direction",
)  # fmt: skip


def trends(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Share of each year's reports that speak of a theme or priority.

    Columns: `TRENDS`.  `subject` is "theme" or "priority"; `published` is the
    number of dated reports of that year in the workspace, `enough` whether they
    are at least `MIN_REPORTS`.  Years without any report have no row; a year in
    which nothing was said has a share of 0.
    """
    published = reports(frames)["year"].dropna().value_counts().sort_index()
    rows = mentions(frames, framework)
    if rows.empty or published.empty:
        return empty(TRENDS)
    counts = rows.groupby(["subject", "id", "name", "year"])["doc_id"].nunique()
    out = []
    for subject, key, name in rows[["subject", "id", "name"]].drop_duplicates().to_numpy():
        for year, total in published.items():
            hits = int(counts.get((subject, key, name, year), 0))
            low, high = wilson_interval(hits, int(total))
            out.append(
                (subject, key, name, int(str(year)), hits, int(total), hits / total, low, high,
                 bool(total >= MIN_REPORTS))
            )  # fmt: skip
    table = pd.DataFrame(out, columns=list(TRENDS))
    return table.sort_values(["subject", "id", "year"]).reset_index(drop=True)


def directions(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Whether a theme or priority is met more or less often than before.

    The dated reports are cut, between two years, into halves as equal as can be.
    Columns: `DIRECTIONS`.  `change` is the later share less the earlier one,
    `low` and `high` its Newcombe interval; `direction` is "rising" or "falling"
    only where that interval excludes nought and the change is also seen within the
    kinds of report that both halves hold, "other kinds of report" where it is not,
    else "no clear change", or "too few reports".  `type_shift` (0..1) says how far the
    mix of report types differs between the halves.
    """
    dated = reports(frames).dropna(subset=["year"])
    rows = mentions(frames, framework)
    cut = _cut(dated["year"].astype(int).tolist())
    if rows.empty or cut is None:
        return empty(DIRECTIONS)
    before, after = dated[dated["year"] < cut], dated[dated["year"] >= cut]
    shift, then, now = type_shift(before, after), _span(before), _span(after)
    out = []
    for (subject, key, name), group in rows.groupby(["subject", "id", "name"], sort=True):
        found = change_between(before, after, set(group["doc_id"]))
        direction = found.reading(more="rising", less="falling", neither="no clear change")
        out.append(
            (subject, key, name, then, found.hits_then, found.of_then, now,
             found.hits, found.of, found.change, found.low, found.high, shift, direction)
        )  # fmt: skip
    return pd.DataFrame(out, columns=list(DIRECTIONS))


def mentions(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Rows of (subject, id, name, doc_id, year), one per dated finding and what it is about."""
    themes = linked(frames).merge(theme_names(frames)[["theme_id", "name"]], on="theme_id")
    themes = themes.assign(subject="theme", id=themes["theme_id"])
    names = {p.id: p.name for p in framework.priorities}
    harms = unfolded(findings(frames), "priorities", "id")
    harms = harms.assign(subject="priority", name=harms["id"].map(names))
    columns = ["subject", "id", "name", "doc_id", "year"]
    return pd.concat([themes[columns], harms[columns]]).dropna().reset_index(drop=True)


def _cut(years: list[int]) -> int | None:
    """First year of the later half; None where all reports are of one year."""
    starts = sorted(set(years))[1:]
    if not starts:
        return None
    return min(starts, key=lambda start: abs(2 * sum(y < start for y in years) - len(years)))


def _span(part: pd.DataFrame) -> str:
    first, last = int(part["year"].min()), int(part["year"].max())
    return str(first) if first == last else f"{first} to {last}"
