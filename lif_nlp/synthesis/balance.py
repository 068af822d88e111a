"""Strengths and problems compared by theme, and the agencies that findings name."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.synthesis.frames import (
    Frames,
    active_themes,
    count_findings,
    explode_column,
    findings_by_theme,
)


def balance(frames: Frames, framework: Framework) -> pd.DataFrame:
    """What works and what does not, by theme, most findings first.

    Columns: see `schema`, table "balance".  `strength_share` is
    strengths / (strengths + problems).
    """
    rows = findings_by_theme(frames)
    rows = rows[rows["role"].isin(["strength", "problem"])]
    if rows.empty:
        return make_frame("balance")
    counts = []
    for theme_id, group in rows.groupby("theme_id", sort=True):
        strengths = group[group["role"].eq("strength")]
        problems = group[group["role"].eq("problem")]
        counts.append(
            {
                "theme_id": theme_id,
                "strengths": len(strengths),
                "problems": len(problems),
                "strength_reports": strengths["doc_id"].nunique(),
                "problem_reports": problems["doc_id"].nunique(),
                "problems_with_reason": int(problems["why"].sum()),
                "strengths_with_reason": int(strengths["why"].sum()),
                "strength_share": len(strengths) / len(group),
            }
        )
    table = pd.DataFrame(counts).merge(active_themes(frames)[["theme_id", "name"]], on="theme_id")
    table = table.assign(findings=table["strengths"] + table["problems"])
    result = table.sort_values(["findings", "theme_id"], ascending=[False, True])
    return result[list(column_names("balance"))].reset_index(drop=True)


def agencies(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Agencies named in the findings of each theme, most reports first.

    Columns: see `schema`, table "agencies".  To be named is not to be at fault, so
    strengths and problems are both counted.
    """
    names = {agency.id: agency.name for agency in framework.agencies}
    rows = explode_column(findings_by_theme(frames), "agencies", "agency")
    # An agency that the framework no longer has may stand in labels of an earlier run.
    rows = rows[rows["agency"].isin(list(names))]
    counts = count_findings(rows, ["theme_id", "agency"])
    table = counts.merge(active_themes(frames)[["theme_id", "name"]], on="theme_id")
    if table.empty:
        return make_frame("agencies")
    table = table.rename(columns={"name": "theme"})
    table = table.assign(name=table["agency"].map(names))
    order = ["theme_id", "reports", "findings", "agency"]
    result = table.sort_values(order, ascending=[True, False, False, True])
    return result[list(column_names("agencies"))].reset_index(drop=True)
