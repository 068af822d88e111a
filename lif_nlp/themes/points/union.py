"""Groups that say the same become one, and findings near a whole group join it.

Greedy stars split what many reports state: each takes the nearest findings, and the next star says
the same once more.  Here two groups become one where the pair test, on a sample of both, calls
them the same on average (average link, bounded by the sample), and a finding that is left over
joins the group whose sample it matches on average.  Known points take others in and never each
other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from lif_nlp.themes.corpus import draw_rows
from lif_nlp.themes.points.candidates import Pairs
from lif_nlp.themes.points.pair_test import PairTest
from lif_nlp.themes.points.statements import StatementTable, Weights
from lif_nlp.themes.points.thresholds import UNION

Link = npt.NDArray[np.intp]


@dataclass
class Groups:
    """Groups of rows that may become one.

    Parameters
    ----------
    members
        Rows of each group with their probability (0..1); groups of most reports first.
    known
        How many of the first are points of frames and phrases: no two of them unite.
    roles
        Role of each group.
    table, test
        The findings, and the test that compares them.
    """

    members: list[dict[int, float]]
    known: int
    roles: Sequence[str]
    table: StatementTable
    test: PairTest
    _samples: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._samples = [self._sample(rows) for rows in self.members]

    def unite(self, links: Pairs) -> None:
        """Make one of groups that are the same; an emptied group keeps its place.

        Parameters
        ----------
        links
            Pairs of rows that are about the same by the pair test, to find groups by.
        """
        likeness = self._likeness(self._linked_groups(links))
        while True:
            best: dict[int, tuple[float, int]] = {}
            for (a, b), (mean, share) in likeness.items():
                if self._is_same(a, b, mean, share):
                    for one, other in ((a, b), (b, a)):
                        best[one] = max(best.get(one, (0.0, 0)), (mean, -other))
            # Each the other's best: the order in which groups unite does not matter.
            mutual = sorted(
                (one, -other) for one, (_, other) in best.items()
                if one < -other and best[-other][1] == -one
            )  # fmt: skip
            if not mutual:
                return
            taken = {other: one for one, other in mutual}
            for one, other in mutual:
                self._take(one, other, likeness[one, other][0])
            changed = {one for one, _ in mutual}
            renewed = {
                (min(pair), max(pair))
                for a, b in likeness
                if (pair := {taken.get(a, a), taken.get(b, b)}) & changed and len(pair) > 1
            }
            moved = changed | set(taken)
            likeness = {pair: like for pair, like in likeness.items() if not moved & set(pair)}
            likeness |= self._likeness(sorted(renewed))

    def place(self, rows: Sequence[int], links: Pairs) -> dict[int, tuple[int, float]]:
        """For free rows that match a group on average: the group, and how well (0..1)."""
        counts = self._incidence(links) @ self._membership()
        counts = counts[list(rows)].tocoo()
        enough = counts.data >= UNION.links
        asked = [
            (rows[row], group)
            for row, group in zip(counts.row[enough], counts.col[enough], strict=True)
            if self.table.findings[rows[row]].role == self.roles[group] and self._can_take(group)
        ]
        scores = self._score([([row], self._samples[group]) for row, group in asked])
        result: dict[int, tuple[int, float]] = {}
        for (row, group), (score, _) in zip(asked, scores, strict=True):
            least = UNION.join_known if group < self.known else UNION.join
            if score >= least and score > result.get(row, (0, 0.0))[1]:
                result[row] = int(group), score
        return result

    def _is_same(self, a: int, b: int, mean: float, share: float) -> bool:
        """Whether two groups are one, by the mean score and the share of pairs that are near."""
        if min(a, b) >= self.known:
            return mean >= UNION.same and share >= UNION.share
        is_strength = self.roles[a] == "strength"
        least = UNION.same_as_strength if is_strength else UNION.same_as_known
        return mean >= least and share >= UNION.share_known

    def _can_take(self, group: int) -> bool:
        """Whether a group says enough: one or two members of a known point may be odd ones."""
        return group >= self.known or len(self.members[group]) >= UNION.least_known

    def _take(self, one: int, other: int, mean: float) -> None:
        """Let one group take in another, whose members are as sure as both are the same."""
        for row, probability in self.members[other].items():
            sure = min(probability, round(mean, 4))
            self.members[one][row] = max(sure, self.members[one].get(row, 0.0))
        self.members[other] = {}
        self._samples[one] = self._sample(self.members[one])
        self._samples[other] = []

    def _sample(self, rows: Mapping[int, float]) -> list[int]:
        return draw_rows(self.table.findings, rows, UNION.sample)

    def _incidence(self, links: Pairs) -> csr_matrix:
        """Which rows are linked, in both directions."""
        size = len(self.table)
        ones = np.ones(len(links), np.int32)
        upper = csr_matrix((ones, (links.left, links.right)), shape=(size, size))
        return upper + upper.T

    def _membership(self) -> csr_matrix:
        """Which row is in which group."""
        places = [(row, group) for group, rows in enumerate(self.members) for row in rows]
        rows, groups = np.array(places, np.intp).reshape(-1, 2).T
        shape = len(self.table), len(self.members)
        return csr_matrix((np.ones(len(rows), np.int32), (rows, groups)), shape=shape)

    def _linked_groups(self, links: Pairs) -> list[tuple[int, int]]:
        """Pairs of groups of one role between which several links lie."""
        membership = self._membership()
        counts = (membership.T @ self._incidence(links) @ membership).tocoo()
        wanted = (counts.row < counts.col) & (counts.col >= self.known)
        wanted &= counts.data >= UNION.links
        pairs = zip(counts.row[wanted].tolist(), counts.col[wanted].tolist(), strict=True)
        return sorted(
            (a, b) for a, b in pairs if self.roles[a] == self.roles[b] and self._can_take(a)
        )

    def _likeness(
        self, pairs: Sequence[tuple[int, int]]
    ) -> dict[tuple[int, int], tuple[float, float]]:
        scores = self._score([(self._samples[a], self._samples[b]) for a, b in pairs])
        return dict(zip(pairs, scores, strict=True))

    def _score(
        self, sides: Sequence[tuple[Sequence[int], Sequence[int]]]
    ) -> list[tuple[float, float]]:
        """Mean score of all pairs between two sides, without a row and itself, and the share of
        pairs that are near."""
        result: list[tuple[float, float]] = []
        for start in range(0, len(sides), UNION.at_once):
            part = sides[start : start + UNION.at_once]
            lefts, rights, owners = [], [], []
            for owner, (a, b) in enumerate(part):
                pairs = [(x, y) for x in a for y in b if x != y]
                lefts += [x for x, _ in pairs]
                rights += [y for _, y in pairs]
                owners += [owner] * len(pairs)
            scores: Weights = self.test.scores(
                self.table, np.array(lefts, np.intp), np.array(rights, np.intp)
            )
            owner_rows = np.array(owners, np.intp)
            counts = np.maximum(np.bincount(owner_rows, minlength=len(part)), 1)
            means = np.bincount(owner_rows, scores, minlength=len(part)) / counts
            near = np.bincount(owner_rows, scores >= UNION.link, minlength=len(part)) / counts
            result += zip(np.round(means, 4).tolist(), near.tolist(), strict=True)
        return result
