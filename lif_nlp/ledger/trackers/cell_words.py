"""The status that a cell of one or a few words stands for, however they are joined or dated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.trackers.colours import NAMES


def part_word(word: str, language: StatusLanguage) -> str:
    """The status of a cell that says more than its word: "Complete - see minutes".

    A colour before the word is passed over ("Red - missed").
    """
    parts = [part.strip(" )") for part in re.split(r"\s*(?:[-–—(:;,/\n]|\.(?=\s|$))\s*", word)]
    values = [cell_word(part, language) for part in parts if part not in NAMES]
    if not values:
        return ""
    # "Open - overdue", "Closed - overtaken": what follows says more closely what is meant
    closer = _CLOSER.get(values[0], ())
    return next((value for value in values[1:] if value in closer), values[0])


_OF_OPEN = ("late", "on track", "superseded", "reopened", "verified")
_CLOSER: Mapping[str, Sequence[str]] = {
    "not started": _OF_OPEN,
    "in progress": _OF_OPEN,
    "done": ("superseded", "closed with risk", "reopened", "verified"),
}
"""Values by which a first, general one is made plain: "open", "ongoing", "closed"."""

_SIGNS = {"🟢": "green", "🟡": "amber", "🟠": "amber", "🔴": "red", "🔵": "blue", "✅": "✓"}


def as_words(cell: str) -> str:
    """A cell with words for the coloured signs in it.

    >>> as_words("🟢 on course")
    'green on course'
    """
    for sign, word in _SIGNS.items():
        cell = cell.replace(sign, word)
    return cell


_WITH_DATE = re.compile(
    r"\W*(?:\b(?:on|in|by)\b\s*)?\b\d[\d/.]*(?:st|nd|rd|th)?\b(?: \w{3,9})?(?: \d{2,4})?\W*$"
)
"""A date at the end of a cell, which says when and not what."""


def cell_word(word: str, language: StatusLanguage) -> str:
    """The status that a word stands for, however it is joined or dated: "In-progress"."""
    joined = re.sub(r"\s*&\s*", " and ", re.sub(r"(?<=\w)-(?=\w)", " ", word))
    forms = (word, joined, joined.strip("✓✔☑ ()"), _WITH_DATE.sub("", joined))
    return next((v for form in forms if form and (v := language.cell_words.get(form))), "")
