"""The sparse graph of pairs worth testing: within one role and theme, of two reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors
from lif_nlp.themes.points.features import Rows
from lif_nlp.themes.points.statements import StatementTable
from lif_nlp.themes.points.thresholds import CANDIDATES

ANY_THEME = ""
"""Block of the findings without a theme."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows, `left` < `right`, sorted, each once."""

    left: Rows
    right: Rows

    def __len__(self) -> int:
        return len(self.left)


def candidate_pairs(table: StatementTable, new: npt.NDArray[np.bool_] | None = None) -> Pairs:
    """The pairs to be tested.

    Two findings of one role, of different reports and with a theme in common are tested if
    their vectors are near, or if they share a defect and a rare word.

    Parameters
    ----------
    table
        All findings.
    new
        For each row whether it is new; then only pairs with a new one are given.
    """
    reports = _numbers(f.doc_id for f in table.findings)
    keys: list[Rows] = []
    size = len(table)
    for rows in blocks(table):
        for left, right in _near(table.vectors, rows, reports, new):
            keys.append(_keys(left, right, size))
        shared = np.array(list(_rare(table, rows, reports, new)), np.intp).reshape(-1, 2)
        keys.append(_keys(shared[:, 0], shared[:, 1], size))
    unique = np.unique(np.concatenate(keys)) if keys else np.zeros(0, np.intp)
    left, right = unique // max(1, size), unique % max(1, size)
    if new is not None:
        wanted = new[left] | new[right]
        left, right = left[wanted], right[wanted]
    return Pairs(left, right)


def blocks(table: StatementTable) -> Iterator[Rows]:
    """Rows of the findings of one role and theme, ascending, in a fixed order of blocks."""
    rows_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, finding in enumerate(table.findings):
        for theme in finding.themes or (ANY_THEME,):
            rows_of[finding.role, theme].append(row)
    for block in sorted(rows_of):
        if len(rows_of[block]) > 1:
            yield np.array(rows_of[block], np.intp)


def _near(
    vectors: Vectors, rows: Rows, reports: Rows, new: npt.NDArray[np.bool_] | None
) -> Iterator[tuple[Rows, Rows]]:
    """Each row with its nearest of other reports that reach the least cosine."""
    block = vectors[rows]
    asked = np.arange(len(rows)) if new is None else np.flatnonzero(new[rows])
    limit = min(CANDIDATES.per_finding, len(rows) - 1)
    for start in range(0, len(asked), CANDIDATES.chunk):
        part = asked[start : start + CANDIDATES.chunk]
        cosines = block[part] @ block.T
        cosines[reports[rows[part]][:, None] == reports[rows][None, :]] = -1.0
        # Rounded, so that the last bits of a matrix product decide nothing.
        nearest = np.argpartition(-cosines, limit - 1, axis=1)[:, :limit]
        values = np.take_along_axis(cosines, nearest, axis=1)
        place, column = np.nonzero(values >= CANDIDATES.min_cosine)
        yield rows[part[place]], rows[nearest[place, column]]


def _rare(
    table: StatementTable, rows: Rows, reports: Rows, new: npt.NDArray[np.bool_] | None
) -> Iterator[tuple[int, int]]:
    """Pairs of a block that share a defect and a word that few findings with it have."""
    having: dict[tuple[int, int], list[int]] = defaultdict(list)
    defects, words = table.defects, table.words
    for row in rows:
        own = defects.indices[defects.indptr[row] : defects.indptr[row + 1]]
        if len(own):
            for word in words.indices[words.indptr[row] : words.indptr[row + 1]]:
                for defect in own:
                    having[int(defect), int(word)].append(int(row))
    for group in having.values():
        if len(group) <= CANDIDATES.rare_noun:
            for a, b in combinations(group, 2):
                if reports[a] != reports[b] and (new is None or new[a] or new[b]):
                    yield a, b


def _keys(left: Rows, right: Rows, size: int) -> Rows:
    """One number for each pair, the lower row first."""
    return np.asarray(np.minimum(left, right) * size + np.maximum(left, right), np.intp)


def _numbers(names: Iterable[str]) -> Rows:
    places: dict[str, int] = {}
    return np.array([places.setdefault(name, len(places)) for name in names], np.intp)
