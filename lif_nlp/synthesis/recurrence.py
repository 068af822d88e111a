"""How often themes and priorities recur, counted over distinct reports."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import COUNTS, column_names, make_frame
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    add_share,
    count_findings,
    counted_findings,
    counted_reports,
    explode_column,
    findings_by_theme,
)
from lif_nlp.synthesis.likely_ranges import ranges_of_reports


def recurrence(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes by the number of distinct reports that mention them, most first.

    Columns: see `schema`, table "recurrence".
    """
    rows = findings_by_theme(frames)
    table = active_themes(frames)[["theme_id", "name", "kind"]].merge(
        count_findings(rows, ["theme_id"]), on="theme_id", how="inner"
    )
    full = _add_shares_and_years(
        table, rows, "theme_id", len(counted_reports(frames)), "recurrence"
    )
    return _add_likely(full, rows, "theme", "theme_id", frames, framework)


def priorities(frames: Frames, framework: Framework) -> pd.DataFrame:
    """The partnership's priorities in the framework's order; zeros where none is mentioned.

    Columns: see `schema`, table "priorities".
    """
    rows = explode_column(counted_findings(frames), "priorities", "priority")
    names = pd.DataFrame(
        [(p.id, p.name) for p in framework.priorities], columns=["priority", "name"]
    )
    table = names.merge(count_findings(rows, ["priority"]), on="priority", how="left")
    # That no report mentions a priority is a result too.
    table[list(COUNTS)] = table[list(COUNTS)].astype("Int64").fillna(0).astype(int)
    by_reports = _add_shares_and_years(
        table, rows, "priority", len(counted_reports(frames)), "priorities"
    )
    in_order = by_reports.set_index("priority").loc[names["priority"]].reset_index()
    return _add_likely(in_order, rows, "priority", "priority", frames, framework)


def priority_themes(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes found in the same finding as a priority, most reports first for each.

    Columns: see `schema`, table "priority_themes".  `of_reports` is the number of
    reports that mention the priority, so `share` says how often the theme comes with it.
    """
    rows = explode_column(findings_by_theme(frames), "priorities", "priority")
    counts = count_findings(rows, ["priority", "theme_id"]).merge(
        active_themes(frames)[["theme_id", "name"]], on="theme_id", how="inner"
    )
    if counts.empty:
        return make_frame("priority_themes")
    mentions = explode_column(counted_findings(frames), "priorities", "priority")
    of = mentions.groupby("priority")["doc_id"].nunique()
    table = add_share(counts, [int(of[priority]) for priority in counts["priority"]])
    order = ["priority", "reports", "findings", "theme_id"]
    result = table.sort_values(order, ascending=[True, False, False, True])
    return result[list(column_names("priority_themes"))].reset_index(drop=True)


def _add_shares_and_years(
    counts: pd.DataFrame, rows: pd.DataFrame, key: str, of: int, table: str
) -> pd.DataFrame:
    """`counts` as the table of this name, most reports first.

    Parameters
    ----------
    counts
        One row per value of `key`.
    rows
        Findings with `key` and `year`.
    of
        Number of reports that could mention it.
    """
    if counts.empty:
        return make_frame(table)
    years = rows.groupby(key)["year"].agg(first_seen="min", last_seen="max").reset_index()
    full = add_share(counts.merge(years, on=key, how="left"), [of] * len(counts))
    full = full.assign(likely_low=None, likely_high=None)
    result = full.sort_values(["reports", "findings", key], ascending=[False, False, True])
    return result[list(column_names(table))].reset_index(drop=True)


def _add_likely(
    table: pd.DataFrame,
    rows: pd.DataFrame,
    measure: str,
    key: str,
    frames: Frames,
    framework: Framework,
) -> pd.DataFrame:
    """The table with the likely ends of `reports`, missing where errors are not known."""
    doc_ids = rows.set_index(key)["doc_id"]
    ranges = ranges_of_reports(frames, framework, measure, doc_ids, table[key].map(str))
    ends = pd.DataFrame(
        [likely or (None, None) for _, likely in ranges],
        columns=["likely_low", "likely_high"],
        index=table.index,
        dtype="Int64",
    )
    return table.assign(likely_low=ends["likely_low"], likely_high=ends["likely_high"])
