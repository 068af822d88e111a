"""A small encoder that sums the vectors of a sentence's tokens and of neighbouring pairs.

The vectors were distilled from MiniLM and then trained on safeguarding text to reproduce its
sentence similarities (`scripts/train_static_encoder.py`, model card in `models/static`). The
encoder needs neither torch nor a network and handles thousands of sentences a second. It
loses some meaning: beyond neighbouring tokens, word order does not count.  Models of labels
read the columns of a small network beside them (`encode_deep`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lif_nlp.about import MODELS
from lif_nlp.embed.small_network import FOLDER as SMALL_NETWORK_FOLDER
from lif_nlp.embed.small_network import SmallNetwork, load_small_network
from lif_nlp.embed.vectors import unit_rows
from lif_nlp.ids import file_hash
from lif_nlp.model_files import REINSTALL, STATIC_ENCODER, STATIC_FILES, check_model
from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = MODELS / STATIC_ENCODER
_BATCH_SIZE = 1024
"""Texts summed at once; bounds memory, the vectors do not change."""

_PAIR_FACTOR = 1 << 20
"""A pair of token ids becomes one number, `first * factor + second`, so that sorted pairs can
be searched; larger than any token id."""

Ints = npt.NDArray[np.int64]


class StaticEncoder:
    """Sums of token and pair vectors, scaled to unit length.

    Parameters
    ----------
    tokenizer
        Splits a text into tokens.
    arrays
        "tokens" (rows, dim) int8, quantised vectors of tokens and then of pairs; "scales"
        (rows,), the factor that restores each row; "ids" (m,), the token ids of the first
        rows; "pairs" (rows - m, 2), the token ids of the other rows.
    revision
        Identifies the vectors in the store.
    network
        Gives `encode_deep` its further columns; none without it.
    """

    name = "static"

    def __init__(
        self,
        tokenizer: Tokenizer,
        arrays: Mapping[str, npt.NDArray[Any]],
        *,
        revision: str,
        network: SmallNetwork | None = None,
    ) -> None:
        self.revision = revision
        self.network = network
        self.dim = int(arrays["tokens"].shape[1])
        self.tokenizer = tokenizer
        # The file holds bytes, a quarter of the size, and one scale for each row.
        factors = arrays["scales"].astype(np.float32)[:, None]
        # The last row, of zeros, is for tokens that have no vector.
        self._table = np.vstack([arrays["tokens"] * factors, np.zeros((1, self.dim), np.float32)])
        ids = arrays["ids"].astype(np.int64)
        self._row_of = np.full(max(ids.max(initial=0) + 1, tokenizer.get_vocab_size()), -1)
        self._row_of[ids] = np.arange(len(ids))
        keys = arrays["pairs"].astype(np.int64) @ np.array([_PAIR_FACTOR, 1])
        order = np.argsort(keys)
        self._pairs, self._pair_rows = keys[order], len(ids) + order

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        parts = [self._vectors(ids) for ids in self._batches(texts)]
        return np.vstack(parts) if parts else np.zeros((0, self.dim), np.float32)

    def encode_deep(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, followed by the columns of the small network."""
        if self.network is None:
            return self.encode(texts)
        parts = [
            np.hstack([self._vectors(ids), self.network.rows(ids)]) for ids in self._batches(texts)
        ]
        width = self.dim + self.network.dim
        return np.vstack(parts) if parts else np.zeros((0, width), np.float32)

    def _batches(self, texts: Sequence[str]) -> Iterator[list[Ints]]:
        """The token ids of texts, a batch at a time."""
        for start in range(0, len(texts), _BATCH_SIZE):
            batch = list(texts[start : start + _BATCH_SIZE])
            encodings = self.tokenizer.encode_batch(batch, add_special_tokens=False)
            yield [np.array(encoding.ids, dtype=np.int64) for encoding in encodings]

    def _vectors(self, ids: Sequence[Ints]) -> Vectors:
        lists = [self._rows(own) for own in ids]
        starts = np.cumsum([0, *(len(rows) for rows in lists[:-1])])
        # reduceat sums each text's rows in one call; no list is empty, see `_rows`.
        sums: Vectors = np.add.reduceat(self._table[np.concatenate(lists)], starts, axis=0)
        return unit_rows(sums)

    def _rows(self, ids: Ints) -> Ints:
        """Rows of the table to be summed for one text; the row of zeros if there are none."""
        rows = self._row_of[ids]
        keys = ids[:-1] * _PAIR_FACTOR + ids[1:]
        if len(self._pairs) and len(keys):
            # For a key above all others, `searchsorted` gives one place too many.
            index = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
            rows = np.concatenate([rows, self._pair_rows[index[self._pairs[index] == keys]]])
        return rows if len(rows) else np.array([-1])


def check_static(folder: Path) -> None:
    """Return if the encoder's files are present and unaltered; else raise ModelError."""
    check_model(folder, STATIC_FILES, remedy=f"{REINSTALL}, or use the encoder 'minilm'")


def load_static(
    folder: Path = FOLDER, network: Path | None = SMALL_NETWORK_FOLDER
) -> StaticEncoder:
    """The static encoder in `folder` with the small network in `network`; by default as shipped.

    An encoder of your own has other tokens than the shipped network knows: pass None.

    Raises ModelError when a file is missing or has been altered.
    """
    check_static(folder)
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    weights, vocabulary = (folder / name for name in STATIC_FILES)
    tokenizer = Tokenizer.from_file(str(vocabulary))
    small = load_small_network(tokenizer.get_vocab_size(), network) if network else None
    return StaticEncoder(
        tokenizer, load_file(weights), revision=file_hash(weights)[:12], network=small
    )
