"""A unit as folded tokens: rules match its words, hits lead back to its characters.

`text` holds the tokens in lower case, each with one space on either side, so that
a pattern such as " should have been " meets whole tokens only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from spacy.tokens import Span

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})


class Phrase:
    """The tokens of a unit (a Span), folded, and a string of them to search in."""

    def __init__(self, unit: Span) -> None:
        self.unit = unit
        self.words = [_fold(t.norm_, t.text) for t in unit]
        self._at: list[int] = []
        length = 1
        for word in self.words:
            self._at.append(length)
            length += len(word) + 1
        self.text = " " + " ".join(self.words) + " "
        self.cues: dict[str, list[tuple[int, int]]] = {}
        """Places of the cues asked for so far, by name."""

    def token(self, character: int) -> int:
        """Index of the token that holds this character of `text`."""
        return max(0, bisect_right(self._at, character) - 1)

    def tokens(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """First token and the token after the last of a match, outer spaces aside."""
        start, end = match.span(group)
        found = match.group(group)
        first = self.token(start + len(found) - len(found.lstrip()))
        return first, self.token(max(start, end - 1 - (len(found) - len(found.rstrip())))) + 1

    def span(self, first: int, last: int) -> Span:
        """The words of the unit from token `first` to before token `last`."""
        return self.unit[first:last]


@lru_cache(maxsize=256)
def phrase_of(unit: Span) -> Phrase:
    """The Phrase of a unit; components that ask one after another share it."""
    return Phrase(unit)


def _fold(norm: str, text: str) -> str:
    """Lower case; contractions in full ("n't" is "not"), a space token is one mark."""
    folded = (norm if "'" in text or "’" in text else text).lower().translate(_APOSTROPHES)
    return folded.strip().replace(" ", "_") or "_"
