"""The sparse graph of pairs worth testing: within one role and theme, of two reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

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


def candidate_pairs(
    table: StatementTable,
    new: npt.NDArray[np.bool_] | None = None,
    old: npt.NDArray[np.bool_] | None = None,
) -> Pairs:
    """The pairs to be tested.

    Two findings of one role, of different reports and with a theme in common are tested if
    their vectors are near, or if they share a defect and a rare word.

    Parameters
    ----------
    table
        All findings.
    new
        For each row whether it is new; then only pairs with a new one are given.
    old
        For each row whether new ones meet it; all others where it is None.
    """
    reports = _numbers(f.doc_id for f in table.findings)
    keys: list[Rows] = []
    size = len(table)
    for block in blocks(table):
        rows = block if new is None or old is None else block[new[block] | old[block]]
        if len(rows) < 2:
            continue
        for left, right in _near(table.vectors, rows, reports, new):
            keys.append(_keys(left, right, size))
        for left, right in pairs_of_rare_words(table.defects, table.words, rows, reports, new):
            keys.append(_keys(left, right, size))
    unique = np.unique(np.concatenate(keys)) if keys else np.zeros(0, np.intp)
    left, right = unique // max(1, size), unique % max(1, size)
    if new is not None:
        has_new = new[left] | new[right]
        left, right = left[has_new], right[has_new]
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
    new_rows = np.arange(len(rows)) if new is None else np.flatnonzero(new[rows])
    limit = min(CANDIDATES.per_finding, len(rows) - 1)
    chunk = max(1, CANDIDATES.cells // len(rows))
    for start in range(0, len(new_rows), chunk):
        part = new_rows[start : start + chunk]
        distances = block[part] @ block.T
        np.negative(distances, out=distances)
        # As far as can be: two findings of one report make no recurring point.
        distances[reports[rows[part]][:, None] == reports[rows][None, :]] = 1.0
        # A partition, not a sort: which of the nearest comes first does not matter.
        nearest = np.argpartition(distances, limit - 1, axis=1)[:, :limit]
        values = np.take_along_axis(distances, nearest, axis=1)
        place, column = np.nonzero(values <= -CANDIDATES.min_cosine)
        yield rows[part[place]], rows[nearest[place, column]]


def pairs_of_rare_words(
    defects: csr_matrix,
    words: csr_matrix,
    rows: Rows,
    reports: Rows,
    new: npt.NDArray[np.bool_] | None,
) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of rows that share a defect and a word that few of them have with it.

    Parameters
    ----------
    defects, words
        What each finding holds, as in `StatementTable`.
    rows
        Rows of a block, ascending.
    reports
        Number of each finding's report; a pair is of two reports.
    new
        For each finding whether it is new; then a pair holds a new one.
    """
    groups, members = _by_defect_and_word(defects[rows], words[rows])
    # Rows of one group stand side by side, so its pairs are those that lie 1, 2, ... apart.
    begins = np.flatnonzero(np.diff(groups, prepend=-1))
    sizes = np.diff(begins, append=len(groups))
    few = np.repeat(sizes <= CANDIDATES.rare_noun, sizes)
    groups, members = groups[few], rows[members[few]]
    for apart in range(1, CANDIDATES.rare_noun):
        together = groups[:-apart] == groups[apart:]
        left, right = members[:-apart][together], members[apart:][together]
        is_pair = reports[left] != reports[right]
        if new is not None:
            is_pair &= new[left] | new[right]
        yield left[is_pair], right[is_pair]


def _by_defect_and_word(defects: csr_matrix, words: csr_matrix) -> tuple[Rows, Rows]:
    """Each defect with each word of a row, as the number of both and the row; sorted."""
    row_of = np.repeat(np.arange(defects.shape[0]), np.diff(defects.indptr))
    counts = np.diff(words.indptr)[row_of]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    place = np.arange(total) - np.repeat(ends - counts, counts)
    place += np.repeat(words.indptr[row_of], counts)
    groups = np.repeat(defects.indices.astype(np.intp), counts) * words.shape[1]
    groups += words.indices[place]
    members = np.repeat(row_of, counts)
    order = np.lexsort((members, groups))
    return groups[order], members[order]


def _keys(left: Rows, right: Rows, size: int) -> Rows:
    """One number for each pair, the lower row first."""
    return np.asarray(np.minimum(left, right) * size + np.maximum(left, right), np.intp)


def _numbers(names: Iterable[str]) -> Rows:
    places: dict[str, int] = {}
    return np.array([places.setdefault(name, len(places)) for name in names], np.intp)
