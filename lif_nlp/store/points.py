"""Sets of learning points in and out: the one in force, and the machine's own.

Both are kept, as for themes (`store.themes`): the set in force follows from the machine's
and people's decisions, and is what every reader sees.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from lif_nlp.point_records import Point, PointChange, PointMember, PointSet
from lif_nlp.store.json_columns import dump, strings

CURRENT, MACHINE = "current", "machine"
_TABLES = {
    CURRENT: ("points", "point_members"),
    MACHINE: ("machine_points", "machine_point_members"),
}
MEMBER_TABLES = tuple(members for _, members in _TABLES.values())
"""Tables that say which findings state which points."""

_FIELDS = tuple(field.name for field in fields(Point))
_LISTS = frozenset({"priorities", "exemplars", "quotes", "opposed_by"})
_OF_FINDINGS = ("exemplars", "quotes")
"""Lists of a point that name findings."""

_OF_SET = ("unassigned", "boilerplate")
"""Lists of a set that name findings."""


def save_points(db: sqlite3.Connection, points: PointSet, which: str = CURRENT) -> None:
    """Write a set of points in place of the one before."""
    point_table, member_table = _TABLES[which]
    db.execute(f"DELETE FROM {member_table}")
    db.execute(f"DELETE FROM {point_table}")
    db.executemany(
        f"INSERT INTO {point_table} (position, {', '.join(_FIELDS)})"
        f" VALUES ({','.join('?' * (len(_FIELDS) + 1))})",
        [(place, *_cells(point)) for place, point in enumerate(points.points)],
    )
    db.executemany(
        f"INSERT INTO {member_table} VALUES (?,?,?,?,?)",
        [(m.finding_id, m.point_id, m.confidence, m.by, m.why) for m in points.members],
    )
    changes = [(c.point_id, c.change, c.joined, c.left, c.other) for c in points.changes]
    db.execute(
        "INSERT OR REPLACE INTO point_sets VALUES (?,?,?,?,?,?,?)",
        (
            which,
            points.encoder,
            dump(points.unassigned),
            dump(points.boilerplate),
            dump(points.notes),
            dump(points.retired),
            dump(changes),
        ),
    )


def load_points(db: sqlite3.Connection, which: str = CURRENT) -> PointSet | None:
    """The stored set of points, or None when points were never built."""
    build = db.execute(
        "SELECT encoder, unassigned, boilerplate, notes, retired, changes FROM point_sets"
        " WHERE which = ?",
        (which,),
    ).fetchone()
    if build is None:
        return None
    encoder, unassigned, boilerplate, notes, retired, changes = build
    point_table, member_table = _TABLES[which]
    points = db.execute(f"SELECT {', '.join(_FIELDS)} FROM {point_table} ORDER BY position")
    members = db.execute(
        f"SELECT point_id, finding_id, confidence, by, why FROM {member_table}"
        " ORDER BY point_id, finding_id"
    )
    return PointSet(
        points=tuple(_point(row) for row in points),
        members=tuple(PointMember(*row) for row in members),
        unassigned=strings(unassigned),
        boilerplate=strings(boilerplate),
        notes=strings(notes),
        encoder=encoder,
        retired=strings(retired),
        changes=tuple(PointChange(*change) for change in json.loads(changes)),
    )


def forget_findings(db: sqlite3.Connection, removed_ids: set[str]) -> None:
    """Remove these findings from what points hold: centres, exemplars, quotes, lists, names.

    A point whose name is the words of one of them has no name until the next build, also in
    the decisions that name it.
    """
    for table, _ in _TABLES.values():
        rows = db.execute(
            f"SELECT point_id, name, named_by, centre, {', '.join(_OF_FINDINGS)} FROM {table}"
        ).fetchall()
        for point_id, name, named_by, centre, *lists in rows:
            # Its name is a quote of a purged report: the id stands for it until points are built
            # again.
            if named_by == "quote" and not removed_ids.isdisjoint(strings(lists[1])[:1]):
                db.execute(f"UPDATE {table} SET name = ? WHERE point_id = ?", (point_id, point_id))
                for column in ("before", "after"):
                    db.execute(
                        f"UPDATE point_edits SET {column} = '' WHERE instr({column}, ?)", (name,)
                    )
            db.execute(
                f"UPDATE {table} SET centre = ?, exemplars = ?, quotes = ? WHERE point_id = ?",
                (
                    "" if centre in removed_ids else centre,
                    *(_without(cell, removed_ids) for cell in lists),
                    point_id,
                ),
            )
    rows = db.execute(f"SELECT which, {', '.join(_OF_SET)} FROM point_sets").fetchall()
    for which, *lists in rows:
        db.execute(
            "UPDATE point_sets SET unassigned = ?, boilerplate = ? WHERE which = ?",
            (*(_without(cell, removed_ids) for cell in lists), which),
        )


def _without(cell: str, removed_ids: Iterable[str]) -> str:
    ids = set(removed_ids)
    return dump([finding_id for finding_id in strings(cell) if finding_id not in ids])


def _cells(point: Point) -> list[Any]:
    values = ((name, getattr(point, name)) for name in _FIELDS)
    return [dump(value) if name in _LISTS else value for name, value in values]


def _point(row: tuple[Any, ...]) -> Point:
    fields_of: dict[str, Any] = {
        name: strings(cell) if name in _LISTS else cell
        for name, cell in zip(_FIELDS, row, strict=True)
    }
    return Point(**fields_of)
