"""Checks across the tables that learning points are made of: aspects, defects and points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.framework.validators import entries_of, suggest, unknown_name

Table = Mapping[str, Any]
Faults = Iterator[str]


def find_point_faults(data: Table) -> Faults:
    """Roles, themes, aspects and defects that do not exist; points that nothing could state."""
    ids = {name: list(entries_of(data, name)) for name in ("themes", "aspects", "defects")}
    for id, entry in entries_of(data, "aspects").items():
        yield from unknown_name(f"aspects.{id}.theme", entry.get("theme", ""), ids["themes"])
    for id, entry in entries_of(data, "defects").items():
        yield from unknown_name(f"defects.{id}.opposite", entry.get("opposite", ""), ids["defects"])
        # Without any it would be found in no sentence, and nobody would notice.
        if not entry.get("phrases") and not entry.get("positive_phrases"):
            yield f"defects.{id}.phrases: missing; add phrases, or positive_phrases"
    points = entries_of(data, "points")
    # No chains: what states a part is looked up once.
    whole_ids = [id for id, entry in points.items() if not entry.get("part_of")]
    for id, entry in points.items():
        yield from _point_faults(f"points.{id}", entry, ids)
        yield from unknown_name(f"points.{id}.part_of", entry.get("part_of", ""), whole_ids)


def _point_faults(place: str, entry: Table, known: Mapping[str, list[str]]) -> Faults:
    role = entry.get("role")
    if isinstance(role, str) and role not in POINT_ROLES:
        yield f"{place}.role: unknown role '{role}'; {suggest(role, [*POINT_ROLES])}"
    yield from unknown_name(f"{place}.theme", entry.get("theme", ""), known["themes"])
    for key, table in (("aspect", "aspects"), ("defect", "defects")):
        values = entry.get(key)
        # Any other type is reported with the types of all values.
        for value in values if isinstance(values, list) else []:
            yield from unknown_name(f"{place}.{key}", value, known[table])
    if not entry.get("phrases") and not (entry.get("aspect") and entry.get("defect")):
        yield f"{place}: nothing could state it; add aspect and defect, or phrases"
