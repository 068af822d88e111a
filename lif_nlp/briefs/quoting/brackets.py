"""A review's own sentence with the child's name and age in square brackets, as editors write.

"Sam, aged nine, was often hungry at school." becomes "[The child], [of primary school age], was
often hungry at school."  Nothing else gives way: a sentence that would need more is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lif_nlp.text import english
from lif_nlp.text.ages import AGE_NUMBER, age_band

MOST_BRACKETS = 3
"""Brackets of one sentence; with more it is ours rather than the report's."""

_AGE_OF_CHILD = re.compile(
    rf"(?<=\[the child\], )aged (?P<n>{AGE_NUMBER})(?: (?P<unit>week|month|year)s?)?(?=[,.])"
)
"""An age that the sentence gives to the child by name."""
_OTHER_AGE = re.compile(
    rf"(?i)\b(?:aged?|turned|was|is|at|of) (?:nearly |almost |about )?(?:{AGE_NUMBER}|eighteen|"
    r"nineteen|(?:twenty|thirty)(?:-\w+)?)\b|\bbirthday\b|"
    r"\b[\w-]+[- ](?:years?|months?|weeks?|days?)[- ]old\b|\b(?:Year|Key Stage|Reception)\b"
)
"""What may be another age, or a school year: such a sentence is not shown."""
_AGES = {
    "under 1": "under one", "1 to 4": "aged under five", "5 to 9": "of primary school age",
    "10 to 15": "of secondary school age", "16 to 17": "aged 16 or 17",
}  # fmt: skip
"""Ages as a bracket says them."""


def in_brackets(text: str, names: Collection[str]) -> str:
    """A sentence with the child's names and age in brackets, or empty where that is not enough.

    Parameters
    ----------
    text
        The sentence.
    names
        Names and pseudonyms of the child.

    >>> in_brackets("Sam, aged nine, was often hungry.", ["Sam"])
    '[The child], [of primary school age], was often hungry.'
    >>> in_brackets("Sam was nine.", ["Sam"])
    ''
    """
    if not names:
        return text if not _OTHER_AGE.search(text) else ""
    every = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    words = re.sub(rf"\b(?:{every})\b(?P<s>['’]s)?", _the_child, text)
    words = _AGE_OF_CHILD.sub(_band, words)
    bare = re.sub(r"\[[^\]]*\]", "[]", words)
    if _OTHER_AGE.search(bare) or words.count("[") > MOST_BRACKETS:
        return ""
    return f"[{english.capital(words[1:])}" if words.startswith("[") else words


def _the_child(match: re.Match[str]) -> str:
    return f"[the child{match['s'] or ''}]"


def _band(match: re.Match[str]) -> str:
    band = age_band(match["n"], match["unit"] or "year")
    # An adult's age stays as it is, and so the sentence is not shown.
    return f"[{_AGES[band]}]" if band else match[0]


def without_brackets(words: str) -> str:
    """What a sentence with brackets says, for the guard to read.

    >>> without_brackets("[The child] fell ill.")
    'The child fell ill.'
    """
    return words.replace("[", "").replace("]", "")


def stands_for(words: str, quote: str) -> bool:
    """Whether everything outside the brackets stands in the quote, in its order.

    >>> stands_for("[The child] fell ill.", "Sam fell ill."), stands_for("[He] left.", "Sam fell.")
    (True, False)
    """
    at = 0
    for number, part in enumerate(re.split(r"\[[^\]]*\]", words)):
        wanted = part.strip()
        found = quote.find(wanted, at)
        # Before the first bracket stands the beginning itself.
        if found < 0 or (number == 0 and wanted and found > 0):
            return False
        at = found + len(wanted)
    return words.endswith("]") or at == len(quote)
