"""A user's own sentence-transformers model as an encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np

from lif_nlp.embed.vectors import SPECIAL_TOKENS, encode_windows, unit_rows
from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH_SIZE = 32
"""Texts per call of the model, the default of sentence-transformers; affects speed and memory."""


class SentenceEncoder:
    """A sentence-transformers model as an `Encoder`.

    A text longer than the model's limit is cut into windows whose vectors are averaged,
    weighted by length, so that no words are ignored.

    Parameters
    ----------
    model
        The loaded model.
    name, revision
        Identify the vectors in the store.
    precision
        Returns the context in which the model runs; full precision by default.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        *,
        name: str,
        revision: str,
        precision: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.name = name
        self.revision = revision
        self.dim = int(model.get_embedding_dimension() or 0)
        self.max_tokens = int(model.max_seq_length or 256)
        self._model = model
        self._precision = precision

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        return encode_windows(
            texts,
            self._token_ends,
            self._encode_pieces,
            limit=self.max_tokens - SPECIAL_TOKENS,
            dim=self.dim,
        )

    def _encode_pieces(self, pieces: Sequence[str]) -> Vectors:
        # Sorted by length to keep padding small, then by text, so that the same set of texts
        # forms the same batches in any order: padding changes the last bits of a vector.
        order = sorted(range(len(pieces)), key=lambda i: (len(pieces[i]), pieces[i]))
        with self._precision():
            rows = self._model.encode(
                [pieces[i] for i in order],
                batch_size=_BATCH_SIZE,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        vectors = np.empty((len(pieces), self.dim), dtype=np.float32)
        vectors[order] = unit_rows(np.asarray(rows, dtype=np.float32))
        return vectors

    def _token_ends(self, text: str) -> list[int]:
        """Character offset at which each token of `text` ends."""
        tokenizer: Any = self._model.tokenizer
        encoding = tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return [end for _, end in encoding["offset_mapping"]]
