"""Many patterns asked of many texts: only those whose needed words are there are tried.

Each name of a `Wordings` has its alternatives, as one pattern "a|b|c" would.  An
index from words to alternatives (see `needed`) says which of them a text can meet;
what is found is exactly what the whole pattern would find.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import Generic, TypeVar

from lif_nlp.text.regex_prefilter import required_words

Name = TypeVar("Name")

_WORD = re.compile(r"\w+")
_NO_NEED: frozenset[str] = frozenset()
_ODD_CASE = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
"""Letters that a pattern without regard to case takes for s and i, and `lower` does not."""


@lru_cache(maxsize=256)
def words_in(text: str) -> frozenset[str]:
    """The runs of letters and digits of a text, in lower case.

    >>> sorted(words_in("The GP’s re-referral"))
    ['gp', 're', 'referral', 's', 'the']
    """
    plain = text if text.isascii() else text.translate(_ODD_CASE)
    return frozenset(_WORD.findall(plain.lower()))


class Wordings(Generic[Name]):
    """Named patterns of many alternatives each, found together in a text.

    Each alternative stands for "%s" in `shell`, and a match must begin where `edge` is
    met.  The edge is a pattern of its own, since one that looks behind itself first
    cannot be found by its first letters and takes ten times as long.

    >>> asked = Wordings({"plan": ["care plan", "plan of care"], "visit": ["visit(?:s|ed)"]},
    ...                  edge=r"\\b", shell=r"(?:%s)\\b")
    >>> text = "visited with a plan of care"
    >>> [(name, [m.group() for m in met]) for name, met in asked.find(text).items()]
    [('plan', ['plan of care']), ('visit', ['visited'])]
    """

    def __init__(
        self,
        alternatives: Mapping[Name, Sequence[str]],
        *,
        shell: str,
        edge: str = "",
        flags: int = 0,
    ) -> None:
        listed = [
            (name, shell % entry) for name, entries in alternatives.items() for entry in entries
        ]
        self._names = [name for name, _ in listed]
        self._patterns = [pattern for _, pattern in listed]
        self._flags = flags
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._edge = re.compile(edge) if edge else None
        self._index = WordIndex((edge + pattern for _, pattern in listed), flags)

    def find(
        self, text: str, words: frozenset[str] | None = None
    ) -> dict[Name, list[re.Match[str]]]:
        """Where each name that is met is met, in the order of names and of the text.

        `words` are those of the text, where they are known already.
        """
        found: dict[Name, list[re.Match[str]]] = {}
        possible = self._index.possible(words_in(text) if words is None else words)
        for name, places in groupby(possible, key=self._names.__getitem__):
            matches = self._matches([self._pattern(place) for place in places], text)
            if matches:
                found[name] = matches
        return found

    def _pattern(self, place: int) -> re.Pattern[str]:
        # To compile all of them takes a second, and a short report asks for few.
        if place not in self._compiled:
            self._compiled[place] = re.compile(self._patterns[place], self._flags)
        return self._compiled[place]

    def _matches(self, alternatives: Sequence[re.Pattern[str]], text: str) -> list[re.Match[str]]:
        """The matches of "a|b|c": leftmost first, at one place the earlier alternative."""
        matches: list[re.Match[str]] = []
        ahead = [match for pattern in alternatives if (match := self._search(pattern, text, 0))]
        while ahead:
            first = min(ahead, key=re.Match.start) if len(ahead) > 1 else ahead[0]
            matches.append(first)
            end = first.end()
            moved = (m if m.start() >= end else self._search(m.re, text, end) for m in ahead)
            ahead = [match for match in moved if match]
        return matches

    def _search(self, pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
        match = pattern.search(text, at)
        while match and self._edge and not self._edge.match(text, match.start()):
            match = pattern.search(text, match.start() + 1)
        return match


class WordIndex:
    """Which of several patterns a text can meet, told by its words alone."""

    def __init__(self, patterns: Iterable[str], flags: int = 0) -> None:
        self._always: list[int] = []
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._begun: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._besides: list[list[frozenset[str]]] = []
        for place, (first, *others) in enumerate(
            (*required_words(p, flags), _NO_NEED) for p in patterns
        ):
            self._besides.append([need for need in others if need and not _has_beginning(need)])
            self._list(place, first)
        # A report says the same words again and again.
        self._of: Callable[[str], tuple[int, ...]] = lru_cache(maxsize=1 << 15)(self._places)

    def _list(self, place: int, need: frozenset[str]) -> None:
        if not need:
            self._always.append(place)
        for word in need:
            if word.endswith("*"):
                self._begun[word[0]].append((word[:-1], place))
            else:
                self._whole[word].append(place)

    def possible(self, words: frozenset[str]) -> list[int]:
        """Places of the patterns that a text of these words can meet, in order."""
        places = {*self._always, *chain.from_iterable(map(self._of, words))}
        besides = self._besides
        return [p for p in sorted(places) if not besides[p] or self._can_meet(p, words)]

    def _can_meet(self, place: int, words: frozenset[str]) -> bool:
        for need in self._besides[place]:  # noqa: SIM110 - three times as fast as all()
            if need.isdisjoint(words):
                return False
        return True

    def _places(self, word: str) -> tuple[int, ...]:
        begun = (place for start, place in self._begun.get(word[0], ()) if word.startswith(start))
        return (*self._whole.get(word, ()), *begun)


def _has_beginning(need: frozenset[str]) -> bool:
    return any(word.endswith("*") for word in need)
