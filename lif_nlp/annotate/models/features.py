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

from lif_nlp.errors import ModelError
from lif_nlp.protocols import Vectors
from lif_nlp.text.folding import tokenize

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
    """Rows of features, shape (len(texts), spec.width), to train a model on.

    Raises ModelError when a block that the spec names is not given.
    """
    rows = np.zeros((len(texts), spec.width), dtype=np.float32)
    words = spec.dim + len(spec.words)
    rows[:, : spec.dim] = vector_block(spec, len(texts), vectors)
    for row, text in zip(rows[:, spec.dim : words], texts, strict=True):
        columns, values = weighed_words(spec, text)
        row[columns] = values
    rows[:, words:] = extra_block(spec, len(texts), extra)
    return rows


def vector_block(spec: FeatureSpec, texts: int, vectors: Vectors | None) -> Matrix:
    """Sentence vectors as the model weighs them, shape (texts, spec.dim).

    Raises ModelError for vectors of another shape.
    """
    # Further columns are for models that read deeper.
    first = None if vectors is None else vectors[:, : spec.dim]
    scaled: Matrix = _checked("vector", first, texts, spec.dim) * np.float32(spec.vector_scale)
    return scaled


def extra_block(spec: FeatureSpec, texts: int, extra: npt.ArrayLike | None) -> Matrix:
    """The columns that the component counted, shape (texts, len(spec.extra)).

    Raises ModelError for an array of another shape.
    """
    return _checked("extra", extra, texts, len(spec.extra))


def weighed_words(spec: FeatureSpec, text: str) -> tuple[list[int], Matrix]:
    """Columns among the spec's words that `text` fills, and the tf-idf of each, both (n,).

    The tf-idf are scaled to a vector of length `words_scale`.  All other columns, which
    are nearly all, are 0.
    """
    known, counts = spec.weights_of_words, _counts(text)
    # In the order of columns: a sum depends on the order, if only in its last digit.
    met = sorted((*known[term], counts[term]) for term in known.keys() & counts.keys())
    weights = [(1.0 + math.log(count)) * idf for _, idf, count in met]
    scale = spec.words_scale / (math.hypot(*weights) or 1.0)
    return [column for column, _, _ in met], np.asarray(
        [weight * scale for weight in weights], dtype=np.float32
    )


@lru_cache(maxsize=256)
def _counts(text: str) -> Mapping[str, int]:
    """How often each term stands in a text; several models ask of the same one."""
    return Counter(terms_of(text))


def terms_of(text: str) -> list[str]:
    """Folded words of a text, then its pairs of neighbouring words.

    >>> terms_of("Case notes lacked")
    ['case', 'note', 'lacked', 'case note', 'note lacked']
    """
    words = [word.folded for word in tokenize(text) if not word.folded.isdigit()]
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _checked(block: str, given: npt.ArrayLike | None, rows: int, columns: int) -> Matrix:
    if not columns:
        return np.zeros((rows, 0), dtype=np.float32)
    array = np.asarray([] if given is None else given, dtype=np.float32)
    if array.shape != (rows, columns):
        raise ModelError(
            f"features: the block '{block}' has shape {array.shape}, but the model needs "
            f"({rows}, {columns}); use the encoder and version the model was trained with"
        )
    return array
