"""Loads and checks a framework file.

The keys of the file are the fields of the records in `model`, so a field added there is a
key allowed here.  A file may be based on another (see `overrides`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from lif_nlp.errors import FrameworkError
from lif_nlp.framework.check import find_faults
from lif_nlp.framework.model import (
    Agency,
    Confusion,
    Framework,
    HindsightCode,
    PracticeTheme,
    Priority,
    Requirement,
    ReviewType,
    SubArea,
)
from lif_nlp.framework.overrides import resolve

DEFAULT = Path(__file__).with_name("nelscp.toml")
"""The framework file shipped with lif_nlp; copy it to make your own."""

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
    faults = faults or find_faults(data)
    if faults:
        raise FrameworkError(path, faults)
    return _build(data)


def _read(path: Path) -> dict[str, Any]:
    """The parsed file; a byte order mark, which Windows editors add, is ignored."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fault = f"cannot be opened ({error.strerror}); check the path of the framework file"
    except UnicodeDecodeError:
        fault = "is not UTF-8 text; save it as plain text with encoding UTF-8"
    except tomllib.TOMLDecodeError as error:
        fault = (
            f"is not valid TOML: {error}; look there for a missing quote, comma or bracket, "
            f"a curly quote, or a repeated ID"
        )
    raise FrameworkError(path, [fault])


def _build(data: Mapping[str, Any]) -> Framework:
    tables: dict[str, Any] = {
        "priorities": tuple(_priority(id, table) for id, table in data["priorities"].items()),
        "themes": _records(PracticeTheme, "code", data["themes"]),
        "review_types": _records(ReviewType, "id", data["review_types"]),
        "agencies": _records(Agency, "id", data["agencies"]),
        "requirements": _records(Requirement, "id", data.get("requirements", {})),
        "hindsight": _records(HindsightCode, "code", data["hindsight"]),
        "confusions": tuple(Confusion(**_with_tuples(c)) for c in data.get("confusions", [])),
        "glossary": dict(data.get("glossary", {})),
    }
    plain = {key: value for key, value in data.items() if key not in tables}
    return Framework(**_with_tuples(plain), **tables)


def _priority(id: str, table: Mapping[str, Any]) -> Priority:
    sub_areas = _records(SubArea, "id", table.get("sub_areas", {}))
    return Priority(id=id, **(_with_tuples(table) | {"sub_areas": sub_areas}))


def _records(
    kind: Callable[..., Record], key: str, tables: Mapping[str, Any]
) -> tuple[Record, ...]:
    return tuple(kind(**{key: id}, **_with_tuples(table)) for id, table in tables.items())


def _with_tuples(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with its lists as tuples, for frozen records."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
