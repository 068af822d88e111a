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


class PackedEncoder:
    """A BERT model as an `Encoder` whose vectors do not depend on the rest of the batch.

    Parameters
    ----------
    bert, tokenizer
        The model and its tokenizer, without padding and truncation.
    name, revision
        Identify the vectors in the store.
    max_tokens
        Longest input, special tokens included; 256 is the limit MiniLM was trained with. A
        longer text is cut into windows whose vectors are averaged, weighted by length, so
        that no words are ignored.
    """

    def __init__(
        self, bert: Bert, tokenizer: Tokenizer, *, name: str, revision: str, max_tokens: int = 256
    ) -> None:
        self.name = name
        self.revision = revision
        self.dim = bert.dim
        self.max_tokens = max_tokens
        self._bert, self._tokenizer = bert, tokenizer

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        return np.ascontiguousarray(self.encode_deep(texts)[:, : self.dim])

    def encode_deep(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the last layer, followed by those of the middle layer, shape (n, 2 * dim)."""
        rows = encode_windows(
            texts,
            self._token_ends,
            self._encode_pieces,
            limit=self.max_tokens - SPECIAL_TOKENS,
            dim=2 * self.dim,
        )
        halves = rows.reshape(-1, self.dim)
        return unit_rows(halves).reshape(rows.shape)

    def _encode_pieces(self, pieces: Sequence[str]) -> Vectors:
        rows = [encoding.ids for encoding in self._tokenizer.encode_batch(list(pieces))]
        vectors = np.empty((len(rows), 2 * self.dim), dtype=np.float32)
        for batch in _batches([len(row) for row in rows]):
            vectors[batch] = self._bert.encode([rows[index] for index in batch])
        return vectors

    def _token_ends(self, text: str) -> list[int]:
        """Character offset at which each token of `text` ends."""
        return [end for _, end in self._tokenizer.encode(text, add_special_tokens=False).offsets]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts, shortest first, in batches of at most `_BATCH_TOKENS` (or one text)."""
    batch: list[int] = []
    tokens = 0
    for index in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if batch and tokens + lengths[index] > _BATCH_TOKENS:
            yield batch
            batch, tokens = [], 0
        batch.append(index)
        tokens += lengths[index]
    if batch:
        yield batch
