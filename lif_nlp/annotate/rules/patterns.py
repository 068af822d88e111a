"""Lists of patterns in TOML become one compiled pattern.

An entry is a regular expression in which a space stands for any white space or
hyphen, and "space question mark" for an optional one; it begins and ends at a
word's edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lif_nlp.text.pattern_set import Name, Wordings

_EDGE = r"(?<![\w’-])"
_SHELL = r"(?:%s)(?!\w)"

NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing."""


def any_of(entries: Iterable[str], *, words: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """One pattern that matches any entry, whatever the letters' case.

    `words` fill the places written as {name}.

    >>> any_of(["co ?sleeping", "{who} slept"], words={"who": "baby"}).findall("Co-sleeping")
    ['Co-sleeping']
    """
    loose = list(map(_loosened, filled(entries, words or {})))
    return re.compile(_EDGE + _SHELL % "|".join(loose), re.IGNORECASE) if loose else NEVER


def wordings(
    entries: Mapping[Name, Iterable[str]], *, flags: int = re.IGNORECASE
) -> Wordings[Name]:
    """What `any_of` finds, for many lists of entries at once.

    Without the flag, entries and texts are in small letters; that is twice as fast.

    >>> asked = wordings({"sleep": ["co ?sleeping"], "food": ["meals?"]})
    >>> [name for name in asked.find("No meal that day")]
    ['food']
    """
    loose = {name: list(map(_loosened, listed)) for name, listed in entries.items()}
    return Wordings(loose, edge=_EDGE, shell=_SHELL, flags=flags)


def filled(entries: Iterable[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """The entries with the places written as {name} filled by `words`.

    >>> filled(["{who} slept"], {"who": "baby"})
    ('baby slept',)
    """
    return tuple(_filled(entry, words) for entry in entries)


def _filled(entry: str, words: Mapping[str, str]) -> str:
    for name, meaning in words.items():
        entry = entry.replace("{" + name + "}", meaning)
    return entry


def _loosened(entry: str) -> str:
    return entry.replace(" ?", r"[\s\-–]*").replace(" ", r"[\s\-–]+")
