"""Removes a document and everything derived from it, from database and vectors."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from lif_nlp.ids import text_key
from lif_nlp.store import points
from lif_nlp.store.connect import transaction
from lif_nlp.store.decisions import forget_findings
from lif_nlp.store.json_columns import dump
from lif_nlp.store.ledger import forget_document
from lif_nlp.store.state import POINTS_OF, findings_changed, forget_notes
from lif_nlp.store.themes import forget_exemplars
from lif_nlp.store.vectors import write_shard


def purge_document(db: sqlite3.Connection, vectors: Path, doc_id: str) -> None:
    """Remove the document, its findings with all that rests on them, vectors and decisions.

    Its id, a hash, is kept, so that no later run brings it back under another name or from
    an archive.  Raises KeyError if there is no such document.
    """
    if not db.execute("SELECT 1 FROM documents WHERE doc_id=?", (doc_id,)).fetchone():
        raise KeyError(doc_id)
    with transaction(db):
        orphans = _texts_of_this_alone(db, doc_id)
        finding_ids = [f for (f,) in db.execute(
            "SELECT finding_id FROM findings WHERE doc_id=?", (doc_id,))]  # fmt: skip
        forget_exemplars(db, set(finding_ids))
        points.forget_findings(db, set(finding_ids))
        forget_findings(db, doc_id)
        forget_document(db, doc_id)
        db.execute("DELETE FROM documents WHERE doc_id=?", (doc_id,))
        # FTS5 keeps deleted words in old segments until the index is rebuilt
        db.execute("INSERT INTO finding_words(finding_words) VALUES ('rebuild')")
        db.execute("INSERT OR IGNORE INTO purged VALUES (?)", (doc_id,))
        _mark_sources(db, doc_id)
        findings_changed(db)
        forget_notes(db, POINTS_OF)
        _blank_vectors(db, vectors, orphans)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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
