"""The point space: vectors in which two ways to state one learning point lie near.

An encoder's own vectors put opposites nearer to each other than paraphrases.  A small network on
top of them, trained on groups of sentences that state one point, with opposites and near misses of
each (`corpora/gold/point_groups_*.jsonl`), turns that round in part.  One product per finding; no
pair is read twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import erf

from lif_nlp.protocols import Vectors

_DECIMALS = 5
"""Decimals of the vectors, so that the last bits of a matrix product decide nothing."""

_AT_ONCE = 1 << 12
"""Vectors placed at a time: the hidden layer of 60,000 takes 500 MB."""


@dataclass(frozen=True, eq=False)
class PointSpace:
    """A network of one hidden layer.

    Parameters
    ----------
    centre
        Mean of the vectors it was trained on, shape (d,).
    inner, inner_bias, outer, outer_bias
        Weights and biases of both layers, shapes (hidden, d), (hidden,), (dim, hidden), (dim,).
    """

    centre: Vectors
    inner: Vectors
    inner_bias: Vectors
    outer: Vectors
    outer_bias: Vectors

    def place(self, vectors: Vectors) -> Vectors:
        """Vectors of the encoder as vectors of the space, unit length, shape (n, dim)."""
        placed = np.zeros((len(vectors), len(self.outer_bias)), np.float32)
        for start in range(0, len(vectors), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            placed[part] = self._placed(vectors[part])
        return placed

    def _placed(self, vectors: Vectors) -> Vectors:
        rows = (vectors[:, : len(self.centre)] - self.centre) @ self.inner.T + self.inner_bias
        # GELU (Hendrycks and Gimpel, 2016), as in training.
        hidden = 0.5 * rows * (1.0 + erf(rows / np.sqrt(2.0)))
        placed = hidden @ self.outer.T + self.outer_bias
        lengths = np.maximum(np.linalg.norm(placed, axis=1, keepdims=True), 1e-9)
        unit: Vectors = np.round(placed / lengths, _DECIMALS).astype(np.float32)
        return unit


def read_space(path: Path) -> PointSpace | None:
    """The space in a safetensors file, or None where it holds none."""
    from safetensors.numpy import load_file

    tensors = {name: tensor.astype(np.float32) for name, tensor in load_file(path).items()}
    return PointSpace(**tensors) if tensors else None
