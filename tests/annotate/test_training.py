"""Models are fitted with weights, on scaled columns, and blended on unseen texts."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from lif_nlp.annotate.training import (
    Blend,
    LinearFit,
    Rows,
    ScaledColumns,
    fit,
    probabilities_of,
    thresholds_for,
)


def rows_from(vectors):
    vectors = np.asarray(vectors, np.float32)
    nothing = np.zeros((len(vectors), 0), np.float32)
    return Rows(vectors, csr_matrix(nothing), nothing)


def test_a_model_fitted_on_scaled_rows_works_on_rows_as_they_come():
    draw = np.random.default_rng(4)
    rows = draw.normal([0, 5, -3, 0.1], [1, 20, 0.01, 2], size=(60, 4)).astype(np.float32)
    labels = np.stack([rows[:, 2] > -3, rows[:, 1] > 5], axis=1)
    scaling = ScaledColumns.fit(rows, 1, 3, length=2.0)
    scaled = rows_from(scaling.scale(rows))
    fitted = fit(scaled, labels, kind="any-of", weight=np.ones((60, 2)), penalty=1.0)
    predicted = fitted.logits(scaled)
    assert np.allclose(scaling.unscale(fitted).logits(rows_from(rows)), predicted, atol=1e-2)
    assert ((predicted[:, 0] > 0) == labels[:, 0]).mean() > 0.9


def test_only_the_named_columns_are_scaled():
    rows = np.asarray([[1.0, 10.0], [3.0, 30.0]], dtype=np.float32)
    scaled = ScaledColumns.fit(rows, 1, 2, length=3.0).scale(rows)
    assert scaled.tolist() == [[1.0, -3.0], [3.0, 3.0]]
    assert ScaledColumns.fit(rows, 2, 2, length=3.0).scale(rows).tolist() == rows.tolist()


def test_a_doubtful_label_of_a_text_does_not_count_in_either_kind():
    draw = np.random.default_rng(2)
    rows = rows_from(draw.normal(size=(80, 3)))
    labels = np.stack([rows.vectors[:, 0] > 0, rows.vectors[:, 0] <= 0], axis=1)
    weight = np.ones(labels.shape, dtype=np.float32)
    weight[:10] = 0.0
    for kind in ("any-of", "one-of"):
        wrong = labels.copy()
        wrong[:10] = ~wrong[:10]
        fits = [fit(rows, y, kind=kind, weight=weight, penalty=1.0) for y in (labels, wrong)]
        first, second = (probabilities_of(f.logits(rows), kind) for f in fits)
        assert np.allclose(first, second, atol=1e-2)


def test_a_label_that_nobody_gave_has_a_low_probability():
    rows = rows_from(np.eye(4))
    labels = np.zeros((4, 1), dtype=bool)
    fitted = fit(rows, labels, kind="any-of", weight=np.ones((4, 1), np.float32), penalty=1.0)
    assert (probabilities_of(fitted.logits(rows), "any-of") < 0.01).all()


def test_a_model_learns_the_probabilities_of_another():
    rows = rows_from([[1.0], [-1.0]] * 20)
    targets = np.asarray([[0.8], [0.3]] * 20, np.float32)
    fitted = fit(rows, targets, kind="any-of", weight=np.ones((40, 1), np.float32), penalty=0.01)
    predicted = probabilities_of(fitted.logits(rows), "any-of")
    assert np.allclose(predicted, targets, atol=0.02)


def test_words_and_other_columns_give_what_a_full_matrix_gives():
    full = np.arange(12, dtype=np.float32).reshape(2, 6)
    rows = Rows(full[:, :2], csr_matrix(full[:, 2:5]), full[:, 5:])
    weights = np.arange(18, dtype=np.float32).reshape(3, 6)
    assert np.array_equal(rows.times(weights), full @ weights.T)
    errors = np.ones((2, 3), np.float32)
    assert np.array_equal(rows.transposed_times(errors), errors.T @ full)
    assert np.array_equal(
        rows.joined(rows).take(np.asarray([3])).times(weights)[0], full[1] @ weights.T
    )


def test_a_blend_leaves_out_the_model_that_knows_nothing():
    draw = np.random.default_rng(3)
    labels = draw.random((200, 1)) > 0.5
    good = np.where(labels, 2.0, -2.0).astype(np.float32) + draw.normal(size=(200, 1))
    noise = draw.normal(size=(200, 1)).astype(np.float32)
    weight = np.ones((200, 1), np.float32)
    blend = Blend.fit(good, noise, labels.astype(np.float32), weight, kind="any-of")
    assert blend.first > 1.0 > 0.4 > blend.second
    two = LinearFit(np.asarray([[1.0, 2.0]], np.float32), np.asarray([1.0], np.float32))
    assert Blend(0.5, 1.0).join(two, two).weights.tolist() == [[1.5, 3.0]]


def test_the_threshold_is_where_f1_is_best_and_doubt_does_not_count():
    predicted = np.asarray([[0.2], [0.35], [0.5], [0.7]], np.float32)
    labels = np.asarray([[False], [True], [False], [True]])
    weight = np.asarray([[1.0], [1.0], [0.0], [1.0]], np.float32)
    [limit] = thresholds_for(predicted, labels, weight)
    assert 0.2 < limit <= 0.35


@pytest.mark.parametrize(("wrong", "lowest"), [(1, 0.1), (4, 0.32)])
def test_of_equally_good_thresholds_the_lowest_is_taken(wrong: int, lowest: float):
    # One label too many in 300 is chance, four are not.
    predicted = np.asarray([[0.31]] * wrong + [[0.7]] * 300, np.float32)
    labels = np.asarray([[False]] * wrong + [[True]] * 300)
    [limit] = thresholds_for(predicted, labels, np.ones((300 + wrong, 1), np.float32))
    assert limit == lowest
