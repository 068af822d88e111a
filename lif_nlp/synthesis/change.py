"""Two sets of reports side by side: how much oftener one says a thing, and how sure that is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pandas as pd

from lif_nlp.stats import mantel_haenszel_interval, newcombe_interval

MIN_REPORTS = 5
"""Fewer reports than this in a year or set, and no change is claimed."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many reports of each set say a thing, and how far the two shares lie apart.

    `hits` of `of` reports say it now, `hits_then` of `of_then` did; `change` is the share
    now less that of then, `low` and `high` its Newcombe interval.  `inside` is the interval
    of the change within the kinds of report that both sets hold.
    """

    hits: int
    of: int
    hits_then: int
    of_then: int
    change: float
    low: float
    high: float
    inside: tuple[float, float]

    def reading(self, *, more: str, less: str, neither: str) -> str:
        """`more` or `less` where the interval excludes nought, also within kinds of report.

        "other kinds of report" where it does not within them, "too few reports" where one
        set holds fewer than `MIN_REPORTS`, else `neither`.
        """
        if min(self.of, self.of_then) < MIN_REPORTS:
            return "too few reports"
        if self.low > 0:
            return more if self.inside[0] > 0 else "other kinds of report"
        if self.high < 0:
            return less if self.inside[1] < 0 else "other kinds of report"
        return neither


def change_between(then: pd.DataFrame, now: pd.DataFrame, met: Collection[str]) -> Change:
    """The change from the reports `then` to the reports `now`, neither of them empty.

    `met` are the ids of the reports that say the thing.
    """
    kinds = list(_by_kind(then, now, met))
    hits, of, hits_then, of_then = (sum(counts) for counts in zip(*kinds, strict=True))
    low, high = newcombe_interval(hits, of, hits_then, of_then)
    change = hits / of - hits_then / of_then
    return Change(hits, of, hits_then, of_then, change, low, high, mantel_haenszel_interval(kinds))


def type_shift(then: pd.DataFrame, now: pd.DataFrame) -> float:
    """How far the mix of report types differs between two sets of reports, 0..1."""
    mixes = [part["review_type"].fillna("").value_counts(normalize=True) for part in (then, now)]
    before, after = mixes[0].align(mixes[1], fill_value=0.0)
    return float((before - after).abs().sum() / 2)


def _by_kind(
    then: pd.DataFrame, now: pd.DataFrame, met: Collection[str]
) -> Iterator[tuple[int, int, int, int]]:
    """For each kind of report (hits, of, hits then, of then)."""
    counted: dict[str, list[int]] = {}
    for at, part in ((0, now), (2, then)):
        for doc, kind in zip(part["doc_id"], part["review_type"].fillna(""), strict=True):
            counts = counted.setdefault(kind, [0, 0, 0, 0])
            counts[at] += doc in met
            counts[at + 1] += 1
    for _, (hits, of, hits_then, of_then) in sorted(counted.items()):
        yield hits, of, hits_then, of_then
