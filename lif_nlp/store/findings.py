"""Findings out of the store, as records and by words."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

from lif_nlp.records import Finding
from lif_nlp.store.json_columns import load_marks, numbers, strings

_COLUMNS = (
    "finding_id, doc_id, start, stop, text, page, page_end, paragraph, heading, kind, role,"
    " why, hindsight, aware, agencies, priorities, themes, scores"
)
_QUERY = f"SELECT {_COLUMNS}, marks FROM findings f"
_WITHOUT_MARKS = f"SELECT {_COLUMNS}, '[]' FROM findings f"

_COUNTED = (
    " WHERE repeated = 0 AND (SELECT duplicate_of FROM documents d WHERE d.doc_id = f.doc_id) = ''"
)

_SHOWN = (
    "SELECT doc_id, source, title, review_type, published, area, duplicate_of FROM documents"
    " ORDER BY doc_id",
    "SELECT theme_id, name, kind, parent, status, stability, terms, exemplars FROM themes"
    " ORDER BY position",
    "SELECT finding_id, theme_id, confidence, by FROM assignments ORDER BY rowid",
    "SELECT key, value FROM notes WHERE key LIKE 'review.%' ORDER BY key",
)


def iter_findings(
    db: sqlite3.Connection, *, counted: bool = False, marks: bool = True
) -> Iterator[Finding]:
    """All findings, sorted by id; with `counted`, without copies and common wording."""
    query, only = _QUERY if marks else _WITHOUT_MARKS, _COUNTED if counted else ""
    for row in db.execute(f"{query}{only} ORDER BY finding_id"):
        yield _finding(row)


def labels_digest(db: sqlite3.Connection) -> str:
    """A hash that changes when a finding that counts comes, goes or is labelled otherwise."""
    digest = hashlib.sha256()
    query = f"SELECT finding_id, role, themes FROM findings f{_COUNTED} ORDER BY finding_id"
    for row in db.execute(query):
        digest.update("\t".join(row).encode("utf-8"))
        digest.update(b"\n")
    return digest.hexdigest()


def shown_digest(db: sqlite3.Connection) -> str:
    """A hash that changes with what briefs show beside findings and their labels.

    That is: what is known about reports, the themes and what belongs to them, and what
    people decided in a review.
    """
    digest = hashlib.sha256()
    for query in _SHOWN:
        for row in db.execute(query):
            digest.update(repr(row).encode("utf-8"))
    return digest.hexdigest()


def some_findings(db: sqlite3.Connection, finding_ids: Iterable[str]) -> dict[str, Finding]:
    """The findings with these ids, by id; ids that are not here are left out."""
    wanted = list(dict.fromkeys(finding_ids))
    found: dict[str, Finding] = {}
    for begin in range(0, len(wanted), 500):
        part = wanted[begin : begin + 500]
        marks = ",".join("?" * len(part))
        for row in db.execute(f"{_QUERY} WHERE finding_id IN ({marks})", part):
            found[row[0]] = _finding(row)
    return found


def word_search(db: sqlite3.Connection, words: str, limit: int) -> list[str]:
    """Ids of findings that hold any of the words, best first (bm25)."""
    terms = [term for term in words.replace('"', " ").split() if any(map(str.isalnum, term))]
    if not terms:
        return []
    query = " OR ".join(f'"{term}"' for term in terms)
    rows = db.execute(
        "SELECT finding_id FROM finding_words JOIN findings ON findings.rowid = finding_words.rowid"
        " WHERE finding_words MATCH ? ORDER BY bm25(finding_words), finding_id LIMIT ?",
        (query, limit),
    )
    return [finding_id for (finding_id,) in rows]


def _finding(row: tuple[object, ...]) -> Finding:
    cells = list(row)
    cells[8] = strings(str(cells[8]))
    cells[11], cells[13] = bool(cells[11]), bool(cells[13])
    for position in (12, 14, 15, 16):
        cells[position] = strings(str(cells[position]))
    cells[17], cells[18] = numbers(str(cells[17])), load_marks(str(cells[18]))
    return Finding(*cells)  # type: ignore[arg-type]
