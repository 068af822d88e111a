"""Theme sets in and out: the one in force, and the machine's own without any decision.

Both are kept.  The machine's set is what a build costs minutes to make; the set in force
follows from it and the active decisions, and is stored so that every reader (frames,
briefs, exports, SQL) sees the same without knowing of decisions.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from lif_nlp.records import Assignment, Theme, ThemeChange, ThemeSet
from lif_nlp.store.json_columns import dump, strings

CURRENT, MACHINE = "current", "machine"
_TABLES = {
    CURRENT: ("themes", "assignments"),
    MACHINE: ("machine_themes", "machine_assignments"),
}
ASSIGNMENT_TABLES = tuple(assignments for _, assignments in _TABLES.values())
"""Tables that say which findings belong to which themes."""


def save_themes(db: sqlite3.Connection, themes: ThemeSet, which: str = CURRENT) -> None:
    """Write a theme set in place of the one before."""
    theme_table, assignment_table = _TABLES[which]
    # Assignments refer to themes, so they go first.
    db.execute(f"DELETE FROM {assignment_table}")
    db.execute(f"DELETE FROM {theme_table}")
    db.executemany(
        f"INSERT INTO {theme_table} VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
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
                themes.floors.get(t.theme_id),
                dump(themes.phrases.get(t.theme_id, ())),
            )
            for n, t in enumerate(themes.themes)
        ],
    )
    db.executemany(
        f"INSERT INTO {assignment_table} VALUES (?,?,?,?)",
        [(a.finding_id, a.theme_id, a.confidence, a.by) for a in themes.assignments],
    )
    drift = [(c.theme_id, c.change, c.joined, c.left) for c in themes.drift]
    db.execute(
        "INSERT OR REPLACE INTO theme_sets VALUES (?,?,?,?,?,?,?,?,?)",
        (
            which,
            themes.method,
            themes.dim,
            themes.seed,
            themes.clustered,
            themes.show_from,
            dump(themes.unassigned),
            dump(drift),
            dump(themes.notes),
        ),
    )


def load_themes(db: sqlite3.Connection, which: str = CURRENT) -> ThemeSet | None:
    """The stored theme set, or None when themes were never built."""
    build = db.execute(
        "SELECT method, dim, seed, clustered, show_from, unassigned, drift, notes FROM theme_sets"
        " WHERE which = ?",
        (which,),
    ).fetchone()
    if build is None:
        return None
    method, dim, seed, clustered, show_from, unassigned, drift, notes = build
    theme_table, assignment_table = _TABLES[which]
    rows = db.execute(
        "SELECT theme_id, name, kind, terms, exemplars, parent, stability, status, centroid,"
        f" floor, phrases FROM {theme_table} ORDER BY position"
    ).fetchall()
    assignments = db.execute(f"SELECT * FROM {assignment_table} ORDER BY finding_id, theme_id, by")
    return ThemeSet(
        tuple(_theme(row[:-2]) for row in rows),
        tuple(Assignment(*row) for row in assignments),
        strings(unassigned),
        strings(notes),
        method,
        dim,
        seed,
        clustered,
        show_from,
        {row[0]: row[-2] for row in rows if row[-2] is not None},
        {row[0]: strings(row[-1]) for row in rows if row[-1] != "[]"},
        tuple(ThemeChange(*change) for change in json.loads(drift)),
    )


def forget_exemplars(db: sqlite3.Connection, removed_ids: set[str]) -> None:
    """Remove these findings from the examples of every theme."""
    for table, _ in _TABLES.values():
        for theme_id, exemplars in db.execute(
            f"SELECT theme_id, exemplars FROM {table}"
        ).fetchall():
            remaining = [
                finding_id for finding_id in strings(exemplars) if finding_id not in removed_ids
            ]
            db.execute(
                f"UPDATE {table} SET exemplars = ? WHERE theme_id = ?", (dump(remaining), theme_id)
            )
    # An id of a purged report must not stay anywhere.
    for which, unassigned in db.execute("SELECT which, unassigned FROM theme_sets").fetchall():
        remaining = [
            finding_id for finding_id in strings(unassigned) if finding_id not in removed_ids
        ]
        db.execute("UPDATE theme_sets SET unassigned = ? WHERE which = ?", (dump(remaining), which))


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
