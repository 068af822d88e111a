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

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how many items are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


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


class DeepEncoder(Encoder, Protocol):
    """An encoder that also tells what its middle layer holds.

    A last layer is made to bring near meanings together and gives up how a thing is
    said (asked for, done, missing); a middle layer still holds it.
    """

    def encode_deep(self, texts: Sequence[str]) -> Vectors:
        """Rows of `encode` with as many columns of the middle layer after them, (n, 2 * dim)."""
        ...


def deep_encode(encoder: Encoder | DeepEncoder) -> Encode:
    """What labelling reads: the deep rows where the encoder gives them, else its vectors."""
    return getattr(encoder, "encode_deep", encoder.encode)
