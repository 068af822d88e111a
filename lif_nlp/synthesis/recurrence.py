"""Which learning comes back: themes and priorities counted over distinct reports."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import (
    SHARES,
    TALLIES,
    Frames,
    add_share,
    empty,
    findings,
    linked,
    reports,
    tally,
    theme_names,
    unfolded,
)

RECURRENCE = ("theme_id", "name", "kind", *TALLIES, *SHARES, "first_seen", "last_seen")
PRIORITIES = ("priority", "name", *TALLIES, *SHARES, "first_seen", "last_seen")
PRIORITY_THEMES = ("priority", "theme_id", "name", *TALLIES, *SHARES)


def recurrence(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes by the number of distinct reports that speak of them, most frequent first.

    Columns: `RECURRENCE`.  `share` is reports with the theme / all reports, `low`
    and `high` its Wilson interval; `reasons` counts findings that say why;
    `first_seen` and `last_seen` are years.
    """
    rows = linked(frames)
    names = theme_names(frames)
    table = names[["theme_id", "name", "kind"]].merge(
        tally(rows, ["theme_id"]), on="theme_id", how="inner"
    )
    return _finish(table, rows, "theme_id", len(reports(frames)), RECURRENCE)


def priorities(frames: Frames, framework: Framework) -> pd.DataFrame:
    """The partnership's priorities in the framework's order; one never seen has noughts.

    Columns: `PRIORITIES`, with the meanings of `recurrence`.
    """
    rows = unfolded(findings(frames), "priorities", "priority")
    names = pd.DataFrame(
        [(p.id, p.name) for p in framework.priorities], columns=["priority", "name"]
    )
    table = names.merge(tally(rows, ["priority"]), on="priority", how="left")
    table[list(TALLIES)] = table[list(TALLIES)].astype("Int64").fillna(0).astype(int)
    seen = _finish(table, rows, "priority", len(reports(frames)), PRIORITIES)
    return seen.set_index("priority").loc[names["priority"]].reset_index()


def priority_themes(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes met in the same finding as a priority, most frequent first in each.

    Columns: `PRIORITY_THEMES`.  `of_reports` are the reports that speak of the
    priority at all, so that `share` says how often the theme comes with it.
    """
    rows = unfolded(linked(frames), "priorities", "priority")
    counts = tally(rows, ["priority", "theme_id"]).merge(
        theme_names(frames)[["theme_id", "name"]], on="theme_id", how="inner"
    )
    if counts.empty:
        return empty(PRIORITY_THEMES)
    base = unfolded(findings(frames), "priorities", "priority")
    of = base.groupby("priority")["doc_id"].nunique()
    table = add_share(counts, [int(of[priority]) for priority in counts["priority"]])
    order = ["priority", "reports", "findings", "theme_id"]
    ordered = table.sort_values(order, ascending=[True, False, False, True])
    return ordered[list(PRIORITY_THEMES)].reset_index(drop=True)


def _finish(
    table: pd.DataFrame, rows: pd.DataFrame, key: str, of: int, columns: tuple[str, ...]
) -> pd.DataFrame:
    if table.empty:
        return empty(columns)
    years = rows.groupby(key)["year"].agg(first_seen="min", last_seen="max").reset_index()
    full = add_share(table.merge(years, on=key, how="left"), [of] * len(table))
    ordered = full.sort_values(["reports", "findings", key], ascending=[False, False, True])
    return ordered[list(columns)].reset_index(drop=True)
