"""What one room may expect of another without knowing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, shape (n, d), float32."""

Encode = Callable[[Sequence[str]], Vectors]
"""Texts to vectors; the corridor passes one that asks the store first."""


class Encoder(Protocol):
    """Turns texts into rows of unit length.

    `name` and `revision` say which model and precision made the vectors, so that
    vectors of different makes are never mixed.
    """

    name: str
    revision: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        ...
