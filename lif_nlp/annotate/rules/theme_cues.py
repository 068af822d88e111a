"""Cues of the practice themes: which words of a text speak of which theme.

Cues are the framework's own phrases and the patterns of `theme_cues.toml`.
They are evidence for the rules and features for the trained model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lif_nlp.annotate.rules.patterns import wordings
from lif_nlp.framework.model import Framework
from lif_nlp.text.abbreviations import is_abbreviation
from lif_nlp.text.folding import fold_word, tokenize
from lif_nlp.text.phrase_matching import PhraseMatcher

STRENGTHS = ("strong", "some")
"""Kinds of cue: evidence by itself, and evidence in company."""

_ODD_CASE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "Σ": "σ"})
"""Letters that `str.lower` makes longer, leaves, or reads by what stands beside them."""


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
        self._weak = {fold_word(word) for word in framework.weak_words}
        listed = {code: entry for code, entry in _entries().items() if code in self.codes}
        self._phrases = PhraseMatcher(
            {
                t.code: _spoken(t.phrases) if t.code in listed else t.phrases
                for t in framework.themes
            }
        )
        self._written_cues = wordings(
            {(code, kind): entry[kind] for code, entry in listed.items() for kind in STRENGTHS},
            flags=0,
        )
        self._masks = wordings({code: entry["not"] for code, entry in listed.items()}, flags=0)
        self._patterned = frozenset(listed)

    def find(self, text: str) -> list[Cue]:
        """Every cue in `text`, theme by theme; one word can speak of several themes."""
        plain = plain_words(text)
        cues = [*self._listed(text), *self._written(plain)]
        masked = self._masks.find(plain)
        return [cue for cue in cues if not _inside(cue, masked.get(cue.code, ()))]

    def _listed(self, text: str) -> Iterator[Cue]:
        """Phrases of the framework; single weak words need company."""
        for hit in self._phrases.find(text):
            # A theme that has no patterns of its own lives by its phrases.
            alone = hit.label not in self._patterned and fold_word(hit.phrase) not in self._weak
            yield Cue(hit.label, "strong" if alone else "some", hit.start, hit.end)

    def _written(self, plain: str) -> Iterator[Cue]:
        for (code, strength), matches in self._written_cues.find(plain).items():
            for match in matches:
                yield Cue(code, strength, *match.span())


def _spoken(phrases: Iterable[str]) -> list[str]:
    """The phrases without an abbreviation ("MASH"); those are left to the patterns."""
    return [p for p in phrases if not any(is_abbreviation(word.raw) for word in tokenize(p))]


def plain_words(text: str) -> str:
    """`text` in small letters with one kind of apostrophe, the same length.

    >>> plain_words("The Child's PLAN")
    'the child’s plan'
    """
    plain = text if text.isascii() else text.translate(_ODD_CASE)
    return plain.lower().replace("'", "’")


def _inside(cue: Cue, masks: Sequence[re.Match[str]]) -> bool:
    return any(mask.start() <= cue.start and cue.end <= mask.end() for mask in masks)


@cache
def _entries() -> dict[str, dict[str, list[str]]]:
    """Patterns of each theme, by kind: "strong", "some" and "not"."""
    source = resources.files("lif_nlp.annotate.rules") / "theme_cues.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
