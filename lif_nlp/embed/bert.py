"""Forward pass of a BERT encoder over concatenated texts, without padding.

Attention runs within each text only, so a text's vector is the same to the last bit
whatever else is in the batch, and no work is spent on padding. Only torch is loaded:
importing sentence-transformers would take four seconds more.

The architecture is that of Devlin et al., "BERT: Pre-training of Deep Bidirectional
Transformers" (NAACL 2019), https://aclanthology.org/N19-1423.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor
from torch.nn import functional

from lif_nlp.embed.changes import change_of
from lif_nlp.protocols import Vectors

_LAYER_NORM_EPS = 1e-12
"""LayerNorm epsilon of the original BERT checkpoint (`layer_norm_eps` in its config.json)."""

_ROW_MULTIPLE = 64
"""Matrix products are padded to a multiple of this many rows.

For a handful of rows, numeric libraries use another kernel, which adds in another order: with
7 tokens and float32 on a processor without AVX-512, a text's vector differed in the last bit
from its vector in a larger batch (November 2026; 16 was enough there). Lower it and vectors
may depend on the batch again; higher costs time on short batches.
"""

Linear = tuple[Tensor, Tensor]
"""Weight and bias of a linear layer, or scale and shift of a LayerNorm."""

Run = tuple[int, int, int]
"""Consecutive texts with the same number of tokens: first row, number of texts, tokens each."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one transformer layer, in single precision."""

    query_key_value: Linear
    attention_output: Linear
    attention_norm: Linear
    intermediate: Linear
    output: Linear
    output_norm: Linear


class Bert:
    """A BERT encoder over token ids, with mean pooling and vectors of unit length.

    Parameters
    ----------
    weights
        Tensors by their names in the safetensors file.
    heads
        Number of attention heads of the checkpoint.
    changes
        Tensors of a trained network, see `changes`; without them it is the checkpoint itself.
    """

    def __init__(
        self,
        weights: Mapping[str, Tensor],
        *,
        heads: int,
        changes: Mapping[str, Tensor] | None = None,
    ) -> None:
        self.heads = heads
        self._weights, self._changes = weights, changes or {}
        self._words = weights["embeddings.word_embeddings.weight"]
        self._positions = weights["embeddings.position_embeddings.weight"]
        # Segment 0: the second of BERT's two segments is only for pairs of sentences.
        self._segment = weights["embeddings.token_type_embeddings.weight"][0]
        self._embedding_norm = self._parameters("embeddings.LayerNorm")
        self.dim = int(self._words.shape[1])
        count = 1 + max(int(key.split(".")[2]) for key in weights if key.startswith("encoder."))
        self.layers = [self._layer(n) for n in range(count)]

    def encode(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """Rows of texts, shape (n, ROW_PARTS * dim), float32.

        The parts are the mean of the last layer, that of the middle layer, and the first token
        of the last layer, each of unit length.

        Parameters
        ----------
        rows
            Token ids of each text, special tokens included. Sort texts by length before:
            texts of equal length next to each other share one call of attention.
        """
        with torch.inference_mode():
            runs = _length_runs([len(row) for row in rows])
            state = self._embed(rows, runs)
            half = len(self.layers) // 2
            middle = self._apply_layers(self.layers[:half], state, runs)
            last = self._apply_layers(self.layers[half:], middle, runs)
            parts = [_mean_pool(last, runs), _mean_pool(middle, runs), _first_token(last, runs)]
            joined: Vectors = torch.cat(parts, 1).numpy()
            return joined

    def split_states(
        self, rows: Sequence[Sequence[int]], *, upper: int
    ) -> tuple[Tensor, Tensor, Tensor]:
        """What training needs: tokens below the `upper` layers, means of middle and last layer.

        The tokens have shape (tokens, dim), the means (n, dim) and unit length.
        """
        with torch.no_grad():
            runs = _length_runs([len(row) for row in rows])
            half, cut = len(self.layers) // 2, len(self.layers) - upper
            middle = self._apply_layers(self.layers[:half], self._embed(rows, runs), runs)
            lower = self._apply_layers(self.layers[half:cut], middle, runs)
            last = self._apply_layers(self.layers[cut:], lower, runs)
            return lower, _mean_pool(middle, runs), _mean_pool(last, runs)

    def _embed(self, rows: Sequence[Sequence[int]], runs: Sequence[Run]) -> Tensor:
        tokens = torch.tensor([token for row in rows for token in row])
        positions = torch.cat([torch.arange(length).repeat(count) for _, count, length in runs])
        state = self._words[tokens] + self._segment + self._positions[positions]
        return self._layer_norm(state, self._embedding_norm)

    def _apply_layers(self, layers: Sequence[Layer], state: Tensor, runs: Sequence[Run]) -> Tensor:
        for layer in layers:
            state = self._apply_layer(layer, state, runs)
        return state

    def _apply_layer(self, layer: Layer, state: Tensor, runs: Sequence[Run]) -> Tensor:
        projection = _linear(state, *layer.query_key_value)
        context = torch.cat([self._attention(projection, run) for run in runs])
        state = self._layer_norm(
            state + _linear(context, *layer.attention_output), layer.attention_norm
        )
        hidden = functional.gelu(_linear(state, *layer.intermediate))
        return self._layer_norm(state + _linear(hidden, *layer.output), layer.output_norm)

    def _attention(self, projection: Tensor, run: Run) -> Tensor:
        start, count, length = run
        parts = projection[start : start + count * length].view(count, length, 3, self.heads, -1)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        context = functional.scaled_dot_product_attention(query, key, value)
        return context.transpose(1, 2).reshape(count * length, self.dim)

    def _layer_norm(self, state: Tensor, norm: Linear) -> Tensor:
        return functional.layer_norm(state, (self.dim,), *norm, _LAYER_NORM_EPS)

    def _layer(self, number: int) -> Layer:
        name = f"encoder.layer.{number}"
        parts = [self._parameters(f"{name}.attention.self.{p}") for p in ("query", "key", "value")]
        # One product instead of three: query, key and value side by side.
        query_key_value = (torch.cat([w for w, _ in parts]), torch.cat([b for _, b in parts]))
        linear_maps = {
            "query_key_value": query_key_value,
            "attention_output": self._parameters(f"{name}.attention.output.dense"),
            "intermediate": self._parameters(f"{name}.intermediate.dense"),
            "output": self._parameters(f"{name}.output.dense"),
        }
        return Layer(
            **{linear: self._changed(number, linear, w) for linear, w in linear_maps.items()},
            attention_norm=self._parameters(f"{name}.attention.output.LayerNorm"),
            output_norm=self._parameters(f"{name}.output.LayerNorm"),
        )

    def _parameters(self, name: str) -> Linear:
        return self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]

    def _changed(self, layer: int, linear: str, parameters: Linear) -> Linear:
        weight, bias = parameters
        change = change_of(self._changes, layer, linear)
        return (weight if change is None else weight + change), bias


def _linear(rows: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """`rows` times `weight`, plus `bias`; the result of a row does not depend on the others."""
    count = rows.shape[0]
    padded = functional.pad(rows, (0, 0, 0, -count % _ROW_MULTIPLE))
    return functional.linear(padded, weight, bias)[:count]


def _mean_pool(state: Tensor, runs: Sequence[Run]) -> Tensor:
    """Mean of each text's token vectors, scaled to unit length."""
    means = [
        state[start : start + count * length].view(count, length, -1).mean(1)
        for start, count, length in runs
    ]
    return functional.normalize(torch.cat(means), dim=1)


def _first_token(state: Tensor, runs: Sequence[Run]) -> Tensor:
    """The vector of each text's first token ([CLS]), scaled to unit length."""
    firsts = [
        state[start : start + count * length].view(count, length, -1)[:, 0]
        for start, count, length in runs
    ]
    return functional.normalize(torch.cat(firsts), dim=1)


def _length_runs(lengths: Sequence[int]) -> list[Run]:
    """Consecutive texts of equal length, as runs."""
    runs: list[Run] = []
    start = 0
    for length, group in groupby(lengths):
        count = sum(1 for _ in group)
        runs.append((start, count, length))
        start += count * length
    return runs
