"""Cues of the practice themes: which words of a text speak of which theme.

Cues are the framework's own phrases and the patterns of `theme_cues.toml`.
They are evidence for the rules and features for the trained model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lif_nlp.annotate.lexicon import PhraseTable, fold
from lif_nlp.annotate.patterns import any_of
from lif_nlp.framework.model import Framework

STRENGTHS = ("strong", "some")
"""Kinds of cue: evidence by itself, and evidence in company."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a text that speak of a theme: code, strength, span."""

    code: str
    strength: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    strong: re.Pattern[str]
    some: re.Pattern[str]
    masks: re.Pattern[str]


class CueFinder:
    """Finds the cues of a framework's practice themes in texts of any length."""

    def __init__(self, framework: Framework) -> None:
        self.codes = tuple(theme.code for theme in framework.themes)
        self._weak = {fold(word) for word in framework.weak_words}
        self._phrases = PhraseTable({t.code: t.phrases for t in framework.themes})
        self._patterns = {c: p for c, p in _load_patterns().items() if c in self.codes}

    def find(self, text: str) -> list[Cue]:
        """Every cue in `text`, theme by theme; one word can speak of several themes."""
        plain = plain_words(text)
        cues = [*self._listed(plain), *self._written(plain)]
        met = {cue.code for cue in cues} & self._patterns.keys()
        masked = {code: _spans(self._patterns[code].masks, plain) for code in met}
        return [cue for cue in cues if not _inside(cue, masked.get(cue.code, ()))]

    def _listed(self, plain: str) -> Iterator[Cue]:
        """Phrases of the framework; single weak words need company."""
        for hit in self._phrases.find(plain):
            # A theme that has no patterns of its own lives by its phrases.
            alone = hit.label not in self._patterns and fold(hit.phrase) not in self._weak
            yield Cue(hit.label, "strong" if alone else "some", hit.start, hit.end)

    def _written(self, plain: str) -> Iterator[Cue]:
        for code, patterns in self._patterns.items():
            for strength in STRENGTHS:
                for start, end in _spans(getattr(patterns, strength), plain):
                    yield Cue(code, strength, start, end)


def plain_words(text: str) -> str:
    """`text` in small letters with one kind of apostrophe, the same length.

    >>> plain_words("The Child's PLAN")
    'the child’s plan'
    """
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("'", "’")


def _spans(pattern: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(plain)]


def _inside(cue: Cue, masked: list[tuple[int, int]] | tuple[()]) -> bool:
    return any(start <= cue.start and cue.end <= end for start, end in masked)


@cache
def _load_patterns() -> dict[str, _Patterns]:
    source = resources.files("lif_nlp.annotate") / "theme_cues.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        code: _Patterns(any_of(entry["strong"]), any_of(entry["some"]), any_of(entry["not"]))
        for code, entry in data.items()
    }
