"""Cues of the practice themes: which words of a text are evidence of which theme.

Cues are the framework's own phrases and the patterns of `theme_cues.toml`.  The rules
count them as evidence, and the trained model takes them as features.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lif_nlp.annotate.rules.patterns import text_patterns
from lif_nlp.annotate.rules.toml_rules import Section, read_tables
from lif_nlp.framework.model import Framework
from lif_nlp.text.abbreviations import is_abbreviation
from lif_nlp.text.folding import fold_word, tokenize
from lif_nlp.text.phrase_matching import PhraseMatcher

GRADES = ("strong", "some")
"""Grades of a cue: evidence by itself, and evidence only together with other cues."""

_ODD_CASE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "Σ": "σ"})
"""Letters that `str.lower` makes longer, leaves alone, or lowers by their context.

Offsets in the lower-case text must be those of the text as written.
"""


@dataclass(frozen=True, slots=True)
class ThemeCue:
    """Words of a text that are evidence of a theme: its code, the cue's grade, the span."""

    code: str
    grade: str
    start: int
    end: int


class CueFinder:
    """Finds the cues of a framework's practice themes in texts of any length."""

    def __init__(self, framework: Framework) -> None:
        self.codes = tuple(theme.code for theme in framework.themes)
        self._weak_words = {fold_word(word) for word in framework.weak_words}
        entries = {code: entry for code, entry in _entries().items() if code in self.codes}
        self._phrases = PhraseMatcher(
            {
                t.code: _without_abbreviations(t.phrases) if t.code in entries else t.phrases
                for t in framework.themes
            }
        )
        self._patterns = text_patterns(
            {
                (code, grade): entry.texts(grade)
                for code, entry in entries.items()
                for grade in GRADES
            },
            flags=0,
        )
        self._masks = text_patterns(
            {code: entry.texts("not") for code, entry in entries.items()}, flags=0
        )
        self._codes_with_patterns = frozenset(entries)

    def find(self, text: str) -> list[ThemeCue]:
        """Every cue in `text`, theme by theme; the same words may be cues of several themes."""
        small_letters = lower_case(text)
        cues = [*self._phrase_cues(text), *self._pattern_cues(small_letters)]
        masks = self._masks.find(small_letters)
        return [cue for cue in cues if not _is_masked(cue, masks.get(cue.code, ()))]

    def _phrase_cues(self, text: str) -> Iterator[ThemeCue]:
        for match in self._phrases.find(text):
            # A theme that a partnership adds has no patterns and depends on its phrases.
            suffices = (
                match.label not in self._codes_with_patterns
                and fold_word(match.phrase) not in self._weak_words
            )
            yield ThemeCue(
                match.label, GRADES[0] if suffices else GRADES[1], match.start, match.end
            )

    def _pattern_cues(self, lowered: str) -> Iterator[ThemeCue]:
        for (code, grade), matches in self._patterns.find(lowered).items():
            for match in matches:
                yield ThemeCue(code, grade, *match.span())


def _without_abbreviations(phrases: Iterable[str]) -> list[str]:
    """Phrases that hold no abbreviation ("MASH"); the patterns cover those."""
    return [p for p in phrases if not any(is_abbreviation(word.raw) for word in tokenize(p))]


def lower_case(text: str) -> str:
    """`text` in lower case with one kind of apostrophe, and of the same length.

    >>> lower_case("The Child's PLAN")
    'the child’s plan'
    """
    ordinary = text if text.isascii() else text.translate(_ODD_CASE)
    return ordinary.lower().replace("'", "’")


def _is_masked(cue: ThemeCue, masks: Sequence[re.Match[str]]) -> bool:
    return any(mask.start() <= cue.start and cue.end <= mask.end() for mask in masks)


@cache
def _entries() -> dict[str, Section]:
    """Patterns of each theme, by grade, and those of its masks under "not"."""
    entries = read_tables("theme_cues.toml")
    for entry in entries.values():
        entry.check_keys(*GRADES, "not")
    return entries
