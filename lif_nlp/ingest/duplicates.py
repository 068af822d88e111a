"""The same report twice, and the same wording in many: found so that neither counts twice."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.records import Document

_SHINGLE = 5
_PERMUTATIONS = 128
_LIKELY = 0.3
"""Share of common shingles above which two documents are compared in full."""

_CHANCE = 0.01
"""Less in common than this is chance."""

_CROWD = 64
_NEXT = 8
"""A value that more than 64 documents share leads each to the next 8 of them only."""

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


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A document's wording in short: MinHash values, shape (128,), and its shingles' number."""

    values: npt.NDArray[np.uint64]
    size: int


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; near-same texts have near-same values.

    >>> fingerprint("the same words in the same order").size
    3
    """
    from datasketch import MinHash

    shingles = _shingles(text)
    made = MinHash(num_perm=_PERMUTATIONS, seed=1)
    made.update_batch(shingle.encode() for shingle in shingles)
    return Fingerprint(made.hashvalues.astype(np.uint64), len(shingles))


def likely_pairs(
    prints: Mapping[str, Fingerprint], fresh: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Pairs of ids worth comparing in full, sorted; with `fresh`, only pairs that hold one.

    Alike by MinHash, or one much shorter than the other: a tenth-long summary
    shares a tenth at most, whatever it repeats.
    """
    ids = sorted(prints)
    if not ids:
        return []
    values = np.stack([prints[doc_id].values for doc_id in ids])
    sizes = np.array([max(prints[doc_id].size, 1) for doc_id in ids])
    new = np.array([fresh is None or doc_id in fresh for doc_id in ids])
    found = []
    for one, other in _sharing(values, new):
        alike = float((values[one] == values[other]).mean())
        ratio = min(sizes[one], sizes[other]) / max(sizes[one], sizes[other])
        if alike >= min(_LIKELY, 0.5 * ratio) and alike > _CHANCE:
            found.append((ids[one], ids[other]))
    return sorted(found)


def _sharing(
    values: npt.NDArray[np.uint64], new: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Pairs of rows that share values in several columns and hold a new one.

    Only documents that share a value meet, so that the work grows with their number,
    not with its square; of a value that a crowd shares (standing wording), each
    document meets the next few of the crowd.
    """
    shared: Counter[tuple[int, int]] = Counter()
    for column in values.T:
        order = np.argsort(column, kind="stable")
        ends = np.flatnonzero(np.diff(column[order])) + 1
        for group in np.split(order, ends):
            if len(group) < 2 or not new[group].any():
                continue
            members = group.tolist()
            for place, one in enumerate(members):
                reach = _CROWD if len(members) <= _CROWD else _NEXT
                for other in members[place + 1 : place + 1 + reach]:
                    if new[one] or new[other]:
                        shared[one, other] += 1
    least = math.floor(_CHANCE * values.shape[1]) + 1
    return (pair for pair, count in shared.items() if count >= least)


def near_duplicates(documents: Iterable[Document]) -> list[NearDuplicate]:
    """Pairs of documents that repeat one another, sorted by ids; the input order is no matter.

    "same" are equal in all their words (an XLSX saved twice), "version" a draft and
    its final, "part" a summary whose sentences stand in the full report.
    """
    by_id = {document.doc_id: document for document in documents}
    prints = {doc_id: fingerprint(document.text) for doc_id, document in by_id.items()}
    pairs = (compare(by_id[one], by_id[other]) for one, other in likely_pairs(prints))
    return sorted((pair for pair in pairs if pair), key=lambda pair: (pair.keep, pair.other))


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) <= _SHINGLE:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def compare(one: Document, other: Document) -> NearDuplicate | None:
    """How two documents repeat one another, or None where they do not."""
    mine, theirs = _shingles(one.text), _shingles(other.text)
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
