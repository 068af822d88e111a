"""Contexts: what must and must not stand around an ambiguous name of an agency."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lif_nlp.annotate.rules.patterns import NEVER


@dataclass(frozen=True, slots=True)
class Context:
    """The company that a name needs and refuses; the TOML says what each field is for."""

    need: re.Pattern[str] | None = None
    refuse: re.Pattern[str] = NEVER
    before: re.Pattern[str] = NEVER
    after: re.Pattern[str] = NEVER
    never: bool = False
    as_written: bool = False

    def allows(self, before: str, name: str, after: str, *, listed: str) -> bool:
        """Whether `name`, listed as `listed`, is an agency between these words."""
        around = f"{before} {after}"
        if self.never or (self.as_written and not _as_listed(before, name, listed)):
            return False
        if self.need is not None and not self.need.search(around):
            return False
        refused = self.refuse.search(around) or self.before.search(before)
        return not (refused or self.after.search(after))


def context_of(name: str) -> Context | None:
    """The context of a folded name, or None where it has one meaning only."""
    return _contexts().get(name)


def _as_listed(before: str, name: str, listed: str) -> bool:
    """Capitals as in the list; at the start of a sentence they say nothing."""
    return name[0] == listed[0] and (listed.isupper() or bool(before.strip()))


@cache
def _contexts() -> dict[str, Context]:
    source = Path(__file__).with_name("agency_context.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    words = data.pop("words")
    return {name: _context(entry, words) for name, entry in data.items()}


def _context(entry: dict[str, str | bool], words: dict[str, str]) -> Context:
    def whole(field: str) -> re.Pattern[str] | None:
        if field not in entry:
            return None
        listed = str(entry[field])
        for name, meaning in words.items():
            listed = listed.replace("{" + name + "}", meaning)
        return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)

    def edge(field: str) -> re.Pattern[str]:
        return re.compile(str(entry[field])) if field in entry else NEVER

    return Context(
        need=whole("need"),
        refuse=whole("refuse") or NEVER,
        before=edge("before"),
        after=edge("after"),
        never=bool(entry.get("never")),
        as_written=bool(entry.get("as_written")),
    )
