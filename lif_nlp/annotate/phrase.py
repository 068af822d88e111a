"""A unit as folded tokens: rules match its words, hits lead back to its characters.

`text` holds the tokens in lower case, each with one space on either side, so that
a pattern such as " should have been " meets whole tokens only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Span

from lif_nlp.annotate.words import words

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


def _fold(norm: str, text: str) -> str:
    """Lower case; contractions in full ("n't" is "not"), a space token is one mark."""
    folded = (norm if "'" in text or "’" in text else text).lower().translate(_APOSTROPHES)
    return folded.strip().replace(" ", "_") or "_"


_NOT_AFTER_IMPERATIVE = frozenset(
    ["of", "for", "from", "to", "in", "by", "is", "was", "are", "were", "and", "has", "have", ","]
)


def opens_with_imperative(tokens: Sequence[str]) -> bool:
    """Whether the tokens begin by asking for a step, after a label or bullet.

    >>> opens_with_imperative("3 . review the form".split())
    True
    >>> opens_with_imperative("review of the form".split())
    False
    """
    spoken = [at for at, word in enumerate(tokens[:8]) if word.isalpha() and len(word) > 1]
    if len(spoken) < 2 or tokens[spoken[0]] not in words("imperatives"):
        return False
    if spoken[0] and tokens[spoken[0] - 1] in ("a", "i"):
        return False
    if tokens[spoken[1]].endswith("s") and tokens[spoken[0]] in words("nouns_too"):
        # "Review reports are ..." names things; "Review the reports" asks.
        return False
    return tokens[spoken[1]] not in _NOT_AFTER_IMPERATIVE
