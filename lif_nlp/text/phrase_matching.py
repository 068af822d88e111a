"""Phrases of the framework, found in text by whole words.

Texts and phrases are folded the same way before they are compared: lower case,
plural to singular, hyphens to spaces, possessives dropped.  So "case-note", "Case
notes" and "case note's" are one phrase, and a framework lists it once.  A phrase in
capitals (MARAC, ED) matches capitals only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[A-Za-z0-9&]+(?:[’'][A-Za-z]+)?")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
_KEEP_S = ("ss", "us", "is")
_LONGEST_ABBREVIATION = 8


class Word(NamedTuple):
    """A word of a text: as written, folded, and where it stands."""

    raw: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text: its label, the phrase as listed, and the span."""

    label: str
    phrase: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """Characters covered."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Entry:
    words: tuple[str, ...]
    capitals: tuple[str, ...]
    label: str
    phrase: str


class PhraseTable:
    """Labels and their phrases, ready to be found in texts.

    >>> table = PhraseTable({"plans": ["child protection plan", "CIN"]})
    >>> [hit.phrase for hit in table.find("Child protection plans and CINs; cin.")]
    ['child protection plan', 'CIN']
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[_Entry]] = defaultdict(list)
        for label, listed in phrases.items():
            for phrase in dict.fromkeys(listed):
                self._add(label, phrase)
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def _add(self, label: str, phrase: str) -> None:
        words = words_of(phrase)
        if not words:
            return
        capitals = tuple(word.folded if is_abbreviation(word.raw) else "" for word in words)
        folded = tuple(word.folded for word in words)
        self._by_first[folded[0]].append(_Entry(folded, capitals, label, phrase))
        if "-" in phrase and " " not in phrase:
            joined = "".join(folded)
            self._by_first[joined].append(_Entry((joined,), ("",), label, phrase))

    def find(self, text: str) -> list[Hit]:
        """Every phrase in `text`, in reading order; of one label, the longest at a place."""
        words = words_of(text)
        hits: list[Hit] = []
        reached: dict[str, int] = {}
        last_of_all = len(words) - 1
        for index, word in enumerate(words):
            after = words[index + 1].folded if index < last_of_all else ""
            for entry in self._by_first.get(word.folded, ()):
                if len(entry.words) > 1 and entry.words[1] != after:
                    continue  # most fail here: many phrases begin with "child"
                if reached.get(entry.label, -1) < index and _matches(entry, words, index):
                    last = index + len(entry.words) - 1
                    reached[entry.label] = last
                    hits.append(Hit(entry.label, entry.phrase, word.start, words[last].end))
        return hits


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`, folded, with their offsets.

    >>> [word.folded for word in words_of("Children’s policies, GPs")]
    ['children', 'policy', 'gp']
    """
    return tuple(
        Word(raw, fold(raw), *match.span())
        for match in _WORD.finditer(text)
        if (raw := match.group())
    )


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word in the form used for comparing: lower case, singular, no possessive.

    >>> fold("Agencies’"), fold("child's"), fold("analysis")
    ('agency', 'child', 'analysis')
    """
    plain = _POSSESSIVE.sub("", word).lower()
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith("sses"):
        return plain[:-2]
    if len(plain) > 2 and plain.endswith("s") and not plain.endswith(_KEEP_S):
        return plain[:-1]
    return plain


def is_abbreviation(word: str) -> bool:
    """Whether a word is written as an abbreviation: capitals, digits, a plural s.

    >>> is_abbreviation("IROs"), is_abbreviation("A&E"), is_abbreviation("Police")
    (True, True, False)
    """
    bare = _POSSESSIVE.sub("", word)
    bare = bare[:-1] if bare.endswith("s") and len(bare) > 2 else bare
    return 2 <= len(bare) <= _LONGEST_ABBREVIATION and bare.upper() == bare and not bare.isdigit()


def _matches(entry: _Entry, words: Sequence[Word], index: int) -> bool:
    if index + len(entry.words) > len(words):
        return False
    for at, wanted in enumerate(entry.words, start=index):
        if words[at].folded != wanted:
            return False
    capitals = enumerate(entry.capitals, start=index)
    return all(is_abbreviation(words[at].raw) for at, capital in capitals if capital)
