"""The same report twice, and the same wording in many: found so that neither counts twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lif_nlp.records import Document

_SHINGLE = 5
_PERMUTATIONS = 128
_LIKELY = 0.3
"""Share of common shingles above which two documents are compared in full."""

NEAR = 0.8
"""Two versions of one report share at least so much of both."""

CONTAINED = 0.75
"""A summary stands to so much within its full report."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two documents that say the same: `kind` is same, version or part.

    `keep` is the id to count (the longer or later one), `other` the id to leave
    out, `overlap` the share (0..1) of the other's wording that stands in `keep`.
    """

    keep: str
    other: str
    kind: str
    overlap: float


def near_duplicates(documents: Iterable[Document]) -> list[NearDuplicate]:
    """Pairs of documents that repeat one another, sorted by ids; the input order is no matter.

    "same" are equal in all their words (an XLSX saved twice), "version" a draft and
    its final, "part" a summary whose sentences stand in the full report.
    """
    found = sorted(documents, key=lambda document: document.doc_id)
    shingles = {document.doc_id: _shingles(document.text) for document in found}
    pairs = []
    for one, other in _candidates(found, shingles):
        pair = _compare(one, other, shingles[one.doc_id], shingles[other.doc_id])
        if pair:
            pairs.append(pair)
    return sorted(pairs, key=lambda pair: (pair.keep, pair.other))


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) <= _SHINGLE:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _candidates(
    documents: Sequence[Document], shingles: dict[str, frozenset[str]]
) -> Iterable[tuple[Document, Document]]:
    """Pairs worth comparing: alike by MinHash, or one much shorter than the other."""
    from datasketch import MinHash

    prints = {}
    for document in documents:
        prints[document.doc_id] = MinHash(num_perm=_PERMUTATIONS, seed=1)
        prints[document.doc_id].update_batch(s.encode() for s in shingles[document.doc_id])
    for place, one in enumerate(documents):
        for other in documents[place + 1 :]:
            alike = prints[one.doc_id].jaccard(prints[other.doc_id])
            small, large = sorted((len(shingles[one.doc_id]), len(shingles[other.doc_id])))
            # A tenth-long summary shares a tenth at most, whatever it repeats.
            if alike >= min(_LIKELY, 0.5 * small / max(large, 1)) and alike > 0.01:
                yield one, other


def _compare(
    one: Document, other: Document, mine: frozenset[str], theirs: frozenset[str]
) -> NearDuplicate | None:
    if not mine or not theirs:
        return None
    common = len(mine & theirs)
    keep, leave = _ranked(one, other)
    in_one, in_other = common / len(mine), common / len(theirs)
    of_leave = in_other if leave is other else in_one
    if mine == theirs:
        return NearDuplicate(keep.doc_id, leave.doc_id, "same", 1.0)
    if min(in_one, in_other) >= NEAR:
        return NearDuplicate(keep.doc_id, leave.doc_id, "version", round(of_leave, 3))
    if max(in_one, in_other) >= CONTAINED:
        full, part = (one, other) if len(mine) > len(theirs) else (other, one)
        return NearDuplicate(full.doc_id, part.doc_id, "part", round(max(in_one, in_other), 3))
    return None


def _ranked(one: Document, other: Document) -> tuple[Document, Document]:
    """The later, else the longer, else the first by id, before the other."""
    key = (one.published, len(one.text)), (other.published, len(other.text))
    return (other, one) if key[1] > key[0] else (one, other)


@dataclass(frozen=True, slots=True)
class RepeatedSentence:
    """Wording that stands in several reports: in which, and where in each."""

    documents: tuple[str, ...]
    places: tuple[tuple[str, int, int], ...]


def repeated_sentences(
    sentences: Iterable[tuple[str, int, int, str]],
    *,
    least: int = 3,
    linked: Iterable[NearDuplicate] = (),
    fewest_words: int = 6,
) -> list[RepeatedSentence]:
    """Sentences that stand word for word in at least `least` reports.

    `sentences` are (document id, start, end, words).  Two versions of one report
    count as one, so that a draft and its final do not make wording common.
    """
    same = {pair.other: pair.keep for pair in linked}
    places: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for doc_id, start, end, words in sentences:
        key = " ".join(re.findall(r"[a-z0-9]+", words.lower()))
        if len(key.split()) >= fewest_words:
            places[key].append((doc_id, start, end))
    found = []
    for key in sorted(places):
        documents = tuple(sorted({same.get(doc_id, doc_id) for doc_id, _, _ in places[key]}))
        if len(documents) >= least:
            found.append(RepeatedSentence(documents, tuple(sorted(places[key]))))
    return found
