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
from lif_nlp.annotate.patterns import any_of, wordings
from lif_nlp.framework.model import Framework

STRENGTHS = ("strong", "some")
"""Kinds of cue: evidence by itself, and evidence in company."""

_LOWERED_APART = re.compile("[İΣ]")
"""Letters that `str.lower` makes longer, or reads by what stands beside them."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a text that speak of a theme: code, strength, span."""

    code: str
    strength: str
    start: int
    end: int


class CueFinder:
    """Finds the cues of a framework's practice themes in texts of any length."""

    def __init__(self, framework: Framework) -> None:
        self.codes = tuple(theme.code for theme in framework.themes)
        self._weak = {fold(word) for word in framework.weak_words}
        self._phrases = PhraseTable({t.code: t.phrases for t in framework.themes})
        listed = {code: entry for code, entry in _entries().items() if code in self.codes}
        self._written_cues = wordings(
            {(code, kind): entry[kind] for code, entry in listed.items() for kind in STRENGTHS}
        )
        self._masks = {code: any_of(entry["not"]) for code, entry in listed.items()}

    def find(self, text: str) -> list[Cue]:
        """Every cue in `text`, theme by theme; one word can speak of several themes."""
        plain = plain_words(text)
        cues = [*self._listed(plain), *self._written(plain)]
        met = {cue.code for cue in cues} & self._masks.keys()
        masked = {code: _spans(self._masks[code], plain) for code in met}
        return [cue for cue in cues if not _inside(cue, masked.get(cue.code, ()))]

    def _listed(self, plain: str) -> Iterator[Cue]:
        """Phrases of the framework; single weak words need company."""
        for hit in self._phrases.find(plain):
            # A theme that has no patterns of its own lives by its phrases.
            alone = hit.label not in self._masks and fold(hit.phrase) not in self._weak
            yield Cue(hit.label, "strong" if alone else "some", hit.start, hit.end)

    def _written(self, plain: str) -> Iterator[Cue]:
        for (code, strength), matches in self._written_cues.find(plain).items():
            for match in matches:
                yield Cue(code, strength, *match.span())


def plain_words(text: str) -> str:
    """`text` in small letters with one kind of apostrophe, the same length.

    >>> plain_words("The Child's PLAN")
    'the child’s plan'
    """
    if _LOWERED_APART.search(text):
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return text.lower().replace("'", "’")


def _spans(pattern: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(plain)]


def _inside(cue: Cue, masked: list[tuple[int, int]] | tuple[()]) -> bool:
    return any(start <= cue.start and cue.end <= end for start, end in masked)


@cache
def _entries() -> dict[str, dict[str, list[str]]]:
    """Patterns of each theme, by kind: "strong", "some" and "not"."""
    source = resources.files("lif_nlp.annotate") / "theme_cues.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
