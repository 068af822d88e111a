"""Finds every fault of a framework file, with its place and what is allowed there.

The keys allowed in a table, and the type of each value, follow from the fields of the
record in `model` that the table becomes.  Rules that types cannot express are in
`_CHECK_OF_FIELD` and in the checks across tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

from lif_nlp.framework import brief_texts, model, validators
from lif_nlp.framework.check_brief_texts import find_brief_text_faults
from lif_nlp.framework.check_points import find_point_faults
from lif_nlp.framework.validators import entries_of, texts_of
from lif_nlp.records import HINDSIGHT_CODES

Table = Mapping[str, Any]
Faults = Iterator[str]

CODES = (*HINDSIGHT_CODES, "aware")
"""The hindsight codes that the annotation rules can assign."""

_ID = (
    re.compile(r"[a-z][a-z0-9_]*"),
    "use lower-case letters, digits and underscores, starting with a letter",
)
_R_NUMBER = (re.compile(r"R[1-9][0-9]*"), "use R and a number, such as R48")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the entries of a table must be: their record, required keys and form of ID."""

    record: type
    required: tuple[str, ...]
    key: str = "id"
    ids: tuple[re.Pattern[str], str] = _ID


_ADVICE = ("stop", "start", "keep", "questions", "signs")

TABLES = {
    "priorities": Shape(model.Priority, ("name", "definition", "phrases", "questions")),
    "themes": Shape(model.PracticeTheme, ("name", "definition", "phrases", "questions"), "code"),
    "review_types": Shape(model.ReviewType, ("name", "family", "aliases")),
    "agencies": Shape(model.Agency, ("name", "names")),
    "hindsight": Shape(model.HindsightCode, ("name", "test", "question"), "code"),
    "requirements": Shape(model.Requirement, ("part", "text", "toolkit"), ids=_R_NUMBER),
    "sub_areas": Shape(model.SubArea, ("name", "phrases")),
    "aspects": Shape(model.Aspect, ("name", "phrases")),
    "defects": Shape(model.Defect, ("name",)),
    "points": Shape(model.SeedPoint, ("role", "name")),
    "audiences": Shape(brief_texts.AudienceGroup, ("name", "advice")),
    "advice": Shape(brief_texts.Advice, _ADVICE, "priority"),
    "cases": Shape(brief_texts.Case, ("name", "cues", "why", *_ADVICE)),
    "readers": Shape(brief_texts.Advice, _ADVICE, "priority"),
    "scenarios": Shape(brief_texts.Scenario, ("title", "role", "child", "age", "acts")),
    "acts": Shape(brief_texts.Act, ("time", "text", "question")),
    "steps": Shape(brief_texts.SessionStep, ("minutes", "name", "lead")),
    "reactions": Shape(brief_texts.Reaction, ("name", "say", "do")),
    "handout": Shape(brief_texts.HandoutPart, ("name", "text")),
    "quiz": Shape(brief_texts.QuizQuestion, ("question", "options", "best", "because")),
    "challenges": Shape(brief_texts.Challenge, ("comparison", "question")),
    "decisions": Shape(brief_texts.Decision, ("comparison", "text")),
}
"""Tables whose entries have an ID, and the record that an entry becomes."""

_SINGLE = {
    "session": Shape(brief_texts.SessionPlan, ("minutes", "steps", "form")),
    "form": Shape(brief_texts.SessionForm, ("items", "levels")),
}
"""Tables that become one record."""

_REQUIRED = ("name", "partnership", "priorities", "themes", "review_types", "agencies", "hindsight")
_CHECK_OF_TYPE: dict[str, validators.Check] = {
    "str": validators.text,
    "bool": validators.boolean,
    "tuple[str, ...]": validators.texts,
    "tuple[str, str]": validators.texts,
    "Mapping[str, str]": validators.texts_by_name,
    "Mapping[str, tuple[str, ...]]": validators.lists_by_name,
    "int": validators.whole_number,
}
_CHECK_OF_REQUIRED: dict[str, validators.Check] = {
    "str": validators.non_empty_text,
    "tuple[str, ...]": validators.non_empty_texts,
}
_CHECK_OF_FIELD: dict[tuple[type, str], validators.Check] = {
    (model.Priority, "questions"): validators.questions,
    (model.PracticeTheme, "questions"): validators.questions,
    (model.Priority, "colour"): validators.colour,
    (brief_texts.Advice, "questions"): validators.one_or_two_questions,
    (brief_texts.Advice, "signs"): validators.signs,
    (brief_texts.Case, "questions"): validators.one_or_two_questions,
    (brief_texts.Case, "signs"): validators.signs,
    (brief_texts.Act, "question"): validators.question,
    (brief_texts.Challenge, "question"): validators.question,
    (brief_texts.QuizQuestion, "question"): validators.question,
    (brief_texts.Scenario, "closing"): validators.question,
}


def find_faults(data: Table) -> list[str]:
    """Every fault of a parsed framework file; an empty list if it is sound.

    >>> find_faults({"name": "Ours", "partnership": "Ours", "priority": {}})[0]
    "priority: unknown key; did you mean 'priorities'?"
    """
    checks = (
        _groups, _ids_across, _aliases, _near_misses, _colours, _codes, _between, find_point_faults,
        find_brief_text_faults,
    )  # fmt: skip
    return [*_fields("", data, model.Framework, _REQUIRED), *chain(*(c(data) for c in checks))]


def _fields(
    place: str, table: Table, record: type, required: tuple[str, ...], key: str = ""
) -> Faults:
    """Faults in the keys and values of a table that becomes one record."""
    # Annotations are strings in `model`, and so can be looked up in the tables above.
    types = {f.name: str(f.type) for f in fields(record) if f.name != key}
    for name, value in table.items():
        value_place = f"{place}.{name}" if place else name
        if name not in types:
            yield f"{value_place}: unknown key; {validators.suggest(name, list(types))}"
        elif types[name] in _CHECK_OF_TYPE:
            checks = _CHECK_OF_TYPE | _CHECK_OF_REQUIRED if name in required else _CHECK_OF_TYPE
            yield from _CHECK_OF_FIELD.get((record, name), checks[types[name]])(value_place, value)
        elif name == "confusions":
            yield from _confusions(value_place, value)
        elif name in _SINGLE:
            yield from _single(value_place, value, _SINGLE[name])
        else:
            yield from _entries(value_place, value, TABLES[name])
    for name in required:
        if name not in table:
            yield f"{place}.{name}: missing; add it" if place else f"{name}: missing; add it"


def _single(place: str, table: object, shape: Shape) -> Faults:
    """Faults of a table that becomes one record."""
    if isinstance(table, Mapping):
        yield from _fields(place, table, shape.record, shape.required)
    else:
        yield f"{place}: is not a table; write [{place}] and its keys below"


def _entries(place: str, entries: object, shape: Shape) -> Faults:
    """Faults in a table of tables: its IDs and each entry."""
    if not isinstance(entries, Mapping):
        yield f"{place}: is not a table; write [{place}.some_id] and its keys below"
        return
    pattern, rule = shape.ids
    for id, entry in entries.items():
        if not pattern.fullmatch(id):
            yield f"{place}.{id}: '{id}' is not a valid ID; {rule}"
        if not isinstance(entry, Mapping):
            yield f"{place}.{id}: is not a table; write [{place}.{id}] and its keys below"
        else:
            yield from _fields(f"{place}.{id}", entry, shape.record, shape.required, shape.key)


def _confusions(place: str, entries: object) -> Faults:
    if not isinstance(entries, list) or not all(isinstance(e, Mapping) for e in entries):
        yield f"{place}: is not a list of tables; write [[{place}]] above each pair"
        return
    for number, entry in enumerate(entries, start=1):
        yield from _fields(f"{place}.{number}", entry, model.Confusion, ("between", "decide"))


def _groups(data: Table) -> Faults:
    """Groups that are not agencies; "all" means every agency and may not be one."""
    agencies = entries_of(data, "agencies")
    if "all" in agencies:
        yield "agencies.all: 'all' means every agency; choose another ID"
    group_ids = ["all", *agencies]
    for place, entry in _all_of(data, "priorities", "themes"):
        for group in texts_of(entry, "groups"):
            if group not in group_ids:
                hint = validators.suggest(group, group_ids)
                yield f"{place}.groups: unknown agency '{group}'; {hint}"


def _ids_across(data: Table) -> Faults:
    """IDs shared by a theme and a priority."""
    first: dict[str, str] = {}
    for place, _ in _all_of(data, "priorities", "themes"):
        id = place.rpartition(".")[2]
        if id in first:
            yield f"{place}: the ID is already used for {first[id]}; choose another"
        first.setdefault(id, place)


def _aliases(data: Table) -> Faults:
    """Aliases of two review types, so that a title could be either."""
    first: dict[str, str] = {}
    for place, entry in _all_of(data, "review_types"):
        for alias in texts_of(entry, "aliases"):
            owner = first.setdefault(alias.casefold(), place)
            if owner != place:
                yield f"{place}.aliases: '{alias}' is also an alias of {owner}; remove one"


def _near_misses(data: Table) -> Faults:
    for place, entry in _all_of(data, "priorities"):
        # A phrase gives the label and a near miss withholds it; it cannot do both.
        for phrase in sorted({*texts_of(entry, "near_misses")} & {*texts_of(entry, "phrases")}):
            yield f"{place}.near_misses: '{phrase}' is also a phrase; remove one"


def _colours(data: Table) -> Faults:
    first: dict[object, str] = {}
    for place, entry in _all_of(data, "priorities"):
        if isinstance(colour := entry.get("colour"), str):
            # Covers and charts tell priorities apart by their colour.
            owner = first.setdefault(colour.lower(), place)
            if owner != place:
                yield f"{place}.colour: '{colour}' is also the colour of {owner}; choose another"


def _codes(data: Table) -> Faults:
    """Hindsight codes other than those that the rules assign."""
    # Missing as a whole it is one fault, reported among the required tables.
    if not (codes := entries_of(data, "hindsight")):
        return
    for code in codes:
        if code not in CODES:
            yield f"hindsight.{code}: no rule assigns it; {validators.suggest(code, [*CODES])}"
    for code in CODES:
        if code not in codes:
            yield f"hindsight.{code}: missing; add it, because the rules assign it"


def _between(data: Table) -> Faults:
    ids = [*entries_of(data, "priorities"), *entries_of(data, "themes")]
    # Without that table every pair would seem to name something unknown.
    if not entries_of(data, "themes"):
        return
    confusions = data.get("confusions")
    for number, entry in enumerate(confusions if isinstance(confusions, list) else [], start=1):
        pair = texts_of(entry, "between") if isinstance(entry, Mapping) else []
        if len(pair) != 2:
            yield f"confusions.{number}.between: {len(pair)} IDs; write two"
        for id in pair:
            if id not in ids:
                yield (
                    f"confusions.{number}.between: unknown theme or priority '{id}'; "
                    f"{validators.suggest(id, ids)}"
                )


def _all_of(data: Table, *names: str) -> Iterator[tuple[str, Table]]:
    """Each well-formed entry of these tables, with its place in the file."""
    for name in names:
        for id, entry in entries_of(data, name).items():
            yield f"{name}.{id}", entry
