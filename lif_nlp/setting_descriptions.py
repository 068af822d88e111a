"""Every setting with its meaning, values and origin, read from the classes in `config`.

The page SETTINGS.md and `lif config` come from here, so neither can fall behind the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lif_nlp.config import Branding, Fetch, Settings, settings_by_origin

TABLES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("", Settings),
    ("branding", Branding),
    ("fetch", Fetch),
)
"""Tables of `lif.toml` whose keys are described one by one; `[card]` has `lif card --example`."""

_WORDS = {bool: "true or false", str: "text", Path: "path", int: "whole number", float: "number"}


@dataclass(frozen=True, slots=True)
class SettingDescription:
    """One key of `lif.toml`.

    Parameters
    ----------
    table
        Name of its table, or "" for the top level.
    key
        Its name there.
    meaning
        What it does, in a sentence.
    values
        What may be written.
    default
        Its value when nothing is set, as written in TOML; "" for none.
    example
        A line for `lif.toml`.
    """

    table: str
    key: str
    meaning: str
    values: str
    default: str
    example: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it; "" for keys of a table."""
        return "" if self.table else f"LIF_{self.key.upper()}"


@dataclass(frozen=True, slots=True)
class SettingInForce:
    """A setting as it holds now: its name, value as written in TOML, and where it was set."""

    name: str
    value: str
    origin: str


def describe_settings() -> Iterator[SettingDescription]:
    """Every key in the order of the classes; raises KeyError for one without a meaning."""
    for table, model in TABLES:
        meanings = _attributes(model)
        for key, field in model.model_fields.items():
            if _table_of(field):
                continue
            default = "" if field.is_required() else toml_value(field.default)
            example = toml_value(field.examples[0]) if field.examples else default
            yield SettingDescription(
                table, key, meanings[key], _values(field), default, f"{key} = {example}"
            )


def settings_in_force(workspace: Path) -> Iterator[SettingInForce]:
    """Every setting with its value and origin: `lif.toml`, an environment variable or default.

    Raises
    ------
    ConfigError
        If a value is not allowed, or the file is not TOML.
    """
    settings, origins = settings_by_origin(workspace)
    for description in describe_settings():
        table = getattr(settings, description.table) if description.table else settings
        name = ".".join(filter(None, (description.table, description.key)))
        value = toml_value(getattr(table, description.key))
        yield SettingInForce(name, value, origins.get(name, "default"))


def toml_value(value: object) -> str:
    r"""A value as it is written in TOML; "" for None.

    >>> toml_value(("a", "b")), toml_value(True), toml_value(Path("C:/logo.png")), toml_value(None)
    ('["a", "b"]', 'true', '"C:/logo.png"', '')
    """
    if value is None:
        return ""
    if isinstance(value, Path):
        value = value.as_posix()
    # The values that settings have are written in TOML as they are in JSON.
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _table_of(field: FieldInfo) -> bool:
    """Whether a field is a table of its own."""
    return isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)


def _values(field: FieldInfo) -> str:
    """What may be written, in words, with the range of a number."""
    kind: Any = field.annotation
    if get_origin(kind) is Literal:
        return " or ".join(f'"{value}"' for value in get_args(kind))
    if get_origin(kind) is tuple:
        return "list of texts"
    kinds = [one for one in get_args(kind) if one is not NoneType] or [kind]
    limits = {type(limit).__name__: limit for limit in field.metadata}
    lowest, above = limits.get("Ge"), limits.get("Gt")
    highest = limits.get("Le")
    words = [_WORDS[kinds[0]]]
    if lowest:
        words.append(f"from {lowest.ge}")
    if above:
        words.append(f"above {above.gt}")
    if highest:
        words.append(f"to {highest.le}")
    return " ".join(words)


def _attributes(model: type[BaseModel]) -> dict[str, str]:
    """Meaning of each attribute, from the section "Attributes" of the class's docstring."""
    section = cleandoc(model.__doc__ or "").partition("Attributes\n----------\n")[2]
    meanings: dict[str, str] = {}
    for names, text in re.findall(r"^(\w[\w, ]*)\n((?:    .*(?:\n|$))+)", section, re.MULTILINE):
        for name in names.split(", "):
            meanings[name] = " ".join(text.split())
    return meanings
