"""Phrases as they stand in texts, whatever their form: plurals, hyphens, abbreviations.

A folded phrase is lower case, without hyphens, possessives and plurals, so that "care
plans" and "care plan" are one; a text carries it where its words follow one another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

_STRETCH = re.compile(r"[^a-z0-9'’\s/-]+")
_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_IRREGULAR = {"children": "child"}
_BRACKET = re.compile(r"\(([A-Z]{3,7}s?)\)")
_LITTLE = frozenset({"and", "or", "of", "for", "the", "in"})


def fold_phrase(phrase: str) -> str:
    """`phrase` in the one form that stands for all its forms.

    >>> fold_phrase("Multi-agency Care Plans"), fold_phrase("children's views")
    ('multi agency care plan', 'child view')
    """
    return " ".join(_fold_word(word) for word in _WORD.findall(phrase.lower()))


@lru_cache(maxsize=100_000)
def _fold_word(word: str) -> str:
    word = re.sub(r"['’]s$", "", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Wanted:
    """Folded phrases to be found in texts, each with a value.

    >>> Wanted({"care plan": 0, "plan write": 1}).found_in("Care plans, written late.")
    {0}
    """

    def __init__(self, values: Mapping[str, int]) -> None:
        self._values: dict[str, int | None] = {}
        for phrase in values:
            words = phrase.split(" ")
            # How it begins, so that the reading of a text stops where no phrase goes on.
            self._values.update((" ".join(words[:end]), None) for end in range(1, len(words)))
        self._values.update(values)

    def found_in(self, text: str) -> set[int]:
        """The values of the phrases that stand in `text`."""
        found: set[int] = set()
        for stretch in _STRETCH.split(text.lower()):
            words = [_fold_word(word) for word in _WORD.findall(stretch)]
            for start in range(len(words)):
                found.update(self._beginning_at(start, words))
        return found

    def _beginning_at(self, start: int, words: Sequence[str]) -> Iterator[int]:
        phrase = ""
        for word in words[start:]:
            phrase = f"{phrase} {word}" if phrase else word
            if phrase not in self._values:
                break
            if (value := self._values[phrase]) is not None:
                yield value


def abbreviations(texts: Iterable[str], written: Collection[str]) -> dict[str, str]:
    """What abbreviations stand for, as texts tell it themselves, by the folded abbreviation.

    Only those in `written` count: "fit" may be a team's name and is a word as well.

    >>> abbreviations(["The public law outline (PLO) was used.", "Staff (ABC) came."], {"plo"})
    {'plo': 'public law outline'}
    """
    short_forms = {fold_phrase(short) for short in written}
    told: dict[str, Counter[str]] = {}
    for text in texts:
        for bracket in _BRACKET.finditer(text):
            short, before = fold_phrase(bracket[1]), text[: bracket.start()]
            # The last letter of CAMHS belongs to it, that of IROs does not.
            long = _spelling(before, bracket[1].lower()) or _spelling(before, short)
            if short in short_forms and long:
                told.setdefault(short, Counter())[long] += 1
    return {
        short: min(longs, key=lambda long: (-longs[long], long))
        for short, longs in sorted(told.items())
    }


def _spelling(before: str, short: str) -> str:
    """The last words of `before` whose initials spell `short`; empty when they do not."""
    left = short
    for found in reversed(list(_WORD.finditer(before.lower()))):
        if found[0][0] == left[-1]:
            left = left[:-1]
        elif found[0] not in _LITTLE:
            return ""
        if not left:
            return before[found.start() :].strip().lower()
    return ""
