"""A unit as folded tokens: rules match its words, hits lead back to its characters.

`text` holds the tokens in lower case, each with one space on either side, so that
a pattern such as " should have been " meets whole tokens only.  Contractions are
in full ("n't" is "not").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lif_nlp.text.pattern_set import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})


class Phrase:
    """The tokens of a unit (a Span), folded, and a string of them to search in.

    `raw` is the unit as written, `written` its tokens.
    """

    def __init__(self, unit: Span, raw: str, written: list[str]) -> None:
        self.unit, self.raw, self.written = unit, raw, written
        self.words = [
            _fold(unit[at].norm_) if "'" in text or "’" in text else _fold(text)
            for at, text in enumerate(written)
        ]
        self.text = " " + " ".join(self.words) + " "
        self._at: list[int] = []
        length = 1
        for word in self.words:
            self._at.append(length)
            length += len(word) + 1
        self.cues: dict[str, dict[str, list[tuple[int, int]]]] = {}
        """Places of the cues of a file, once asked for (see `cues.places_of_cues`)."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of `text` as `Wordings` knows them."""
        return words_in(self.text)

    @cached_property
    def capitals(self) -> list[bool]:
        """Of each token, whether it is written with a first capital alone."""
        return [text[:1].isupper() and not text.isupper() for text in self.written]

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


def phrases_of(doc: Doc) -> tuple[Phrase, ...]:
    """The units of a Doc, each read once for all components."""
    if doc._.phrases is None:
        # Of the whole Doc at once: to ask a Span for its text is slow.
        text, tokens = doc.text, [token.text for token in doc]
        doc._.phrases = tuple(
            Phrase(unit, text[unit.start_char : unit.end_char], tokens[unit.start : unit.end])
            for unit in doc.sents
        )
    phrases: tuple[Phrase, ...] = doc._.phrases
    return phrases


@lru_cache(maxsize=1 << 15)
def _fold(text: str) -> str:
    """Lower case and plain apostrophes; a space token is one mark."""
    folded = text.lower().translate(_APOSTROPHES)
    return folded.strip().replace(" ", "_") or "_"
