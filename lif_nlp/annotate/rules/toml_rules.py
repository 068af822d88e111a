"""Reads the TOML files of rules in this folder; every error names the file and the key.

One syntax of placeholders holds for all of them: {name} in a pattern.  What a name means
is defined by the file's own table [words], or, for patterns over tokens, by a word list
of `text/word_lists.toml` and the three names of `patterns`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lif_nlp.errors import RuleFileError

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a rule file; `place` says which one in messages."""

    place: str
    values: Mapping[str, Any]

    def check_keys(self, *known: str) -> None:
        """Raise RuleFileError for a key that is not among `known`, such as a misspelt one."""
        for key in self.values:
            if key not in known:
                raise RuleFileError(
                    f"{self.place}: unknown key '{key}'; known keys are {', '.join(known)}"
                )

    def text(self, key: str, default: str | None = None) -> str:
        """A string; raises RuleFileError if it is missing and there is no default."""
        value: str = self._value(key, str, "a string", default)
        return value

    def flag(self, key: str) -> bool:
        """True or false; false if missing."""
        value: bool = self._value(key, bool, "true or false", default=False)
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of strings, with the requirements of `text`."""
        values = self._value(key, list, "a list of strings", default)
        if not all(isinstance(value, str) for value in values):
            raise RuleFileError(f"{self.place}, {key}: must be a list of strings")
        return tuple(values)

    def weights(self, key: str) -> Mapping[str, float]:
        """A table of numbers."""
        table: dict[str, float] = self._value(key, dict, "a table of numbers", None)
        if not all(isinstance(value, int | float) for value in table.values()):
            raise RuleFileError(f"{self.place}, {key}: must be a table of numbers")
        return table

    def _value(self, key: str, kind: type, wanted: str, default: Any) -> Any:
        value = self.values.get(key, default)
        if value is None:
            raise RuleFileError(f"{self.place}: the key '{key}' is missing")
        # A default may be a tuple where the file has a list.
        if value is not default and not isinstance(value, kind):
            raise RuleFileError(f"{self.place}, {key}: must be {wanted}, not {value!r}")
        return value


@cache
def read_file(file: str) -> Section:
    """The whole of a TOML file of this folder.

    Raises RuleFileError if it is missing or no valid TOML.
    """
    try:
        content = (files("lif_nlp.annotate.rules") / file).read_text("utf-8")
        return Section(file, tomllib.loads(content))
    except FileNotFoundError as error:
        raise RuleFileError(f"{file}: there is no such file in lif_nlp/annotate/rules") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleFileError(f"{file}: not valid TOML ({error})") from error


def read_tables(file: str) -> dict[str, Section]:
    """The tables of a file by name, without [words]."""
    content = read_file(file).values
    return {
        name: Section(f"{file}, [{name}]", table)
        for name, table in content.items()
        if name != "words"
    }


def read_array(file: str, name: str) -> list[Section]:
    """The tables [[name]] of a file, in its order; each has a key `name`."""
    entries = read_file(file).values.get(name)
    if not isinstance(entries, list):
        raise RuleFileError(f"{file}: there are no tables [[{name}]]")
    return [
        Section(f"{file}, [[{name}]] number {number} ('{entry.get('name', '')}')", entry)
        for number, entry in enumerate(entries, start=1)
    ]


def words_of_file(file: str) -> Mapping[str, str]:
    """The table [words] of a file: what its placeholders stand for."""
    words: Mapping[str, str] = read_file(file).values.get("words", {})
    return words


def expand(pattern: str, meaning: Callable[[str], str], *, place: str) -> str:
    """`pattern` with its placeholders replaced.

    Parameters
    ----------
    pattern
        May hold placeholders: "{kid} (?:was|were) hungry".  Quantifiers such as {0,3}
        are no placeholders, for a name is made of small letters.
    meaning
        Gives what a name stands for, or raises KeyError.
    place
        File and table for the message.

    Raises
    ------
    RuleFileError
        For a placeholder without a meaning.

    >>> expand("{kid} slept", {"kid": "baby"}.__getitem__, place="test.toml")
    'baby slept'
    """

    def replacement(placeholder: re.Match[str]) -> str:
        try:
            return meaning(placeholder[1])
        except KeyError as error:
            raise RuleFileError(
                f"{place}: the placeholder '{placeholder[0]}' has no meaning; define it in "
                "[words] of the file or as a list of text/word_lists.toml"
            ) from error

    return _PLACEHOLDER.sub(replacement, pattern)


def compiled(pattern: str, place: str, flags: int = 0) -> re.Pattern[str]:
    """`pattern` compiled; raises RuleFileError with its place if it is not valid."""
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise RuleFileError(f"{place}: not a valid pattern ({error}): {pattern}") from error
