"""Many patterns searched in many texts: only those whose required words occur are tried.

Each name has its alternatives, as one pattern "a|b|c" would.  An index from words to
alternatives (see `regex_prefilter`) gives those that a text can match at all; the result
is exactly what the whole pattern would find.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby
from typing import Generic, TypeVar

from lif_nlp.text.prefilter_cache import required_words_of

Name = TypeVar("Name")

_WORD = re.compile(r"\w+")
_NO_WORDS: frozenset[str] = frozenset()
_ODD_CASE = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
"""Letters that `re.IGNORECASE` equates with s and i, although `str.lower` does not."""


@lru_cache(maxsize=256)
def distinct_words(text: str) -> frozenset[str]:
    """The distinct runs of letters and digits of a text, in lower case.

    >>> sorted(distinct_words("The GP’s re-referral"))
    ['gp', 're', 'referral', 's', 'the']
    """
    ordinary = text if text.isascii() else text.translate(_ODD_CASE)
    return frozenset(_WORD.findall(ordinary.lower()))


class PrefilteredPatterns(Generic[Name]):
    r"""Named patterns of many alternatives each, found together in a text.

    Parameters
    ----------
    alternatives
        The alternatives of each name.
    template
        Pattern in which "%s" stands for an alternative.
    edge
        Pattern that must match where a match begins.  It is kept apart because a pattern
        that opens with a lookbehind cannot be found by its first letters, and takes ten
        times as long.
    flags
        Flags for `re.compile`.

    >>> patterns = PrefilteredPatterns(
    ...     {"plan": ["care plan", "plan of care"], "visit": ["visit(?:s|ed)"]},
    ...     edge=r"\b", template=r"(?:%s)\b")
    >>> text = "visited with a plan of care"
    >>> [(name, [m.group() for m in ms]) for name, ms in patterns.find(text).items()]
    [('plan', ['plan of care']), ('visit', ['visited'])]
    """

    def __init__(
        self,
        alternatives: Mapping[Name, Sequence[str]],
        *,
        template: str,
        edge: str = "",
        flags: int = 0,
    ) -> None:
        pairs = [
            (name, template % entry) for name, entries in alternatives.items() for entry in entries
        ]
        self._names = [name for name, _ in pairs]
        self._patterns = [pattern for _, pattern in pairs]
        self._flags = flags
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._edge = re.compile(edge) if edge else None
        self._index = PatternIndex((edge + pattern for _, pattern in pairs), flags)

    def find(
        self, text: str, words: frozenset[str] | None = None
    ) -> dict[Name, list[re.Match[str]]]:
        """The matches of each name that matches, in the order of names and of the text.

        `words` are the `distinct_words` of the text, if the caller has them already.
        """
        matches_by_name: dict[Name, list[re.Match[str]]] = {}
        possible = self._index.possible(distinct_words(text) if words is None else words)
        for name, places in groupby(possible, key=self._names.__getitem__):
            matches = self._matches([self._pattern(place) for place in places], text)
            if matches:
                matches_by_name[name] = matches
        return matches_by_name

    def _pattern(self, place: int) -> re.Pattern[str]:
        # Compiling all of them takes a second, and a short report needs few.
        if place not in self._compiled:
            self._compiled[place] = re.compile(self._patterns[place], self._flags)
        return self._compiled[place]

    def _matches(self, alternatives: Sequence[re.Pattern[str]], text: str) -> list[re.Match[str]]:
        """The matches of "a|b|c": leftmost first, at one place the earlier alternative."""
        matches: list[re.Match[str]] = []
        pending = [match for pattern in alternatives if (match := self._search(pattern, text, 0))]
        while pending:
            first = min(pending, key=re.Match.start) if len(pending) > 1 else pending[0]
            matches.append(first)
            end = first.end()
            later = (m if m.start() >= end else self._search(m.re, text, end) for m in pending)
            pending = [match for match in later if match]
        return matches

    def _search(self, pattern: re.Pattern[str], text: str, start: int) -> re.Match[str] | None:
        match = pattern.search(text, start)
        while match and self._edge and not self._edge.match(text, match.start()):
            match = pattern.search(text, match.start() + 1)
        return match


class PatternIndex:
    """Which of several patterns a text can match, judged by its words alone."""

    def __init__(self, patterns: Iterable[str], flags: int = 0) -> None:
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_initial: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._further: list[list[frozenset[str]]] = []
        sets = required_words_of(list(patterns), flags)
        for place, (rarest, *others) in enumerate((*words, _NO_WORDS) for words in sets):
            # A prefix would have to be held against every word of the text.
            self._further.append([words for words in others if words and not _has_prefix(words)])
            self._add(place, rarest)
        # A report repeats the same words again and again.
        self._places: Callable[[str], tuple[int, ...]] = lru_cache(maxsize=1 << 15)(self._look_up)

    def _add(self, place: int, words: frozenset[str]) -> None:
        if not words:
            self._always.append(place)
        for word in words:
            if word.endswith("*"):
                self._by_initial[word[0]].append((word[:-1], place))
            else:
                self._by_word[word].append(place)

    def possible(self, words: frozenset[str]) -> list[int]:
        """Places of the patterns that a text with these words can match, in order."""
        places = {*self._always, *chain.from_iterable(map(self._places, words))}
        further = self._further
        # In order, since alternatives of one name must stand together, and rules have precedence.
        return [p for p in sorted(places) if not further[p] or self._can_match(p, words)]

    def _can_match(self, place: int, words: frozenset[str]) -> bool:
        for group in self._further[place]:  # noqa: SIM110 - three times as fast as all()
            if group.isdisjoint(words):
                return False
        return True

    def _look_up(self, word: str) -> tuple[int, ...]:
        prefixes = self._by_initial.get(word[0], ())
        return (
            *self._by_word.get(word, ()),
            *(place for prefix, place in prefixes if word.startswith(prefix)),
        )


def _has_prefix(words: frozenset[str]) -> bool:
    return any(word.endswith("*") for word in words)
