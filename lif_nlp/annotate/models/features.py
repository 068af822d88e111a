"""Features of a text as rows of numbers, for the small linear models.

A row consists of blocks, side by side: the sentence vector, words and word pairs weighted
by tf-idf, and extra columns that a component counts itself (cues, rule matches).  The
model's JSON lists the blocks and the meaning of each column.

scikit-learn's TfidfVectorizer is not used: it would have to be taught our folding of words
and our scaling, and is made for many texts at a time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lif_nlp.errors import ModelError
from lif_nlp.protocols import Vectors
from lif_nlp.text.folding import tokenize

Matrix = npt.NDArray[np.float32]
"""One row per text, one column per feature, float32."""


@dataclass(frozen=True)
class FeatureSpec:
    """The meaning of the columns of a row, in order: vector, words, extra.

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
        """Number of columns of a row."""
        return self.dim + len(self.words) + len(self.extra)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words with their columns and idf; models with the same words share one."""
        return _vocabulary(self.words, self.idf)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Column within the block of words, and idf, of each word."""

    weights: Mapping[str, tuple[int, float]]


@lru_cache(maxsize=32)
def _vocabulary(words: tuple[str, ...], idf: tuple[float, ...]) -> Vocabulary:
    return Vocabulary({w: (i, v) for i, (w, v) in enumerate(zip(words, idf, strict=True))})


def vector_block(spec: FeatureSpec, texts: int, vectors: Vectors | None) -> Matrix:
    """Scaled sentence vectors, shape (texts, spec.dim); ModelError for another shape."""
    # Further columns hold the encoder's middle layer, which only some models read.
    first = None if vectors is None else vectors[:, : spec.dim]
    scaled: Matrix = _checked("vector", first, texts, spec.dim) * np.float32(spec.vector_scale)
    return scaled


def extra_block(spec: FeatureSpec, texts: int, extra: npt.ArrayLike | None) -> Matrix:
    """The component's own columns, shape (texts, len(spec.extra)); else ModelError."""
    return _checked("extra", extra, texts, len(spec.extra))


def weighted_words(spec: FeatureSpec, text: str) -> tuple[list[int], Matrix]:
    """Columns of words that occur in `text`, and the tf-idf of each, both of length n.

    tf is 1 + log(count); the row is scaled to length `words_scale`.  All other columns,
    which are nearly all, are 0.
    """
    return _weighted(spec.vocabulary, spec.words_scale, text)


@lru_cache(maxsize=512)
def _weighted(vocabulary: Vocabulary, words_scale: float, text: str) -> tuple[list[int], Matrix]:
    """`weighted_words`, once for all models that share a vocabulary."""
    weights_of, counts = vocabulary.weights, _counts(text)
    common_names = weights_of.keys() & counts.keys()
    # In the order of columns, since floating-point sums depend on the order.
    terms = sorted((*weights_of[term], counts[term]) for term in common_names)
    weights = [(1.0 + math.log(count)) * idf for _, idf, count in terms]
    scale = words_scale / (math.hypot(*weights) or 1.0)
    return [column for column, _, _ in terms], np.asarray(
        [weight * scale for weight in weights], dtype=np.float32
    )


@lru_cache(maxsize=256)
def _counts(text: str) -> Mapping[str, int]:
    """How often each term occurs; cached because several models score the same text."""
    return Counter(terms_of(text))


def terms_of(text: str) -> list[str]:
    """Folded words of a text without numbers, then its pairs of neighbouring words.

    >>> terms_of("Case notes lacked")
    ['case', 'note', 'lacked', 'case note', 'note lacked']
    """
    words = [word.folded for word in tokenize(text) if not word.folded.isdigit()]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _checked(block: str, values: npt.ArrayLike | None, rows: int, columns: int) -> Matrix:
    if not columns:
        return np.zeros((rows, 0), dtype=np.float32)
    array = np.asarray([] if values is None else values, dtype=np.float32)
    if array.shape != (rows, columns):
        raise ModelError(
            f"features: the block '{block}' has shape {array.shape}, but the model needs "
            f"({rows}, {columns}); use the encoder and version the model was trained with"
        )
    return array
