import numpy as np
import pytest

from lif_nlp.themes.discovery.stable_clustering import stable_clusters


def blobs(per_blob: int = 12, blobs: int = 3, noise: int = 6, spread: float = 0.15):
    """Unit rows around three axes, some far from any, each row from one of 12 reports."""
    rng = np.random.default_rng(3)
    rows = [
        np.eye(16)[b] + spread * rng.normal(size=16) for b in range(blobs) for _ in range(per_blob)
    ]
    rows += [np.eye(16)[4 + n] for n in range(noise)]
    vectors = np.array(rows, dtype=np.float32)
    reports = [f"report {n % 12}" for n in range(len(rows))]
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), reports


def test_clear_groups_are_found():
    vectors, reports = blobs(noise=0)
    clustering = stable_clusters(vectors, reports, min_size=4, max_size=20)
    labels_of_blob = [set(clustering.labels[start : start + 12].tolist()) for start in (0, 12, 24)]
    assert sorted(next(iter(labels)) for labels in labels_of_blob) == [0, 1, 2]
    assert all(len(labels) == 1 for labels in labels_of_blob)
    assert min(clustering.stability) >= 0.9


def test_row_order_changes_nothing_but_the_numbers():
    vectors, reports = blobs()
    shuffled = np.random.default_rng(1).permutation(len(vectors))
    clustering = stable_clusters(vectors, reports, min_size=4, max_size=20)
    again = stable_clusters(
        vectors[shuffled], [reports[i] for i in shuffled], min_size=4, max_size=20
    )
    groups = {frozenset(np.flatnonzero(clustering.labels == label)) for label in range(3)}
    assert {frozenset(shuffled[again.labels == label]) for label in range(3)} == groups


def test_no_group_outgrows_its_limit():
    vectors, reports = blobs(per_blob=6, blobs=4, noise=0)
    clustering = stable_clusters(vectors, reports, min_size=3, max_size=8)
    sizes = np.bincount(clustering.labels[clustering.labels >= 0])
    assert sizes.tolist() == [6, 6, 6, 6]
    smaller = stable_clusters(vectors, reports, min_size=3, max_size=5)
    assert max(np.bincount(smaller.labels[smaller.labels >= 0]), default=0) <= 5


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_too_few_rows_make_no_group(rows: int):
    vectors = np.eye(4, dtype=np.float32)[:rows]
    clustering = stable_clusters(vectors, ["r"] * rows, min_size=4, max_size=8)
    assert clustering.labels.tolist() == [-1] * rows
    assert clustering.stability == ()
