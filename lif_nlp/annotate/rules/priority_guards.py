"""Guards of the priorities: what their words mean, and what they do not.

A priority's phrases in the framework are evidence by themselves, but everyday words among
them ("hungry", "refuge", "perpetrator") need support, and some phrases use the right word
in another sense ("abuse and neglect" as a stock pair, neglect by a hospital in inquest
law).  `priority_guards.toml` covers three priorities; any other works with its phrases and
near-misses alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lif_nlp.annotate.rules.patterns import NEVER, any_of, expand_all
from lif_nlp.annotate.rules.toml_rules import Section, compiled, read_tables, words_of_file

_FILE = "priority_guards.toml"
_COMPILED = ("company", "masks", "elsewhere", "here")
_KEYS = ("own", "strong", "weak", "weak_phrases", "company_anywhere", *_COMPILED)


@dataclass(frozen=True, slots=True)
class Guards:
    """How the words of one priority are read; the TOML explains each field.

    `strong` and `weak` are left as patterns, because `PriorityFinder` compiles those of
    all priorities together.
    """

    own: re.Pattern[str] = NEVER
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    company: re.Pattern[str] = NEVER
    masks: re.Pattern[str] = NEVER
    elsewhere: re.Pattern[str] = NEVER
    here: re.Pattern[str] = NEVER
    weak_phrases: frozenset[str] = frozenset()
    company_anywhere: bool = False


def guards_for(priority_id: str) -> Guards:
    """Guards of a priority; empty ones if the file does not cover it."""
    return _guards_by_priority().get(priority_id, Guards())


@cache
def _guards_by_priority() -> dict[str, Guards]:
    meanings = words_of_file(_FILE)
    return {name: _guards(entry, meanings) for name, entry in read_tables(_FILE).items()}


def _guards(entry: Section, meanings: Mapping[str, str]) -> Guards:
    entry.check_keys(*_KEYS)

    def patterns(key: str) -> tuple[str, ...]:
        return expand_all(entry.texts(key, default=()), meanings, place=f"{entry.place}, {key}")

    return Guards(
        strong=patterns("strong"),
        weak=patterns("weak"),
        own=compiled(entry.text("own"), f"{entry.place}, own", re.IGNORECASE),
        **{key: any_of(patterns(key), place=f"{entry.place}, {key}") for key in _COMPILED},
        weak_phrases=frozenset(entry.texts("weak_phrases")),
        company_anywhere=entry.flag("company_anywhere"),
    )
