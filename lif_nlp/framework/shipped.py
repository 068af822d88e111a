"""The framework files shipped with lif_nlp, and what of them fits another framework."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

Tables = dict[str, Any]

DEFAULT = Path(__file__).resolve().with_name("nelscp.toml")
"""The framework file shipped with lif_nlp; copy it to make your own."""

POINTS = DEFAULT.with_name("points.toml")
"""Aspects, defects and known learning points, shipped beside it."""

BRIEF_TEXTS = tuple(
    DEFAULT.with_name(f"{name}.toml")
    for name in ("audiences", "scenarios", "session", "questions", "quiz", "cases")
)
"""What people wrote for briefs, shipped beside it."""


def points_for(themes: object, shipped: Tables) -> Tables:
    """The shipped tables of learning points for a framework that has none of its own.

    An aspect keeps its phrases under any themes; a point of a theme that is not among
    `themes` is left out.
    """
    theme_ids = ("", *themes) if isinstance(themes, Mapping) else ("",)
    return {
        "defects": shipped["defects"],
        "aspects": {
            id: entry if entry.get("theme", "") in theme_ids else entry | {"theme": ""}
            for id, entry in shipped["aspects"].items()
        },
        "points": {
            id: entry
            for id, entry in shipped["points"].items()
            if entry.get("theme", "") in theme_ids
        },
    }


_ON_THEMES = ("scenarios", "quiz", "decisions")
"""Tables whose entries may be on a practice theme."""

_PRIORITIES_OF_CASE = ("in_place_of", "not_with")
"""Keys by which what may have befallen a child refers to priorities."""

_KEY_OF_STORY = {"priorities": "priority", "themes": "theme", "audiences": "audience"}
"""The key by which a scenario refers to an entry, by the entry's table."""


def brief_texts_for(data: Mapping[str, Any], shipped: Tables) -> Tables:
    """The shipped tables that `data` lacks, without what concerns entries it does not have."""
    tables = {name: table for name, table in shipped.items() if name not in data}
    references = {
        "priorities": [
            *(id for group in shipped["audiences"].values() for id in group["advice"]),
            *(
                id
                for case in shipped["cases"].values()
                for key in _PRIORITIES_OF_CASE
                for id in case.get(key, [])
            ),
        ],
        "agencies": [id for group in shipped["audiences"].values() for id in group["agencies"]],
        "audiences": list(shipped["audiences"]),
        "themes": [
            entry["theme"]
            for table in _ON_THEMES
            for entry in shipped[table].values()
            if "theme" in entry
        ],
    }
    for table, ids in references.items():
        entries = data.get(table, tables.get(table))
        for id in dict.fromkeys(ids):
            # "general" is no priority: it is the advice for a brief that is not on one.
            if isinstance(entries, Mapping) and id not in entries and id != "general":
                release_brief_texts(tables, f"{table}.{id}")
    return tables


def release_brief_texts(tables: Tables, place: str) -> None:
    """Let nothing that people wrote for briefs refer to an entry that is left out."""
    table, _, id = place.partition(".")
    audiences = tables.get("audiences", {})
    if table == "priorities":
        _put(tables, "audiences", {
            name: group | {"advice": _without(group.get("advice", {}), id)}
            for name, group in audiences.items()
        })  # fmt: skip
        _put(tables, "this_week", _without(tables.get("this_week", {}), id))
        _put(tables, "cases", {
            name: case | {
                key: [p for p in case[key] if p != id] for key in _PRIORITIES_OF_CASE if key in case
            }
            for name, case in tables.get("cases", {}).items()
        })  # fmt: skip
    if table == "agencies":
        rest = {
            name: group | {"agencies": [a for a in group.get("agencies", []) if a != id]}
            for name, group in audiences.items()
        }
        empty = [name for name, group in rest.items() if not group["agencies"]]
        # A group of roles, such as managers, needs no agency.
        empty = [name for name in empty if not rest[name].get("roles")]
        _put(tables, "audiences", {k: group for k, group in rest.items() if k not in empty})
        for name in empty:
            release_brief_texts(tables, f"audiences.{name}")
    if table == "audiences":
        _put(tables, "cases", {
            name: case | {"readers": _without(case.get("readers", {}), id)}
            for name, case in tables.get("cases", {}).items()
        })  # fmt: skip
    if key := _KEY_OF_STORY.get(table):
        for story_table in _ON_THEMES:
            entries = tables.get(story_table, {})
            left = {name: entry for name, entry in entries.items() if entry.get(key) != id}
            _put(tables, story_table, left)


def _put(tables: Tables, name: str, table: Tables) -> None:
    """Replace a table that is there; none is added."""
    # A table of the user's own is not among them, and stays as written.
    if name in tables:
        tables[name] = table


def _without(table: Mapping[str, Any], id: str) -> Tables:
    return {name: entry for name, entry in table.items() if name != id}
