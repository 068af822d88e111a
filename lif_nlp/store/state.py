"""Small values of a workspace by key, such as hashes of what themes and briefs were made from."""

from __future__ import annotations

import sqlite3

THEMES_MADE = "themes.key"
"""Hash of what the stored themes were built from."""

POINTS_MADE = "points.key"
"""Hash of what the stored learning points were built from."""

POINTS_OF = "points.documents"
"""Documents that the stored learning points were built from, as JSON."""

BRIEFS_MADE = "mine.briefs"
"""Hash of what the briefs of `lif mine` were written from."""

BRIEFS_WRITTEN = "mine.paths"
"""Names of the files that `lif mine` wrote then."""

PURGE_DUE = "purge.due"
"""Set while words of a purged report may still stand in the database's files."""

REPEATS_DUE = "repeats.due"
"""Set while stock wording has to be looked for again."""


def set_note(db: sqlite3.Connection, key: str, value: str) -> None:
    """Store a value under a key."""
    db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, value))


def get_note(db: sqlite3.Connection, key: str) -> str | None:
    """The value stored under a key, or None."""
    row = db.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def findings_changed(db: sqlite3.Connection) -> None:
    """Mark what is made of findings (themes, points, briefs, stock wording) as out of date."""
    forget_notes(db, THEMES_MADE, POINTS_MADE, BRIEFS_MADE)
    set_note(db, REPEATS_DUE, "1")


def forget_notes(db: sqlite3.Connection, *keys: str) -> None:
    """Delete the values under these keys."""
    db.executemany("DELETE FROM notes WHERE key = ?", [(key,) for key in keys])
