"""Every fault of a framework file, with its place and what is allowed there.

The keys allowed in a table, and whether a value is a text, a list or yes/no,
follow from the fields of the record in `model` that the table becomes.  What the
types cannot say stands in `_SPECIAL` and in the checks across tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from lif_nlp.framework import model, validators
from lif_nlp.records import HINDSIGHT_CODES

Table = Mapping[str, Any]
Faults = Iterator[str]

CODES = (*HINDSIGHT_CODES, "aware")
"""The hindsight codes that the annotating rules can give."""

_ID = (re.compile(r"[a-z][a-z0-9_]*"), "use small letters, digits and underscores, letter first")
_R_NUMBER = (re.compile(r"R[1-9][0-9]*"), "use R and a number, such as R48")


@dataclass(frozen=True, slots=True)
class Shape:
    """How the entries of a table must look: their record, needed keys and ids."""

    record: type
    needed: tuple[str, ...]
    key: str = "id"
    ids: tuple[re.Pattern[str], str] = _ID


TABLES = {
    "priorities": Shape(model.Priority, ("name", "definition", "phrases", "questions")),
    "themes": Shape(model.PracticeTheme, ("name", "definition", "phrases", "questions"), "code"),
    "review_types": Shape(model.ReviewType, ("name", "family", "aliases")),
    "agencies": Shape(model.Agency, ("name", "names")),
    "hindsight": Shape(model.HindsightCode, ("name", "test", "question"), "code"),
    "requirements": Shape(model.Requirement, ("part", "text", "toolkit"), ids=_R_NUMBER),
    "sub_areas": Shape(model.SubArea, ("name", "phrases")),
}
"""Tables whose entries have an id, and the record that an entry becomes."""

_NEEDED = ("name", "partnership", "priorities", "themes", "review_types", "agencies", "hindsight")
_BY_TYPE: dict[str, validators.Check] = {
    "str": validators.text,
    "bool": validators.flag,
    "tuple[str, ...]": validators.texts,
    "tuple[str, str]": validators.texts,
    "Mapping[str, str]": validators.texts_by_name,
}
_BY_TYPE_NEEDED: dict[str, validators.Check] = {
    "str": validators.full_text,
    "tuple[str, ...]": validators.some_texts,
}
_SPECIAL: dict[tuple[type, str], validators.Check] = {
    (model.Priority, "questions"): validators.questions,
    (model.PracticeTheme, "questions"): validators.questions,
    (model.Priority, "colour"): validators.colour,
}


def find_faults(data: Table) -> list[str]:
    """Every fault of a parsed framework file; an empty list if it is sound.

    >>> find_faults({"name": "Ours", "partnership": "Ours", "priority": {}})[0]
    "priority: unknown key; did you mean 'priorities'?"
    """
    checks = (_groups, _ids_across, _aliases, _near_misses, _colours, _codes, _between)
    return [*_fields("", data, model.Framework, _NEEDED), *chain(*(c(data) for c in checks))]


def _fields(
    place: str, table: Table, record: type, needed: tuple[str, ...], key: str = ""
) -> Faults:
    """Faults of the keys and values of one table, which becomes one record."""
    types = {f.name: str(f.type) for f in fields(record) if f.name != key}
    for name, value in table.items():
        at = f"{place}.{name}" if place else name
        if name not in types:
            yield f"{at}: unknown key; {validators.suggest(name, list(types))}"
        elif name in TABLES:
            yield from _entries(at, value, TABLES[name])
        elif name == "confusions":
            yield from _confusions(at, value)
        else:
            by_type = _BY_TYPE | _BY_TYPE_NEEDED if name in needed else _BY_TYPE
            yield from _SPECIAL.get((record, name), by_type[types[name]])(at, value)
    for name in needed:
        if name not in table:
            yield f"{place}.{name}: missing; add it" if place else f"{name}: missing; add it"


def _entries(place: str, entries: object, shape: Shape) -> Faults:
    """Faults of a table of tables: its ids, and each entry."""
    if not isinstance(entries, Mapping):
        yield f"{place}: is no table; write [{place}.some_id] and its keys below"
        return
    pattern, rule = shape.ids
    for id, entry in entries.items():
        if not pattern.fullmatch(id):
            yield f"{place}.{id}: '{id}' cannot be an id; {rule}"
        if not isinstance(entry, Mapping):
            yield f"{place}.{id}: is no table; write [{place}.{id}] and its keys below"
        else:
            yield from _fields(f"{place}.{id}", entry, shape.record, shape.needed, shape.key)


def _confusions(place: str, entries: object) -> Faults:
    if not isinstance(entries, list) or not all(isinstance(e, Mapping) for e in entries):
        yield f"{place}: is no list of tables; write [[{place}]] above each pair"
        return
    for number, entry in enumerate(entries, start=1):
        yield from _fields(f"{place}.{number}", entry, model.Confusion, ("between", "decide"))


def _groups(data: Table) -> Faults:
    """Groups that are no agency; "all" stands for everyone and is no agency."""
    agencies = _tables(data, "agencies")
    if "all" in agencies:
        yield "agencies.all: 'all' means every agency; choose another id"
    known = ["all", *agencies]
    for place, entry in _all_of(data, "priorities", "themes"):
        for group in _texts(entry, "groups"):
            if group not in known:
                yield f"{place}.groups: no agency '{group}'; {validators.suggest(group, known)}"


def _ids_across(data: Table) -> Faults:
    """Ids that mean two things: a theme and a priority may not share one."""
    first: dict[str, str] = {}
    for place, _ in _all_of(data, "priorities", "themes"):
        id = place.rpartition(".")[2]
        if id in first:
            yield f"{place}: the id stands twice, also as {first[id]}; choose another"
        first.setdefault(id, place)


def _aliases(data: Table) -> Faults:
    """Aliases that stand under two review types, so that a title could be either."""
    first: dict[str, str] = {}
    for place, entry in _all_of(data, "review_types"):
        for alias in _texts(entry, "aliases"):
            owner = first.setdefault(alias.casefold(), place)
            if owner != place:
                yield f"{place}.aliases: '{alias}' stands also in {owner}; remove one"


def _near_misses(data: Table) -> Faults:
    for place, entry in _all_of(data, "priorities"):
        for phrase in sorted({*_texts(entry, "near_misses")} & {*_texts(entry, "phrases")}):
            yield f"{place}.near_misses: '{phrase}' is also a phrase; remove one"


def _colours(data: Table) -> Faults:
    first: dict[object, str] = {}
    for place, entry in _all_of(data, "priorities"):
        if isinstance(colour := entry.get("colour"), str):
            owner = first.setdefault(colour.lower(), place)
            if owner != place:
                yield f"{place}.colour: '{colour}' is also the colour of {owner}; choose another"


def _codes(data: Table) -> Faults:
    """Hindsight codes are fixed, because the rules that find them are."""
    if not (given := _tables(data, "hindsight")):
        return
    for code in given:
        if code not in CODES:
            yield f"hindsight.{code}: no rule finds it; {validators.suggest(code, [*CODES])}"
    for code in CODES:
        if code not in given:
            yield f"hindsight.{code}: missing; add it, since the rules find it"


def _between(data: Table) -> Faults:
    known = [*_tables(data, "priorities"), *_tables(data, "themes")]
    if not _tables(data, "themes"):
        return
    confusions = data.get("confusions")
    for number, entry in enumerate(confusions if isinstance(confusions, list) else [], start=1):
        pair = _texts(entry, "between") if isinstance(entry, Mapping) else []
        if len(pair) != 2:
            yield f"confusions.{number}.between: {len(pair)} ids given; write two"
        for id in pair:
            if id not in known:
                yield (
                    f"confusions.{number}.between: no theme or priority '{id}'; "
                    f"{validators.suggest(id, known)}"
                )


def _all_of(data: Table, *names: str) -> Iterator[tuple[str, Table]]:
    """Each entry of these tables that is a table, with its place in the file."""
    for name in names:
        for id, entry in _tables(data, name).items():
            yield f"{name}.{id}", entry


def _tables(data: Table, name: str) -> dict[str, Table]:
    entries = data.get(name)
    pairs = entries.items() if isinstance(entries, Mapping) else ()
    return {id: entry for id, entry in pairs if isinstance(entry, Mapping)}


def _texts(entry: Table, key: str) -> list[str]:
    found = entry.get(key)
    return [t for t in found if isinstance(t, str)] if isinstance(found, list) else []
