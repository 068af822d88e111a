"""Hashed bags of words and letter groups: needs no model, identical on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from lif_nlp.embed.vectors import unit_rows
from lif_nlp.protocols import Vectors
from lif_nlp.text.word_lists import words as words_of

_WORD = re.compile(r"\w\w+")

_LETTER_WEIGHT = 0.5
"""Weight of letter groups relative to whole words. Higher makes inflected forms closer
and unrelated words that share letters too; chosen by judgement, since only tests use it."""

_GROUP_SIZES = (3, 4, 5)
"""Letters in a group, as is usual for character n-grams: three hold a stem, five an ending."""


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
        self.dim = dim
        self.revision = f"crc-words12-letters35-{dim}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32, unit length, same order.

        >>> near, also_near, far = HashedEncoder().encode(
        ...     ["Police shared information", "Information was shared by police", "A dental check"]
        ... )
        >>> bool(near @ also_near > 0.4 > near @ far)
        True
        """
        rows = np.zeros((len(texts), self.dim))
        for place, text in enumerate(texts):
            lower = text.lower()
            words = self._bag(map(_hash, _words_and_pairs(lower)))
            letters = self._bag(code for word in lower.split() for code in _letter_groups(word))
            # Both have length 1, so the weight means the same in a short and in a long text.
            rows[place] = words + _LETTER_WEIGHT * letters
        return unit_rows(rows)

    def _bag(self, codes: Iterable[int]) -> npt.NDArray[np.float64]:
        """Hashes counted by their lowest digits, of length 1 unless there are none."""
        hashes = np.fromiter(codes, dtype=np.int64)
        # The highest bit decides the sign, so that collisions cancel out on average.
        signs = np.where(hashes >> 31, -1.0, 1.0)
        counts = np.bincount(hashes % self.dim, weights=signs, minlength=self.dim)
        length = float(np.linalg.norm(counts))
        return np.asarray(counts / (length or 1.0))


def _words_and_pairs(text: str) -> Iterator[str]:
    content = [word for word in _WORD.findall(text) if word not in words_of("stop_words")]
    yield from content
    yield from map(" ".join, pairwise(content))


# A report repeats the same words again and again.
@lru_cache(maxsize=1 << 14)
def _letter_groups(word: str) -> tuple[int, ...]:
    """Hashes of a word's groups of letters; a space marks its ends."""
    padded = f" {word} "
    return tuple(
        _hash(padded[start : start + size])
        for size in _GROUP_SIZES
        for start in range(max(1, len(padded) - size + 1))
    )


def _hash(text: str) -> int:
    # Python's own hash() differs from one process to the next.
    return crc32(text.encode("utf-8", "surrogatepass"))
