"""Phrases found in texts by whole folded words (see `folding`).

The framework's phrases are matched by it to give labels, and the phrases of a corpus to
give themes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from lif_nlp.text.abbreviations import is_abbreviation
from lif_nlp.text.folding import Word, tokenize, with_irregular

Label = TypeVar("Label", bound=Hashable)

# What may come between two words of a theme's phrase; anything else divides them.
_WITHIN_CLAUSE = re.compile(r"[\s/'’-]*")

GAP = "*"
"""Stands for one to `MAX_GAP` words in a phrase, if gaps are allowed."""

MAX_GAP = 3
"""Words that a gap holds at most: "not * shared" is also "not always fully shared"."""


@dataclass(frozen=True, slots=True)
class PhraseMatch(Generic[Label]):
    """A phrase found in a text: its label, the phrase as listed, and its span."""

    label: Label
    phrase: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters covered."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Entry(Generic[Label]):
    """A listed phrase; `capitals` are the positions of its words that match capitals only."""

    label: Label
    phrase: str
    capitals: tuple[int, ...]


@dataclass(slots=True)
class _Node(Generic[Label]):
    """A node of the trie of folded words, with the phrases that end there."""

    children: dict[str, _Node[Label]] = field(default_factory=dict)
    entries: list[_Entry[Label]] = field(default_factory=list)


class PhraseMatcher(Generic[Label]):
    """Labels and their phrases, ready to be found in texts.

    A phrase in capitals (MARAC, ED) matches capitals only.

    Parameters
    ----------
    phrases
        Phrases of each label.
    for_themes
        Match as themes need it: "children" counts as "child", and no phrase spans
        punctuation.  Labels are matched without: the framework's phrases and the trained
        models were measured on gold that way.
    gaps
        Let "*" in a phrase stand for one to three words.

    >>> PhraseMatcher({"late": ["not * on time"]}, gaps=True).labels_in("not always on time")
    {'late'}
    >>> matcher = PhraseMatcher({"plans": ["child protection plan", "CIN"]})
    >>> [match.phrase for match in matcher.find("Child protection plans and CINs; cin.")]
    ['child protection plan', 'CIN']
    """

    def __init__(
        self,
        phrases: Mapping[Label, Iterable[str]],
        *,
        for_themes: bool = False,
        gaps: bool = False,
    ) -> None:
        self._for_themes = for_themes
        self._gaps = gaps
        self._root: _Node[Label] = _Node()
        for label, own_phrases in phrases.items():
            for phrase in dict.fromkeys(own_phrases):
                self._add(label, phrase)

    def _add(self, label: Label, phrase: str) -> None:
        if self._gaps and GAP in phrase:
            parts = [[self._fold(w) for w in tokenize(part)] for part in phrase.split(GAP)]
            words_and_gaps = [word for part in parts for word in (GAP, *part)][1:]
            self._enter(words_and_gaps, _Entry(label, phrase, ()))
            return
        words = tokenize(phrase)
        if not words:
            return
        folded = [self._fold(word) for word in words]
        capitals = tuple(at for at, word in enumerate(words) if is_abbreviation(word.raw))
        self._enter(folded, _Entry(label, phrase, capitals))
        # "re-referral" is often written "rereferral".
        if "-" in phrase and " " not in phrase:
            self._enter(["".join(folded)], _Entry(label, phrase, ()))

    def _enter(self, words: Iterable[str], entry: _Entry[Label]) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.entries.append(entry)

    def _fold(self, word: Word) -> str:
        return with_irregular(word.folded) if self._for_themes else word.folded

    def find(self, text: str) -> list[PhraseMatch[Label]]:
        """Every phrase in `text`, in reading order; of one label, the longest at a place."""
        words = tokenize(text)
        matches: list[PhraseMatch[Label]] = []
        ends: dict[Label, int] = {}
        for first, word in enumerate(words):
            if self._fold(word) not in self._root.children:
                continue  # most words begin no phrase
            for last, entry in self._entries_at(text, words, first):
                if ends.get(entry.label, -1) < first and _has_capitals(entry, words, first):
                    ends[entry.label] = last
                    matches.append(
                        PhraseMatch(entry.label, entry.phrase, word.start, words[last].end)
                    )
        return matches

    def labels_in(self, text: str) -> set[Label]:
        """The labels of the phrases that occur in `text`."""
        return {match.label for match in self.find(text)}

    def _entries_at(
        self, text: str, words: Sequence[Word], first: int
    ) -> Iterator[tuple[int, _Entry[Label]]]:
        """Phrases that begin at word `first`, longest first, with their last word."""
        ends = sorted(self._ends(text, words, self._root, first), key=_last_word, reverse=True)
        return ((last, entry) for last, node in ends for entry in node.entries)

    def _ends(
        self, text: str, words: Sequence[Word], node: _Node[Label], first: int
    ) -> Iterator[tuple[int, _Node[Label]]]:
        """Nodes with phrases that are reached from `node` over the words from `first` on."""
        for last in range(first, len(words)):
            if last and node is not self._root and self._divides(text, words, last):
                return
            gap = node.children.get(GAP) if self._gaps else None
            if gap is not None:
                yield from self._ends_after_gap(text, words, gap, last)
            child = node.children.get(self._fold(words[last]))
            if child is None:
                return
            node = child
            if node.entries:
                yield last, node

    def _ends_after_gap(
        self, text: str, words: Sequence[Word], node: _Node[Label], first: int
    ) -> Iterator[tuple[int, _Node[Label]]]:
        """The same, where a gap begins at word `first`."""
        for next_word in range(first + 1, min(first + 1 + MAX_GAP, len(words))):
            if self._divides(text, words, next_word):
                return
            if self._fold(words[next_word]) in node.children:
                yield from self._ends(text, words, node, next_word)

    def _divides(self, text: str, words: Sequence[Word], place: int) -> bool:
        """Whether something stands before a word that no phrase of a theme spans."""
        return self._for_themes and _is_divided(text, words[place - 1], words[place])


def _last_word(end: tuple[int, object]) -> int:
    return end[0]


def _is_divided(text: str, left: Word, right: Word) -> bool:
    return not _WITHIN_CLAUSE.fullmatch(text, left.end, right.start)


def _has_capitals(entry: _Entry[Label], words: Sequence[Word], first: int) -> bool:
    return all(is_abbreviation(words[first + at].raw) for at in entry.capitals)
