"""Which kind of review a report is, by the names that the framework lists for each kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lif_nlp.framework.model import Framework, ReviewType
from lif_nlp.ingest.metadata.areas import Evident

_GENERIC = ("other_inspection",)
_PRODUCTS = "learning_product"
_NATIONAL = "national"
_THEMATIC = "thematic_review"
_MANY = re.compile(
    r"\b(?:briefing|analysis|summary|overview|learning|themes)\b.{0,40}"
    r"\b\d+ (?:[\w-]+ ){0,4}reviews\b",
    re.IGNORECASE,
)


_COUNTED = re.compile(r"\b\d+\s+(?:\w+\s+)?$")


@dataclass(frozen=True, slots=True)
class _Named:
    """A kind of review found in a text: which, where it starts, how it is printed."""

    kind: ReviewType
    start: int
    printed: str


def find_review_type(
    title: Evident, lines: Sequence[tuple[str, int]], framework: Framework, *, area: str = ""
) -> Evident | None:
    """The review type named first in the title, else most often on the first pages.

    The area's name is taken out first, so that "inspection of Northmoor local
    authority children's services" is known by its usual name.  A learning product
    about a review ("7-minute briefing: practice review of ...") is the product.
    """
    kinds = framework.review_types
    in_title = _names(_without(title.value, area), kinds)
    specific = [found for found in in_title if found.kind.id not in _GENERIC]
    if specific:
        products = [found for found in specific if found.kind.family == _PRODUCTS]
        best = (products or specific)[0]
        return Evident(best.kind.id, best.printed, title.page)
    families = {found.kind.family for found in in_title}
    on_pages = _most_named(lines, kinds, families, area) or _of_many(lines, kinds, area)
    if on_pages:
        return on_pages
    return Evident(in_title[0].kind.id, in_title[0].printed, title.page) if in_title else None


def _of_many(
    lines: Iterable[tuple[str, int]], kinds: Sequence[ReviewType], area: str
) -> Evident | None:
    """A briefing or analysis of many reviews: of the whole country where no area is named."""
    of_many = [kind for kind in kinds if kind.family == _NATIONAL or kind.id == _THEMATIC]
    fitting = [kind for kind in of_many if (kind.family == _NATIONAL) is (not area)]
    for words, page in lines:
        found = _MANY.search(words)
        if found and fitting and len(words) < 120:
            return Evident(fitting[0].id, found.group(), page)
    return None


def _most_named(
    lines: Iterable[tuple[str, int]], kinds: Sequence[ReviewType], families: set[str], area: str
) -> Evident | None:
    """The kind that short lines and then all lines name most, of the title's family if known."""
    counts: Counter[str] = Counter()
    first: dict[str, Evident] = {}
    for words, page in lines:
        short = len(words) < 120
        for found in _names(_without(words, area), kinds):
            if found.kind.id in _GENERIC or (families and found.kind.family not in families):
                continue
            # "CPR" in running text is rarely a Welsh review; in a heading it is.
            if found.printed.isupper() and not short:
                continue
            counts[found.kind.id] += 5 if short else 1
            first.setdefault(found.kind.id, Evident(found.kind.id, found.printed, page))
    return first[counts.most_common(1)[0][0]] if counts else None


def _names(text: str, kinds: Sequence[ReviewType]) -> list[_Named]:
    """Kinds named in `text`: the earliest first, of two at one place the longer."""
    folded = _fold(text)
    found = []
    for kind in kinds:
        for pattern in _patterns((kind.name, *kind.aliases)):
            match = pattern.search(folded)
            # "41 rapid reviews" are what a briefing draws on, not what it is.
            if match and not _COUNTED.search(folded[: match.start()]):
                found.append(_Named(kind, match.start(), match.group()))
    found.sort(key=lambda item: (item.start, -len(item.printed)))
    kept: list[_Named] = []
    for item in found:
        if all(item.start >= other.start + len(other.printed) for other in kept):
            kept.append(item)
    return kept


@lru_cache(maxsize=512)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns of the names, longest first; abbreviations keep their capitals."""
    return tuple(
        re.compile(rf"\b{_singular_or_plural(name)}\b", 0 if name.isupper() else re.IGNORECASE)
        for name in sorted(names, key=len, reverse=True)
    )


def _singular_or_plural(name: str) -> str:
    folded = _fold(name)
    if folded.endswith("y"):
        return rf"{re.escape(folded[:-1])}(?:y|ies)"
    return rf"{re.escape(folded)}s?"


def _without(text: str, area: str) -> str:
    """The text without the area's name and the council's, and without doubled spaces."""
    if area:
        name = re.escape(area).replace(r"\ ", r"\s+")
        council = r"(?:\s+(?:City|County|Borough|Metropolitan|District|Council))*"
        lead = r"(?:the\s+)?(?:(?:London|Royal|Metropolitan)\s+Borough\s+of\s+)?"
        text = re.sub(rf"\b{lead}{name}{council}", " ", text)
    return re.sub(r"\s+", " ", text)


def _fold(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'").replace("–", "-"))
