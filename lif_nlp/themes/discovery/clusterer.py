"""Our clusterer with scikit-learn's interface, as BERTopic takes it for its cluster model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.themes.corpus import Rows, unit_mean
from lif_nlp.themes.discovery.stable_clustering import stable_clusters
from lif_nlp.themes.thresholds import CLUSTERING


class StableClusterer:
    """Clusters that return when reports are left out, with clear edges and a common core.

    Deterministic: no seed, and the order of the rows does not matter.  Of the clusters
    that `stable_clusters` cuts from its tree, those in too few reports go; outliers leave
    the others; and a cluster that is then no closer than pairs at random goes as well.

    Parameters
    ----------
    reports
        Id of the report of each row to be fitted; None when each row is its own report.
    min_size, max_size
        Rows in a cluster, both ends included.
    min_reports
        Reports in which a cluster must occur.
    separation
        Spreads by which the median cosine inside a cluster must exceed that of any two
        rows (see `CLUSTERING.separation`).

    Attributes
    ----------
    labels_ : shape (n,)
        Cluster of each row, numbered from the largest; -1 for none.
    stability_ : tuple of float
        Share of the resampled runs (0..1) in which each cluster returned.
    centroids_ : float32, shape (clusters, d)
        Mean of each cluster, of unit length.
    floors_ : tuple of float
        Least cosine to its centroid at which a further row joins each cluster.
    """

    def __init__(
        self,
        reports: Sequence[str] | None = None,
        *,
        min_size: int = CLUSTERING.min_size,
        max_size: int = CLUSTERING.max_size,
        min_reports: int = 1,
        separation: float = CLUSTERING.separation,
    ) -> None:
        self.reports = reports
        self.min_size = min_size
        self.max_size = max_size
        self.min_reports = min_reports
        self.separation = separation

    def fit(self, X: Vectors, y: object = None) -> Self:  # noqa: N803
        """Cluster the rows of `X`, shape (n, d), float32, of unit length; `y` is ignored."""
        rows = range(len(X))
        reports = list(map(str, rows)) if self.reports is None else list(self.reports)
        clustering = stable_clusters(
            X,
            reports,
            min_size=self.min_size,
            max_size=self.max_size,
            min_reports=self.min_reports,
        )
        least = _cosine_above_chance(X, self.separation)
        self.labels_: Rows = np.full(len(X), -1, dtype=np.intp)
        stability: list[float] = []
        centroids: list[Vectors] = []
        floors: list[float] = []
        for cluster, cluster_rows in self._recurring(clustering.labels.tolist(), reports).items():
            # Average linkage adds strays to a cluster late; they would blur its centroid and name.
            core = drop_outliers(X, cluster_rows)
            # In a small corpus, loose clusters return as reliably as tight ones.
            if np.median(_pairwise_cosines(X[core])) < least:
                continue
            self.labels_[core] = len(stability)
            stability.append(clustering.stability[cluster])
            centroids.append(unit_mean(X[core]))
            floors.append(joining_floor(X[core], centroids[-1]))
        self.stability_ = tuple(stability)
        self.centroids_ = np.array(centroids, dtype=np.float32).reshape(-1, X.shape[1])
        self.floors_ = tuple(floors)
        return self

    def predict(self, X: Vectors) -> Rows:  # noqa: N803
        """The nearest cluster of each row, -1 where it lies below the cluster's floor."""
        return np.array([label for label, _ in nearest(X, self.centroids_, self.floors_)])

    def _recurring(self, labels: Sequence[int], reports: Sequence[str]) -> dict[int, list[int]]:
        """Rows of each cluster that occurs in enough reports, the largest cluster first."""
        members: dict[int, list[int]] = {}
        for row, label in enumerate(labels):
            if label >= 0:
                members.setdefault(label, []).append(row)
        recurring = {
            label: rows
            for label, rows in members.items()
            if len({reports[row] for row in rows}) >= self.min_reports
        }
        return dict(sorted(recurring.items(), key=lambda item: (-len(item[1]), item[1][0])))


def joining_floor(vectors: Vectors, centroid: Vectors) -> float:
    """Cosine to `centroid` that a further finding needs to join: the members' lower quartile."""
    return float(np.quantile(vectors @ centroid, CLUSTERING.joining_quantile))


def nearest(
    vectors: Vectors, centroids: Vectors, floors: Sequence[float]
) -> list[tuple[int, float]]:
    """For each row the place and cosine of the nearest centroid; place -1 below its floor."""
    if not len(centroids) or not len(vectors):
        return [(-1, 0.0)] * len(vectors)
    cosines = vectors @ centroids.T
    places = np.argmax(cosines, axis=1)
    highest = cosines[np.arange(len(vectors)), places]
    required_floors = np.asarray(floors)[places]
    return [
        (int(place) if cosine >= floor else -1, float(cosine))
        for place, cosine, floor in zip(places, highest, required_floors, strict=True)
    ]


def drop_outliers(vectors: Vectors, rows: Sequence[int]) -> list[int]:
    """`rows` without outliers, by Tukey's fence on their cosines to the mean.

    >>> axis, stray = [[1.0, 0.0]], [[0.0, 1.0]]
    >>> drop_outliers(np.array(axis * 7 + stray, dtype=np.float32), range(8))
    [0, 1, 2, 3, 4, 5, 6]
    """
    members = vectors[list(rows)]
    cosines = members @ unit_mean(members)
    low, high = np.quantile(cosines, [0.25, 0.75])
    least = low - CLUSTERING.fence * (high - low) - CLUSTERING.fence_slack
    return [row for row, cosine in zip(rows, cosines, strict=True) if cosine >= least]


def _cosine_above_chance(vectors: Vectors, spreads: float) -> float:
    """The cosine that lies `spreads` spreads above the median of random pairs.

    Only median and lower spread are used: however many pairs belong together, most do not.
    """
    cosines = _pairwise_cosines(vectors[:: max(1, len(vectors) // CLUSTERING.paired_rows)])
    if not len(cosines):
        return 0.0
    # The upper half holds the pairs that do belong together, so it says nothing on chance.
    low, middle = np.quantile(cosines, [CLUSTERING.low_percentile, 0.5])
    return float(middle + spreads * (middle - low))


def _pairwise_cosines(vectors: Vectors) -> Vectors:
    """Cosines of all pairs of rows, shape (n * (n - 1) / 2,)."""
    cosines: Vectors = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return cosines
