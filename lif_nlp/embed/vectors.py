"""Vectors of unit length, also for texts that exceed an encoder's limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors

SPECIAL_TOKENS = 2
"""Tokens that BERT adds to each input ([CLS] and [SEP]), which count towards its limit."""

TokenEnds = Callable[[str], Sequence[int]]
"""Character offset at which each token of a text ends."""


def unit_rows(rows: npt.NDArray[np.floating]) -> Vectors:
    """`rows` scaled to length 1, float32, shape unchanged.

    A row of zeros (a text without words) becomes the row of equal parts, so that every row
    has unit length and no cosine divides by zero.

    >>> unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).round(2).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.7099999785423279, 0.7099999785423279]]
    """
    result = np.array(rows, dtype=np.float32)
    result[~np.any(result, axis=1)] = 1.0
    lengths = np.linalg.norm(result, axis=1, keepdims=True)
    return np.ascontiguousarray(result / lengths, dtype=np.float32)


def encode_windows(
    texts: Sequence[str],
    token_ends: TokenEnds,
    encode: Callable[[Sequence[str]], Vectors],
    *,
    limit: int,
    dim: int,
) -> Vectors:
    """Vectors of `texts`, shape (n, dim), float32.

    The vector of a long text is the mean of its windows' vectors, weighted by their tokens.

    Parameters
    ----------
    texts
        Any length.
    token_ends
        Finds where the tokens of a text end.
    encode
        Encodes texts of at most `limit` tokens.
    limit
        Tokens per window, special tokens excluded.
    dim
        Number of columns, for an empty list of texts.
    """
    if not len(texts):
        return np.zeros((0, dim), dtype=np.float32)
    pieces, owners, weights = split_long(texts, token_ends, limit=limit)
    vectors = encode(pieces)
    if len(pieces) == len(texts):
        return vectors
    sums = np.zeros((len(texts), dim), dtype=np.float32)
    # Weighted, or the few words of a last window would count as much as a full one. `sums[owners]
    # += ...` would keep one window of each text only.
    np.add.at(sums, owners, vectors * weights[:, None])
    return unit_rows(sums)


def split_long(
    texts: Sequence[str], token_ends: TokenEnds, *, limit: int
) -> tuple[list[str], npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """Windows of at most `limit` tokens, the index of the text each is from, its token count.

    A text within the limit is one window, unchanged, and its count only an upper bound.

    >>> by_letter = lambda text: range(1, len(text) + 1)
    >>> pieces, owners, counts = split_long(["abcde", "xy"], by_letter, limit=2)
    >>> pieces, owners.tolist(), counts.tolist()
    (['ab', 'cd', 'e', 'xy'], [0, 0, 0, 1], [2.0, 2.0, 1.0, 2.0])
    """
    pieces: list[str] = []
    owners: list[int] = []
    counts: list[int] = []
    for row, text in enumerate(texts):
        # A token has at least one character, so a text of few characters needs no tokenising.
        ends = token_ends(text) if len(text) > limit else ()
        if len(ends) <= limit:
            windows = [(text, max(1, len(ends) or len(text)))]
        else:
            windows = _cut(text, ends, limit)
        pieces.extend(piece for piece, _ in windows)
        counts.extend(count for _, count in windows)
        owners.extend([row] * len(windows))
    return pieces, np.array(owners, dtype=np.intp), np.array(counts, dtype=np.float32)


def _cut(text: str, ends: Sequence[int], limit: int) -> list[tuple[str, int]]:
    cuts = [(i, min(i + limit, len(ends))) for i in range(0, len(ends), limit)]
    # Where the window before ended, not where a token begins: no character is lost between two.
    starts = [0, *(ends[last - 1] for _, last in cuts)]
    return [
        (text[start : ends[last - 1]], last - first)
        for start, (first, last) in zip(starts, cuts, strict=False)
    ]
