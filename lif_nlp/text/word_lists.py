"""Word lists shared by rules and guards, kept in `word_lists.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("word_lists.toml")


@cache
def _lists() -> dict[str, str]:
    return {key: str(value) for key, value in tomllib.loads(_FILE.read_text("utf-8")).items()}


@cache
def words(name: str) -> frozenset[str]:
    """The words of one list, in lower case; an underscore stands for a space.

    Raises KeyError for a name that the file does not have.

    >>> "dr." in words("abbreviations")
    True
    """
    return frozenset(entry.replace("_", " ") for entry in _lists()[name].split())
