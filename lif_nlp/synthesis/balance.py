"""Strengths beside problems, and which agencies the findings name."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import (
    TALLIES,
    Frames,
    empty,
    linked,
    tally,
    theme_names,
    unfolded,
)

BALANCE = (
    "theme_id", "name", "strengths", "problems", "strength_reports", "problem_reports",
    "problems_with_reason", "strengths_with_reason", "strength_share",
)  # fmt: skip
AGENCIES = ("theme_id", "theme", "agency", "name", *TALLIES)


def balance(frames: Frames, framework: Framework) -> pd.DataFrame:
    """What works and what does not, per theme, most findings first.

    Columns: `BALANCE`.  `strength_share` is strengths / (strengths + problems),
    missing where there is neither; the columns with reason count findings that
    also say why.
    """
    rows = linked(frames)
    rows = rows[rows["role"].isin(["strength", "problem"])]
    if rows.empty:
        return empty(BALANCE)
    out = []
    for theme, group in rows.groupby("theme_id", sort=True):
        good, bad = group[group["role"].eq("strength")], group[group["role"].eq("problem")]
        out.append(
            (theme, len(good), len(bad), good["doc_id"].nunique(), bad["doc_id"].nunique(),
             int(bad["why"].sum()), int(good["why"].sum()), len(good) / len(group))
        )  # fmt: skip
    columns = [column for column in BALANCE if column != "name"]
    table = pd.DataFrame(out, columns=columns).merge(
        theme_names(frames)[["theme_id", "name"]], on="theme_id"
    )
    table = table.assign(both=table["strengths"] + table["problems"])
    ordered = table.sort_values(["both", "theme_id"], ascending=[False, True])
    return ordered[list(BALANCE)].reset_index(drop=True)


def agencies(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Which agencies the findings of a theme name, most reports first.

    Columns: `AGENCIES`.  Naming is not fault: strengths stand beside problems.
    """
    names = {agency.id: agency.name for agency in framework.agencies}
    rows = unfolded(linked(frames), "agencies", "agency")
    rows = rows[rows["agency"].isin(list(names))]
    counts = tally(rows, ["theme_id", "agency"])
    table = counts.merge(theme_names(frames)[["theme_id", "name"]], on="theme_id")
    if table.empty:
        return empty(AGENCIES)
    table = table.rename(columns={"name": "theme"})
    table = table.assign(name=table["agency"].map(names))
    order = ["theme_id", "reports", "findings", "agency"]
    ordered = table.sort_values(order, ascending=[True, False, False, True])
    return ordered[list(AGENCIES)].reset_index(drop=True)
