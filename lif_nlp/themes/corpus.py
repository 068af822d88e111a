"""Findings and their vectors in one fixed order, so that input order cannot matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding

Rows = npt.NDArray[np.intp]

_NOT_LETTERS = re.compile(r"[^a-z]+")
_SAME = 0.95
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Corpus:
    """Findings sorted by id, with `vectors` of shape (n, d) row by row."""

    findings: tuple[Finding, ...]
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.findings)

    def take(self, rows: Iterable[int]) -> Corpus:
        """The findings at `rows`, which must rise."""
        chosen = list(rows)
        return Corpus(tuple(self.findings[i] for i in chosen), self.vectors[chosen])


def sort_corpus(findings: Sequence[Finding], vectors: Vectors) -> Corpus:
    """The findings by rising id; raises ValueError when rows and findings differ."""
    if len(findings) != len(vectors):
        raise ValueError(f"{len(findings)} findings but {len(vectors)} vectors; give one row each")
    order = sorted(range(len(findings)), key=lambda i: findings[i].finding_id)
    ordered = np.asarray(vectors, dtype=np.float32)[order]
    return Corpus(tuple(findings[i] for i in order), ordered)


def unit_mean(vectors: Vectors) -> Vectors:
    """Mean of rows scaled to length one, shape (d,)."""
    mean = vectors.mean(axis=0, dtype=np.float64)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)


def sample_rows(corpus: Corpus, most: int) -> Rows:
    """Rows of at most `most` findings, drawn by the hash of their ids.

    The draw asks no seed, and a finding stays in or out when others come or go.
    """
    if len(corpus) <= most:
        return np.arange(len(corpus), dtype=np.intp)
    hashes = [
        hashlib.blake2b(f.finding_id.encode(), digest_size=8).digest() for f in corpus.findings
    ]
    drawn = sorted(range(len(corpus)), key=lambda i: hashes[i])[:most]
    return np.array(sorted(drawn), dtype=np.intp)


def first_copies(corpus: Corpus) -> Rows:
    """For each row, the first row that says nearly the same (itself if none does).

    The same words, or vectors with a cosine of at least 0.95: boilerplate and
    copied sentences count once when themes are sought.
    """
    first = np.arange(len(corpus), dtype=np.intp)
    seen: dict[str, int] = {}
    for row, finding in enumerate(corpus.findings):
        words = _NOT_LETTERS.sub(" ", finding.text.lower()).strip()
        first[row] = seen.setdefault(words, row)
    for start in range(0, len(corpus), _BLOCK):
        near = corpus.vectors[start : start + _BLOCK] @ corpus.vectors[: start + _BLOCK].T >= _SAME
        copies = np.argmax(near, axis=1)
        found = near.any(axis=1)
        for offset in np.flatnonzero(found):
            row = start + int(offset)
            first[row] = min(first[row], first[copies[offset]])
    return first
