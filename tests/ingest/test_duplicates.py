"""The same report twice, and wording that many reports repeat."""

from __future__ import annotations

import numpy as np

from lif_nlp.ingest.duplicates import (
    Fingerprint,
    _sharing_pairs,
    candidate_pairs,
    find_near_duplicates,
    find_repeated_sentences,
    fingerprint,
)
from lif_nlp.records import Document

WORDS = " ".join(
    f"The {who} told the {whom} that visit number {n} was kept "
    f"and that plan {n} was shared in week {n}."
    for n in range(20)
    for who, whom in (("nurse", "school"), ("officer", "doctor"))
)
OTHER = " ".join(
    f"Housing staff repaired roof {n} while tenants of block {n} waited." for n in range(40)
)


def document(doc_id: str, text: str, published: str = "2021") -> Document:
    return Document(doc_id, doc_id, "", text, (), 1, published=published)


def test_a_draft_and_its_final_are_versions_and_the_later_is_the_original() -> None:
    draft = document("d-2", WORDS + " Draft words.", "2021-01")
    final = document("d-1", WORDS, "2021-05")
    (pair,) = find_near_duplicates([draft, final, document("d-3", OTHER)])
    assert (pair.original, pair.duplicate, pair.kind) == ("d-1", "d-2", "version")
    assert 0.98 < pair.overlap < 1


def test_a_summary_is_a_part_of_its_report() -> None:
    full, summary = document("d-1", WORDS + OTHER), document("d-2", WORDS[: len(WORDS) // 4])
    (pair,) = find_near_duplicates([summary, full])
    assert (pair.original, pair.duplicate, pair.kind) == ("d-1", "d-2", "part")


def test_the_same_words_in_two_files_are_the_same() -> None:
    (pair,) = find_near_duplicates([document("d-1", WORDS), document("d-2", WORDS.upper())])
    assert (pair.kind, pair.overlap) == ("same", 1.0)


def test_order_does_not_matter_and_different_reports_are_no_pair() -> None:
    documents = [document("d-1", WORDS), document("d-2", OTHER), document("d-3", WORDS + " More.")]
    assert find_near_duplicates(documents) == find_near_duplicates(documents[::-1])
    assert len(find_near_duplicates(documents)) == 1


SENTENCE = "You are under a duty to respond to this report within 56 days."


def test_a_sentence_of_three_reports_is_repeated_and_versions_count_once() -> None:
    rows = [(f"d-{n}", 0, 62, SENTENCE) for n in range(3)] + [("d-3", 0, 9, "Too few words.")] * 3
    (sentence,) = find_repeated_sentences(rows)
    assert sentence.documents == ("d-0", "d-1", "d-2")
    assert sentence.places == tuple((f"d-{n}", 0, 62) for n in range(3))
    versions = find_near_duplicates([document("d-0", WORDS), document("d-1", WORDS)])
    assert find_repeated_sentences(rows, duplicates=versions) == []


def prints_of(count: int, *, twins: int) -> dict[str, Fingerprint]:
    """Fingerprints that share one value, and `twins` pairs of which share half their values."""
    random = np.random.default_rng(7)
    values = random.integers(1 << 62, size=(count, 128), dtype=np.uint64)
    values[:, 0] = 1
    values[1 : 2 * twins : 2, : 128 // 2] = values[0 : 2 * twins : 2, : 128 // 2]
    return {f"{place:05}": Fingerprint(row, 900) for place, row in enumerate(values)}


def test_candidates_are_found_without_comparing_all_pairs() -> None:
    prints = prints_of(3_000, twins=20)
    twins = [(f"{place:05}", f"{place + 1:05}") for place in range(0, 40, 2)]
    assert candidate_pairs(prints) == twins
    assert candidate_pairs(prints, new_ids={"00003"}) == [("00002", "00003")]
    values = np.stack([item.values for item in prints.values()])
    assert len(list(_sharing_pairs(values, np.ones(3_000, dtype=bool)))) == 20


def test_many_copies_of_one_report_are_all_linked() -> None:
    one = fingerprint("The nurse asked him and wrote down what he said on that day.")
    prints = {f"{place:03}": one for place in range(100)}
    paired = {doc_id for pair in candidate_pairs(prints) for doc_id in pair}
    assert paired == set(prints)
