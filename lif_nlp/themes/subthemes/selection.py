"""Subjects within a theme, chosen by the phrases that practitioners use for them.

A phrase is a subject of a theme when it stands in many of its reports and belongs to
it more than to other themes.  Phrases are taken one after another by the findings that
they add; near-same ones join.  What belongs to a subject is a rule per finding, so it
stays when reports come or go; what may change is which subjects are taken, and that is
tried over samples of the reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import numpy.typing as npt

from lif_nlp.themes.discovery.stable_clustering import OVERLAP, RUNS, drawn

Bools = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]

# A single word has more meanings than a phrase: it must belong to the theme more.
_BELONGS_ALONE = 0.35
_BELONGS = 0.2

_LARGEST = 0.4
"""Largest share of a theme that is still a part of it, and not the theme in other words."""

_REPEATS = 0.6
_WIDER = 1.6
_NEW = 0.5

# Below one, so that "child protection conferences" may lead before "child protection".
_SIZE_COUNTS = 0.8
_LONGER_IS_CLEARER = 0.6


@dataclass(frozen=True, slots=True)
class Floors:
    """Least reports and findings of a subject.

    Reports rise with those of the theme, findings with the root of the theme's: a part
    of a very large theme may be a small share of it and still be worth a look.
    """

    reports: int
    findings: int
    share_of_reports: float
    times_root: float

    def least_reports(self, reports: int) -> float:
        """Reports that a subject needs in a theme of so many."""
        return max(self.reports, self.share_of_reports * reports)

    def least_findings(self, findings: int) -> float:
        """Findings that a subject needs in a theme of so many."""
        return max(self.findings, self.times_root * sqrt(findings))


@dataclass(frozen=True, slots=True)
class Table:
    """Which phrases stand in which findings of a theme, and how often anywhere.

    `held`, shape (findings, phrases); `report` numbers the report of each finding, rising;
    `anywhere`, shape (reports, phrases), counts findings of the whole corpus, `all_of`
    all of its findings per report.  `names` are the ids of the reports; `words` counts
    the words of each phrase, and phrases of the same number in `kin` are variants of one.
    """

    held: Bools
    report: Counts
    anywhere: Counts
    all_of: Counts
    names: tuple[str, ...]
    words: Counts
    kin: Counts

    def of_reports(self, kept: Bools) -> Table:
        """The table with no other reports than those kept."""
        rows = kept[self.report]
        return replace(
            self,
            held=self.held[rows],
            report=self.report[rows],
            anywhere=self.anywhere * kept[:, None],
            all_of=self.all_of * kept,
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """The phrase that leads a subject, those that belong to it, and all its findings."""

    lead: int
    phrases: tuple[int, ...]
    rows: Bools


def choose(table: Table, floors: Floors) -> list[Subject]:
    """Subjects of a theme, the most telling first."""
    found = table.held.sum(axis=0)
    worth = _worth(table, floors, found)
    least = floors.least_findings(len(table.held))
    open_, free = worth > 0, np.ones(len(found), dtype=bool)
    covered = np.zeros(len(table.held), dtype=bool)
    new = found.copy()
    chosen: list[Subject] = []
    while open_.any():
        gain = np.where(open_, new**_SIZE_COUNTS * worth, 0.0)
        lead = int(np.argmax(gain))
        if gain[lead] <= 0:
            break
        open_[lead] = False
        if new[lead] < max(_NEW * found[lead], _NEW * least):
            continue
        together = table.held[table.held[:, lead]].sum(axis=0)
        like = open_ & (together >= _REPEATS * np.minimum(found, found[lead]))
        like |= free & (table.kin == table.kin[lead])
        like &= found <= _WIDER * found[lead]
        like[lead] = False
        phrases = (lead, *np.flatnonzero(like).tolist())
        open_[like], free[list(phrases)] = False, False
        rows = np.asarray(table.held[:, phrases].any(axis=1))
        new -= table.held[rows & ~covered].sum(axis=0)
        covered |= rows
        chosen.append(Subject(lead, phrases, rows))
    return chosen


def _worth(table: Table, floors: Floors, found: Counts) -> npt.NDArray[np.float64]:
    """How telling a finding with the phrase is; 0 for phrases that are no subject."""
    size = max(1, len(table.held))
    reports = np.unique(table.report)
    starts = np.searchsorted(table.report, reports)
    held_in = np.logical_or.reduceat(table.held, starts, axis=0).sum(axis=0) if size > 1 else found
    base = size / max(1, int(table.all_of.sum()))
    belongs = belonging(found, table.anywhere.sum(axis=0), base)
    fits = held_in >= floors.least_reports(len(reports))
    fits &= found >= floors.least_findings(size)
    fits &= found <= _LARGEST * size
    fits &= belongs >= np.where(table.words > 1, _BELONGS, _BELONGS_ALONE)
    longer = 1 + _LONGER_IS_CLEARER * np.minimum(table.words - 1, 3)
    return np.where(fits, belongs * longer, 0.0)


def belonging(
    inside: npt.NDArray[np.number], anywhere: npt.NDArray[np.number], base: float
) -> npt.NDArray[np.float64]:
    """How much a phrase belongs to a theme, 0..1: its share there beyond the theme's share.

    >>> belonging(np.array([5, 2]), np.array([5, 10]), 0.2).tolist()
    [1.0, 0.0]
    """
    share = inside / np.maximum(1, anywhere)
    return np.asarray(np.clip((share - base) / max(1e-9, 1 - base), 0.0, 1.0))


def stability(table: Table, floors: Floors, subjects: Sequence[Subject]) -> list[float]:
    """Share of samples of the reports in which each subject is chosen again, 0..1."""
    returned = np.zeros(len(subjects))
    for run in range(RUNS):
        kept = np.array([drawn(name, run) for name in table.names])
        rows = kept[table.report]
        again = np.array([s.rows for s in choose(table.of_reports(kept), floors)])
        for place, subject in enumerate(subjects):
            mine = subject.rows[rows]
            if len(again) and len(mine):
                both = (again & mine).sum(axis=1)
                returned[place] += (
                    both / np.maximum(1, (again | mine).sum(axis=1))
                ).max() >= OVERLAP
    return [round(float(share), 3) for share in returned / RUNS]
