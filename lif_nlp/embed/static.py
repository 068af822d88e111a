"""A small encoder of our own: a sentence is the weighted sum of its tokens' vectors.

The vectors were taken from MiniLM and then trained on safeguarding text to give its
sentence similarities (`scripts/train_static_encoder.py`, card in `models/static`).
It needs neither torch nor a network and reads thousands of sentences a second, at
some loss of meaning: word order does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lif_nlp.embed.rows import unit_rows
from lif_nlp.errors import ModelError
from lif_nlp.ids import file_hash
from lif_nlp.protocols import Vectors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FOLDER = Path(__file__).resolve().parents[2] / "models" / "static"
_BATCH = 4096


class StaticEncoder:
    """Token vectors, shape (vocabulary, dim) with the tokens' weights in their length."""

    name = "static"

    def __init__(
        self, tokenizer: Tokenizer, tokens: npt.NDArray[np.float32], *, revision: str
    ) -> None:
        self.revision = revision
        self.dim = tokens.shape[1]
        self._tokenizer = tokenizer
        self._tokens = tokens

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order."""
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = self._tokenizer.encode_batch(
                list(texts[start : start + _BATCH]), add_special_tokens=False
            )
            for row, encoding in enumerate(batch, start):
                if encoding.ids:
                    rows[row] = self._tokens[encoding.ids].sum(axis=0)
        return unit_rows(rows)


def load_static(folder: Path = FOLDER) -> StaticEncoder:
    """The shipped static encoder, or the one in `folder`; ModelError when missing."""
    weights, vocabulary = folder / "vectors.safetensors", folder / "tokenizer.json"
    for path in (weights, vocabulary):
        if not path.is_file():
            raise ModelError(
                f"{path}: the static encoder is missing; use the encoder 'minilm', "
                "or make it with scripts/train_static_encoder.py"
            )
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    stored = load_file(weights)
    tokens = stored["tokens"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None]
    return StaticEncoder(
        Tokenizer.from_file(str(vocabulary)), tokens, revision=file_hash(weights)[:12]
    )
