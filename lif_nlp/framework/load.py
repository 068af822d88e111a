"""From a framework file to a checked `Framework`.

The keys of the file are the fields of the records in `model`, so a field added
there is a key allowed here.  A file may be based on another one (see `based`).
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
"""The framework file that comes with lif_nlp; copy it to make your own."""

Record = TypeVar("Record")


def load_framework(path: str | Path | None = None) -> Framework:
    """The framework in the TOML file at `path`, or the one of North East Lincolnshire.

    Raises `FrameworkError` naming the file and the place of every fault.

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
    """The tables of the file; a byte order mark, as Windows editors add, is let pass."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fault = f"cannot be opened ({error.strerror}); check the name of the framework file"
    except UnicodeDecodeError:
        fault = "is not UTF-8 text; save it as plain text with encoding UTF-8"
    except tomllib.TOMLDecodeError as error:
        fault = (
            f"is not valid TOML: {error}; look there for a missing quote, comma or bracket, "
            f"a curly quote, or an id that stands twice"
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
        "confusions": tuple(Confusion(**_frozen(c)) for c in data.get("confusions", [])),
        "glossary": dict(data.get("glossary", {})),
    }
    plain = {key: value for key, value in data.items() if key not in tables}
    return Framework(**_frozen(plain), **tables)


def _priority(id: str, table: Mapping[str, Any]) -> Priority:
    sub_areas = _records(SubArea, "id", table.get("sub_areas", {}))
    return Priority(id=id, **(_frozen(table) | {"sub_areas": sub_areas}))


def _records(
    kind: Callable[..., Record], key: str, tables: Mapping[str, Any]
) -> tuple[Record, ...]:
    return tuple(kind(**{key: id}, **_frozen(table)) for id, table in tables.items())


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    """The same table with tuples for lists."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
