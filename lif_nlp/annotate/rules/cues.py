"""Cues: groups of words that speak for a role, counted in a phrase."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lif_nlp.annotate.rules.engine import token_wordings
from lif_nlp.annotate.unit_tokens import Phrase
from lif_nlp.text.pattern_set import Wordings

Places = list[tuple[int, int]]
"""Tokens (first, after last) of each place where a cue is met, in order."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A group of patterns and the weight that each hit lends to a role."""

    name: str
    patterns: tuple[str, ...]
    weight: Mapping[str, float]


@cache
def cues(file: str = "role_cues.toml") -> tuple[Cue, ...]:
    """The cues of a file of this folder, in its order."""
    entries = tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))["cue"]
    return tuple(Cue(e["name"], tuple(e["patterns"]), e["weight"]) for e in entries)


@cache
def _wordings(file: str) -> Wordings[str]:
    return token_wordings({cue.name: cue.patterns for cue in cues(file)})


def places_of_cues(phrase: Phrase, file: str = "role_cues.toml") -> dict[str, Places]:
    """Where the cues that are met in the phrase are met, by name, in the order of the file."""
    if file not in phrase.cues:
        found = _wordings(file).find(phrase.text, phrase.vocabulary)
        phrase.cues[file] = {n: [phrase.tokens(m) for m in met] for n, met in found.items()}
    return phrase.cues[file]
