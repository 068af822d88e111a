"""In how many reports problems outweigh strengths, by theme."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    add_share,
    counted_reports,
    findings_by_theme,
)


def problem_strength_balance(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes by the reports that describe a strength or problem of them, most first.

    Columns: see `schema`, table "problem_strength_balance".  Each report counts once per
    theme, in `more_problems`, `balanced` or `more_strengths`.  Where nearly every report
    mentions a theme, this distinguishes themes that a count of mentions cannot.
    """
    rows = findings_by_theme(frames)
    rows = rows[rows["role"].isin(["strength", "problem"])]
    if rows.empty:
        return make_frame("problem_strength_balance")
    # A report counts once, by the sum over its findings, so that a long one has no more weight.
    sign = rows["role"].map({"problem": 1, "strength": -1})
    surplus = rows.assign(sign=sign).groupby(["theme_id", "doc_id"])["sign"].sum()
    counts = pd.DataFrame(
        {
            "reports": surplus.groupby("theme_id").size(),
            "more_problems": surplus.gt(0).groupby("theme_id").sum(),
            "balanced": surplus.eq(0).groupby("theme_id").sum(),
            "more_strengths": surplus.lt(0).groupby("theme_id").sum(),
        }
    ).reset_index()
    table = active_themes(frames)[["theme_id", "name", "kind"]].merge(counts, on="theme_id")
    table = add_share(table, [len(counted_reports(frames))] * len(table))
    pairs = list(zip(table["more_problems"], table["reports"], strict=True))
    intervals = [wilson_interval(int(hits), int(of)) for hits, of in pairs]
    table = table.assign(
        problem_share=[hits / of for hits, of in pairs],
        problem_low=[low for low, _ in intervals],
        problem_high=[high for _, high in intervals],
    )
    order = ["reports", "more_problems", "theme_id"]
    result = table.sort_values(order, ascending=[False, False, True])
    return result[list(column_names("problem_strength_balance"))].reset_index(drop=True)
