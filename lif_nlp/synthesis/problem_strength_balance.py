"""How reports lean on a theme: in how many problems outweigh strengths, and the other way."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.frames import (
    Frames,
    add_share,
    empty,
    linked,
    reports,
    theme_names,
)

LEANING = (
    "theme_id", "name", "kind", "reports", "of_reports", "share", "low", "high", "more_problems",
    "as_many", "more_strengths", "problem_share", "problem_low", "problem_high",
)  # fmt: skip


def leaning(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Themes by the reports that say a strength or a problem of it, most first.

    Columns: `LEANING`.  A report counts once for a theme: among `more_problems` where it
    says more problems than strengths of it, among `more_strengths` where it says fewer,
    else `as_many`.  `problem_share` is more_problems / reports with its Wilson interval.
    Where nearly every report speaks of a theme, this tells themes apart and a count of
    mentions does not.
    """
    rows = linked(frames)
    rows = rows[rows["role"].isin(["strength", "problem"])]
    if rows.empty:
        return empty(LEANING)
    side = rows["role"].map({"problem": 1, "strength": -1})
    lean = rows.assign(side=side).groupby(["theme_id", "doc_id"])["side"].sum()
    counts = pd.DataFrame(
        {
            "reports": lean.groupby("theme_id").size(),
            "more_problems": lean.gt(0).groupby("theme_id").sum(),
            "as_many": lean.eq(0).groupby("theme_id").sum(),
            "more_strengths": lean.lt(0).groupby("theme_id").sum(),
        }
    ).reset_index()
    table = theme_names(frames)[["theme_id", "name", "kind"]].merge(counts, on="theme_id")
    table = add_share(table, [len(reports(frames))] * len(table))
    bad = list(zip(table["more_problems"], table["reports"], strict=True))
    ends = [wilson_interval(int(hits), int(of)) for hits, of in bad]
    table = table.assign(
        problem_share=[hits / of for hits, of in bad],
        problem_low=[low for low, _ in ends],
        problem_high=[high for _, high in ends],
    )
    order = ["reports", "more_problems", "theme_id"]
    ordered = table.sort_values(order, ascending=[False, False, True])
    return ordered[list(LEANING)].reset_index(drop=True)
