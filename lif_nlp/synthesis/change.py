"""Two sets of reports compared: the difference between two shares and its interval."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from lif_nlp.stats import (
    FALSE_DISCOVERIES,
    false_discovery_rates,
    fisher_p_value,
    mantel_haenszel_interval,
    newcombe_interval,
)

MIN_REPORTS = 5
"""A year or set with fewer reports than this supports no conclusion about change.

Chosen by judgement; not tuned.  A larger value leaves more years without a conclusion.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """The share of reports that mention something, then and now.

    Attributes
    ----------
    reports, of_reports
        Later reports that mention it, and all later reports.
    earlier_reports, earlier_of_reports
        The same for the earlier ones.
    change
        Later share minus earlier share, -1 to 1.
    low, high
        Newcombe's 95% interval of `change`.
    stratified
        95% interval of the change within review types that both sets contain.
    """

    reports: int
    of_reports: int
    earlier_reports: int
    earlier_of_reports: int
    change: float
    low: float
    high: float
    stratified: tuple[float, float]

    def conclusion(self, *, more: str, less: str, neither: str, beyond_chance: bool = True) -> str:
        """What the figures support, in one of these words.

        `beyond_chance` says whether the change also stands among all that were tested, see
        `beyond_chance`; if not, the word is `neither`.

        `more` or `less` if the interval excludes zero, also within review types; "other
        kinds of report" if it does so overall but not within types; "too few reports" if
        either set has fewer than `MIN_REPORTS`; else `neither`.
        """
        if min(self.of_reports, self.earlier_of_reports) < MIN_REPORTS:
            return "too few reports"
        if not beyond_chance:
            return neither
        if self.low > 0:
            # If it vanishes within the kinds of report, their mix has changed and not what they
            # say.
            return more if self.stratified[0] > 0 else "other kinds of report"
        if self.high < 0:
            return less if self.stratified[1] < 0 else "other kinds of report"
        return neither


def change_between(earlier: pd.DataFrame, later: pd.DataFrame, doc_ids: Collection[str]) -> Change:
    """The change from the `earlier` reports to the `later` ones; neither may be empty.

    Parameters
    ----------
    earlier, later
        Reports with `doc_id` and `review_type`.
    doc_ids
        IDs of the reports that mention the theme or priority.
    """
    strata = list(_counts_by_type(earlier, later, doc_ids))
    hits, of, earlier_hits, earlier_of = (sum(counts) for counts in zip(*strata, strict=True))
    low, high = newcombe_interval(hits, of, earlier_hits, earlier_of)
    return Change(
        reports=hits,
        of_reports=of,
        earlier_reports=earlier_hits,
        earlier_of_reports=earlier_of,
        change=hits / of - earlier_hits / earlier_of,
        low=low,
        high=high,
        stratified=mantel_haenszel_interval(strata),
    )


def beyond_chance(changes: Sequence[Change]) -> list[bool]:
    """Whether each change stands among all these, with few false discoveries.

    Of a hundred themes five would seem to rise or fall by chance alone; Fisher's exact test
    with the bound of Benjamini and Hochberg keeps the share of such among those called moving
    near `stats.FALSE_DISCOVERIES`.
    """
    tests = [
        fisher_p_value(c.reports, c.of_reports, c.earlier_reports, c.earlier_of_reports)
        for c in changes
    ]
    return [rate <= FALSE_DISCOVERIES for rate in false_discovery_rates(tests)]


def type_shift(earlier: pd.DataFrame, later: pd.DataFrame) -> float:
    """Total variation distance between the review types of two sets of reports, 0 to 1."""
    mixes = [
        reports["review_type"].fillna("").value_counts(normalize=True)
        for reports in (earlier, later)
    ]
    # A kind that one of the two lacks counts as 0 there.
    before, after = mixes[0].align(mixes[1], fill_value=0.0)
    return float((before - after).abs().sum() / 2)


def _counts_by_type(
    earlier: pd.DataFrame, later: pd.DataFrame, doc_ids: Collection[str]
) -> Iterator[tuple[int, int, int, int]]:
    """(later hits, later reports, earlier hits, earlier reports) of each review type."""
    by_type: dict[str, list[int]] = {}
    for offset, reports in ((0, later), (2, earlier)):
        types = reports["review_type"].fillna("")
        for doc_id, review_type in zip(reports["doc_id"], types, strict=True):
            counts = by_type.setdefault(review_type, [0, 0, 0, 0])
            counts[offset] += doc_id in doc_ids
            counts[offset + 1] += 1
    for _, (hits, of, earlier_hits, earlier_of) in sorted(by_type.items()):
        yield hits, of, earlier_hits, earlier_of
