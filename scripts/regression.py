"""Fits the logistic regressions with named weights that tests of points store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def fit_regression(
    figures: Array,
    labels: Array,
    names: Sequence[str],
    strength: float,
    weight: Array | None = None,
) -> tuple[dict[str, float], float]:
    """Weights of the figures in their own units by name, and the constant.

    Parameters
    ----------
    figures, labels
        Shape (m, len(names)), and whether each row is true.
    strength
        Inverse of the ridge penalty on figures of mean 0 and spread 1.
    weight
        How much each row counts; all alike without it.
    """
    from sklearn.linear_model import LogisticRegression

    mean, spread = figures.mean(axis=0), np.maximum(figures.std(axis=0), 1e-6)
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit((figures - mean) / spread, labels, sample_weight=weight)
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - weights @ mean)
    return dict(zip(names, weights.round(4).tolist(), strict=True)), round(bias, 4)
