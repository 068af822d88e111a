"""The themes of a workspace in and out, replaced as one set."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from lif_nlp.records import Assignment, Theme, ThemeSet
from lif_nlp.store.json_columns import dump, strings
from lif_nlp.store.state import get_note, set_note


def save_themes(db: sqlite3.Connection, themes: ThemeSet) -> None:
    """Write a theme set in place of the one before."""
    db.execute("DELETE FROM assignments")
    db.execute("DELETE FROM themes")
    db.executemany(
        "INSERT INTO themes VALUES (?,?,?,?,?,?,?,?,?,?)",
        [
            (
                t.theme_id,
                n,
                t.name,
                t.kind,
                dump(t.terms),
                dump(t.exemplars),
                t.parent,
                t.stability,
                t.status,
                dump(t.centroid),
            )
            for n, t in enumerate(themes.themes)
        ],
    )
    db.executemany(
        "INSERT INTO assignments VALUES (?,?,?,?)",
        [(a.finding_id, a.theme_id, a.confidence, a.by) for a in themes.assignments],
    )
    for key, value in (
        ("unassigned", themes.unassigned),
        ("settings", dict(themes.settings)),
        ("notes", themes.notes),
    ):
        set_note(db, f"themes.{key}", dump(value))


def load_themes(db: sqlite3.Connection) -> ThemeSet | None:
    """The stored theme set, or None when themes were never built."""
    settings = get_note(db, "themes.settings")
    if settings is None:
        return None
    rows = db.execute(
        "SELECT theme_id, name, kind, terms, exemplars, parent, stability, status, centroid"
        " FROM themes ORDER BY position"
    )
    themes = tuple(_theme(row) for row in rows)
    rows = db.execute("SELECT * FROM assignments ORDER BY finding_id, theme_id")
    return ThemeSet(
        themes,
        tuple(Assignment(*row) for row in rows),
        strings(get_note(db, "themes.unassigned") or ""),
        json.loads(settings),
        strings(get_note(db, "themes.notes") or ""),
    )


@contextmanager
def assignments_kept(db: sqlite3.Connection, doc_ids: Iterable[str]) -> Iterator[None]:
    """Findings of these documents that the block writes anew stay in their themes.

    To delete a finding takes its assignments along; those of the ids that are there
    again are put back, so that the next themes can be matched with these.
    """
    rows = db.execute(
        "SELECT a.* FROM assignments a JOIN findings USING (finding_id)"
        " WHERE doc_id IN (SELECT value FROM json_each(?))",
        (dump(list(doc_ids)),),
    ).fetchall()
    yield
    there = "SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM findings WHERE finding_id = ?)"
    db.executemany(f"INSERT INTO assignments {there}", [(*row, row[0]) for row in rows])


def _theme(row: tuple[Any, ...]) -> Theme:
    theme_id, name, kind, terms, exemplars, parent, stability, status, centroid = row
    return Theme(
        theme_id,
        name,
        kind,
        strings(terms),
        strings(exemplars),
        parent,
        stability,
        status,
        tuple(json.loads(centroid)),
    )
