"""Finds title, review type, date and area of a report, each with its evidence."""

from __future__ import annotations

import re
from pathlib import PurePath

from lif_nlp.framework.model import Framework
from lif_nlp.ingest.metadata.areas import find_area
from lif_nlp.ingest.metadata.publication import find_publication_date
from lif_nlp.ingest.metadata.review_types import find_review_type
from lif_nlp.ingest.metadata.titles import find_title
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact

# Chosen by judgement in November 2026; no tuning is on record.
FIRST_PAGES = 3
"""Pages that say what a report is. More pages bring in the reports that it cites."""

FIRST_PIECES = 60
"""Blocks of those pages; also the limit for files without pages."""

HEADER_PAGES = 2
"""Pages whose running headers are searched for the review type."""

MAX_LINE_WORDS = 6
"""Words of a line anywhere in the report that may name its type, if the first pages do not."""

MAX_AREA_WORDS = 3
"""Words of an area in a file name; more are a sentence."""


def find_core_facts(reading: Reading, framework: Framework, source: str) -> dict[str, Fact]:
    """Facts "title", "review_type", "published" and "area", as far as they can be found.

    Parameters
    ----------
    reading
        The report, before boilerplate is marked.
    framework
        Its review types and their families.
    source
        Path of the file: its name is the last resort for title, date and area.
    """
    first_pieces = [
        piece
        for piece in reading.pieces
        if piece.page <= FIRST_PAGES and piece.boilerplate != "contents"
    ][:FIRST_PIECES]
    lines = [(piece.text, piece.page) for piece in first_pieces]
    text = " ".join(piece.text for piece in reading.pieces)
    headers = [(item.text, item.page) for item in reading.removed_text if item.page <= HEADER_PAGES]
    title = _column_fact(reading, "title") or find_title(first_pieces, reading, source)
    area = _column_fact(reading, "area") or find_area([(title.value, title.page), *lines], text)
    # The search for a type starts from the column that names it, else from the title.
    type_source = _column_fact(reading, "review_type") or title
    area_name = area.value if area else ""
    review_type = find_review_type(
        type_source, [*headers, *lines], framework, area=area_name
    ) or find_review_type(type_source, _short_lines(reading), framework, area=area_name)
    family = framework.review_type(review_type.value).family if review_type else ""
    area = area or (_area_in_file_name(source, text) if family == "audit" else None)
    # Inspection letters of one kind all have the same title; the area distinguishes them.
    if area and family == "inspection" and area.value not in title.value:
        title = Fact("title", f"{title.value}: {area.value}", title.evidence, title.page)
    published = _column_fact(reading, "published") or find_publication_date(
        first_pieces, reading, source
    )
    return {fact.name: fact for fact in (title, review_type, published, area) if fact}


def _short_lines(reading: Reading) -> list[tuple[str, int]]:
    """(words, page) of lines of a few words, where later parts of a report name its type."""
    return [(p.text, p.page) for p in reading.pieces if len(p.text.split()) <= MAX_LINE_WORDS]


_DATED_NAME = re.compile(
    r"(?P<name>[^\W\d_]+(?:[ _-]+[^\W\d_]+){0,8})[ _-]+(?:[\d _-]*(?:19|20)\d\d)[ _-]*\d*$"
)
_FILE_WORDS = frozenset(
    ("audit", "copy", "draft", "final", "findings", "multi", "agency", "report", "return", "v")
)


def _area_in_file_name(source: str, text: str) -> Fact | None:
    """The area before the year in an audit's file name: words that its text does not use."""
    match = _DATED_NAME.search(PurePath(source).stem)
    if not match:
        return None
    text_words = set(re.findall(r"[^\W\d_]+", text))
    name: list[str] = []
    for word in reversed(re.split(r"[ _-]+", match["name"])):
        if word.lower() in text_words or word.lower() in _FILE_WORDS:
            break
        name.insert(0, word.capitalize())
    is_name = 0 < len(name) <= MAX_AREA_WORDS
    return Fact("area", " ".join(name), "file name", 0) if is_name else None


def _column_fact(reading: Reading, name: str) -> Fact | None:
    value = reading.column_values.get(name, "")
    return Fact(name, value, "column of the table", 1) if value else None
