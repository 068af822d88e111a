"""Title, review type, date and area of a report, each with the words that say so."""

from __future__ import annotations

import re
from pathlib import PurePath

from lif_nlp.framework.model import Framework
from lif_nlp.ingest.metadata.areas import Evident, find_area
from lif_nlp.ingest.metadata.publication import find_published
from lif_nlp.ingest.metadata.review_types import find_review_type
from lif_nlp.ingest.metadata.titles import find_title
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact

_FIRST_PAGES = 3
_FIRST_PIECES = 60


def find_facts(reading: Reading, framework: Framework, source: str) -> dict[str, Fact]:
    """Facts "title", "review_type", "published" and "area", as far as they are known."""
    first = [
        piece
        for piece in reading.pieces
        if piece.page <= _FIRST_PAGES and piece.boilerplate != "contents"
    ][:_FIRST_PIECES]
    lines = [(piece.text, piece.page) for piece in first]
    text = " ".join(piece.text for piece in reading.pieces)
    running = [(item.text, item.page) for item in reading.dropped if item.page <= 2]
    title = _given(reading, "title") or find_title(first, reading, source)
    area = _given(reading, "area") or find_area([(title.value, title.page), *lines], text)
    named = _given(reading, "review_type") or title
    council = area.value if area else ""
    kind = find_review_type(named, [*running, *lines], framework, area=council)
    kind = kind or find_review_type(named, _short_lines(reading), framework, area=council)
    area = area or (_area_in_name(source, text) if kind and _is_audit(kind, framework) else None)
    if area and kind and _is_inspection(kind, framework) and area.value not in title.value:
        title = Evident(f"{title.value}: {area.value}", title.words, title.page)
    found = {
        "title": title,
        "review_type": kind,
        "published": _given(reading, "published") or find_published(first, reading, source),
        "area": area,
    }
    return {
        name: Fact(name, item.value, item.words, item.page) for name, item in found.items() if item
    }


def _is_inspection(kind: Evident, framework: Framework) -> bool:
    return framework.review_type(kind.value).family == "inspection"


def _is_audit(kind: Evident, framework: Framework) -> bool:
    return framework.review_type(kind.value).family == "audit"


def _short_lines(reading: Reading) -> list[tuple[str, int]]:
    """Lines of a few words, where later parts of a report name what it is."""
    return [(p.text, p.page) for p in reading.pieces if len(p.text.split()) <= _FEW]


_FEW = 6
_DATED_NAME = re.compile(
    r"(?P<name>[^\W\d_]+(?:[ _-]+[^\W\d_]+){0,8})[ _-]+(?:[\d _-]*(?:19|20)\d\d)[ _-]*\d*$"
)


def _area_in_name(source: str, text: str) -> Evident | None:
    """The words before the year in an audit's file name that are no words of its text."""
    found = _DATED_NAME.search(PurePath(source).stem)
    if not found:
        return None
    plain = set(re.findall(r"[^\W\d_]+", text))
    name: list[str] = []
    for word in reversed(re.split(r"[ _-]+", found["name"])):
        if word.lower() in plain or word.lower() in _FILE_WORDS:
            break
        name.insert(0, word.capitalize())
    return Evident(" ".join(name), "file name", 0) if 0 < len(name) <= 3 else None


_FILE_WORDS = frozenset(
    ("audit", "copy", "draft", "final", "findings", "multi", "agency", "report", "return", "v")
)


def _given(reading: Reading, name: str) -> Evident | None:
    value = reading.given.get(name, "")
    return Evident(value, "column of the table", 1) if value else None
