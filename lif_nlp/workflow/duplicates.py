"""Marks duplicate reports and stock wording, so that neither counts twice."""

from __future__ import annotations

from lif_nlp.ingest.duplicates import (
    Fingerprint,
    candidate_pairs,
    compare_documents,
    find_repeated_sentences,
    fingerprint,
)
from lif_nlp.runtime.session import Session
from lif_nlp.store.state import REPEATS_DUE


def mark_duplicates(session: Session) -> dict[str, int]:
    """Compare the documents that are new with all others; returns counts.

    A draft or a summary of a stored report stays in the workspace and points to
    the one that counts; wording that stands word for word in three reports or
    more (statutory text, definitions) is kept out of themes.  It is looked for again
    wherever findings came, went or were made anew since it was last known.
    """
    store = session.store
    # A report is new until its fingerprint is stored, also when a run broke off in between.
    new_ids = set(store.without_print())
    if not new_ids and store.note(REPEATS_DUE) is None:
        return {"copies": 0, "repeated": 0}
    new_prints = {doc_id: fingerprint(store.text_of(doc_id)) for doc_id in sorted(new_ids)}
    stored_prints = {doc_id: Fingerprint(*parts) for doc_id, parts in store.prints().items()}
    copies: dict[str, str] = {}
    for one, other in candidate_pairs(stored_prints | new_prints, new_ids):
        duplicate = compare_documents(store.document(one), store.document(other))
        if duplicate:
            # Pairs come in a fixed order, so of several originals the first is always the same one.
            copies.setdefault(duplicate.duplicate, duplicate.original)
    # A copy repeats every sentence of its original, which makes none of them stock wording.
    stock_sentences = find_repeated_sentences(
        sentence for sentence in store.sentences() if sentence[0] not in copies
    )
    places = [place for sentence in stock_sentences for place in sentence.places]
    store.save_repeats(
        {doc_id: (print_.values, print_.size) for doc_id, print_ in new_prints.items()},
        {other: _last(copies, keep) for other, keep in copies.items()},
        places,
    )
    return {"copies": len(copies), "repeated": len(places)}


def _last(copies: dict[str, str], keep: str) -> str:
    """The report that counts, if the original of a duplicate is itself a duplicate."""
    earlier = {keep}
    # Two reports may each be held for a copy of the other; the walk then ends where it began.
    while (following := copies.get(keep)) and following not in earlier:
        keep = following
        earlier.add(keep)
    return keep
