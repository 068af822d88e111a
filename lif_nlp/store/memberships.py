"""Keeps what findings belong to, themes and learning points, while their report is read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from lif_nlp.store.json_columns import dump
from lif_nlp.store.points import MEMBER_TABLES
from lif_nlp.store.themes import ASSIGNMENT_TABLES

_TABLES = (*ASSIGNMENT_TABLES, *MEMBER_TABLES)
"""Each has the ID of the finding first."""


@contextmanager
def memberships_kept(db: sqlite3.Connection, doc_ids: Iterable[str]) -> Iterator[None]:
    """Findings of these documents that the block writes again stay in their themes and points.

    Deleting a finding deletes its memberships; those of the ids that are back afterwards
    are restored, so that the next build can match its themes and points with these.
    """
    id_list = dump(list(doc_ids))
    memberships = {
        table: db.execute(
            f"SELECT m.* FROM {table} m JOIN findings USING (finding_id)"
            " WHERE doc_id IN (SELECT value FROM json_each(?))",
            (id_list,),
        ).fetchall()
        for table in _TABLES
    }
    yield
    for table, rows in memberships.items():
        if rows:
            places = ", ".join("?" * len(rows[0]))
            db.executemany(
                f"INSERT INTO {table} SELECT {places}"
                " WHERE EXISTS (SELECT 1 FROM findings WHERE finding_id = ?)",
                [(*row, row[0]) for row in rows],
            )
