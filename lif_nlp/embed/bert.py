"""The packaged MiniLM's sums, for texts laid end to end without padding.

A text's tokens meet only one another, so its vector is the same to the last bit
whatever is encoded beside it, and no work is spent on padding.  Loading asks for torch
alone: sentence-transformers would take four seconds more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor
from torch.nn import functional

from lif_nlp.protocols import Vectors

_TINY = 1e-12
"""What keeps a layer's norm from dividing by nought; part of the model."""

_ROW_MULTIPLE = 64
"""Rows of a matrix product are filled up to a multiple of this.

For a handful of rows a numeric library takes another kernel, which adds in another order:
with 7 tokens and float32 on a processor without AVX-512, vectors differed in the last bit
from those of the same text among others (November 2026; 16 was enough there).
"""

Affine = tuple[Tensor, Tensor]
"""Weight and bias."""

Span = tuple[int, int, int]
"""Where a run of texts of one length begins, how many they are, and their length."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one layer; the matrices in the working precision, norms in float32."""

    attend: Affine
    gather: Affine
    gather_norm: Affine
    widen: Affine
    narrow: Affine
    norm: Affine


class Bert:
    """A BERT encoder over token numbers; means of the tokens, unit length.

    `weights` are the tensors by their names in the safetensors file; `dtype` is the
    precision of the matrix products, bfloat16 or float32.
    """

    def __init__(
        self, weights: Mapping[str, Tensor], *, heads: int, dtype: torch.dtype = torch.float32
    ) -> None:
        self.dtype, self.heads = dtype, heads
        self._weights = weights
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = weights["embeddings.position_embeddings.weight"]
        # every text is a first sentence; there is no second one
        self._segment = weights["embeddings.token_type_embeddings.weight"][0]
        self._norm = self._affine("embeddings.LayerNorm")
        self.dim = int(self._words.shape[1])
        count = 1 + max(int(key.split(".")[2]) for key in weights if key.startswith("encoder."))
        self._layers = [self._layer(f"encoder.layer.{n}") for n in range(count)]

    def encode(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """Vectors of texts given as token numbers, shape (n, 2 * dim), float32.

        The first half is the mean of the last layer, the second that of the middle one,
        each of unit length.  Faster where texts of one length stand side by side.
        """
        with torch.inference_mode():
            spans = _spans([len(row) for row in rows])
            tokens = torch.tensor([token for row in rows for token in row])
            places = torch.cat([torch.arange(length).repeat(many) for _, many, length in spans])
            state = self._words[tokens] + self._segment + self._positions[places]
            state = self._normed(state, self._norm)
            half = len(self._layers) // 2
            middle = self._through_all(self._layers[:half], state, spans)
            last = self._through_all(self._layers[half:], middle, spans)
            vectors: Vectors = torch.cat([_means(last, spans), _means(middle, spans)], 1).numpy()
            return vectors

    def _through_all(self, layers: Sequence[Layer], state: Tensor, spans: Sequence[Span]) -> Tensor:
        for layer in layers:
            state = self._through(layer, state, spans)
        return state

    def _through(self, layer: Layer, state: Tensor, spans: Sequence[Span]) -> Tensor:
        mixed = _linear(state.to(self.dtype), *layer.attend)
        seen = torch.cat([self._attention(mixed, span) for span in spans])
        state = self._normed(state + _linear(seen, *layer.gather), layer.gather_norm)
        wide = functional.gelu(_linear(state.to(self.dtype), *layer.widen))
        return self._normed(state + _linear(wide, *layer.narrow), layer.norm)

    def _attention(self, mixed: Tensor, span: Span) -> Tensor:
        at, many, length = span
        parts = mixed[at : at + many * length].view(many, length, 3, self.heads, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value)
        return seen.transpose(1, 2).reshape(many * length, self.dim)

    def _normed(self, state: Tensor, norm: Affine) -> Tensor:
        return functional.layer_norm(state, (self.dim,), *norm, _TINY)

    def _layer(self, name: str) -> Layer:
        parts = [self._affine(f"{name}.attention.self.{p}") for p in ("query", "key", "value")]
        together = (torch.cat([w for w, _ in parts]), torch.cat([b for _, b in parts]))
        return Layer(
            attend=self._working(together),
            gather=self._working(self._affine(f"{name}.attention.output.dense")),
            gather_norm=self._affine(f"{name}.attention.output.LayerNorm"),
            widen=self._working(self._affine(f"{name}.intermediate.dense")),
            narrow=self._working(self._affine(f"{name}.output.dense")),
            norm=self._affine(f"{name}.output.LayerNorm"),
        )

    def _affine(self, name: str) -> Affine:
        return self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]

    def _working(self, affine: Affine) -> Affine:
        weight, bias = affine
        return weight.to(self.dtype), bias.to(self.dtype)


def _linear(rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """`rows` times `weight`, plus `bias`; a row's result does not depend on the others."""
    count = rows.shape[0]
    padded = functional.pad(rows, (0, 0, 0, -count % _ROW_MULTIPLE))
    return functional.linear(padded, weight, bias)[:count]


def _means(state: Tensor, spans: Sequence[Span]) -> Tensor:
    """Mean of each text's tokens, scaled to unit length."""
    means = [
        state[at : at + many * length].view(many, length, -1).mean(1) for at, many, length in spans
    ]
    return functional.normalize(torch.cat(means), dim=1)


def _spans(lengths: Sequence[int]) -> list[Span]:
    """Runs of neighbours of one length."""
    spans: list[Span] = []
    at = 0
    for length, run in groupby(lengths):
        many = sum(1 for _ in run)
        spans.append((at, many, length))
        at += many * length
    return spans
