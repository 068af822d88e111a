"""Reads and writes fingerprints, duplicate reports and stock wording."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

Prints = dict[str, tuple[npt.NDArray[np.uint64], int]]
"""Fingerprint values and size by document id."""


def load_prints(db: sqlite3.Connection) -> Prints:
    """The stored fingerprints by document id."""
    rows = db.execute("SELECT doc_id, size, print FROM fingerprints")
    return {doc_id: (np.frombuffer(blob, dtype=np.uint64), size) for doc_id, size, blob in rows}


def save_prints(db: sqlite3.Connection, prints: Prints) -> None:
    """Write fingerprints of stored documents."""
    db.executemany(
        "INSERT OR REPLACE INTO fingerprints VALUES (?, ?, ?)",
        [
            (doc_id, size, values.astype(np.uint64).tobytes())
            for doc_id, (values, size) in prints.items()
        ],
    )


def forget_lost(db: sqlite3.Connection) -> None:
    """Count duplicates again whose original was removed, and have them compared again."""
    orphaned = "duplicate_of <> '' AND duplicate_of NOT IN (SELECT doc_id FROM documents)"
    db.execute(
        f"DELETE FROM fingerprints WHERE doc_id IN (SELECT doc_id FROM documents WHERE {orphaned})"
    )
    db.execute(f"UPDATE documents SET duplicate_of = '' WHERE {orphaned}")


def without_print(db: sqlite3.Connection) -> list[str]:
    """Ids of documents that have no fingerprint yet."""
    rows = db.execute(
        "SELECT doc_id FROM documents WHERE doc_id NOT IN (SELECT doc_id FROM fingerprints)"
        " ORDER BY doc_id"
    )
    return [doc_id for (doc_id,) in rows]


def save_copies(db: sqlite3.Connection, keep_of: Mapping[str, str]) -> None:
    """Record which documents are duplicates, and of which original."""
    db.executemany(
        "UPDATE documents SET duplicate_of = ? WHERE doc_id = ?",
        [(keep, other) for other, keep in keep_of.items()],
    )


def sentences(db: sqlite3.Connection) -> Iterator[tuple[str, int, int, str]]:
    """Every finding of the documents that count, as (document, start, end, text)."""
    yield from db.execute(
        "SELECT f.doc_id, f.start, f.stop, f.text FROM findings f JOIN documents d USING (doc_id)"
        " WHERE d.duplicate_of = '' ORDER BY f.finding_id"
    )


def save_repeated(db: sqlite3.Connection, places: Iterable[tuple[str, int, int]]) -> None:
    """Mark these findings, and no others, as stock wording."""
    # Without the condition every row of the table would be written.
    db.execute("UPDATE findings SET repeated = 0 WHERE repeated <> 0")
    db.executemany(
        "UPDATE findings SET repeated = 1 WHERE doc_id = ? AND start = ? AND stop = ?", places
    )
