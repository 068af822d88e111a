"""Words in the one form in which they are compared: lower case, singular, no possessive.

So "case-note", "Case notes" and "case note's" are one phrase, and a framework lists it
once.  The folding is crude on purpose: it needs no dictionary, gives the same result
everywhere, and both sides of a comparison pass through it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# "A&E" is one word; a possessive or contraction stays with its word.
_WORD = re.compile(r"[A-Za-z0-9&]+(?:[’'][A-Za-z]+)?")
_POSSESSIVE = re.compile(r"[’'][sS]?$")
# "illness", "status", "analysis" end in s, but are singular.
_NOT_PLURAL = ("ss", "us", "is")
_IRREGULAR_PLURALS = {"children": "child"}


class Word(NamedTuple):
    """A word of a text: as written, folded, and its offsets."""

    raw: str
    folded: str
    start: int
    end: int


# Several matchers ask for the words of a sentence, one after another.
@lru_cache(maxsize=256)
def tokenize(text: str) -> tuple[Word, ...]:
    """The words of `text`, folded, with their offsets.

    >>> [word.folded for word in tokenize("Children’s policies, GPs")]
    ['children', 'policy', 'gp']
    """
    return tuple(
        Word(raw, fold_word(raw), *match.span())
        for match in _WORD.finditer(text)
        if (raw := match.group())
    )


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """`word` in lower case, singular and without a possessive.

    >>> fold_word("Agencies’"), fold_word("child's"), fold_word("analysis")
    ('agency', 'child', 'analysis')
    """
    plain = _POSSESSIVE.sub("", word).lower()
    # "policies", but not "ties" or "dies"
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith("sses"):
        return plain[:-2]
    if len(plain) > 2 and plain.endswith("s") and not plain.endswith(_NOT_PLURAL):
        return plain[:-1]
    return plain


def fold_phrase(phrase: str) -> str:
    """The folded words of a phrase, with "children" as "child".

    Themes compare phrases so.  Labels keep the two words apart, since the framework's
    phrases and the trained models were measured that way.

    >>> fold_phrase("Multi-agency Care Plans"), fold_phrase("children's views")
    ('multi agency care plan', 'child view')
    """
    return " ".join(with_irregular(word.folded) for word in tokenize(phrase))


def with_irregular(folded: str) -> str:
    """A folded word with irregular plurals made singular too.

    >>> with_irregular("children"), with_irregular("plan")
    ('child', 'plan')
    """
    return _IRREGULAR_PLURALS.get(folded, folded)
