"""Reads and writes documents with their findings."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from lif_nlp.records import (
    Annotated,
    Document,
    Fact,
    Finding,
    Quarantined,
    Recommendation,
    SkippedPart,
)
from lif_nlp.store.json_columns import (
    dump,
    dump_blocks,
    dump_frames,
    dump_marks,
    dump_strings,
    load_blocks,
)

_DOCUMENT_COLUMNS = (
    "doc_id, source_hash, source, title, review_type, published, area, pages, words, text, blocks,"
    " units, kept, boilerplate, annotated_with"
)
_FINDING_COLUMNS = (
    "finding_id, doc_id, start, stop, text, page, page_end, paragraph, heading, kind, role, why,"
    " hindsight, aware, agencies, priorities, themes, scores, marks, frames, actor"
)


def add_source(
    db: sqlite3.Connection, source_hash: str, path: str, run_id: str, *, status: str, reason: str
) -> None:
    """Record that a file was processed, so that the same bytes are not read again."""
    db.execute(
        # REPLACE would delete the row first, and with it all documents that refer to it.
        "INSERT INTO sources VALUES (?, ?, ?, ?, ?) ON CONFLICT(source_hash) DO UPDATE SET "
        "path=excluded.path, status=excluded.status, reason=excluded.reason, "
        "run_id=excluded.run_id",
        (source_hash, path, status, reason, run_id),
    )


def remove_source(db: sqlite3.Connection, path: str, source_hash: str) -> list[str]:
    """Remove the file at `path` and the one with this hash; returns the ids of their documents."""
    which = "path = ? OR source_hash = ?"
    # Asked before the file goes, since its documents go with it.
    doc_ids = db.execute(
        f"SELECT doc_id FROM documents JOIN sources USING (source_hash) WHERE {which}",
        (path, source_hash),
    ).fetchall()
    db.execute(f"DELETE FROM sources WHERE {which}", (path, source_hash))
    return [doc_id for (doc_id,) in doc_ids]


def read_again(db: sqlite3.Connection, doc_ids: Sequence[str]) -> None:
    """Mark files as due that also contain a document which has been removed."""
    db.execute(
        "UPDATE sources SET status = 'due' WHERE source_hash IN (SELECT source_hash FROM given"
        " WHERE doc_id IN (SELECT value FROM json_each(?))"
        " AND doc_id NOT IN (SELECT doc_id FROM documents))",
        (dump(doc_ids),),
    )


def mark_due(db: sqlite3.Connection, doc_ids: Sequence[str]) -> None:
    """Mark the files of documents as due to be read again: what is stored was changed."""
    db.execute(
        "UPDATE sources SET status = 'due' WHERE source_hash IN (SELECT source_hash FROM given"
        " WHERE doc_id IN (SELECT value FROM json_each(?)))",
        (dump(doc_ids),),
    )


def add_quarantined(db: sqlite3.Connection, source_hash: str, items: Iterable[Quarantined]) -> None:
    """Record what could not be read, and why."""
    db.executemany(
        "INSERT INTO quarantined VALUES (?, ?, ?)",
        [(source_hash, item.source, item.reason) for item in items],
    )


def add_document(
    db: sqlite3.Connection,
    source_hash: str,
    document: Document,
    annotated: Annotated,
    recommendations: Sequence[Recommendation],
    annotated_with: str,
) -> None:
    """Write a document, its findings and recommendations, replacing an earlier version."""
    # Deleted, not updated: facts, findings and recommendations go with the row.
    db.execute("DELETE FROM documents WHERE doc_id = ?", (document.doc_id,))
    db.execute(
        f"INSERT INTO documents ({_DOCUMENT_COLUMNS}) VALUES ({_places(15)})",
        (
            document.doc_id,
            source_hash,
            document.source,
            document.title,
            document.review_type,
            document.published,
            document.area,
            document.pages,
            document.words,
            document.text,
            dump_blocks(document.blocks),
            annotated.read,
            len(annotated.findings),
            annotated.boilerplate,
            annotated_with,
        ),
    )
    # One report may come in several files, such as an archive and on its own: when one of them
    # goes, the other is read again.
    db.execute("INSERT OR IGNORE INTO given VALUES (?, ?)", (source_hash, document.doc_id))
    db.executemany(
        "INSERT INTO facts VALUES (?,?,?,?,?)",
        [(document.doc_id, f.name, f.value, f.evidence, f.page) for f in document.facts],
    )
    db.executemany(
        "INSERT INTO unused VALUES (?,?,?)",
        [(document.doc_id, item.where, item.reason) for item in document.unused],
    )
    _add_findings(db, annotated.findings, recommendations)


def replace_findings(
    db: sqlite3.Connection,
    annotated: Annotated,
    recommendations: Sequence[Recommendation],
    annotated_with: str,
) -> None:
    """Replace a stored document's findings, for example after a change of the framework."""
    db.execute("DELETE FROM findings WHERE doc_id = ?", (annotated.doc_id,))
    _add_findings(db, annotated.findings, recommendations)
    db.execute(
        "UPDATE documents SET units=?, kept=?, boilerplate=?, annotated_with=? WHERE doc_id=?",
        (
            annotated.read,
            len(annotated.findings),
            annotated.boilerplate,
            annotated_with,
            annotated.doc_id,
        ),
    )


def load_document(db: sqlite3.Connection, doc_id: str) -> Document:
    """The document as it was read; raises KeyError if there is none with this id."""
    row = db.execute(
        "SELECT source, title, text, blocks, pages, review_type, published, area "
        "FROM documents WHERE doc_id = ?",
        (doc_id,),
    ).fetchone()
    if row is None:
        raise KeyError(doc_id)
    source, title, text, blocks, pages, review_type, published, area = row
    facts = db.execute("SELECT name, value, evidence, page FROM facts WHERE doc_id=?", (doc_id,))
    unused = db.execute("SELECT place, reason FROM unused WHERE doc_id=?", (doc_id,))
    return Document(
        doc_id,
        source,
        title,
        text,
        load_blocks(blocks),
        pages,
        review_type,
        published,
        area,
        tuple(Fact(*fact) for fact in facts),
        tuple(SkippedPart(*item) for item in unused),
    )


def stale_documents(db: sqlite3.Connection, annotated_with: str) -> Iterator[str]:
    """Ids of the documents annotated with another framework, model or version."""
    rows = db.execute(
        "SELECT doc_id FROM documents WHERE annotated_with <> ? ORDER BY doc_id", (annotated_with,)
    ).fetchall()
    yield from (doc_id for (doc_id,) in rows)


def _add_findings(
    db: sqlite3.Connection, findings: Sequence[Finding], recommendations: Sequence[Recommendation]
) -> None:
    db.executemany(
        f"INSERT INTO findings ({_FINDING_COLUMNS}) VALUES ({_places(21)})",
        [_row(finding) for finding in findings],
    )
    db.executemany(
        "INSERT INTO recommendations VALUES (?,?,?,?)",
        [(r.finding_id, r.owner, r.due, dump(r.missing)) for r in recommendations],
    )


def _row(f: Finding) -> tuple[object, ...]:
    return (
        f.finding_id,
        f.doc_id,
        f.start,
        f.end,
        f.text,
        f.page,
        f.page_end or f.page,
        f.paragraph,
        dump_strings(f.heading),
        f.kind,
        f.role,
        f.why,
        dump_strings(f.hindsight),
        f.aware,
        dump_strings(f.agencies),
        dump_strings(f.priorities),
        dump_strings(f.themes),
        dump(dict(f.scores)),
        dump_marks(f.marks),
        dump_frames(f.frames),
        f.actor,
    )


def _places(count: int) -> str:
    return ",".join("?" * count)
