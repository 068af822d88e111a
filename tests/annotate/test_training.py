"""Models are fitted with weights, on scaled columns, and judged by document."""

import numpy as np

from lif_nlp.annotate.training import ScaledColumns, cross_validate, fit


def test_a_model_fitted_on_scaled_rows_works_on_rows_as_they_come():
    draw = np.random.default_rng(4)
    rows = draw.normal([0, 5, -3, 0.1], [1, 20, 0.01, 2], size=(60, 4)).astype(np.float32)
    labels = np.stack([rows[:, 2] > -3, rows[:, 1] > 5], axis=1)
    scaling = ScaledColumns.fit(rows, 1, 3, length=2.0)
    fitted = fit(scaling.scale(rows), labels, kind="any-of", weight=np.ones((60, 2)), penalty=1.0)
    predicted = fitted.probabilities(scaling.scale(rows), "any-of")
    raw = scaling.unscale(fitted).probabilities(rows, "any-of")
    assert np.allclose(raw, predicted, atol=1e-3)
    assert ((predicted[:, 0] > 0.5) == labels[:, 0]).mean() > 0.9


def test_only_the_named_columns_are_scaled():
    rows = np.asarray([[1.0, 10.0], [3.0, 30.0]], dtype=np.float32)
    scaled = ScaledColumns.fit(rows, 1, 2, length=3.0).scale(rows)
    assert scaled.tolist() == [[1.0, -3.0], [3.0, 3.0]]
    assert ScaledColumns.fit(rows, 2, 2, length=3.0).scale(rows).tolist() == rows.tolist()


def test_a_doubtful_label_of_a_text_does_not_count_in_either_kind():
    draw = np.random.default_rng(2)
    rows = draw.normal(size=(80, 3)).astype(np.float32)
    labels = np.stack([rows[:, 0] > 0, rows[:, 0] <= 0], axis=1)
    weight = np.ones(labels.shape, dtype=np.float32)
    weight[:10] = 0.0
    for kind in ("any-of", "one-of"):
        wrong = labels.copy()
        wrong[:10] = ~wrong[:10]
        fits = [fit(rows, y, kind=kind, weight=weight, penalty=1.0) for y in (labels, wrong)]
        first, second = (f.probabilities(rows, kind) for f in fits)
        assert np.allclose(first, second, atol=1e-2)


def test_a_label_that_nobody_gave_has_a_low_probability():
    rows = np.eye(4, dtype=np.float32)
    labels = np.zeros((4, 1), dtype=bool)
    fitted = fit(rows, labels, kind="any-of", weight=np.ones((4, 1), np.float32), penalty=1.0)
    assert (fitted.probabilities(rows, "any-of") < 0.01).all()


def test_each_text_is_predicted_without_its_document():
    rows = np.asarray([[1.0], [1.0], [-1.0], [-1.0]] * 2, dtype=np.float32)
    labels = rows > 0
    labels[:2] = False  # the documents of fold 0 contradict the others
    folds = np.asarray([0, 0, 0, 0, 1, 1, 1, 1])
    weight = np.ones(labels.shape, dtype=np.float32)
    predicted = cross_validate(rows, labels, folds, kind="any-of", weight=weight, penalty=0.1)
    assert (predicted[:2] > 0.5).all()
    assert (predicted[4:6] < 0.5).all()
