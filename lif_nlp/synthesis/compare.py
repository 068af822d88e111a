"""Ours against others: the same themes on two sets of reports."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.stats import wilson_interval
from lif_nlp.synthesis.change import change_between, type_shift
from lif_nlp.synthesis.frames import Frames, empty, linked, reports, theme_names

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
        found = change_between(rest, mine, set(group["doc_id"]))
        reading = found.reading(
            more="oftener in ours", less="seldomer in ours", neither="no clear difference"
        )
        out.append(
            (theme, name, *_share(found.hits, found.of), *_share(found.hits_then, found.of_then),
             found.change, found.low, found.high, shift, reading)
        )  # fmt: skip
    table = pd.DataFrame(out, columns=list(COMPARED))
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _share(hits: int, of: int) -> tuple[int, int, float, float, float]:
    return hits, of, hits / of, *wilson_interval(hits, of)
