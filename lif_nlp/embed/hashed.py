"""Hashed bags of words and letter groups: needs no model, identical on every machine."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lif_nlp.embed.vectors import unit_rows
from lif_nlp.protocols import Vectors

_LETTER_WEIGHT = 0.5
"""Weight of letter groups relative to whole words. Higher makes inflected forms closer
and unrelated words that share letters too; chosen by judgement, since only tests use it."""


class HashedEncoder:
    """Puts texts that share words or parts of words close together; meant for tests.

    It knows nothing of meaning: "carer" and "parent" are unrelated to it. English stop
    words are ignored, so that only content words count.

    Parameters
    ----------
    dim
        Length of the vectors. Fewer dimensions mean more collisions of hashes.
    """

    name = "hashed"

    def __init__(self, dim: int = 512) -> None:
        from sklearn.feature_extraction.text import HashingVectorizer

        self.dim = dim
        self.revision = f"words12-letters35-{dim}"
        self._words = HashingVectorizer(
            n_features=dim, stop_words="english", ngram_range=(1, 2), norm="l2"
        )
        self._letters = HashingVectorizer(
            n_features=dim, analyzer="char_wb", ngram_range=(3, 5), norm="l2"
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order.

        >>> near, also_near, far = HashedEncoder().encode(
        ...     ["Police shared information", "Information was shared by police", "A dental check"]
        ... )
        >>> bool(near @ also_near > 0.4 > near @ far)
        True
        """
        if not len(texts):
            return np.zeros((0, self.dim), dtype=np.float32)
        words = self._words.transform(texts)
        letters = self._letters.transform(texts)
        return unit_rows((words + _LETTER_WEIGHT * letters).toarray())
