"""A small encoder of our own: a sentence is the sum of its tokens' and pairs' vectors.

The vectors were taken from MiniLM and then trained on safeguarding text to give its
sentence similarities (`scripts/train_static_encoder.py`, card in `models/static`).
It needs neither torch nor a network and reads thousands of sentences a second, at
some loss of meaning: beyond neighbouring tokens, word order does not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lif_nlp.about import MODELS
from lif_nlp.embed.rows import unit_rows
from lif_nlp.ids import file_hash
from lif_nlp.model_files import REINSTALL, STATIC_ENCODER, STATIC_FILES, check_model
from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = MODELS / STATIC_ENCODER
_BATCH = 1024
_SHIFT = 1 << 20

Ints = npt.NDArray[np.int64]


class StaticEncoder:
    """Vectors of tokens and of neighbouring pairs, summed and brought to unit length.

    `stored` holds "tokens" (rows, dim) int8 with a factor each in "scales", the
    token of each of the first rows in "ids", and the pairs of the rows after them
    in "pairs".
    """

    name = "static"

    def __init__(
        self, tokenizer: Tokenizer, stored: Mapping[str, npt.NDArray[Any]], *, revision: str
    ) -> None:
        self.revision = revision
        self.dim = int(stored["tokens"].shape[1])
        self._tokenizer = tokenizer
        factors = stored["scales"].astype(np.float32)[:, None]
        # A last row of zeros stands for tokens that have no vector.
        self._table = np.vstack([stored["tokens"] * factors, np.zeros((1, self.dim), np.float32)])
        ids = stored["ids"].astype(np.int64)
        self._row_of = np.full(max(ids.max(initial=0) + 1, tokenizer.get_vocab_size()), -1)
        self._row_of[ids] = np.arange(len(ids))
        keys = stored["pairs"].astype(np.int64) @ np.array([_SHIFT, 1])
        order = np.argsort(keys)
        self._pairs, self._pair_rows = keys[order], len(ids) + order

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        parts = [
            self._encode_batch(list(texts[start : start + _BATCH]))
            for start in range(0, len(texts), _BATCH)
        ]
        return unit_rows(np.vstack(parts)) if parts else np.zeros((0, self.dim), np.float32)

    def _encode_batch(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        lists = [self._rows(np.array(one.ids, dtype=np.int64)) for one in encoded]
        starts = np.cumsum([0, *(len(rows) for rows in lists[:-1])])
        summed: Vectors = np.add.reduceat(self._table[np.concatenate(lists)], starts, axis=0)
        return summed

    def _rows(self, ids: Ints) -> Ints:
        """Rows of the table that a text sums; the row of zeros when there are none."""
        rows = self._row_of[ids]
        keys = ids[:-1] * _SHIFT + ids[1:]
        if len(self._pairs) and len(keys):
            at = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
            rows = np.concatenate([rows, self._pair_rows[at[self._pairs[at] == keys]]])
        return rows if len(rows) else np.array([-1])


def load_static(folder: Path = FOLDER) -> StaticEncoder:
    """The shipped static encoder, or the one in `folder`.

    Raises ModelError when a file is missing or was altered.
    """
    check_model(folder, STATIC_FILES, remedy=f"{REINSTALL}, or use the encoder 'minilm'")
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    weights, vocabulary = (folder / name for name in STATIC_FILES)
    return StaticEncoder(
        Tokenizer.from_file(str(vocabulary)), load_file(weights), revision=file_hash(weights)[:12]
    )
