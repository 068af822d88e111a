"""Types shared by rooms that do not import each other: vectors, encoders, progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, shape (n, d), float32."""

Encode = Callable[[Sequence[str]], Vectors]
"""Turns texts into vectors; a session passes one that looks in the store first."""

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how many items are done, and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


class Encoder(Protocol):
    """Turns texts into rows of unit length.

    `name` and `revision` identify model and precision, so that vectors of different
    encoders are never mixed.
    """

    name: str
    revision: str
    dim: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts` in the same order: (n, dim) float32, unit length."""
        ...


class DeepEncoder(Encoder, Protocol):
    """An encoder that also returns a middle layer.

    The last layer is trained to bring similar meanings together and loses how a thing is
    put (asked for, done, missing); a middle layer still has it.
    """

    def encode_deep(self, texts: Sequence[str]) -> Vectors:
        """`encode` followed by the middle layer: (n, 2 * dim) float32."""
        ...


def deep_encode(encoder: Encoder | DeepEncoder) -> Encode:
    """The vectors used for labelling: with the middle layer if the encoder has one."""
    return getattr(encoder, "encode_deep", encoder.encode)
