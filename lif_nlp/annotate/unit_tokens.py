"""A unit as folded tokens, in which rules match, and which lead back to its characters.

`folded` holds the tokens in lower case, each between two spaces, so that a pattern such as
" should have been " matches whole tokens only.  Contractions are spelt out: "n't" is "not".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from lif_nlp.text.pattern_set import distinct_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-"})


class TokenizedUnit:
    """The tokens of a unit, folded, and one string of them to search in.

    Parameters
    ----------
    span
        The unit.
    raw
        Its text as written.
    tokens
        The texts of its tokens.
    """

    def __init__(self, span: Span, raw: str, tokens: list[str]) -> None:
        self.span, self.raw, self.tokens = span, raw, tokens
        self.words = [
            # spaCy's norm spells contractions out, and is slow to ask for; other words are their
            # own norm.
            _fold(span[at].norm_) if "'" in text or "’" in text else _fold(text)
            for at, text in enumerate(tokens)
        ]
        self.folded = " " + " ".join(self.words) + " "
        self._starts: list[int] = []
        length = 1
        for word in self.words:
            self._starts.append(length)
            length += len(word) + 1
        self.cue_places: dict[str, list[tuple[int, int]]] | None = None
        """Where the role cues match, once they have been looked for (`places_of_cues`)."""
        self.role_row: list[float] | None = None
        """Features of roles, once they have been counted (`role_features.row_of`)."""
        self.role_shares: tuple[float, ...] | None = None
        """Probability of each of `ROLES` by the words alone, once `lif_role` has run."""

    @classmethod
    def of_span(cls, span: Span) -> TokenizedUnit:
        """The unit of one span; `units_of` is faster for all units of a Doc."""
        return cls(span, span.text, [token.text for token in span])

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words of `folded`, as `PrefilteredPatterns` needs them."""
        return distinct_words(self.folded)

    @cached_property
    def capitals(self) -> list[bool]:
        """For each token, whether its first letter alone is a capital."""
        return [text[:1].isupper() and not text.isupper() for text in self.tokens]

    def token_at(self, character: int) -> int:
        """Index of the token that holds this character of `folded`."""
        return max(0, bisect_right(self._starts, character) - 1)

    def token_range(self, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
        """First token of a match in `folded`, and the token after its last."""
        start, end = match.span(group)
        text = match.group(group)
        first = self.token_at(start + len(text) - len(text.lstrip()))
        return first, self.token_at(max(start, end - 1 - (len(text) - len(text.rstrip())))) + 1

    def slice(self, first: int, last: int) -> Span:
        """The part of the span from token `first` to before token `last`."""
        return self.span[first:last]


def units_of(doc: Doc) -> tuple[TokenizedUnit, ...]:
    """The units of a Doc, tokenized once for all components."""
    if doc._.units is None:
        # From the whole Doc: `Span.text` is slow.
        text, tokens = doc.text, [token.text for token in doc]
        doc._.units = tuple(
            TokenizedUnit(
                span, text[span.start_char : span.end_char], tokens[span.start : span.end]
            )
            for span in doc.sents
        )
    units: tuple[TokenizedUnit, ...] = doc._.units
    return units


@lru_cache(maxsize=1 << 15)
def _fold(text: str) -> str:
    """Lower case with plain apostrophes; a token of white space becomes one mark."""
    folded = text.lower().translate(_APOSTROPHES)
    return folded.strip().replace(" ", "_") or "_"
