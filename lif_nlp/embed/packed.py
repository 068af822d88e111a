"""The packaged MiniLM as an encoder: tokenises texts and encodes them in even batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lif_nlp.embed.vectors import SPECIAL_TOKENS, encode_windows, unit_rows
from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from lif_nlp.embed.bert import Bert

_BATCH_TOKENS = 2048
"""Tokens encoded at once. Fewer leave cores idle, more no longer fit their caches; speed only,
the vectors do not change."""

ROW_PARTS = 3
"""Parts of a row that the heads of a network read: mean of the last layer, mean of the middle
layer, first token of the last layer."""

DEEP_PARTS = 1 + ROW_PARTS
"""Parts of a deep row: the vector for likeness, then those of `ROW_PARTS`."""


class PackedEncoder:
    """A BERT model as an `Encoder` whose vectors do not depend on the rest of the batch.

    Parameters
    ----------
    bert, tokenizer
        The model and its tokenizer, without padding and truncation.
    name, revision
        Identify the vectors in the store.
    likeness
        Matrix of shape (dim, 2 * dim) that gives the vector from the means of the last and the
        middle layer; without it the vector is the mean of the last layer.
    max_tokens
        Longest input, special tokens included; 256 is the limit MiniLM was trained with. A
        longer text is cut into windows whose vectors are averaged, weighted by length, so
        that no words are ignored.
    """

    def __init__(
        self,
        bert: Bert,
        tokenizer: Tokenizer,
        *,
        name: str,
        revision: str,
        likeness: Vectors | None = None,
        max_tokens: int = 256,
    ) -> None:
        self.name = name
        self.revision = revision
        self.dim = bert.dim
        self.max_tokens = max_tokens
        self._bert, self._tokenizer, self._likeness = bert, tokenizer, likeness

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        return np.ascontiguousarray(self.encode_deep(texts)[:, : self.dim])

    def encode_deep(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, followed by the parts that heads read: (n, DEEP_PARTS * dim)."""
        rows = encode_windows(
            texts,
            self._token_ends,
            self._encode_pieces,
            limit=self.max_tokens - SPECIAL_TOKENS,
            dim=DEEP_PARTS * self.dim,
        )
        # Windows of a long text were added up, so each part needs its length of 1 again.
        parts = rows.reshape(-1, self.dim)
        return unit_rows(parts).reshape(rows.shape)

    def _encode_pieces(self, pieces: Sequence[str]) -> Vectors:
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(pieces))]
        rows = np.empty((len(ids), ROW_PARTS * self.dim), dtype=np.float32)
        for batch in _batches([len(row) for row in ids]):
            rows[batch] = self._bert.encode([ids[index] for index in batch])
        return np.hstack([self._vectors(rows), rows])

    def _vectors(self, rows: Vectors) -> Vectors:
        """Vectors for likeness, from the means of the last and the middle layer."""
        if self._likeness is None:
            return rows[:, : self.dim]
        vectors = np.empty((len(rows), self.dim), dtype=np.float32)
        for place, row in enumerate(rows[:, : 2 * self.dim]):
            # One row at a time: a product of several would depend on how many there are.
            vectors[place] = self._likeness @ row
        return unit_rows(vectors)

    def _token_ends(self, text: str) -> list[int]:
        """Character offset at which each token of `text` ends."""
        return [end for _, end in self._tokenizer.encode(text, add_special_tokens=False).offsets]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts, shortest first, in batches of at most `_BATCH_TOKENS` (or one text)."""
    batch: list[int] = []
    tokens = 0
    # Texts of equal length stand together, since `Bert` multiplies those in one go.
    for index in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if batch and tokens + lengths[index] > _BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(index)
        tokens += lengths[index]
    if batch:
        yield batch
