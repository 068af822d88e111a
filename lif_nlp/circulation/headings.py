"""What stands above what people receive: titles and names without anybody in them, and for whom.

A title, the name of a file and the name of a theme are read by more people than the report, so
they pass the guard too, and give way to what names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from lif_nlp.circulation.guard import identifying_kinds, may_circulate
from lif_nlp.circulation.known_words import KnownWords, split_words

FOR_CIRCULATION = "For circulation"
"""Stands in the head of briefs and of exports that the guard has read."""

UNPUBLISHED = "Not for circulation: for the learning team"
"""Stands there instead where a brief quotes a paper that is not published."""

FOR_LEARNING_TEAM = (
    "For the learning team only: words stand exactly as written, and may identify people or use "
    "hindsight. Do not circulate."
)
"""Stands above explorer, workbook and exports."""

INNER_CAPITAL = re.compile(r"(?<=[a-z,;:’') –—-] )[“‘\"'(]?([A-Z][a-z]+(?:[-’'][A-Za-z]+)*)")
"""A word with a capital that does not open its sentence."""

_SHOUTED = 0.6
"""Share (0..1) of capitals among a title's letters from which it counts as written in capitals.
Shouted all but for a word, a title hides its pseudonyms among the other capitals."""

_AGE = re.compile(r"\b\d{1,2}[- ](?:year|month|week)s?[- ]old\b|\baged? \d")
_BETWEEN = re.compile(r"[\W_]+")
_OF_A_TITLE = {"name", "initials", "story", "place"}
"""Kinds that a title's capitals give by themselves: its words are asked for otherwise."""


def for_whom(*, is_unpublished: bool) -> str:
    """Who may have a brief, as its head says it.

    >>> for_whom(is_unpublished=False), for_whom(is_unpublished=True)
    ('For circulation', 'Not for circulation: for the learning team')
    """
    return UNPUBLISHED if is_unpublished else FOR_CIRCULATION


def has_unknown_name(text: str, known: Collection[str]) -> bool:
    """Whether a word inside `text` has a capital and is not a known one.

    >>> has_unknown_name("The plan was written with Tamsin.", {"Police"})
    True
    """
    return any(word not in known for word in INNER_CAPITAL.findall(text))


def title_to_show(
    title: str, kind: str, area: str, known: KnownWords, *, is_of_services: bool = False
) -> str:
    """A report's title, or its kind and area where the title may tell who somebody is.

    Parameters
    ----------
    title
        As the report gives it.
    kind
        Name of its review type.
    area
        Area that it is about, or empty.
    known
        Capitalised words that name nobody.
    is_of_services
        Whether it is of a family in `framework.model.OF_SERVICES`, whose title names services.

    >>> known = KnownWords(["Review"])
    >>> title_to_show("Review: Tamsin", "Practice review", "Saltby", known)
    'Practice review, Saltby'
    >>> title_to_show("REVIEW of TAMSIN", "Practice review", "Saltby", known)
    'Practice review, Saltby'
    """
    known = known | set(split_words(area))
    is_shouted = title.isupper() or _share_of_capitals(title) > _SHOUTED
    names_somebody = is_shouted or has_unknown_name(title, known) or _AGE.search(title)
    details = set(identifying_kinds(title, known)) - _OF_A_TITLE
    if not details and (is_of_services or not names_somebody):
        return title
    return f"{kind}, {area}" if area else kind


def _share_of_capitals(title: str) -> float:
    letters = [letter for letter in title if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / max(1, len(letters))


def file_to_show(source: str, area: str, known: KnownWords) -> str:
    """The name of a file, or nothing where its words may tell who somebody is.

    >>> known = KnownWords(["Review"])
    >>> file_to_show("r/review_saltby_2024.pdf", "Saltby", known)
    'review_saltby_2024.pdf'
    >>> file_to_show("r/review_tamsin.pdf", "", known)
    ''
    """
    path = PurePath(source)
    area_words = {word.casefold() for word in split_words(area)}
    words = [word for word in _BETWEEN.split(path.stem) if word.casefold() not in area_words]
    return path.name if may_circulate(" ".join(words), known) else ""


def name_to_show(name: str, known: KnownWords) -> str:
    """The name of a theme or learning point, or a line that it is not shown.

    >>> name_to_show("late plans", KnownWords()), name_to_show("Siân, nursery", KnownWords())
    ('late plans', 'a theme whose name is not shown')
    """
    return name if may_circulate(name, known) else "a theme whose name is not shown"
