"""Our reports compared with all others, theme by theme."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import make_frame
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.change import change_between, type_shift
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    counted_reports,
    findings_by_theme,
)


def compare(
    frames: Frames, framework: Framework, *, ours: Collection[str], role: str = "problem"
) -> pd.DataFrame:
    """Themes that our reports mention more, or less, often than others do.

    Parameters
    ----------
    frames, framework
        As for every table.
    ours
        IDs of our reports; all other reports in the frames are the others.
    role
        "problem", "strength" or "action", or empty for any mention.

    Returns
    -------
    pandas.DataFrame
        Table "comparison" of `schema`, largest difference first.  `conclusion` is "more
        often in ours" or "less often in ours" only if the interval of the difference
        excludes zero, also within the review types that both sets contain; otherwise
        "other kinds of report", "no clear difference" or "too few reports".
    """
    reports = counted_reports(frames)
    is_ours = reports["doc_id"].isin(set(ours))
    our_reports, other_reports = reports[is_ours], reports[~is_ours]
    rows = findings_by_theme(frames)
    rows = rows[rows["role"].eq(role)] if role else rows
    rows = rows.merge(active_themes(frames)[["theme_id", "name"]], on="theme_id")
    if rows.empty or our_reports.empty or other_reports.empty:
        return make_frame("comparison")
    shift = type_shift(other_reports, our_reports)
    comparisons = []
    for (theme_id, name), group in rows.groupby(["theme_id", "name"], sort=True):
        change = change_between(other_reports, our_reports, set(group["doc_id"]))
        conclusion = change.conclusion(
            more="more often in ours", less="less often in ours", neither="no clear difference"
        )
        comparisons.append(
            (
                theme_id,
                name,
                *_share(change.reports, change.of_reports),
                *_share(change.earlier_reports, change.earlier_of_reports),
                change.change,
                change.low,
                change.high,
                shift,
                conclusion,
            )
        )
    table = make_frame("comparison", comparisons)
    # Stable, so that themes with the same change stay in the order of their ids.
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _share(hits: int, of: int) -> tuple[int, int, float, float, float]:
    """The counts, their share and its interval."""
    return hits, of, hits / of, *wilson_interval(hits, of)
