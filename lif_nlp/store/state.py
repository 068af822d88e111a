"""Small values of a workspace, each under a key; some say what was made from the findings."""

from __future__ import annotations

import sqlite3

THEMES_MADE = "themes.key"
"""What the stored themes were built from."""

BRIEFS_MADE = "mine.briefs"
"""What the briefs of the main job were written from."""

BRIEFS_WRITTEN = "mine.paths"
"""Names of the files that the main job wrote then."""

REPEATS_DUE = "repeats.due"
"""Set while it is not known which wording stands in several of the reports as they are now."""


def set_note(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a small value of the workspace under a key."""
    db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, value))


def get_note(db: sqlite3.Connection, key: str) -> str | None:
    """The value kept under a key, or None."""
    row = db.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def findings_changed(db: sqlite3.Connection) -> None:
    """Have what was made from the findings made anew: some were written again, or went."""
    forget_notes(db, THEMES_MADE, BRIEFS_MADE)
    set_note(db, REPEATS_DUE, "1")


def forget_notes(db: sqlite3.Connection, *keys: str) -> None:
    """Keep nothing under these keys."""
    db.executemany("DELETE FROM notes WHERE key = ?", [(key,) for key in keys])
