"""The packaged MiniLM as an encoder: texts to tokens, tokens to vectors in even loads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lif_nlp.embed.rows import unit_rows
from lif_nlp.embed.windows import over_windows
from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from lif_nlp.embed.bert import Bert

_LOAD = 2048
"""Tokens encoded at once: fewer leave cores idle, more no longer fit their caches."""

_SPECIAL_TOKENS = 2


class PackedEncoder:
    """A BERT model as an `Encoder` whose vectors do not depend on the texts beside them.

    A text of more than `max_tokens` is cut into windows whose vectors are averaged by
    length, so that no words are ignored.
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
        """Vectors and, after them, those of the middle layer, shape (n, 2 * dim)."""
        rows = over_windows(
            texts,
            self._token_ends,
            self._encode_pieces,
            limit=self.max_tokens - _SPECIAL_TOKENS,
            dim=2 * self.dim,
        )
        halves = rows.reshape(-1, self.dim)
        return unit_rows(halves).reshape(rows.shape)

    def _encode_pieces(self, pieces: Sequence[str]) -> Vectors:
        rows = [one.ids for one in self._tokenizer.encode_batch(list(pieces))]
        vectors = np.empty((len(rows), 2 * self.dim), dtype=np.float32)
        for load in _loads([len(row) for row in rows]):
            vectors[load] = self._bert.encode([rows[place] for place in load])
        return vectors

    def _token_ends(self, text: str) -> list[int]:
        """Character offset at which each token of `text` ends."""
        return [end for _, end in self._tokenizer.encode(text, add_special_tokens=False).offsets]


def _loads(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts, shortest first, in loads of at most `_LOAD` tokens (or one text)."""
    load: list[int] = []
    tokens = 0
    for place in sorted(range(len(lengths)), key=lambda n: lengths[n]):
        if load and tokens + lengths[place] > _LOAD:
            yield load
            load, tokens = [], 0
        load.append(place)
        tokens += lengths[place]
    if load:
        yield load
