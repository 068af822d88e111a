"""Contexts in which an ambiguous name ("ED", "surgery") means an agency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lif_nlp.annotate.rules.patterns import NEVER
from lif_nlp.annotate.rules.toml_rules import (
    Section,
    compiled,
    expand,
    read_tables,
    words_of_file,
)

_FILE = "agency_context.toml"


@dataclass(frozen=True, slots=True)
class Context:
    """What must and must not occur around a name; the TOML explains each field."""

    need: re.Pattern[str] | None = None
    refuse: re.Pattern[str] = NEVER
    before: re.Pattern[str] = NEVER
    after: re.Pattern[str] = NEVER
    never: bool = False
    as_written: bool = False

    def allows(self, before: str, name: str, after: str, *, listed: str) -> bool:
        """Whether a name is an agency here.

        Parameters
        ----------
        before, name, after
            The sentence, in three parts.
        listed
            The name as the framework lists it.
        """
        surroundings = f"{before} {after}"
        if self.never or (self.as_written and not _has_listed_capitals(before, name, listed)):
            return False
        if self.need is not None and not self.need.search(surroundings):
            return False
        refusal = self.refuse.search(surroundings) or self.before.search(before)
        return not (refusal or self.after.search(after))


def context_of(name: str) -> Context | None:
    """The context of a folded name, or None if the name has a single meaning."""
    return _contexts().get(name)


def _has_listed_capitals(before: str, name: str, listed: str) -> bool:
    """A capital as in the list; at the start of a sentence a capital proves nothing."""
    return name[0] == listed[0] and (listed.isupper() or bool(before.strip()))


@cache
def _contexts() -> dict[str, Context]:
    meanings = words_of_file(_FILE)
    return {name: _context(entry, meanings) for name, entry in read_tables(_FILE).items()}


def _context(entry: Section, meanings: Mapping[str, str]) -> Context:
    entry.check_keys("need", "refuse", "before", "after", "never", "as_written")

    def whole_words(key: str) -> re.Pattern[str] | None:
        if key not in entry.values:
            return None
        place = f"{entry.place}, {key}"
        alternatives = expand(entry.text(key), meanings.__getitem__, place=place)
        return compiled(rf"\b(?:{alternatives})\b", place, re.IGNORECASE)

    def edge(key: str) -> re.Pattern[str]:
        if key not in entry.values:
            return NEVER
        return compiled(entry.text(key), f"{entry.place}, {key}")

    return Context(
        need=whole_words("need"),
        refuse=whole_words("refuse") or NEVER,
        before=edge("before"),
        after=edge("after"),
        never=entry.flag("never"),
        as_written=entry.flag("as_written"),
    )
