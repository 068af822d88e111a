"""Finds reports that were added twice, and sentences repeated in many reports.

Candidate pairs come from MinHash signatures (Broder, "On the resemblance and containment of
documents", 1997), so that the work grows with the number of reports, not with its square;
only candidates are compared in full.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.records import Document

# All chosen by judgement in November 2026; no tuning is on record.
SHINGLE_WORDS = 5
"""Words in a shingle. Shorter ones recur by chance, longer ones break at every edit."""

PERMUTATIONS = 128
"""MinHash values per document: the error of an estimated share is about 1/sqrt(128), 9 %."""

CANDIDATE_SIMILARITY = 0.3
"""Estimated Jaccard similarity (0..1) above which two documents are compared in full. It leaves
room for the error of the estimate below `VERSION_OVERLAP`; higher misses edited versions."""

CHANCE_SIMILARITY = 0.01
"""Estimated similarity (0..1) at or below which two documents are unrelated. Lower compares more
pairs; higher misses short summaries of long reports."""

MAX_GROUP = 64
"""Documents that share one MinHash value and are all paired with each other."""

NEIGHBOURS_IN_GROUP = 8
"""In a larger group (statutory wording) each document is paired with only this many others, which
keeps the work linear. Lower may miss a duplicate of standard forms."""

VERSION_OVERLAP = 0.8
"""Two versions of one report share at least this part (0..1) of the shingles of both. Lower takes
reports from one template for versions of each other."""

PART_OVERLAP = 0.75
"""A summary shares at least this part (0..1) of its shingles with its full report."""

MIN_REPORTS = 3
"""Reports in which a sentence must occur word for word to count as stock wording. With 2, one
report that quotes another loses the quotation."""

MIN_WORDS = 6
"""Words of such a sentence; shorter ones ("This was good practice.") recur by chance."""


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two documents that repeat one another.

    Attributes
    ----------
    original
        Id of the document to count: the later or longer one.
    duplicate
        Id of the document to leave out.
    kind
        "same" (equal in all words), "version" (a draft and its final) or "part" (a summary
        whose sentences are in the full report).
    overlap
        Share (0..1) of the duplicate's shingles that the original contains.
    """

    original: str
    duplicate: str
    kind: str
    overlap: float


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """MinHash values of a document, shape (128,) uint64, and its number of shingles."""

    values: npt.NDArray[np.uint64]
    size: int


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; similar texts have similar values.

    >>> fingerprint("the same words in the same order").size
    3
    """
    from datasketch import MinHash

    shingles = _shingles(text)
    # A fixed seed: stored fingerprints must stay comparable.
    minhash = MinHash(num_perm=PERMUTATIONS, seed=1)
    minhash.update_batch(shingle.encode() for shingle in shingles)
    return Fingerprint(minhash.hashvalues.astype(np.uint64), len(shingles))


def candidate_pairs(
    fingerprints: Mapping[str, Fingerprint], new_ids: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Pairs of document ids that are worth comparing in full, sorted.

    Parameters
    ----------
    fingerprints
        Fingerprint of each document, by id.
    new_ids
        Only pairs with one of these; all pairs by default.
    """
    ids = sorted(fingerprints)
    if not ids:
        return []
    values = np.stack([fingerprints[doc_id].values for doc_id in ids])
    sizes = np.array([max(fingerprints[doc_id].size, 1) for doc_id in ids])
    is_new = np.array([new_ids is None or doc_id in new_ids for doc_id in ids])
    pairs = []
    for one, other in _sharing_pairs(values, is_new):
        similarity = float((values[one] == values[other]).mean())
        # A summary of a tenth of the length has a similarity of a tenth at most, however
        # much of it is repeated; so the threshold falls with the ratio of the lengths.
        ratio = min(sizes[one], sizes[other]) / max(sizes[one], sizes[other])
        threshold = min(CANDIDATE_SIMILARITY, 0.5 * ratio)
        if similarity >= threshold and similarity > CHANCE_SIMILARITY:
            pairs.append((ids[one], ids[other]))
    return sorted(pairs)


def _sharing_pairs(
    values: npt.NDArray[np.uint64], is_new: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Pairs of rows, one of them new, that share more values than by chance."""
    common_prints: Counter[tuple[int, int]] = Counter()
    for column in values.T:
        order = np.argsort(column, kind="stable")
        ends = np.flatnonzero(np.diff(column[order])) + 1
        for group in np.split(order, ends):
            if len(group) < 2 or not is_new[group].any():
                continue
            members = group.tolist()
            reach = MAX_GROUP if len(members) <= MAX_GROUP else NEIGHBOURS_IN_GROUP
            for index, one in enumerate(members):
                for other in members[index + 1 : index + 1 + reach]:
                    if is_new[one] or is_new[other]:
                        common_prints[one, other] += 1
    min_shared = math.floor(CHANCE_SIMILARITY * values.shape[1]) + 1
    return (pair for pair, count in common_prints.items() if count >= min_shared)


def find_near_duplicates(documents: Iterable[Document]) -> list[NearDuplicate]:
    """Pairs of documents that repeat one another, sorted by id, in whatever order they come."""
    by_id = {document.doc_id: document for document in documents}
    fingerprints = {doc_id: fingerprint(document.text) for doc_id, document in by_id.items()}
    pairs = (
        compare_documents(by_id[one], by_id[other]) for one, other in candidate_pairs(fingerprints)
    )
    return sorted(
        (pair for pair in pairs if pair), key=lambda pair: (pair.original, pair.duplicate)
    )


def _shingles(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    if len(words) <= SHINGLE_WORDS:
        return frozenset([" ".join(words)])
    starts = range(len(words) - SHINGLE_WORDS + 1)
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in starts)


def compare_documents(one: Document, other: Document) -> NearDuplicate | None:
    """How two documents repeat one another, or None if they do not."""
    shingles, other_shingles = _shingles(one.text), _shingles(other.text)
    if not shingles or not other_shingles:
        return None
    common = len(shingles & other_shingles)
    original, duplicate = _rank(one, other)
    overlap, other_overlap = common / len(shingles), common / len(other_shingles)
    duplicate_overlap = other_overlap if duplicate is other else overlap
    if shingles == other_shingles:
        return NearDuplicate(original.doc_id, duplicate.doc_id, "same", 1.0)
    if min(overlap, other_overlap) >= VERSION_OVERLAP:
        return NearDuplicate(
            original.doc_id, duplicate.doc_id, "version", round(duplicate_overlap, 3)
        )
    if max(overlap, other_overlap) >= PART_OVERLAP:
        # A summary is often dated later than its report, so here the length decides.
        full, part = (one, other) if len(shingles) > len(other_shingles) else (other, one)
        return NearDuplicate(
            full.doc_id, part.doc_id, "part", round(max(overlap, other_overlap), 3)
        )
    return None


def _rank(one: Document, other: Document) -> tuple[Document, Document]:
    """The later, else the longer, else the first, before the other."""
    key = (one.published, len(one.text)), (other.published, len(other.text))
    return (other, one) if key[1] > key[0] else (one, other)


@dataclass(frozen=True, slots=True)
class RepeatedSentence:
    """A sentence that occurs in several reports.

    `documents` are the ids of the reports, `places` one `(doc_id, start, end)` for each
    occurrence, with character offsets in the document's text.
    """

    documents: tuple[str, ...]
    places: tuple[tuple[str, int, int], ...]


def find_repeated_sentences(
    sentences: Iterable[tuple[str, int, int, str]],
    *,
    min_reports: int = MIN_REPORTS,
    duplicates: Iterable[NearDuplicate] = (),
    min_words: int = MIN_WORDS,
) -> list[RepeatedSentence]:
    """Sentences that occur word for word in at least `min_reports` reports.

    Parameters
    ----------
    sentences
        `(doc_id, start, end, words)`; case and punctuation do not matter.
    min_reports
        Reports with the sentence.
    duplicates
        Two versions of one report count as one, so that a draft and its final do not turn
        their wording into stock wording.
    min_words
        Shorter sentences are ignored.
    """
    original_ids = {pair.duplicate: pair.original for pair in duplicates}
    places: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for doc_id, start, end, words in sentences:
        key = " ".join(re.findall(r"[a-z0-9]+", words.lower()))
        if len(key.split()) >= min_words:
            places[key].append((doc_id, start, end))
    result = []
    for key in sorted(places):
        ids = {original_ids.get(doc_id, doc_id) for doc_id, _, _ in places[key]}
        if len(ids) >= min_reports:
            result.append(RepeatedSentence(tuple(sorted(ids)), tuple(sorted(places[key]))))
    return result
