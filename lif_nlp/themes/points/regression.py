"""A logistic regression whose weights have names, as every test of points stores it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.special import expit

from lif_nlp.themes.points.statements import Weights


def probabilities(
    figures: Weights, names: Sequence[str], weights: Mapping[str, float], bias: float
) -> Weights:
    """How likely each row of figures is true.

    Parameters
    ----------
    figures
        Shape (m, len(names)).
    names
        Names of the columns of `figures`.
    weights, bias
        Weight of each name, and the constant; a name without a weight counts for nothing.

    Returns
    -------
    Weights
        0..1, shape (m,).

    >>> [p] = probabilities(np.array([[2.0, 5.0]]), ("a", "b"), {"a": 1.0}, -2.0)
    >>> float(p)
    0.5
    """
    row = np.array([weights.get(name, 0.0) for name in names])
    return np.asarray(expit(figures @ row + bias), np.float32)
