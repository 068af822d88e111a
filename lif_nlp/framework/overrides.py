"""A framework file that says only what differs from another one.

`based_on` names the file to start from: "nelscp" (the one that comes with lif_nlp) or
a file beside this one.  Entries with an id that is there change only the keys they
give; other ids are added; `leave_out` lists entries to drop, as "priorities.neglect".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lif_nlp.framework.validators import suggest

Table = Mapping[str, Any]
_KEYS = ("based_on", "leave_out")


def resolve(
    path: Path, read: Callable[[Path], dict[str, Any]], known: Mapping[str, Path]
) -> tuple[dict[str, Any], list[str]]:
    """The whole table of the file at `path`, and the faults of how it is based on others.

    `read` gives the table of one file; `known` maps short names to files.
    """
    return _resolve(path, read, known, ())


def _resolve(
    path: Path,
    read: Callable[[Path], dict[str, Any]],
    known: Mapping[str, Path],
    seen: tuple[Path, ...],
) -> tuple[dict[str, Any], list[str]]:
    own = read(path)
    if not any(key in own for key in _KEYS):
        return own, []
    given = own.get("based_on")
    if not isinstance(given, str) or not given:
        return {}, ['based_on: write the name of a framework file, such as "nelscp"']
    base_path = known.get(given, path.parent / given)
    if base_path.resolve() in (path.resolve(), *seen):
        return {}, [f"based_on: '{given}' is based on this file itself; name another"]
    base, faults = _resolve(base_path, read, known, (*seen, path.resolve()))
    faults += _unknown(base, own.get("leave_out", []))
    return (merge(base, own), []) if not faults else ({}, faults)


def merge(base: Table, own: Table) -> dict[str, Any]:
    """`base` without what `own` leaves out, and with what it adds or changes.

    >>> base = {"name": "A", "themes": {"voice": {"name": "Voice", "phrases": ["heard"]}}}
    >>> merge(base, {"themes": {"voice": {"name": "Being heard"}}})["themes"]
    {'voice': {'name': 'Being heard', 'phrases': ['heard']}}
    """
    gone = [place.partition(".") for place in own.get("leave_out", [])]
    start = {
        name: {id: e for id, e in value.items() if (name, ".", id) not in gone}
        if isinstance(value, Mapping)
        else value
        for name, value in base.items()
    }
    if "confusions" in start:
        left = {id for table, _, id in gone if table in {"priorities", "themes"}}
        start["confusions"] = [c for c in start["confusions"] if not left & set(c["between"])]
    return _over(start, {key: value for key, value in own.items() if key not in _KEYS})


def _over(base: Table, own: Table) -> dict[str, Any]:
    """`base` with the keys of `own` over it; tables within are treated alike."""
    result = dict(base)
    for key, value in own.items():
        both = isinstance(value, Mapping) and isinstance(base.get(key), Mapping)
        result[key] = _over(base[key], value) if both else value
    return result


def _unknown(base: Table, places: object) -> Iterator[str]:
    if not isinstance(places, list) or not all(isinstance(place, str) for place in places):
        yield 'leave_out: write a list of texts, such as ["priorities.neglect"]'
        return
    for place in places:
        table, _, id = place.partition(".")
        entries = base.get(table)
        if not isinstance(entries, Mapping):
            tables = [name for name, value in base.items() if isinstance(value, Mapping)]
            yield f"leave_out: no table '{table}'; {suggest(table, tables)}"
        elif id not in entries:
            yield f"leave_out: no '{place}' in what this is based on; {suggest(id, list(entries))}"
