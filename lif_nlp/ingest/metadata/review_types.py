"""Finds the type of a review by the names that the framework lists for each type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lif_nlp.framework.model import Framework, ReviewType
from lif_nlp.records import Fact

_GENERIC_TYPES = ("other_inspection",)
_PRODUCT_FAMILY = "learning_product"
_NATIONAL_FAMILY = "national"
_THEMATIC_TYPE = "thematic_review"
_OVERVIEW = re.compile(
    r"\b(?:briefing|analysis|summary|overview|learning|themes)\b.{0,40}"
    r"\b\d+ (?:[\w-]+ ){0,4}reviews\b",
    re.IGNORECASE,
)
_COUNT_BEFORE = re.compile(r"\b\d+\s+(?:\w+\s+)?$")

_MAX_SHORT_LINE = 120
"""Characters of a line that is a heading or subtitle rather than running text. Chosen by
judgement (November 2026)."""

_SHORT_LINE_WEIGHT = 5
"""How many mentions in running text a name in a short line outweighs. Chosen by judgement
(November 2026): lower lets the reviews that a report cites decide its type."""


@dataclass(frozen=True, slots=True)
class _TypeMatch:
    """A review type named in a text, with its offset and its words there."""

    review_type: ReviewType
    start: int
    text: str


def find_review_type(
    title: Fact, lines: Sequence[tuple[str, int]], framework: Framework, *, area: str = ""
) -> Fact | None:
    """The fact "review_type": the type named first in the title, else most on the first pages.

    A learning product about a review ("7-minute briefing: practice review of ...") is the
    product, not the review.

    Parameters
    ----------
    title
        The report's title, with its page.
    lines
        (words, page) of the first pages.
    framework
        Its review types.
    area
        The report's area. It is removed before the search, so that "inspection of Northmoor
        local authority children's services" is recognised by its usual name.
    """
    types = framework.review_types
    in_title = _find_types(_remove_area(title.value, area), types)
    specific = [match for match in in_title if match.review_type.id not in _GENERIC_TYPES]
    if specific:
        products = [match for match in specific if match.review_type.family == _PRODUCT_FAMILY]
        best = (products or specific)[0]
        return _fact(best.review_type, best.text, title.page)
    families = {match.review_type.family for match in in_title}
    on_pages = _most_mentioned(lines, types, families, area) or _overview(lines, types, area)
    if on_pages:
        return on_pages
    return _fact(in_title[0].review_type, in_title[0].text, title.page) if in_title else None


def _fact(review_type: ReviewType, evidence: str, page: int) -> Fact:
    return Fact("review_type", review_type.id, evidence, page)


def _overview(
    lines: Iterable[tuple[str, int]], types: Sequence[ReviewType], area: str
) -> Fact | None:
    """A briefing or analysis of many reviews: national if the report names no area."""
    candidates = [
        item
        for item in types
        if (item.family == _NATIONAL_FAMILY or item.id == _THEMATIC_TYPE)
        and (item.family == _NATIONAL_FAMILY) is (not area)
    ]
    for words, page in lines:
        match = _OVERVIEW.search(words)
        if match and candidates and len(words) < _MAX_SHORT_LINE:
            return _fact(candidates[0], match.group(), page)
    return None


def _most_mentioned(
    lines: Iterable[tuple[str, int]], types: Sequence[ReviewType], families: set[str], area: str
) -> Fact | None:
    """The type mentioned most, within the families that the title names, if any."""
    counts: Counter[str] = Counter()
    facts: dict[str, Fact] = {}
    for words, page in lines:
        is_short = len(words) < _MAX_SHORT_LINE
        for match in _find_types(_remove_area(words, area), types):
            review_type = match.review_type
            other_family = families and review_type.family not in families
            if review_type.id in _GENERIC_TYPES or other_family:
                continue
            # "CPR" in running text is rarely a child practice review; in a heading it is.
            if match.text.isupper() and not is_short:
                continue
            counts[review_type.id] += _SHORT_LINE_WEIGHT if is_short else 1
            facts.setdefault(review_type.id, _fact(review_type, match.text, page))
    return facts[counts.most_common(1)[0][0]] if counts else None


def _find_types(text: str, types: Sequence[ReviewType]) -> list[_TypeMatch]:
    """Types named in `text`, without overlaps: the earliest first, then the longer name."""
    plain = _normalise(text)
    candidates = []
    for review_type in types:
        for pattern in _patterns((review_type.name, *review_type.aliases)):
            match = pattern.search(plain)
            # "41 rapid reviews" are what a briefing draws on, not what it is.
            if match and not _COUNT_BEFORE.search(plain[: match.start()]):
                candidates.append(_TypeMatch(review_type, match.start(), match.group()))
    candidates.sort(key=lambda item: (item.start, -len(item.text)))
    matches: list[_TypeMatch] = []
    for item in candidates:
        if all(item.start >= other.start + len(other.text) for other in matches):
            matches.append(item)
    return matches


@lru_cache(maxsize=512)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Expressions for the names, longest first; abbreviations match in capitals only."""
    return tuple(
        re.compile(rf"\b{_singular_or_plural(name)}\b", 0 if name.isupper() else re.IGNORECASE)
        for name in sorted(names, key=len, reverse=True)
    )


def _singular_or_plural(name: str) -> str:
    plain = _normalise(name)
    if plain.endswith("y"):
        return rf"{re.escape(plain[:-1])}(?:y|ies)"
    return rf"{re.escape(plain)}s?"


def _remove_area(text: str, area: str) -> str:
    """The text without the names of the area and its council, and with single spaces."""
    if area:
        name = re.escape(area).replace(r"\ ", r"\s+")
        council = r"(?:\s+(?:City|County|Borough|Metropolitan|District|Council))*"
        lead = r"(?:the\s+)?(?:(?:London|Royal|Metropolitan)\s+Borough\s+of\s+)?"
        text = re.sub(rf"\b{lead}{name}{council}", " ", text)
    return re.sub(r"\s+", " ", text)


def _normalise(text: str) -> str:
    """Text with plain quotation marks, hyphens and single spaces."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'").replace("–", "-"))
