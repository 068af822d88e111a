"""The likely number behind a count of reports, from the known errors of labels.

A label is sometimes wrong, so "nine reports mention it" need not be nine.  On reports marked by
hand, which the models had not seen, it was counted how many reports with no, one, two or more
findings of a label truly have it (`label_errors.json`, made by `scripts/label_errors.py`).  Of
each such group of a partnership's reports, a number that follows the beta-binomial distribution
is then true; together they give the range.

This is the estimate of double sampling (A. Tenenbein (1970), "A double sampling scheme for
estimating from binomial data with misclassifications", Journal of the American Statistical
Association 65, 1350-1361), with strata by prediction as in prediction-powered inference
(A. N. Angelopoulos and others (2023), "Prediction-powered inference", Science 382, 669-674).
Unlike the correction of Rogan and Gladen (1978), it cannot leave 0 to all reports.  It takes the
reports to be like those marked: where a theme is far more frequent, the range is too low.

For roles of findings the mean error of marked sentences is added, and its spread is that of whole
reports (prediction-powered inference for clusters; the variance of a ratio of sums over reports).

A partnership's reports are by hands that nobody marked, so that the spread from hand to hand comes
on top: of shares as a correlation within hands (by moments, as J. C. Kleinman (1973), "Proportions
with extraneous variance", Journal of the American Statistical Association 68, 46-54), of role
errors as a variance between hands, with as many degrees of freedom as hands allow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import ceil, floor, sqrt
from pathlib import Path
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import betaln, gammaln
from scipy.stats import t

from lif_nlp.framework.model import HEADED_BY_SUBJECT, Framework
from lif_nlp.synthesis.frames import Frames, frame_or_empty

LETTERS, REVIEWS = "letters", "reviews"
"""Kinds of report whose errors are told apart: letters whose headings name a subject, others."""

MOST_HITS = 3
"""Findings of a label from which a report counts with those that have more."""

LEVEL = 0.98
"""Nominal level of the range of reports.  A little above the 0.95 that is promised, since errors
differ from label to label; the tables of METHODS.md show what it comes to."""

LEVEL_OF_ROLES = 0.95
"""The same of findings with a role, whose few hands widen the range already."""

BORROWED = 2.0
"""Reports' worth of weight that the errors of all labels have beside a label's own.  With 1 and 4
ranges held as often on halves of the gold (November 2026)."""

FILE = Path(__file__).with_name("label_errors.json")
"""Reports marked by hand, by profile, kind, measure, label and hits: [with it, without it]."""

Range = tuple[int, int]
"""Least and most reports."""

Counts = npt.NDArray[np.float64]
"""Marked reports by hits (0 to `MOST_HITS`), shape (hits, 2): with the label, without it."""


@dataclass(frozen=True)
class RoleErrors:
    """How sentences of marked reports were read as to one role.

    `tp` and `fp` of the sentences that were given the role have it and have it not, `fn` of the
    others have it, `tn` have it not.  `together` says how far sentences of one report are wrong
    together, 0 (not at all) to 1: the correlation within reports.  `between` is the variance of the
    mean error from one of `hands` to another beyond that of their reports; 0 where all are of one.
    """

    reports: int
    tp: int
    fp: int
    fn: int
    tn: int
    together: float
    hands: int = 1
    between: float = 0.0

    @property
    def sentences(self) -> int:
        """All sentences that were marked."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def error(self) -> float:
        """Mean error of a sentence: 1 where the role was missed, -1 where it was given wrongly."""
        return (self.fn - self.fp) / self.sentences

    def variance(self, size: float) -> float:
        """Variance of the error that a sentence brings, in reports of `size` sentences."""
        single = (self.fn + self.fp) / self.sentences - self.error**2
        return single * (1 + (size - 1) * self.together)


@dataclass(frozen=True)
class LabelErrors:
    """Counts of marked reports by (kind of report, measure, label), for one profile."""

    counts: Mapping[tuple[str, str, str], Counts]
    roles: Mapping[tuple[str, str], RoleErrors] = field(default_factory=dict)
    """By kind of report and role."""

    alike: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """By kind of report and measure, how far reports of one hand are right or wrong together, 0
    (not at all) to 1: a partnership's reports are of hands that were not marked."""

    def likely(self, measure: str, label: str, hits: Mapping[str, Sequence[int]]) -> Range | None:
        """The range of reports that truly have a label; None where its errors are not known.

        Parameters
        ----------
        measure
            "theme" or "priority".
        label
            Its id.
        hits
            By kind of report, the number of findings with the label in each report, also 0.
        """
        shares = np.ones(1)
        for kind, report_hits in hits.items():
            own = self.counts.get((kind, measure, label))
            if own is None:
                return None
            found = np.bincount(np.minimum(np.asarray(report_hits, int), MOST_HITS), minlength=4)
            together, alike = self._together(kind, measure), self.alike.get((kind, measure), 0.0)
            shares = np.convolve(shares, distribution(found, own, together, alike))
        return ends(shares)

    def likely_findings(
        self, role: str, found: Mapping[str, Sequence[tuple[int, int]]]
    ) -> Range | None:
        """The range of findings that truly have a role; None where its errors are not known.

        Parameters
        ----------
        role
            One of `ROLES`.
        found
            By kind of report, for each report its findings with the role and all its findings.
        """
        middle = variance = 0.0
        fewest = total = 0
        for kind, reports in found.items():
            errors = self.roles.get((kind, role))
            if errors is None:
                return None
            findings = sum(size for _, size in reports)
            middle += sum(count for count, _ in reports) + findings * errors.error
            # Findings that share a report are wrong together; the error of the gold comes on top.
            own = errors.variance(mean_size([size for _, size in reports]))
            gold = errors.variance(errors.sentences / errors.reports)
            variance += findings * own + findings**2 * gold / errors.sentences
            variance += findings**2 * errors.between * (1 + 1 / errors.hands)
            units = errors.hands if errors.between else errors.reports
            fewest = units if not fewest else min(fewest, units)
            total += findings
        reach = float(t.ppf((1 + LEVEL_OF_ROLES) / 2, max(1, fewest - 1))) * sqrt(variance)
        return max(0, floor(middle - reach)), min(total, ceil(middle + reach))

    def _together(self, kind: str, measure: str) -> Counts:
        return sum_of([c for key, c in self.counts.items() if key[:2] == (kind, measure)])


def mean_size(sizes: Sequence[int]) -> float:
    """Size of the report that a finding is in, on the average over findings."""
    return sum(size * size for size in sizes) / max(1, sum(sizes))


def sum_of(counts: Sequence[Counts]) -> Counts:
    """Counts of several labels together."""
    total: Counts = np.sum(counts, axis=0)
    return total


def distribution(found: npt.ArrayLike, own: Counts, together: Counts, alike: float = 0.0) -> Counts:
    """Probability of each number of true reports, 0 to all of `found`.

    Parameters
    ----------
    found
        Reports by hits.
    own, together
        Marked reports of the label, and of all labels.
    alike
        How far reports of one hand are right or wrong together, 0 to 1.
    """
    shares = np.ones(1)
    for reports, (yes, no), (all_yes, all_no) in zip(
        np.asarray(found, int), own, together, strict=True
    ):
        # Half a report each way, so that no share is held to be 0 or 1.
        share = (all_yes + 0.5) / (all_yes + all_no + 1)
        marked = yes + no + BORROWED
        mean = (yes + BORROWED * share) / marked
        # The share of a new hand: as far from the mean as the marked reports and the hands are.
        weight = 1 / (1 / (marked + 1) + alike) - 1
        shares = np.convolve(shares, _beta_binomial(reports, mean * weight, (1 - mean) * weight))
    return shares


def ends(shares: Counts, level: float = LEVEL) -> Range:
    """Ends of the middle `level` of a distribution over 0, 1, 2 ..."""
    summed = np.cumsum(shares)
    # The sum may end a hair under 1, so the upper end is held within the counts.
    low, high = np.searchsorted(summed, [(1 - level) / 2, (1 + level) / 2])
    return int(low), int(min(high, len(shares) - 1))


def _beta_binomial(n: int, a: float, b: float) -> Counts:
    k = np.arange(n + 1)
    # By logarithms: the factorials of some hundred reports exceed what a float holds.
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    shares: Counts = np.exp(ways + betaln(k + a, n - k + b) - betaln(a, b))
    return shares


INSTEAD = MappingProxyType({"accurate": "fast"})
"""Whose errors stand for those of a profile that was not measured: larger ones, so that ranges are
rather too wide."""


@cache
def label_errors(profile: str) -> LabelErrors:
    """The errors measured for a profile, or for the one that stands for it; else none."""
    profiles = json.loads(FILE.read_text(encoding="utf-8"))["profiles"]
    kinds = profiles.get(profile) or profiles.get(INSTEAD.get(profile, ""), {})
    return LabelErrors(
        {
            (kind, measure, label): np.asarray(counts, float)
            for kind, measures in kinds.items()
            for measure in ("theme", "priority")
            for label, counts in measures[measure].items()
        },
        {
            (kind, role): RoleErrors(**errors)
            for kind, measures in kinds.items()
            for role, errors in measures["role"].items()
        },
        {
            (kind, measure): alike
            for kind, measures in kinds.items()
            for measure, alike in measures["alike"].items()
        },
    )


def errors_of(frames: Frames) -> LabelErrors:
    """The errors of the profile that labelled these tables, none where they do not say it."""
    profiles = frame_or_empty(frames, "settings", ("profile",))["profile"]
    return label_errors(str(profiles.iloc[0])) if len(profiles) else LabelErrors({})


def kinds_of_reports(reports: pd.DataFrame, framework: Framework) -> pd.Series:
    """For each report, by `doc_id`, whether it is a letter or a review.

    A report whose type is not known counts as a review: errors are larger there.
    """
    letters = {kind.id for kind in framework.review_types if kind.family in HEADED_BY_SUBJECT}
    kinds = reports["review_type"].isin(letters).map({True: LETTERS, False: REVIEWS})
    return kinds.set_axis(reports["doc_id"])


def hits_by_kind(kinds: pd.Series, doc_ids: pd.Series) -> dict[str, list[int]]:
    """By kind of report, the number of findings in each report.

    Parameters
    ----------
    kinds
        Kind of each report, by `doc_id`.
    doc_ids
        The report of each finding.
    """
    counts = doc_ids.value_counts().reindex(kinds.index, fill_value=0)
    return {str(kind): counts[kinds.eq(kind)].tolist() for kind in sorted(kinds.unique())}
