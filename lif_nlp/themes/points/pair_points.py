"""What known points tell of a pair: two findings that state the same one are likely the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lif_nlp.themes.points.features import Rows
from lif_nlp.themes.points.statements import Weights

SHARED = ("spread", "both_sure", "apart")
"""Names of the figures, in the order of `shared_figures`: the cosine of how the network spreads
each finding over the known points; how sure it is at least that both state one and the same; and
how sure at least that each states one, and another than its partner."""


@dataclass(frozen=True)
class StatedPoints:
    """How likely findings state each known point, one row each, shape (n, points).

    Parameters
    ----------
    spread
        Shares of the network, which compares all points with each other and with none of them.
    sure
        How sure the test is of the likeliest of them (0..1), 0 of all others.
    """

    spread: Weights
    sure: Weights


def shared_figures(stated: StatedPoints | None, left: Rows, right: Rows) -> Weights:
    """The figures of pairs, shape (m, len(SHARED)); zeros where nothing is known.

    >>> both = np.array([[0.75, 0.25], [0.5, 0.0], [0.0, 0.5]])
    >>> rows = np.array([0, 0]), np.array([1, 2])
    >>> shared_figures(StatedPoints(both, both), *rows).round(2)[:, 1:].tolist()
    [[0.5, 0.0], [0.25, 0.5]]
    """
    if stated is None:
        return np.zeros((len(left), len(SHARED)), np.float32)
    lengths = np.maximum(np.linalg.norm(stated.spread, axis=1), 1e-9)
    spread = np.einsum("ij,ij->i", stated.spread[left], stated.spread[right])
    surest, points = stated.sure.max(axis=1), stated.sure.argmax(axis=1)
    least = np.minimum(surest[left], surest[right])
    return np.column_stack([
        spread / (lengths[left] * lengths[right]),
        np.minimum(stated.sure[left], stated.sure[right]).max(axis=1),
        np.where(points[left] != points[right], least, 0.0),
    ]).astype(np.float32)  # fmt: skip
