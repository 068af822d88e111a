"""Reads findings, as records and by full-text search."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern

from lif_nlp.records import Finding, LabelEvidence
from lif_nlp.store.json_columns import load_frames, load_marks, numbers, strings

PERSON = "person"
"""Value of `by` where a person gave a label."""

_COLUMNS = (
    "finding_id, doc_id, start, stop, text, page, page_end, paragraph, heading, kind, {role},"
    " {why}, hindsight, aware, agencies, priorities, themes, scores, {marks}, frames, actor"
)
_OFTEN_THE_SAME = (1, 9, 10, 20)
"""Places of document, kind, role and actor, of which many findings have the same."""

_CURRENT = (
    f"SELECT {_COLUMNS}, role_by_person, why_by_person FROM current_findings f"
    .replace("{role}", "current_role").replace("{why}", "current_why")
)  # fmt: skip
_MACHINE = (
    f"SELECT {_COLUMNS}, NULL, NULL FROM findings f"
    .replace("{role}", "role").replace("{why}", "why")
)  # fmt: skip

_COUNTED = (
    " WHERE repeated = 0 AND (SELECT duplicate_of FROM documents d WHERE d.doc_id = f.doc_id) = ''"
)

_SHOWN = (
    "SELECT doc_id, source, title, review_type, published, area, duplicate_of FROM documents"
    " ORDER BY doc_id",
    "SELECT theme_id, name, kind, parent, status, stability, terms, exemplars FROM themes"
    " ORDER BY position",
    "SELECT finding_id, theme_id, confidence, by FROM assignments ORDER BY rowid",
    "SELECT * FROM corrections ORDER BY finding_id",
    "SELECT edit_id, finding_id, decision, same_as FROM recommendation_reviews"
    " WHERE undone_at = '' ORDER BY edit_id",
)


def iter_findings(
    db: sqlite3.Connection,
    *,
    counted: bool = False,
    marks: bool = True,
    machine: bool = False,
    scores: str = "",
) -> Iterator[Finding]:
    """All findings, sorted by id; with `counted`, without duplicates and stock wording.

    Labels are those in force, corrected by people; with `machine`, the machine's own.  Only
    scores whose names begin with `scores` are read.
    """
    query = (_MACHINE if machine else _CURRENT).format(marks="marks" if marks else "'[]'")
    only = _COUNTED if counted else ""
    for row in db.execute(f"{query}{only} ORDER BY finding_id"):
        yield _finding(row, scores)


def counted_ids(db: sqlite3.Connection) -> set[str]:
    """Ids of the findings that count: none of duplicates, no stock wording."""
    return {row[0] for row in db.execute(f"SELECT finding_id FROM findings f{_COUNTED}")}


def corrected_ids(db: sqlite3.Connection) -> list[str]:
    """Ids of the findings whose role or reason a person corrected, sorted."""
    return [row[0] for row in db.execute("SELECT finding_id FROM corrections ORDER BY 1")]


def labels_digest(db: sqlite3.Connection, doc_ids: Iterable[str] | None = None) -> str:
    """A hash that changes when a counted finding is added, removed or labelled differently.

    Only the machine's labels enter: themes and points are built on these, so that a
    correction can be undone without building them again.  With `doc_ids`, only findings of
    these documents count.
    """
    digest = hashlib.sha256()
    among = None if doc_ids is None else set(doc_ids)
    query = f"SELECT doc_id, finding_id, role, themes FROM findings f{_COUNTED} ORDER BY finding_id"
    for doc_id, *labels in db.execute(query):
        if among is None or doc_id in among:
            digest.update("\t".join(labels).encode("utf-8"))
            digest.update(b"\n")
    return digest.hexdigest()


def shown_digest(db: sqlite3.Connection) -> str:
    """A hash that changes with what briefs show, apart from the findings' machine labels.

    That is: titles and dates of reports, themes and assignments, and people's decisions.
    """
    digest = hashlib.sha256()
    for query in _SHOWN:
        for row in db.execute(query):
            digest.update(repr(row).encode("utf-8"))
    return digest.hexdigest()


def some_findings(
    db: sqlite3.Connection, finding_ids: Iterable[str], *, machine: bool = False
) -> dict[str, Finding]:
    """The findings with these ids, by id; unknown ids are left out."""
    query = (_MACHINE if machine else _CURRENT).format(marks="marks")
    ids = list(dict.fromkeys(finding_ids))
    by_id: dict[str, Finding] = {}
    # SQLite before 3.32 takes at most 999 parameters in one statement.
    for begin in range(0, len(ids), 500):
        part = ids[begin : begin + 500]
        places = ",".join("?" * len(part))
        for row in db.execute(f"{query} WHERE finding_id IN ({places})", part):
            by_id[row[0]] = _finding(row)
    return by_id


def word_search(db: sqlite3.Connection, words: str, limit: int) -> list[str]:
    """Ids of findings that contain any of the words, best first (bm25)."""
    terms = [term for term in words.replace('"', " ").split() if any(map(str.isalnum, term))]
    if not terms:
        return []
    # In quotation marks, so that FTS5 reads "near", "or" and "*" as words, not as its commands.
    query = " OR ".join(f'"{term}"' for term in terms)
    rows = db.execute(
        "SELECT finding_id FROM finding_words JOIN findings ON findings.rowid = finding_words.rowid"
        " WHERE finding_words MATCH ? ORDER BY bm25(finding_words), finding_id LIMIT ?",
        (query, limit),
    )
    return [finding_id for (finding_id,) in rows]


def corrected_scores(
    scores: Mapping[str, float], role: str | None, why: int | None
) -> Mapping[str, float]:
    """The scores, with 1 for a label that a person gave and 0 for the other roles."""
    if role is None and why is None:
        return scores
    certain = dict(scores)
    if role is not None:
        certain |= {key: 0.0 for key in scores if key.startswith("role:")}
        certain[f"role:{role}"] = 1.0
    if why is not None:
        certain |= {key: float(why) for key in scores if key.startswith("why:")}
    return certain


def _finding(row: Sequence[object], only: str = "") -> Finding:
    # The positions below are those of `_COLUMNS`, which are the fields of a Finding in order.
    *cells, role, why = row
    for position in _OFTEN_THE_SAME:
        cells[position] = intern(str(cells[position]))
    cells[8] = strings(str(cells[8]))
    cells[11], cells[13] = bool(cells[11]), bool(cells[13])
    for position in (12, 14, 15, 16):
        cells[position] = strings(str(cells[position]))
    scores, marks = numbers(str(cells[17]), only), load_marks(str(cells[18]))
    if role is not None or why is not None:
        scores = corrected_scores(scores, role, why)  # type: ignore[arg-type]
        marks = _corrected_marks(marks, len(str(cells[4])), role, why)
    cells[17], cells[18], cells[19] = scores, marks, load_frames(str(cells[19]))
    return Finding(*cells)  # type: ignore[arg-type]


def _corrected_marks(
    marks: Iterable[LabelEvidence], length: int, role: object, why: object
) -> tuple[LabelEvidence, ...]:
    """The marks with the person's labels in place of the machine's."""
    layers = {"role"} if role is not None else set()
    layers |= {"why"} if why is not None else set()
    rest = [mark for mark in marks if mark.layer not in layers]
    if role is not None:
        rest.append(LabelEvidence("role", str(role), 0, length, 1.0, PERSON))
    if why:
        rest.append(LabelEvidence("why", "why", 0, length, 1.0, PERSON))
    return tuple(rest)
