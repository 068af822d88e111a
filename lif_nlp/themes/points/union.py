"""Groups that say the same become one, and findings near a whole group join it.

Greedy stars split what many reports state: each takes the nearest findings, and the next star says
the same once more.  Here two groups become one where the pair test, on a sample of both, calls
them the same on average (average link, bounded by the sample), and a finding that is left over
joins the group whose sample it matches on average.  A known point holds several ways to say it, so
a group belongs to it that is like a few of its members.  Known points never become one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        Rows of each group with their probability (0..1): those of known points, then the others.
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
        limits = (UNION.sample_known, UNION.sample)
        self._samples = [
            draw_rows(self.table.findings, rows, limits[place >= self.known])
            for place, rows in enumerate(self.members)
        ]

    def unite(self, links: Pairs) -> None:
        """Make one of groups that are the same; an emptied group keeps its place.

        Parameters
        ----------
        links
            Pairs of rows that are about the same by the pair test, to find groups by.
        """
        self._unite_groups(links)
        self._give_to_known(links)

    def _unite_groups(self, links: Pairs) -> None:
        linked = [(a, b) for a, b in self._linked_groups(links) if a >= self.known]
        likeness = self._likeness(linked)
        while True:
            best: dict[int, tuple[float, int]] = {}
            for (a, b), like in likeness.items():
                for one, other in ((a, b), (b, a)):
                    best[one] = max(best.get(one, (0.0, 0)), (like, -other))
            # Each the other's best: the order in which groups unite does not matter.
            mutual = sorted(
                (one, -other) for one, (_, other) in best.items()
                if one < -other and best[-other][1] == -one
            )  # fmt: skip
            if not mutual:
                return
            taken = {other: one for one, other in mutual}
            for one, other in mutual:
                self._take(one, other, likeness[one, other])
                self._samples[one] = draw_rows(self.table.findings, self.members[one], UNION.sample)
            changed = {one for one, _ in mutual}
            renewed = {
                (min(pair), max(pair))
                for a, b in linked
                if (pair := {taken.get(a, a), taken.get(b, b)}) & changed and len(pair) > 1
            }
            linked = sorted({
                (min(pair), max(pair))
                for a, b in linked
                if len(pair := {taken.get(a, a), taken.get(b, b)}) > 1
            })  # fmt: skip
            moved = changed | set(taken)
            likeness = {pair: like for pair, like in likeness.items() if not moved & set(pair)}
            likeness |= self._likeness(sorted(renewed))

    def _give_to_known(self, links: Pairs) -> None:
        """Let known points take in the groups that say it in one of their members' ways."""
        pairs = [(a, b) for a, b in self._linked_groups(links) if a < self.known]
        best: dict[int, tuple[float, int]] = {}
        sides = [(self._samples[a], self._samples[b]) for a, b in pairs]
        for (known, group), scores in zip(pairs, self._matrices(sides), strict=True):
            nearest = float(np.sort(scores, axis=0)[-UNION.best :].mean())
            if nearest >= UNION.best_known and scores.mean() >= UNION.mean_known:
                best[group] = max(best.get(group, (0.0, 0)), (round(nearest, 4), -known))
        for group, (nearest, known) in sorted(best.items()):
            self._take(-known, group, nearest)

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
        sides = [([row], self._samples[group]) for row, group in asked]
        result: dict[int, tuple[int, float]] = {}
        for (row, group), scores in zip(asked, self._matrices(sides), strict=True):
            mean = round(float(scores.mean()), 4)
            least = UNION.join_known if group < self.known else UNION.join
            if mean >= least and mean > result.get(row, (0, 0.0))[1]:
                result[row] = int(group), mean
        return result

    def _can_take(self, group: int) -> bool:
        """Whether a group says enough: one or two members of a known point may be odd ones."""
        return group >= self.known or len(self.members[group]) >= UNION.least_known

    def _take(self, one: int, other: int, like: float) -> None:
        """Let one group take in another, whose members are as sure as both are the same."""
        for row, probability in self.members[other].items():
            # No member is surer than that the two groups are one.
            sure = min(probability, like)
            self.members[one][row] = max(sure, self.members[one].get(row, 0.0))
        self.members[other] = {}
        self._samples[other] = []

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

    def _likeness(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], float]:
        """Mean score of those pairs of groups that are one."""
        result = {}
        sides = [(self._samples[a], self._samples[b]) for a, b in pairs]
        for pair, scores in zip(pairs, self._matrices(sides), strict=True):
            mean, share = float(scores.mean()), float((scores >= UNION.link).mean())
            if mean >= UNION.same and share >= UNION.share:
                result[pair] = round(mean, 4)
        return result

    def _matrices(self, sides: Sequence[tuple[Sequence[int], Sequence[int]]]) -> Iterator[Weights]:
        """Scores of each row of one side with each of the other, shape (first, second)."""
        for start in range(0, len(sides), UNION.at_once):
            part = sides[start : start + UNION.at_once]
            lefts = [np.repeat(np.array(a, np.intp), len(b)) for a, b in part]
            rights = [np.tile(np.array(b, np.intp), len(a)) for a, b in part]
            scores = self.test.scores(self.table, np.concatenate(lefts), np.concatenate(rights))
            ends = np.cumsum([len(left) for left in lefts])
            for (a, b), own in zip(part, np.split(scores, ends[:-1]), strict=True):
                yield own.reshape(len(a), len(b))
