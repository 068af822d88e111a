"""Rows of unit length."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors


def unit_rows(rows: npt.NDArray[np.floating]) -> Vectors:
    """`rows` scaled to length one, float32, shape unchanged.

    A row of zeros (a text without words) becomes the row of equal parts, so that
    every row keeps the promise of unit length and no cosine divides by nought.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).round(2).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.7099999785423279, 0.7099999785423279]]
    """
    filled = np.array(rows, dtype=np.float32)
    filled[~np.any(filled, axis=1)] = 1.0
    lengths = np.linalg.norm(filled, axis=1, keepdims=True)
    return np.ascontiguousarray(filled / lengths, dtype=np.float32)
