"""Groups of phrases that divide a known theme, chosen by how practitioners use them.

A phrase can lead a sub-theme when many of the theme's reports use it and it belongs to
this theme more than to others.  Phrases are taken one after another by the findings that
they add; variants and phrases of the same findings join.  Whether a finding belongs is a
rule about its own words, so membership stays when reports come or go.  Only the choice of
groups can change, and resampling the reports measures how often it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from lif_nlp.themes.discovery.stable_clustering import Bools, is_in_sample
from lif_nlp.themes.thresholds import STABILITY, SUBTHEMES, SubthemeThresholds

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PhraseCounts:
    """Which phrases occur in which findings of a theme, and how often elsewhere.

    Parameters
    ----------
    contains : shape (findings, phrases)
        Whether a finding of the theme contains a phrase.
    report : shape (findings,)
        Number of the report of each finding, ascending.
    corpus_counts : shape (reports, phrases)
        Findings of the whole corpus that contain a phrase, by report.
    corpus_sizes : shape (reports,)
        All findings of the corpus, by report.
    report_ids
        Ids of the reports.
    words : shape (phrases,)
        Number of words of each phrase.
    variant : shape (phrases,)
        Phrases with the same number are variants of one.
    """

    contains: Bools
    report: Counts
    corpus_counts: Counts
    corpus_sizes: Counts
    report_ids: tuple[str, ...]
    words: Counts
    variant: Counts

    def of_reports(self, is_sampled: Bools) -> PhraseCounts:
        """The counts over the sampled reports only."""
        rows = is_sampled[self.report]
        return replace(
            self,
            contains=self.contains[rows],
            report=self.report[rows],
            corpus_counts=self.corpus_counts * is_sampled[:, None],
            corpus_sizes=self.corpus_sizes * is_sampled,
        )


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """A leading phrase, all phrases of its group (places), and which findings contain one."""

    lead: int
    phrases: tuple[int, ...]
    rows: Bools


def select_groups(
    counts: PhraseCounts, thresholds: SubthemeThresholds = SUBTHEMES
) -> list[PhraseGroup]:
    """Phrase groups that divide a theme, the most informative first."""
    sizes = counts.contains.sum(axis=0)
    value = _value(counts, thresholds, sizes)
    least = thresholds.least_findings(len(counts.contains))
    # A phrase is open while it may lead or join; a variant may join unless in a group.
    is_open, is_free = value > 0, np.ones(len(sizes), dtype=bool)
    covered_rows = np.zeros(len(counts.contains), dtype=bool)
    new_findings = sizes.copy()
    groups: list[PhraseGroup] = []
    while is_open.any():
        # Greedy: what a phrase adds to the groups so far, times how clearly it belongs here.
        gain = np.where(is_open, new_findings**thresholds.size_power * value, 0.0)
        lead = int(np.argmax(gain))
        if gain[lead] <= 0:
            break
        is_open[lead] = False
        # Most of its findings are in groups already: it may still join one as a variant, not lead.
        if new_findings[lead] < thresholds.min_new * max(sizes[lead], least):
            continue
        common = counts.contains[counts.contains[:, lead]].sum(axis=0)
        rarer = np.minimum(sizes, sizes[lead])
        joins = is_open & (common >= thresholds.same_findings * rarer)
        joins |= is_free & (counts.variant == counts.variant[lead])
        joins &= sizes <= thresholds.max_wider * sizes[lead]
        joins[lead] = False
        phrases = (lead, *np.flatnonzero(joins).tolist())
        is_open[joins], is_free[list(phrases)] = False, False
        rows = np.asarray(counts.contains[:, phrases].any(axis=1))
        # A finding counts as new only for the first group that takes it.
        new_findings -= counts.contains[rows & ~covered_rows].sum(axis=0)
        covered_rows |= rows
        groups.append(PhraseGroup(lead, phrases, rows))
    return groups


def _value(
    counts: PhraseCounts, thresholds: SubthemeThresholds, sizes: Counts
) -> npt.NDArray[np.float64]:
    """How informative a phrase is, shape (phrases,); 0 for those that cannot lead."""
    findings = max(1, len(counts.contains))
    reports = np.unique(counts.report)
    starts = np.searchsorted(counts.report, reports)
    # Findings are sorted by report, so reduceat gives a row per report; it fails without rows.
    report_counts = (
        np.logical_or.reduceat(counts.contains, starts, axis=0).sum(axis=0)
        if findings > 1
        else sizes
    )
    theme_share = findings / max(1, int(counts.corpus_sizes.sum()))
    belongs = belonging(sizes, counts.corpus_counts.sum(axis=0), theme_share)
    can_lead = report_counts >= thresholds.least_reports(len(reports))
    can_lead &= sizes >= thresholds.least_findings(findings)
    can_lead &= sizes <= thresholds.max_share * findings
    can_lead &= belongs >= np.where(
        counts.words > 1, thresholds.min_belonging, thresholds.min_belonging_one_word
    )
    further_words = np.minimum(counts.words - 1, thresholds.longer_max_words)
    return np.where(can_lead, belongs * (1 + thresholds.longer_is_clearer * further_words), 0.0)


def belonging(
    in_theme: npt.NDArray[np.number], in_corpus: npt.NDArray[np.number], theme_share: float
) -> npt.NDArray[np.float64]:
    """How far phrases belong to a theme, 0..1: their share there beyond the theme's own share.

    Parameters
    ----------
    in_theme, in_corpus
        Findings that contain each phrase, in the theme and in the whole corpus.
    theme_share
        The theme's share of all findings, below 1.

    >>> belonging(np.array([5, 2]), np.array([5, 10]), 0.2).tolist()
    [1.0, 0.0]
    """
    share = in_theme / np.maximum(1, in_corpus)
    return np.asarray(np.clip((share - theme_share) / max(1e-9, 1 - theme_share), 0.0, 1.0))


def stability(
    counts: PhraseCounts,
    groups: Sequence[PhraseGroup],
    thresholds: SubthemeThresholds = SUBTHEMES,
) -> list[float]:
    """Share of samples of the reports (0..1) in which each group is selected again."""
    times_returned = np.zeros(len(groups))
    for run in range(STABILITY.runs):
        is_sampled = np.array([is_in_sample(report, run) for report in counts.report_ids])
        rows = is_sampled[counts.report]
        sampled = select_groups(counts.of_reports(is_sampled), thresholds)
        sampled_rows = np.array([group.rows for group in sampled])
        for place, group in enumerate(groups):
            own_rows = group.rows[rows]
            if len(sampled_rows) and len(own_rows):
                common = (sampled_rows & own_rows).sum(axis=1)
                union = np.maximum(1, (sampled_rows | own_rows).sum(axis=1))
                times_returned[place] += (common / union).max() >= STABILITY.overlap
    return [round(float(share), 3) for share in times_returned / STABILITY.runs]
