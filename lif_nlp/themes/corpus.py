"""Findings and their vectors in one fixed order, so that the order of the input cannot matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.thresholds import CLUSTERING

Rows = npt.NDArray[np.intp]
"""Row numbers of a corpus, shape (n,)."""

_NOT_LETTERS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Findings sorted by id, with `vectors` of shape (n, d), one row each."""

    findings: tuple[Finding, ...]
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.findings)

    def take(self, rows: Iterable[int]) -> Corpus:
        """The part of the corpus at `rows`, which must be in ascending order."""
        places = list(rows)
        return Corpus(tuple(self.findings[i] for i in places), self.vectors[places])


def sort_corpus(findings: Sequence[Finding], vectors: Vectors) -> Corpus:
    """The findings by ascending id.

    Raises
    ------
    ValueError
        When there is not exactly one vector for each finding.
    """
    if len(findings) != len(vectors):
        raise ValueError(f"{len(findings)} findings but {len(vectors)} vectors; give one row each")
    # Every later tie is broken by row, so this order makes the result independent of the input's.
    order = sorted(range(len(findings)), key=lambda i: findings[i].finding_id)
    rows = np.asarray(vectors, dtype=np.float32)[order]
    return Corpus(tuple(findings[i] for i in order), rows)


def unit_mean(vectors: Vectors) -> Vectors:
    """Mean of the rows, scaled to unit length; shape (d,)."""
    # float64, since rounding errors of long float32 sums would reach the centroid.
    mean = vectors.mean(axis=0, dtype=np.float64)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)


def sample_rows(corpus: Corpus, limit: int) -> Rows:
    """Rows of at most `limit` findings, drawn by the hash of their ids."""
    return np.array(draw_rows(corpus.findings, range(len(corpus)), limit), dtype=np.intp)


def draw_rows(findings: Sequence[Finding], rows: Iterable[int], limit: int) -> list[int]:
    """At most `limit` of these rows, ascending, drawn by the hash of the findings' ids."""
    row_of = {findings[row].finding_id: row for row in rows}
    return sorted(row_of[finding_id] for finding_id in draw_ids(row_of, limit))


def draw_ids(ids: Iterable[str], limit: int) -> list[str]:
    """At most `limit` of these ids, ascending, drawn by their hash.

    The draw needs no seed, and an id stays in or out when others are added or removed.
    """
    ascending = sorted(ids)
    if len(ascending) <= limit:
        return ascending
    # Not hash(): Python salts it anew in each process.
    hashes = {id: hashlib.blake2b(id.encode(), digest_size=8).digest() for id in ascending}
    return sorted(sorted(ascending, key=lambda id: hashes[id])[:limit])


def first_copies(corpus: Corpus) -> Rows:
    """For each row, the first row that says nearly the same (itself if none does).

    Copies have the same letters, or a cosine of at least `CLUSTERING.duplicate_cosine`:
    boilerplate and copied sentences count once when clusters are sought.
    """
    first = np.arange(len(corpus), dtype=np.intp)
    row_of_words: dict[str, int] = {}
    for row, finding in enumerate(corpus.findings):
        words = _NOT_LETTERS.sub(" ", finding.text.lower()).strip()
        first[row] = row_of_words.setdefault(words, row)
    block = CLUSTERING.duplicate_block
    for start in range(0, len(corpus), block):
        cosines = corpus.vectors[start : start + block] @ corpus.vectors[: start + block].T
        # A row is near itself, so the first near row is never later than the row.
        is_copy = cosines >= CLUSTERING.duplicate_cosine
        first_place = np.argmax(is_copy, axis=1)
        for offset in np.flatnonzero(is_copy.any(axis=1)):
            row = start + int(offset)
            # A copy of a copy is a copy of the first.
            first[row] = min(first[row], first[first_place[offset]])
    return first
