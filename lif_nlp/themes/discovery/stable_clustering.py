"""Clusters that come back: one tree over all rows, cut where resampled trees agree.

A tree (average linkage over cosine) has no seed and no order; a group of rows in it is
worth keeping when trees over other samples of the reports hold nearly the same group.
Among nested groups the cut that keeps most rows in groups that return is chosen.
Rows in no such group stay out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

RUNS = 20
SAMPLED = 0.8
"""Share of the reports in each resampled run."""

OVERLAP = 0.5
"""Least overlap (Jaccard) at which a group counts as returned."""

_WORTH_FROM = 0.45
_FEWEST_GROUPS = 10

# A broad group is easier to act on than its parts: it wins unless they return much better.
_BROADER = 0.85

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cut:
    """Cluster of each row (-1 for none), and how often each cluster returned (0..1)."""

    labels: Ints
    stability: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A tree's nodes of useful size; the rows of one are a stretch of `order`."""

    order: Ints
    first: Ints
    size: Ints
    children: Ints
    nodes: Ints


def stable_cut(
    vectors: Vectors,
    reports: Sequence[str],
    *,
    smallest: int,
    largest: int,
    fewest_reports: int = 1,
    runs: int = RUNS,
) -> Cut:
    """The cut of the tree over `vectors`, shape (n, d), that returns most often.

    `reports` names the report of each row; whole reports are left out in a run,
    by their hash, so that a report is left out of the same runs whatever else is
    in the corpus.  A cluster has `smallest` to `largest` rows.  In a run that leaves
    it fewer than `fewest_reports` reports it has not returned.
    """
    if len(vectors) < max(2, smallest):
        return Cut(np.full(len(vectors), -1, dtype=np.intp), ())
    tree = _grow(vectors, smallest, largest)
    if not len(tree.nodes):
        return Cut(np.full(len(vectors), -1, dtype=np.intp), ())
    overlaps = _overlaps(tree, vectors, reports, smallest, largest, fewest_reports, runs)
    worth = np.zeros(len(tree.size))
    worth[tree.nodes] = tree.size[tree.nodes] * np.maximum(0.0, overlaps.mean(axis=0) - _WORTH_FROM)
    returned = dict(zip(tree.nodes.tolist(), (overlaps >= OVERLAP).mean(axis=0), strict=True))
    labels = np.full(len(vectors), -1, dtype=np.intp)
    chosen = _choose(tree, worth)
    for label, node in enumerate(chosen):
        labels[_rows(tree, node)] = label
    return Cut(labels, tuple(round(float(returned[node]), 3) for node in chosen))


def _grow(vectors: Vectors, smallest: int, largest: int) -> _Tree:
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    # Distances from one product: far faster than pdist in 384 dimensions.  Rounding
    # keeps the tree the same on processors that differ in the last digits.
    cosines = np.round(vectors @ vectors.T, 5)
    distances = np.clip(1.0 - cosines, 0.0, 2.0)
    np.fill_diagonal(distances, 0.0)
    merges = linkage(squareform(distances, checks=False), "average")
    n = len(vectors)
    size = np.ones(2 * n - 1, dtype=np.intp)
    size[n:] = merges[:, 3]
    order = leaves_list(merges).astype(np.intp)
    first = np.empty(2 * n - 1, dtype=np.intp)
    first[order] = np.arange(n)
    children = merges[:, :2].astype(np.intp)
    for node, (left, right) in enumerate(children, n):
        first[node] = min(first[left], first[right])
    inner = np.arange(n, 2 * n - 1)
    nodes = inner[(size[n:] >= smallest) & (size[n:] <= largest)]
    return _Tree(order, first, size, children, nodes)


def _rows(tree: _Tree, node: int) -> Ints:
    return tree.order[tree.first[node] : tree.first[node] + tree.size[node]]


def _overlaps(
    tree: _Tree,
    vectors: Vectors,
    reports: Sequence[str],
    smallest: int,
    largest: int,
    fewest: int,
    runs: int,
) -> npt.NDArray[np.float64]:
    """Best overlap of every node with a node of each run's tree, shape (runs, nodes)."""
    everyone = np.arange(len(vectors), dtype=np.intp)
    mine = _membership(tree, everyone, len(vectors))
    report_of = (np.array(reports)[:, None] == np.array(sorted(set(reports)))).astype(np.float32)
    best = np.zeros((runs, len(tree.nodes)))
    for run in range(runs):
        kept = _sampled(reports, run)
        rows = np.flatnonzero(kept)
        if len(rows) < 2:
            continue
        # A sampled group may be a little smaller, or sit in a node a little larger.
        other = _grow(vectors[rows], max(2, smallest // 2), int(largest * 1.5))
        theirs = _membership(other, rows, len(vectors))
        both = np.asarray((mine @ theirs.T).todense(), dtype=np.float64)
        left = mine @ kept.astype(np.float32)
        either = left[:, None] + np.asarray(theirs.sum(axis=1)).T - both
        found = np.max(both / np.maximum(either, 1.0), axis=1, initial=0.0)
        seen_in = (mine @ (report_of * kept[:, None]) > 0).sum(axis=1)
        best[run] = np.where(seen_in >= fewest, found, 0.0)
    return best


def _membership(tree: _Tree, rows: Ints, width: int) -> csr_matrix:
    """Sparse 0/1 table of nodes x all rows."""
    from scipy.sparse import csr_matrix as table

    stretches = [rows[_rows(tree, node)] for node in tree.nodes]
    columns = np.concatenate(stretches) if stretches else np.zeros(0, dtype=np.intp)
    ends = np.concatenate([[0], np.cumsum([len(s) for s in stretches])])
    ones = np.ones(len(columns), dtype=np.float32)
    return table((ones, columns, ends), shape=(len(stretches), width))


def _sampled(reports: Sequence[str], run: int) -> npt.NDArray[np.bool_]:
    """Which rows belong to reports drawn in this run; by row where reports are few."""
    names = sorted(set(reports))
    if len(names) < _FEWEST_GROUPS:
        return np.array([drawn(f"{name}/{row}", run) for row, name in enumerate(reports)])
    taken = {name: drawn(name, run) for name in names}
    return np.array([taken[name] for name in reports])


def drawn(name: str, run: int) -> bool:
    """Whether a report is drawn in a run: always the same, whatever else is in the corpus."""
    digest = hashlib.blake2b(f"{run}|{name}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") < SAMPLED * 2**32


def _choose(tree: _Tree, worth: npt.NDArray[np.float64]) -> list[int]:
    """Nodes, none inside another, whose worth adds up to most."""
    n = len(tree.order)
    total = worth.copy()
    whole = worth > 0
    for node, (left, right) in enumerate(tree.children, n):
        below = total[left] + total[right]
        whole[node] &= worth[node] >= _BROADER * below
        total[node] = worth[node] if whole[node] else below
    chosen: list[int] = []
    stack = [2 * n - 2]
    while stack:
        node = stack.pop()
        if node < n or total[node] <= 0:
            continue
        left, right = tree.children[node - n]
        if whole[node]:
            chosen.append(node)
        else:
            stack.extend((int(right), int(left)))
    return chosen
