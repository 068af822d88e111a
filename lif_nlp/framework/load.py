"""Loads and checks a framework file.

The keys of the file are the fields of the records in `model`, so a field added there is a
key allowed here.  A file may be based on another (see `overrides`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from lif_nlp.errors import FrameworkError
from lif_nlp.framework.brief_texts import (
    Act,
    Advice,
    AudienceGroup,
    Case,
    Challenge,
    Decision,
    HandoutPart,
    QuizQuestion,
    Reaction,
    Scenario,
    SessionForm,
    SessionPlan,
    SessionStep,
)
from lif_nlp.framework.check import find_faults
from lif_nlp.framework.model import (
    Agency,
    Aspect,
    Confusion,
    Defect,
    Framework,
    HindsightCode,
    PracticeTheme,
    Priority,
    Requirement,
    ReviewType,
    SeedPoint,
    SubArea,
)
from lif_nlp.framework.overrides import merge, resolve
from lif_nlp.framework.shipped import (
    BRIEF_TEXTS,
    DEFAULT,
    POINTS,
    brief_texts_for,
    points_for,
)
from lif_nlp.user_toml import TomlFaultError, read_toml

_POINT_TABLES = ("aspects", "defects", "points")
"""Tables that are written as [[lists]], since their entries are many and short."""

Record = TypeVar("Record")


def load_framework(path: str | Path | None = None) -> Framework:
    """Load the framework in the TOML file at `path`, or that of North East Lincolnshire.

    Raises FrameworkError, listing every fault with its place in the file.

    >>> framework = load_framework()
    >>> [priority.name for priority in framework.priorities]
    ['Neglect', 'Sexual harm', 'Domestic abuse']
    >>> framework.theme("recording").groups
    ('all', 'managers_qa')
    """
    return _default() if path is None else _load(Path(path))


@cache
def _default() -> Framework:
    return _load(DEFAULT)


def _load(path: Path) -> Framework:
    data, faults = resolve(path, _read, {"nelscp": DEFAULT})
    if not faults:
        # A framework with learning points of its own brings all of their tables: parts of ours
        # would not fit them.
        if "defects" not in data:
            data = merge(points_for(data.get("themes"), _shipped(POINTS)), data)
        data = merge(brief_texts_for(data, _shipped(*BRIEF_TEXTS)), data)
        faults = find_faults(data)
    if faults:
        raise FrameworkError(path, faults)
    return _build(data)


def _read(path: Path) -> dict[str, Any]:
    """The parsed file; that of North East Lincolnshire with all that is shipped beside it."""
    return _parse(path) | (_shipped(POINTS, *BRIEF_TEXTS) if path.resolve() == DEFAULT else {})


def _shipped(*paths: Path) -> dict[str, Any]:
    return {name: table for path in paths for name, table in _parse(path).items()}


def _parse(path: Path) -> dict[str, Any]:
    try:
        return _with_ids_as_keys(path, read_toml(path))
    except TomlFaultError as error:
        raise FrameworkError(path, [str(error)]) from error


def _with_ids_as_keys(path: Path, data: dict[str, Any]) -> dict[str, Any]:
    """The tables of learning points by ID, as all other tables are; one ID may do for a list.

    Raises FrameworkError for entries without an ID, or with one that was used before.
    """
    for name in _POINT_TABLES:
        entries = data.get(name)
        if not isinstance(entries, list):
            continue
        data[name], faults = {}, []
        for number, entry in enumerate(entries, start=1):
            id = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(id, str):
                faults.append(f'{name}: entry {number} has no ID; write id = "some_id"')
            elif id in data[name]:
                faults.append(f"{name}.{id}: the ID is used twice; choose another")
            else:
                data[name][id] = {k: _listed(k, v) for k, v in entry.items() if k != "id"}
        if faults:
            raise FrameworkError(path, faults)
    return data


def _listed(key: str, value: object) -> object:
    """A single aspect or defect as a list of one, or of none."""
    if key in ("aspect", "defect") and isinstance(value, str):
        return [value] if value else []
    return value


def _build(data: Mapping[str, Any]) -> Framework:
    tables: dict[str, Any] = {
        "priorities": tuple(_priority(id, table) for id, table in data["priorities"].items()),
        "themes": _records(PracticeTheme, "code", data["themes"]),
        "review_types": _records(ReviewType, "id", data["review_types"]),
        "agencies": _records(Agency, "id", data["agencies"]),
        "requirements": _records(Requirement, "id", data.get("requirements", {})),
        "hindsight": _records(HindsightCode, "code", data["hindsight"]),
        "aspects": _records(Aspect, "id", data["aspects"]),
        "defects": _records(Defect, "id", data["defects"]),
        "points": _records(SeedPoint, "id", data["points"]),
        "audiences": tuple(
            _nested(AudienceGroup, id, table, advice=(Advice, "priority"))
            for id, table in data["audiences"].items()
        ),
        "scenarios": tuple(
            _nested(Scenario, id, table, acts=(Act, "id"))
            for id, table in data["scenarios"].items()
        ),
        "cases": tuple(
            _nested(Case, id, table, readers=(Advice, "priority"))
            for id, table in data["cases"].items()
        ),
        "session": _session(data["session"]),
        "quiz": _records(QuizQuestion, "id", data["quiz"]),
        "challenges": _records(Challenge, "id", data["challenges"]),
        "decisions": _records(Decision, "id", data["decisions"]),
        "this_week": {id: tuple(lines) for id, lines in data["this_week"].items()},
        "confusions": tuple(Confusion(**_with_tuples(c)) for c in data.get("confusions", [])),
        "glossary": dict(data.get("glossary", {})),
        "short_forms": dict(data["short_forms"]),
    }
    # What is left are single values of the framework itself.
    plain = {key: value for key, value in data.items() if key not in tables}
    return Framework(**_with_tuples(plain), **tables)


def _priority(id: str, table: Mapping[str, Any]) -> Priority:
    sub_areas = _records(SubArea, "id", table.get("sub_areas", {}))
    return Priority(id=id, **(_with_tuples(table) | {"sub_areas": sub_areas}))


def _session(table: Mapping[str, Any]) -> SessionPlan:
    """The plan of the session, without steps of no minutes."""
    # A file based on ours sets a step to 0 minutes to drop it (README.md).
    parts: dict[str, Any] = {
        "steps": tuple(
            step for step in _records(SessionStep, "id", table.get("steps", {})) if step.minutes > 0
        ),
        "reactions": _records(Reaction, "id", table.get("reactions", {})),
        "handout": _records(HandoutPart, "id", table.get("handout", {})),
        "form": SessionForm(**_with_tuples(table.get("form", {}))),
    }
    return SessionPlan(**(_with_tuples(table) | parts))


def _nested(
    kind: Callable[..., Record],
    id: str,
    table: Mapping[str, Any],
    **parts: tuple[Callable[..., Any], str],
) -> Record:
    """A record whose tables named in `parts` become records of their own."""
    inner = {name: _records(of, key, table.get(name, {})) for name, (of, key) in parts.items()}
    return kind(id=id, **(_with_tuples(table) | inner))


def _records(
    kind: Callable[..., Record], key: str, tables: Mapping[str, Any]
) -> tuple[Record, ...]:
    return tuple(kind(**{key: id}, **_with_tuples(table)) for id, table in tables.items())


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with its lists as tuples, for frozen records."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
