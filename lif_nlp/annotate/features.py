"""Features of a text as rows of numbers, for the small linear models.

A row is made of blocks, side by side: the sentence vector, words and word pairs
weighed by tf-idf, and extra columns that a component counts itself (cues, rule
hits).  Which blocks, and what each column means, is written in the model's JSON.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lif_nlp.annotate.lexicon import words_of
from lif_nlp.errors import ModelError
from lif_nlp.protocols import Vectors

Matrix = npt.NDArray[np.float32]
"""One row per text, one column per feature, float32."""


@dataclass(frozen=True)
class FeatureSpec:
    """What the columns of a row mean, in order: vector, words, extra.

    `dim` is the length of the sentence vector (0 for none) and `vector_scale` its
    factor; `words` are folded words and pairs with their `idf`; `extra` names the
    columns that the component supplies.
    """

    dim: int = 0
    vector_scale: float = 1.0
    words: tuple[str, ...] = ()
    idf: tuple[float, ...] = field(default=(), repr=False)
    words_scale: float = 1.0
    extra: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return self.dim + len(self.words) + len(self.extra)

    @cached_property
    def weights_of_words(self) -> Mapping[str, tuple[int, float]]:
        """Column among the words, and idf, of each word."""
        return {w: (i, idf) for i, (w, idf) in enumerate(zip(self.words, self.idf, strict=True))}


def build_matrix(
    spec: FeatureSpec,
    texts: Sequence[str],
    *,
    vectors: Vectors | None = None,
    extra: npt.ArrayLike | None = None,
) -> Matrix:
    """Rows of features, shape (len(texts), spec.width).

    Raises ModelError when a block that the spec names is not given.
    """
    rows = np.zeros((len(texts), spec.width), dtype=np.float32)
    words = spec.dim + len(spec.words)
    if spec.dim:
        # Further columns are for models that read deeper.
        first = None if vectors is None else vectors[:, : spec.dim]
        vector = _checked("vector", first, len(texts), spec.dim)
        np.multiply(vector, spec.vector_scale, out=rows[:, : spec.dim])
    if spec.words:
        _fill_words(spec, texts, rows[:, spec.dim : words])
    if spec.extra:
        rows[:, words:] = _checked("extra", extra, len(texts), len(spec.extra))
    return rows


def _fill_words(spec: FeatureSpec, texts: Sequence[str], rows: Matrix) -> None:
    """Put tf-idf of the spec's words into rows of zeros, each of length `words_scale`."""
    known = spec.weights_of_words
    for row, text in zip(rows, texts, strict=True):
        counts = _counts(text)
        for term in counts.keys() & known.keys():
            column, idf = known[term]
            row[column] = (1.0 + math.log(counts[term])) * idf
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    # In place: most columns are empty, and to write them again and again costs most.
    rows /= np.where(lengths > 0, lengths, 1.0)
    rows *= spec.words_scale


@lru_cache(maxsize=256)
def _counts(text: str) -> Mapping[str, int]:
    """How often each term stands in a text; several models ask of the same one."""
    return Counter(terms_of(text))


def terms_of(text: str) -> list[str]:
    """Folded words of a text, then its pairs of neighbouring words.

    >>> terms_of("Case notes lacked")
    ['case', 'note', 'lacked', 'case note', 'note lacked']
    """
    words = [word.folded for word in words_of(text) if not word.folded.isdigit()]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _checked(block: str, given: npt.ArrayLike | None, rows: int, columns: int) -> Matrix:
    array = np.asarray([] if given is None else given, dtype=np.float32)
    if array.shape != (rows, columns):
        raise ModelError(
            f"features: the block '{block}' has shape {array.shape}, but the model needs "
            f"({rows}, {columns}); use the encoder and version the model was trained with"
        )
    return array
