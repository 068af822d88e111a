"""Stable clusters: one tree over all rows, cut where trees over resampled reports agree.

Average linkage over cosine distance needs no seed and no order.  A node of the tree is
worth keeping when trees over other samples of the reports contain nearly the same group
of rows (bootstrapped Jaccard overlap, after C. Hennig, "Cluster-wise assessment of cluster
stability", Computational Statistics & Data Analysis 52, 2007).  Among nested nodes the cut
that keeps most rows in returning groups is chosen; all other rows stay without a cluster.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Rows
from lif_nlp.themes.thresholds import CLUSTERING, STABILITY

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clustering:
    """Cluster of each row (-1 for none), and how often each cluster returned (0..1)."""

    labels: Rows
    stability: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Tree:
    """A binary tree over n rows: leaves are 0..n-1, inner nodes n..2n-2.

    The rows of a node are a stretch of `order` that begins at `first[node]` and is
    `size[node]` long.  `children` holds both children of each inner node; `nodes` are
    the inner nodes of an allowed size.
    """

    order: Rows
    first: Rows
    size: Rows
    children: Rows
    nodes: Rows

    def rows(self, node: int) -> Rows:
        """Rows below a node."""
        return self.order[self.first[node] : self.first[node] + self.size[node]]


def stable_clusters(
    vectors: Vectors,
    reports: Sequence[str],
    *,
    min_size: int,
    max_size: int,
    min_reports: int = 1,
    runs: int = STABILITY.runs,
) -> Clustering:
    """The cut of the tree over `vectors` whose clusters return most often.

    Parameters
    ----------
    vectors : float32, shape (n, d)
        Rows of unit length.
    reports
        Id of the report of each row.  A run leaves out whole reports, by their hash, so
        that a report is left out of the same runs whatever else is in the corpus.
    min_size, max_size
        Rows in a cluster, both ends included.
    min_reports
        A cluster that a run leaves with fewer reports has not returned in it.
    runs
        Number of resampled runs.
    """
    unclustered = Clustering(np.full(len(vectors), -1, dtype=np.intp), ())
    if len(vectors) < max(2, min_size):
        return unclustered
    tree = _build_tree(vectors, min_size, max_size)
    if not len(tree.nodes):
        return unclustered
    overlaps = _overlaps(tree, vectors, reports, min_size, max_size, min_reports, runs)
    value = np.zeros(len(tree.size))
    # Size times margin: a large group may return a little less often than a small one.
    margin = np.maximum(0.0, overlaps.mean(axis=0) - STABILITY.min_overlap)
    value[tree.nodes] = tree.size[tree.nodes] * margin
    share_returned = (overlaps >= STABILITY.overlap).mean(axis=0)
    stability = dict(zip(tree.nodes.tolist(), share_returned, strict=True))
    labels = np.full(len(vectors), -1, dtype=np.intp)
    clusters = _best_cut(tree, value)
    for label, node in enumerate(clusters):
        labels[tree.rows(node)] = label
    return Clustering(labels, tuple(round(float(stability[node]), 3) for node in clusters))


def _build_tree(vectors: Vectors, min_size: int, max_size: int) -> _Tree:
    from scipy.cluster.hierarchy import leaves_list, linkage
    from scipy.spatial.distance import squareform

    # One matrix product is far faster than pdist in 384 dimensions.  Rounding keeps the
    # tree the same on processors whose results differ in the last digits.
    cosines = np.round(vectors @ vectors.T, STABILITY.cosine_decimals)
    distances = np.clip(1.0 - cosines, 0.0, 2.0)
    # Rounding may leave a row at a distance from itself.
    np.fill_diagonal(distances, 0.0)
    merges = linkage(squareform(distances, checks=False), "average")
    n = len(vectors)
    size = np.ones(2 * n - 1, dtype=np.intp)
    size[n:] = merges[:, 3]
    order = leaves_list(merges).astype(np.intp)
    first = np.empty(2 * n - 1, dtype=np.intp)
    first[order] = np.arange(n)
    children = merges[:, :2].astype(np.intp)
    for node, (one, other) in enumerate(children, n):
        first[node] = min(first[one], first[other])
    inner = np.arange(n, 2 * n - 1)
    nodes = inner[(size[n:] >= min_size) & (size[n:] <= max_size)]
    return _Tree(order, first, size, children, nodes)


def _overlaps(
    tree: _Tree,
    vectors: Vectors,
    reports: Sequence[str],
    min_size: int,
    max_size: int,
    min_reports: int,
    runs: int,
) -> Floats:
    """Best Jaccard overlap of every node with a node of each run's tree, shape (runs, nodes)."""
    all_rows = np.arange(len(vectors), dtype=np.intp)
    members = _membership(tree, all_rows, len(vectors))
    report_of = (np.array(reports)[:, None] == np.array(sorted(set(reports)))).astype(np.float32)
    best = np.zeros((runs, len(tree.nodes)))
    for run in range(runs):
        is_sampled = _sample(reports, run)
        rows = np.flatnonzero(is_sampled)
        if len(rows) < 2:
            continue
        # A sampled cluster may be smaller, or sit in a node that is a little larger.
        run_tree = _build_tree(
            vectors[rows], max(2, min_size // 2), int(max_size * STABILITY.sampled_slack)
        )
        run_members = _membership(run_tree, rows, len(vectors))
        common = np.asarray((members @ run_members.T).todense(), dtype=np.float64)
        # Rows that the run left out cannot count against a group.
        sampled_size = members @ is_sampled.astype(np.float32)
        union = sampled_size[:, None] + np.asarray(run_members.sum(axis=1)).T - common
        overlap = np.max(common / np.maximum(union, 1.0), axis=1, initial=0.0)
        # A group that is left with one team's report has not recurred, however alike its rows.
        report_count = (members @ (report_of * is_sampled[:, None]) > 0).sum(axis=1)
        best[run] = np.where(report_count >= min_reports, overlap, 0.0)
    return best


def _membership(tree: _Tree, rows: Rows, width: int) -> csr_matrix:
    """Sparse 0/1 table of nodes by all rows."""
    from scipy.sparse import csr_matrix as table

    stretches = [rows[tree.rows(node)] for node in tree.nodes]
    columns = np.concatenate(stretches) if stretches else np.zeros(0, dtype=np.intp)
    ends = np.concatenate([[0], np.cumsum([len(s) for s in stretches])])
    ones = np.ones(len(columns), dtype=np.float32)
    return table((ones, columns, ends), shape=(len(stretches), width))


def _sample(reports: Sequence[str], run: int) -> Bools:
    """Which rows belong to reports sampled in this run; by row where reports are few."""
    names = sorted(set(reports))
    if len(names) < CLUSTERING.small_corpus:
        return np.array([is_in_sample(f"{name}/{row}", run) for row, name in enumerate(reports)])
    sampled = {name: is_in_sample(name, run) for name in names}
    return np.array([sampled[name] for name in reports])


def is_in_sample(name: str, run: int) -> bool:
    """Whether a report is sampled in a run: always the same, whatever else is in the corpus."""
    digest = hashlib.blake2b(f"{run}|{name}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") < STABILITY.sampled * 2**32


def _best_cut(tree: _Tree, value: Floats) -> list[int]:
    """Nodes, none inside another, whose values add up to most."""
    n = len(tree.order)
    # Bottom-up choice of disjoint nodes, as HDBSCAN's excess of mass makes it (R. J. G. B.
    # Campello, D. Moulavi and J. Sander, PAKDD 2013).
    total = value.copy()
    undivided = value > 0
    for node, (one, other) in enumerate(tree.children, n):
        parts = total[one] + total[other]
        undivided[node] &= value[node] >= STABILITY.broader * parts
        total[node] = value[node] if undivided[node] else parts
    nodes: list[int] = []
    stack = [2 * n - 2]
    while stack:
        node = stack.pop()
        if node < n or total[node] <= 0:
            continue
        one, other = tree.children[node - n]
        if undivided[node]:
            nodes.append(node)
        else:
            # The left part is popped first, so that labels follow the order of the leaves.
            stack.extend((int(other), int(one)))
    return nodes
