"""Ours against others: the same themes on two sets of reports."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.counting import (
    Frames,
    difference,
    difference_within,
    empty,
    linked,
    reports,
    theme_names,
    wilson,
)
from lif_nlp.synthesis.trends import MIN_REPORTS, strata, type_shift

COMPARED = (
    "theme_id", "name", "ours", "of_ours", "our_share", "our_low", "our_high", "others",
    "of_others", "other_share", "other_low", "other_high", "change", "low", "high", "type_shift",
    "reading",
)  # fmt: skip


def compare(
    frames: Frames, framework: Framework, *, ours: Collection[str], role: str = "problem"
) -> pd.DataFrame:
    """Themes by how much oftener, or seldomer, our reports say a problem of them than others.

    `ours` are the ids of our reports, all others in the frames are the others; `role` may
    be "strength", "action" or empty for any mention.  Columns: `COMPARED`, largest
    difference first.  `reading` is "oftener in ours" or "seldomer in ours" only where the
    interval of the difference excludes nought and the difference is also seen within the
    kinds of report that both sets hold, "other kinds of report" where it is not, else "no
    clear difference", or "too few reports".
    """
    held = reports(frames)
    mine = held[held["doc_id"].isin(set(ours))]
    rest = held[~held["doc_id"].isin(set(ours))]
    rows = linked(frames)
    rows = rows[rows["role"].eq(role)] if role else rows
    rows = rows.merge(theme_names(frames)[["theme_id", "name"]], on="theme_id")
    if rows.empty or mine.empty or rest.empty:
        return empty(COMPARED)
    shift = type_shift(rest, mine)
    out = []
    for (theme, name), group in rows.groupby(["theme_id", "name"], sort=True):
        met = set(group["doc_id"])
        here, there = int(mine["doc_id"].isin(met).sum()), int(rest["doc_id"].isin(met).sum())
        low, high = difference(here, len(mine), there, len(rest))
        inside = difference_within(strata(rest, mine, met))
        change = here / len(mine) - there / len(rest)
        out.append(
            (theme, name, here, len(mine), here / len(mine), *wilson(here, len(mine)),
             there, len(rest), there / len(rest), *wilson(there, len(rest)), change, low, high,
             shift, _reading((low, high), inside, min(len(mine), len(rest))))
        )  # fmt: skip
    table = pd.DataFrame(out, columns=list(COMPARED))
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _reading(change: tuple[float, float], inside: tuple[float, float], smaller: int) -> str:
    if smaller < MIN_REPORTS:
        return "too few reports"
    if change[0] > 0:
        return "oftener in ours" if inside[0] > 0 else "other kinds of report"
    if change[1] < 0:
        return "seldomer in ours" if inside[1] < 0 else "other kinds of report"
    return "no clear difference"
