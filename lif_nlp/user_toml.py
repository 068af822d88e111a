"""Reads the TOML files that people write by hand, and says in one line what is wrong with one.

Settings, frameworks, corrections, and the columns of audit sheets and trackers come this way.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from lif_nlp.errors import ConfigError


class TomlFaultError(Exception):
    """What is wrong with a file and what to do, without the file's name, which callers add."""


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a file that somebody wrote by hand.

    A byte order mark is ignored, since Windows editors add one.

    Raises
    ------
    TomlFaultError
        If the file cannot be opened, is not UTF-8 or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fault = f"cannot be opened ({error.strerror}); check the path of the file"
    except UnicodeDecodeError:
        fault = "is not UTF-8 text; save it as plain text with encoding UTF-8"
    # tomllib reads brackets by recursion.
    except RecursionError:
        fault = "has brackets within brackets too deep to read; take some out"
    except tomllib.TOMLDecodeError as error:
        fault = (
            f"is not valid TOML: {error}; look there for a missing quote, comma or bracket, "
            "a curly quote, or a repeated name"
        )
    raise TomlFaultError(fault)


def read_settings_file(path: Path) -> dict[str, Any]:
    """As `read_toml`; raises ConfigError, which names the file."""
    try:
        return read_toml(path)
    except TomlFaultError as error:
        raise ConfigError(f"{path}: {error}") from error


def read_column_roles(path: Path | None, roles: Collection[str]) -> dict[str, str]:
    """Roles by column name, from the table `[columns]` of a file; empty without a file.

    Parameters
    ----------
    path
        The file, or None.
    roles
        Roles that exist.  "other", for a column that holds none of them, always does.

    Raises
    ------
    ConfigError
        If the file cannot be read, or gives a column a role that does not exist.
    """
    if path is None:
        return {}
    columns = read_settings_file(path).get("columns", {})
    role_names = sorted({*roles, "other"})
    faults = [
        f"columns.{name} = '{role}'" for name, role in columns.items() if role not in role_names
    ]
    if faults:
        raise ConfigError(f"{path}: {'; '.join(faults)}; use one of: {', '.join(role_names)}")
    return {str(name): str(role) for name, role in columns.items()}
