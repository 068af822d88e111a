"""Guards: what the words of a priority mean and what they do not.

The phrases of the framework carry a priority by themselves, but everyday words
among them ("hungry", "refuge", "perpetrator") need company, and some phrases hold
the right word in another sense ("abuse and neglect" as a stock pair, neglect by a
hospital in inquest law).  The guards of three known priorities are data, in
`priority_guards.toml`; a priority without guards works with its phrases and
near-misses alone.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lif_nlp.annotate.rules.patterns import NEVER, any_of, filled


@dataclass(frozen=True, slots=True)
class Guards:
    """How the words of one priority are read; the TOML says what each field is for.

    `strong` and `weak` are patterns of words of the harm, asked for all priorities at
    once by the one who reads the texts.
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
    """Guards of a priority; one that is not known gets empty ones."""
    return _known().get(priority_id, Guards())


@cache
def _known() -> dict[str, Guards]:
    source = Path(__file__).with_name("priority_guards.toml")
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    words = data.pop("words")
    return {priority: _guards(entry, words) for priority, entry in data.items()}


def _guards(entry: dict[str, Any], words: dict[str, str]) -> Guards:
    lists = ("company", "masks", "elsewhere", "here")
    return Guards(
        strong=filled(entry.get("strong", ()), words),
        weak=filled(entry.get("weak", ()), words),
        own=re.compile(entry["own"], re.IGNORECASE),
        **{name: any_of(entry.get(name, ()), words=words) for name in lists},
        weak_phrases=frozenset(entry["weak_phrases"]),
        company_anywhere=entry.get("company_anywhere", False),
    )
