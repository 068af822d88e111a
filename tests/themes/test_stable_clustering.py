import numpy as np
import pytest

from lif_nlp.themes.discovery.stable_clustering import stable_cut


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
    cut = stable_cut(vectors, reports, smallest=4, largest=20)
    found = [set(cut.labels[start : start + 12].tolist()) for start in (0, 12, 24)]
    assert sorted(next(iter(labels)) for labels in found) == [0, 1, 2]
    assert all(len(labels) == 1 for labels in found)
    assert min(cut.stability) >= 0.9


def test_row_order_changes_nothing_but_the_numbers():
    vectors, reports = blobs()
    shuffled = np.random.default_rng(1).permutation(len(vectors))
    cut = stable_cut(vectors, reports, smallest=4, largest=20)
    again = stable_cut(vectors[shuffled], [reports[i] for i in shuffled], smallest=4, largest=20)
    groups = {frozenset(np.flatnonzero(cut.labels == label)) for label in range(3)}
    assert {frozenset(shuffled[again.labels == label]) for label in range(3)} == groups


def test_no_group_outgrows_its_limit():
    vectors, reports = blobs(per_blob=12, blobs=1, noise=0)
    cut = stable_cut(vectors, reports, smallest=3, largest=8)
    sizes = np.bincount(cut.labels[cut.labels >= 0])
    assert sizes.size == 0 or sizes.max() <= 8


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_too_few_rows_make_no_group(rows: int):
    vectors = np.eye(4, dtype=np.float32)[:rows]
    cut = stable_cut(vectors, ["r"] * rows, smallest=4, largest=8)
    assert cut.labels.tolist() == [-1] * rows
    assert cut.stability == ()
