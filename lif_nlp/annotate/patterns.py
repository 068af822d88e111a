"""Lists of patterns in TOML become one compiled pattern.

An entry is a regular expression in which a space stands for any white space or
hyphen, and "space question mark" for an optional one; it begins and ends at a
word's edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing."""


def any_of(entries: Iterable[str], *, words: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """One pattern that matches any entry, whatever the letters' case.

    `words` fill the places written as {name}.

    >>> any_of(["co ?sleeping", "{who} slept"], words={"who": "baby"}).findall("Co-sleeping")
    ['Co-sleeping']
    """
    loose = [_loosened(_filled(entry, words or {})) for entry in entries]
    if not loose:
        return NEVER
    return re.compile(r"(?<![\w’-])(?:" + "|".join(loose) + r")(?!\w)", re.IGNORECASE)


def _filled(entry: str, words: Mapping[str, str]) -> str:
    for name, meaning in words.items():
        entry = entry.replace("{" + name + "}", meaning)
    return entry


def _loosened(entry: str) -> str:
    return entry.replace(" ?", r"[\s\-–]*").replace(" ", r"[\s\-–]+")
