"""Moves what version 0.1 kept as JSON in `notes` into tables of its own.

Version 0.1 stored a theme set's settings, the log of edits and the reviews of
recommendations under the keys `themes.settings` and `review.recommendations`, and
applied each edit to the only theme set there was.  These edits stay in the log and in
force, marked as settled: what was there before them is not known, so they cannot be
undone.  An edit that could not be applied then is in conflict still.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from lif_nlp.ids import person_theme_id, text_key
from lif_nlp.store.json_columns import dump

_Entry = Mapping[str, Any]


def move_decisions(db: sqlite3.Connection) -> None:
    """Fill the tables of decisions from the notes of version 0.1, and remove those notes."""
    notes = dict(db.execute("SELECT key, value FROM notes"))
    log: list[_Entry] = []
    if "themes.settings" in notes:
        settings = json.loads(notes["themes.settings"])
        log = settings.get("edits", [])
        _move_theme_set(db, settings, notes, log)
    for number, entry in enumerate(log, start=1):
        _move_edit(db, number, entry, log[number:])
    reviews: list[_Entry] = json.loads(notes.get("review.recommendations", "[]"))
    for number, entry in enumerate(reviews, start=len(log) + 1):
        _move_review(db, number, entry)
    db.execute(
        "DELETE FROM notes WHERE key IN ('themes.settings', 'themes.unassigned', 'themes.notes',"
        " 'review.recommendations')"
    )


def _move_theme_set(
    db: sqlite3.Connection, settings: _Entry, notes: Mapping[str, str], log: Sequence[_Entry]
) -> None:
    phrases: dict[str, list[str]] = dict(settings.get("phrases", {}))
    # a theme that was merged hands its phrases on, so that new findings follow
    for edit in log:
        if edit["action"] == "merge" and edit["value"] in phrases:
            phrases[edit["value"]] += phrases.pop(edit["theme_id"], [])
    floors = settings.get("floors", {})
    for (theme_id,) in db.execute("SELECT theme_id FROM themes").fetchall():
        db.execute(
            "UPDATE themes SET floor = ?, phrases = ? WHERE theme_id = ?",
            (floors.get(theme_id), dump(phrases.get(theme_id, [])), theme_id),
        )
    drift = [[d["theme_id"], d["what"], d["joined"], d["left"]] for d in settings.get("drift", ())]
    for which in ("current", "machine"):
        db.execute(
            "INSERT INTO theme_sets VALUES (?,?,?,?,?,?,?,?,?)",
            (
                which,
                settings.get("method", ""),
                settings.get("dim", 0),
                settings.get("seed", 0),
                settings.get("clustered", 0),
                settings.get("show_from", 0.0),
                notes.get("themes.unassigned", "[]"),
                dump(drift),
                notes.get("themes.notes", "[]"),
            ),
        )
    db.execute("INSERT INTO machine_themes SELECT * FROM themes")
    db.execute("INSERT INTO machine_assignments SELECT * FROM assignments")


def _move_edit(db: sqlite3.Connection, number: int, edit: _Entry, later: Sequence[_Entry]) -> None:
    action, theme_id, value = edit["action"], edit["theme_id"], edit["value"]
    finding_ids = edit["finding_ids"]
    makes_theme = action in {"split", "create"}
    new_id = person_theme_id(action, theme_id, value, finding_ids) if makes_theme else ""
    fault = _fault(db, edit, later)
    db.execute(
        f"INSERT INTO edits VALUES ({','.join('?' * 18)})",
        (number, action, theme_id, value, new_id, *_provenance(edit, fault)),
    )
    db.executemany(
        "INSERT INTO edit_findings VALUES (?, ?, ?, ?)",
        [(number, n, f, _key(db, f)) for n, f in enumerate(finding_ids)],
    )


def _move_review(db: sqlite3.Connection, number: int, review: _Entry) -> None:
    finding_id, same_as = review["finding_id"], review["same_as"]
    values = (finding_id, _key(db, finding_id), review["decision"], same_as, _key(db, same_as))
    db.execute(
        f"INSERT INTO recommendation_reviews VALUES ({','.join('?' * 19)})",
        # a review changes no theme set, so it can be undone like one made today
        (number, *values, *_provenance(review, "")[:-1], False),
    )


def _provenance(entry: _Entry, fault: str) -> tuple[object, ...]:
    """Values of the columns from `author` to `settled`."""
    status = "conflict" if fault else "applied"
    return (
        entry["author"], entry["at"], "version 0.1", "", "", "", status, fault, "", "", "", "",
        not fault,
    )  # fmt: skip


def _fault(db: sqlite3.Connection, edit: _Entry, later: Sequence[_Entry]) -> str:
    """Why an edit was never applied, or empty; it then goes on waiting, as in version 0.1."""
    names = dict(db.execute("SELECT theme_id, name FROM themes"))
    # A theme that was merged away later did exist when the edit was made.
    merge_ids = {e["theme_id"] for e in later if e["action"] == "merge"}
    action, theme_id, value = edit["action"], edit["theme_id"], edit["value"]
    if action == "merge":
        return (
            "" if value in names or value in merge_ids else f"there is no theme {value} to move to"
        )
    if action != "create" and theme_id not in names and theme_id not in merge_ids:
        return f"there is no theme {theme_id}"
    if action == "reassign" and value and value not in names and value not in merge_ids:
        return f"there is no theme {value} to move to"
    again = any(e["action"] == "rename" and e["theme_id"] == theme_id for e in later)
    if action == "rename" and not again and names.get(theme_id, value.strip()) != value.strip():
        return "another theme has this name"
    return ""


def _key(db: sqlite3.Connection, finding_id: str) -> str:
    row = db.execute("SELECT text FROM findings WHERE finding_id = ?", (finding_id,)).fetchone()
    return text_key(row[0]) if row else ""
