"""Removes a document and everything derived from it, from database and vectors.

What SQLite deletes can stay in its files: in pages that were moved, and in the write-ahead log
as long as somebody reads.  So a purge has a second part, `finish_purge`, that writes the files
anew and is due until it succeeds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path

import numpy as np

from lif_nlp.ids import text_key
from lif_nlp.store import ledger, points
from lif_nlp.store.connect import BUSY_SECONDS, transaction
from lif_nlp.store.decisions import forget_findings
from lif_nlp.store.json_columns import dump
from lif_nlp.store.state import (
    POINTS_OF,
    PURGE_DUE,
    findings_changed,
    forget_notes,
    get_note,
    set_note,
)
from lif_nlp.store.themes import forget_exemplars
from lif_nlp.store.vectors import write_shard

READER_SECONDS = 5.0
"""How long a purge waits for others to stop reading, before it says that words remain.  A
query takes less; a notebook that holds a transaction would be waited for in vain.  Judgement."""

REMOVED = "(removed)"
"""Stands where a name of a purged report stood."""

_MIN_NAME = 4
"""Letters of the shortest name that is taken out of records: a shorter one, such as "a.x",
would stand in other words by chance."""


def purge_document(db: sqlite3.Connection, vectors: Path, doc_id: str) -> None:
    """Remove a report, a document that follows one up, or a version of a plan.

    All that rests on it goes: findings, vectors, decisions, what the ledger read from it.  Its
    title and the name of its file leave the records of runs too.  The files hold its words
    until `finish_purge`.  Raises KeyError if there is no such document.
    """
    is_report = db.execute("SELECT 1 FROM documents WHERE doc_id=?", (doc_id,)).fetchone()
    if not is_report and not ledger.holds(db, doc_id):
        raise KeyError(doc_id)
    with transaction(db):
        # While the document is there: its title and path are read from its row.
        names = names_of_this_alone(db, doc_id)
        if is_report:
            _remove_report(db, vectors, doc_id)
        ledger.forget_document(db, doc_id)
        _forget_names(db, names)
        set_note(db, PURGE_DUE, "1")


def _remove_report(db: sqlite3.Connection, vectors: Path, doc_id: str) -> None:
    """Remove a report with its findings and all that rests on them.

    Its id, a hash, is kept, so that no later run brings it back under another name or from
    an archive.
    """
    # Looked for first: once the findings are gone, nobody can tell whose vectors these were.
    orphans = _texts_of_this_alone(db, doc_id)
    finding_ids = [f for (f,) in db.execute(
        "SELECT finding_id FROM findings WHERE doc_id=?", (doc_id,))]  # fmt: skip
    forget_exemplars(db, set(finding_ids))
    points.forget_findings(db, set(finding_ids))
    forget_findings(db, doc_id)
    db.execute("DELETE FROM documents WHERE doc_id=?", (doc_id,))
    # FTS5 keeps deleted words in old segments until the index is rebuilt
    db.execute("INSERT INTO finding_words(finding_words) VALUES ('rebuild')")
    # The id is a hash and holds no words; it keeps the report out when its file comes back.
    db.execute("INSERT OR IGNORE INTO purged VALUES (?)", (doc_id,))
    _mark_sources(db, doc_id)
    findings_changed(db)
    forget_notes(db, POINTS_OF)
    _blank_vectors(db, vectors, orphans)
    db.execute(
        "DELETE FROM briefs WHERE EXISTS"
        " (SELECT 1 FROM json_each(briefs.documents) WHERE json_each.value=?)",
        (doc_id,),
    )


def finish_purge(db: sqlite3.Connection) -> bool:
    """Write the database's files anew if a purge is due; False while somebody else reads them.

    A run that follows tries again.
    """
    if get_note(db, PURGE_DUE) is None:
        return True
    db.execute(f"PRAGMA busy_timeout={READER_SECONDS * 1000:.0f}")
    try:
        # VACUUM may number rows anew, and the index of words refers to their numbers
        db.execute("INSERT INTO finding_words(finding_words) VALUES ('delete-all')")
        db.execute("VACUUM")
        db.execute("INSERT INTO finding_words(finding_words) VALUES ('rebuild')")
        (busy, *_) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}")
    # Another program still reads from the write-ahead log, in which the old words stand.
    if busy:
        return False
    with transaction(db):
        forget_notes(db, PURGE_DUE)
    return True


def names_of_this_alone(db: sqlite3.Connection, doc_id: str) -> set[str]:
    """Title, path and file name of a document, without those that another one has too."""
    # A name that another document has too would be taken out of that one's records.
    own: set[str] = set()
    others: set[str] = set()
    rows = db.execute(
        "SELECT doc_id, title, source, path FROM documents JOIN sources USING (source_hash)"
        " UNION ALL SELECT doc_id, title, source, source FROM ledger_documents"
        " UNION ALL SELECT snapshot_id, name, source, source"
        " FROM ledger_snapshots JOIN ledger_plans USING (plan_id)"
    )
    for other_id, title, source, path in rows:
        (own if other_id == doc_id else others).update((title, source, path, Path(path).name))
    return {name for name in own - others if len(name) >= _MIN_NAME}


def without_names(value: object, names: Collection[str]) -> object:
    """A JSON value in which texts and keys that hold a name are replaced by `REMOVED`."""
    if isinstance(value, str):
        return REMOVED if any(name in value for name in names) else value
    if isinstance(value, dict):
        return {str(without_names(k, names)): without_names(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [without_names(item, names) for item in value]
    return value


def _forget_names(db: sqlite3.Connection, names: Collection[str]) -> None:
    """Take the names of a document out of the files, runs and notes that are recorded."""
    if not names:
        return
    db.executemany(
        "UPDATE sources SET path=?, reason='' WHERE path=? AND status='purged'",
        [(REMOVED, name) for name in names],
    )
    for table, key, column in (("runs", "run_id", "manifest"), ("notes", "key", "value")):
        for row_id, text in db.execute(f"SELECT {key}, {column} FROM {table}").fetchall():
            without_name = _without_names_in_text(text, names)
            if without_name != text:
                db.execute(f"UPDATE {table} SET {column}=? WHERE {key}=?", (without_name, row_id))


def _without_names_in_text(text: str, names: Collection[str]) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return str(without_names(text, names))
    remainder = without_names(value, names)
    return text if remainder == value else json.dumps(remainder)


def _texts_of_this_alone(db: sqlite3.Connection, doc_id: str) -> set[str]:
    rows = db.execute(
        "SELECT DISTINCT text FROM findings WHERE doc_id=? AND text NOT IN"
        " (SELECT text FROM findings WHERE doc_id<>?)",
        (doc_id, doc_id),
    )
    return {text_key(text) for (text,) in rows}


def purged_among(db: sqlite3.Connection, doc_ids: Iterable[str]) -> set[str]:
    """Which of these documents were purged."""
    rows = db.execute(
        "SELECT doc_id FROM purged WHERE doc_id IN (SELECT value FROM json_each(?))",
        (dump(list(doc_ids)),),
    )
    return {doc_id for (doc_id,) in rows}


def _mark_sources(db: sqlite3.Connection, doc_id: str) -> None:
    """Mark the files that contain this document and no other as purged."""
    db.execute(
        "UPDATE sources SET status='purged' WHERE source_hash IN"
        " (SELECT source_hash FROM given WHERE doc_id=?)"
        " AND source_hash NOT IN (SELECT source_hash FROM documents)",
        (doc_id,),
    )


def _blank_vectors(db: sqlite3.Connection, folder: Path, keys: Iterable[str]) -> None:
    """Overwrite the vectors of these texts with zeros, shard by shard."""
    shards: dict[str, list[int]] = {}
    for key in keys:
        for shard, row in db.execute("SELECT shard, row FROM vectors WHERE key=?", (key,)):
            shards.setdefault(shard, []).append(row)
        db.execute("DELETE FROM vectors WHERE key=?", (key,))
    for shard, rows in shards.items():
        if not (folder / shard).is_file():
            continue
        matrix = np.load(folder / shard, allow_pickle=False)
        matrix[rows] = 0.0
        write_shard(folder / shard, matrix)
