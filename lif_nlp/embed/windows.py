"""Texts longer than an encoder's limit, cut into windows it can read whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from lif_nlp.embed.rows import unit_rows
from lif_nlp.protocols import Vectors

TokenEnds = Callable[[str], Sequence[int]]
"""Character offset at which each token of a text ends."""


def over_windows(
    texts: Sequence[str],
    token_ends: TokenEnds,
    encode: Callable[[Sequence[str]], Vectors],
    *,
    limit: int,
    dim: int,
) -> Vectors:
    """Vectors of `texts`, shape (n, dim); a long text's is the mean of its windows' by length."""
    if not len(texts):
        return np.zeros((0, dim), dtype=np.float32)
    pieces, owners, weights = split_long(texts, token_ends, limit=limit)
    vectors = encode(pieces)
    if len(pieces) == len(texts):
        return vectors
    summed = np.zeros((len(texts), dim), dtype=np.float32)
    np.add.at(summed, owners, vectors * weights[:, None])
    return unit_rows(summed)


def split_long(
    texts: Sequence[str], token_ends: TokenEnds, *, limit: int
) -> tuple[list[str], npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """Pieces of at most `limit` tokens, the text each is from, and its token count.

    A text within the limit is one piece, unchanged; its count is then only a bound.

    >>> by_letter = lambda text: range(1, len(text) + 1)
    >>> pieces, owners, counts = split_long(["abcde", "xy"], by_letter, limit=2)
    >>> pieces, owners.tolist(), counts.tolist()
    (['ab', 'cd', 'e', 'xy'], [0, 0, 0, 1], [2.0, 2.0, 1.0, 2.0])
    """
    pieces: list[str] = []
    owners: list[int] = []
    counts: list[int] = []
    for row, text in enumerate(texts):
        # Tokens hold at least a character, so a short text needs no counting.
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
    starts = [0, *(ends[last - 1] for _, last in cuts)]
    return [
        (text[start : ends[last - 1]], last - first)
        for start, (first, last) in zip(starts, cuts, strict=False)
    ]
