"""A framework file that contains only its differences from another.

`based_on` names the file to start from: "nelscp" (shipped with lif_nlp) or a file in the
same folder.  An entry whose ID exists there changes only the keys it gives; other IDs are
added; `leave_out` lists entries to drop, such as "priorities.neglect".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lif_nlp.framework.shipped import release_brief_texts
from lif_nlp.framework.validators import suggest

Table = Mapping[str, Any]
_KEYS = ("based_on", "leave_out")


def resolve(
    path: Path, read: Callable[[Path], dict[str, Any]], shipped: Mapping[str, Path]
) -> tuple[dict[str, Any], list[str]]:
    """The complete framework of the file at `path`, and any faults in `based_on` and `leave_out`.

    Parameters
    ----------
    path
        The framework file.
    read
        Parses one file.
    shipped
        Files that `based_on` may give by a short name.
    """
    return _resolve(path, read, shipped, ())


def _resolve(
    path: Path,
    read: Callable[[Path], dict[str, Any]],
    shipped: Mapping[str, Path],
    chain: tuple[Path, ...],
) -> tuple[dict[str, Any], list[str]]:
    own = read(path)
    if not any(key in own for key in _KEYS):
        return own, []
    base_name = own.get("based_on")
    if not isinstance(base_name, str) or not base_name:
        return {}, ['based_on: write the name of a framework file, such as "nelscp"']
    base_path = shipped.get(base_name, path.parent / base_name)
    # A file that is based on itself, at once or by way of others, would be read for ever.
    if base_path.resolve() in (path.resolve(), *chain):
        return {}, [f"based_on: '{base_name}' is based on this file; name another"]
    base, faults = _resolve(base_path, read, shipped, (*chain, path.resolve()))
    faults += _leave_out_faults(base, own.get("leave_out", []))
    return (merge(base, own), []) if not faults else ({}, faults)


def merge(base: Table, own: Table) -> dict[str, Any]:
    """`base` without the entries that `own` leaves out, and with those it adds or changes.

    >>> base = {"name": "A", "themes": {"voice": {"name": "Voice", "phrases": ["heard"]}}}
    >>> merge(base, {"themes": {"voice": {"name": "Being heard"}}})["themes"]
    {'voice': {'name': 'Being heard', 'phrases': ['heard']}}
    """
    places_left_out = [place.partition(".") for place in own.get("leave_out", [])]
    start = {
        name: {id: e for id, e in value.items() if (name, ".", id) not in places_left_out}
        if isinstance(value, Mapping)
        else value
        for name, value in base.items()
    }
    # A pair to tell apart needs both of its sides.
    if "confusions" in start:
        removed_ids = {id for table, _, id in places_left_out if table in {"priorities", "themes"}}
        start["confusions"] = [
            c for c in start["confusions"] if not removed_ids & set(c["between"])
        ]
    for place in own.get("leave_out", []):
        _release(start, place)
    if "points" in start:
        points = start["points"]
        start["points"] = {
            id: point for id, point in points.items() if point.get("part_of", "") in ("", *points)
        }
    return _merge_tables(start, {key: value for key, value in own.items() if key not in _KEYS})


def _release(tables: dict[str, Any], place: str) -> None:
    """Let no learning point, advice or scenario refer to an entry that is left out."""
    release_brief_texts(tables, place)
    table, _, id = place.partition(".")
    key = {"themes": "theme", "aspects": "aspect", "defects": "defect"}.get(table)
    if key is None:
        return
    tables["points"] = {
        name: point
        for name, point in tables.get("points", {}).items()
        if id not in ([point.get(key)] if key == "theme" else point.get(key, ()))
    }
    for name, reference in (("aspects", "theme"), ("defects", "opposite")):
        if reference == key or (name, reference) == (table, "opposite"):
            tables[name] = {
                other: entry | {reference: ""} if entry.get(reference) == id else entry
                for other, entry in tables.get(name, {}).items()
            }


def _merge_tables(base: Table, own: Table) -> dict[str, Any]:
    """`base` updated with the keys of `own`, recursively."""
    result = dict(base)
    for key, value in own.items():
        both_are_tables = isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        # A list replaces the other as a whole: its entries have no IDs by which to tell them apart.
        result[key] = _merge_tables(base[key], value) if both_are_tables else value
    return result


def _leave_out_faults(base: Table, places: object) -> Iterator[str]:
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        yield 'leave_out: write a list of texts, such as ["priorities.neglect"]'
        return
    for place in places:
        table, _, id = place.partition(".")
        entries = base.get(table)
        if not isinstance(entries, Mapping):
            tables = [name for name, value in base.items() if isinstance(value, Mapping)]
            yield f"leave_out: unknown table '{table}'; {suggest(table, tables)}"
        elif id not in entries:
            hint = suggest(id, list(entries))
            yield f"leave_out: no '{place}' in the framework this is based on; {hint}"
