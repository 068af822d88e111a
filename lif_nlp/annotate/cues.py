"""Cues: groups of words that speak for a role, counted in a phrase."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lif_nlp.annotate.phrase import Phrase
from lif_nlp.annotate.rules import compile_pattern


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of patterns and the weight that each hit lends to a role."""

    name: str
    pattern: re.Pattern[str]
    weight: Mapping[str, float]


@cache
def cues(file: str = "role_cues.toml") -> tuple[Cue, ...]:
    """The cues of a file of this folder, in its order."""
    entries = tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))["cue"]
    return tuple(Cue(e["name"], compile_pattern(e["patterns"]), e["weight"]) for e in entries)


def hits(cue: Cue, phrase: Phrase) -> list[tuple[int, int]]:
    """Tokens (first, after last) of each place where the cue is met."""
    if cue.name not in phrase.cues:
        phrase.cues[cue.name] = [phrase.tokens(m) for m in cue.pattern.finditer(phrase.text)]
    return phrase.cues[cue.name]
