import numpy as np

from lif_nlp.annotate.training import Evened, fit


def test_a_model_fitted_on_evened_rows_works_on_rows_as_they_come():
    draw = np.random.default_rng(4)
    rows = draw.normal([0, 5, -3, 0.1], [1, 20, 0.01, 2], size=(60, 4)).astype(np.float32)
    labels = np.stack([rows[:, 2] > -3, rows[:, 1] > 5], axis=1)
    even = Evened.of(rows, 1, 3, length=2.0)
    fitted = fit(even.done(rows), labels, kind="any-of", weight=np.ones((60, 2)), penalty=1.0)
    given = fitted.probabilities(even.done(rows), "any-of")
    assert np.allclose(even.undone(fitted).probabilities(rows, "any-of"), given, atol=1e-3)
    assert ((given[:, 0] > 0.5) == labels[:, 0]).mean() > 0.9


def test_only_the_named_columns_are_evened():
    rows = np.asarray([[1.0, 10.0], [3.0, 30.0]], dtype=np.float32)
    evened = Evened.of(rows, 1, 2, length=3.0).done(rows)
    assert evened.tolist() == [[1.0, -3.0], [3.0, 3.0]]
    assert Evened.of(rows, 2, 2, length=3.0).done(rows).tolist() == rows.tolist()
