"""Finds the title of a report: the line of its first page that looks most like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lif_nlp.ingest.metadata.dates import find_dates
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.records import Fact

_REPORT_WORD = re.compile(
    r"\b(?:re-?inspection|inspection|review|report|audit|briefing|self-assessment|inquest|analysis"
    r"|revisit|visit|investigation|learning event|near miss)\b",
    re.IGNORECASE,
)
_NOT_A_TITLE = re.compile(
    r"^(?:dates? of|inspection dates?|report published|published|lead inspector|reporting inspector"
    r"|dear|contents|this (?:letter|report|review)|age group|unique reference|previous|author"
    r"|page)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:partnership|partners|board|panel|council|trust|constabulary|authority|inspectorate"
    r"|ofsted"
    r"|commission)$",
    re.IGNORECASE,
)
_REPORT_SECTION = re.compile(
    r"^(?:overview report|final report|executive summary|introduction|summary|headline findings"
    r"|reason for (?:the )?review|about this .*|inspection outcome|key strengths)$",
    re.IGNORECASE,
)


# Points of `_title_score`, and the limits around it. Chosen by judgement while reading first
# pages (November 2026); not tuned.
_REPORT_WORD_POINTS = 4.0
"""The line has a word such as "review" or "inspection"."""

_HEADING_POINTS = 2.0
"""It is printed as a heading."""

_TOP_HEADING_POINTS = 1.0
"""It has the highest level of heading."""

_ONLY_TOP_HEADING_POINTS = 3.0
"""It is the only one of that level."""

_ORGANISATION_PENALTY = 4.0
"""It ends in a word for an organisation ("Board"), so it names the publisher."""

_SECTION_PENALTY = 3.0
"""It is the name of a section ("Executive summary")."""

_LIST_PENALTY = 3.0
"""It is a list (with a semicolon) or only a number."""

_LINE_PENALTY = 0.1
"""Per line from the top: of two equal lines the first wins."""

MIN_TITLE_SCORE = 4.0
"""Score from which a printed line beats the file's properties and the running header. Lower
believes weak lines, higher falls back on file properties, which are often wrong."""

_MAX_TITLE_WORDS = 30
"""Words of a line that may be a title."""

_MIN_HEADER_WORDS = 3
"""Words of a running header that may be a title."""

_MAX_DATE_OFFSET = 12
"""A running header with a date among its first characters is a dateline, not a title."""


def find_title(first_pieces: Sequence[Piece], reading: Reading, source: str) -> Fact:
    """The fact "title": a line of the first page, else what the file or its name says.

    Parameters
    ----------
    first_pieces
        Pieces of the first pages.
    reading
        The whole report, with its running headers and the title in its properties.
    source
        Path of the file.
    """
    scores = [
        (_title_score(piece, index, first_pieces), piece)
        for index, piece in title_lines(first_pieces)
    ]
    score, best = max(scores, key=lambda item: item[0], default=(0.0, None))
    line_title = _fact(_clean_title(best.text), best.text, best.page) if best else None
    header = _header_title(reading)
    # The header often has the title in full where the cover breaks it into lines.
    if header and best and best.text.lower() in header.value.lower():
        return header
    if line_title and score >= MIN_TITLE_SCORE:
        return line_title
    if reading.title and _REPORT_WORD.search(reading.title):
        return _fact(_clean_title(reading.title), "title in the file's properties", 0)
    return header or (line_title if score > 0 else None) or _file_title(reading, source)


def _fact(value: str, evidence: str, page: int) -> Fact:
    return Fact("title", value, evidence, page)


def _file_title(reading: Reading, source: str) -> Fact:
    stem = re.sub(r"[_\s]+", " ", PurePath(source).stem).strip()
    return _fact(_clean_title(reading.title) or stem, "file name", 0)


def _title_score(piece: Piece, index: int, first_pieces: Sequence[Piece]) -> float:
    """How much a line looks like a title, by its words, its print and its place."""
    levels = [p.level for p in first_pieces if p.kind == "heading"]
    top_level = min(levels, default=0)
    score = _REPORT_WORD_POINTS if _REPORT_WORD.search(piece.text) else 0.0
    if piece.kind == "heading":
        score += _HEADING_POINTS
        if piece.level == top_level:
            is_only_one = levels.count(top_level) == 1
            score += _ONLY_TOP_HEADING_POINTS if is_only_one else _TOP_HEADING_POINTS
    score -= _ORGANISATION_PENALTY if _ORGANISATION.search(piece.text) else 0.0
    score -= _SECTION_PENALTY if _REPORT_SECTION.match(piece.text) else 0.0
    score -= _LIST_PENALTY if ";" in piece.text or piece.text.isdigit() else 0.0
    return score - _LINE_PENALTY * index


def _header_title(reading: Reading) -> Fact | None:
    """The running header of the first page."""
    for item in reading.removed_text:
        is_long = len(item.text.split()) >= _MIN_HEADER_WORDS
        if item.kind == "running header" and item.page == 1 and is_long:
            words = re.sub(r"\s+(?:page\s*)?\d{1,3}$", "", item.text, flags=re.IGNORECASE)
            dates = list(find_dates(words))
            if not dates or dates[0].start > _MAX_DATE_OFFSET:
                return _fact(words, item.text, item.page)
    return None


def title_lines(first_pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """Index and piece of each line on the first page that may be a title."""
    for index, piece in enumerate(first_pieces):
        on_first_page = piece.page == first_pieces[0].page
        if not on_first_page or not 0 < len(piece.text.split()) <= _MAX_TITLE_WORDS:
            continue
        if piece.kind not in ("heading", "paragraph") or piece.number:
            continue
        if not _NOT_A_TITLE.match(piece.text) and not piece.text.endswith((".", ",", ":")):
            yield index, piece


def _clean_title(text: str) -> str:
    """A title without the footnote mark at its end.

    >>> _clean_title("Review of the Board1")
    'Review of the Board'
    """
    return re.sub(r"(?<=[a-z])\d{1,2}$", "", text.strip())
