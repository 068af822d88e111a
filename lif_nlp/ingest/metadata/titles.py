"""The title of a report: the line of its first page that most looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lif_nlp.ingest.metadata.areas import Evident
from lif_nlp.ingest.metadata.dates import find_dates
from lif_nlp.ingest.pieces import Piece, Reading

_NAMES_A_REPORT = re.compile(
    r"\b(?:re-?inspection|inspection|review|report|audit|briefing|self-assessment|inquest|analysis"
    r"|revisit|visit|investigation|learning event|near miss)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:dates? of|inspection dates?|report published|published|lead inspector|reporting inspector"
    r"|dear|contents|this (?:letter|report|review)|age group|unique reference|previous|author"
    r"|page)\b",
    re.IGNORECASE,
)
_BODY_NAME = re.compile(
    r"\b(?:partnership|partners|board|panel|council|trust|constabulary|authority|inspectorate"
    r"|ofsted"
    r"|commission)$",
    re.IGNORECASE,
)
_PARTS_OF_REPORTS = re.compile(
    r"^(?:overview report|final report|executive summary|introduction|summary|headline findings"
    r"|reason for (?:the )?review|about this .*|inspection outcome|key strengths)$",
    re.IGNORECASE,
)


def find_title(first: Sequence[Piece], reading: Reading, source: str) -> Evident:
    """The line of the first page that most looks like a title, else what the file says."""
    lines = [(_title_score(piece, place, first), piece) for place, piece in title_lines(first)]
    score, best = max(lines, key=lambda line: line[0], default=(0.0, None))
    printed = Evident(_clean_title(best.text), best.text, best.page) if best else None
    running = _running_title(reading)
    if running and best and best.text.lower() in running.value.lower():
        return running
    if printed and score >= _SURE_TITLE:
        return printed
    if reading.title and _NAMES_A_REPORT.search(reading.title):
        return Evident(_clean_title(reading.title), "title kept in the file", 0)
    return running or (printed if score > 0 else None) or _from_name(reading, source)


def _from_name(reading: Reading, source: str) -> Evident:
    stem = re.sub(r"[_\s]+", " ", PurePath(source).stem).strip()
    return Evident(_clean_title(reading.title) or stem, "file name", 0)


_SURE_TITLE = 4.0


def _title_score(piece: Piece, place: int, first: Sequence[Piece]) -> float:
    """How much a line looks like a title: its words, its print, its place."""
    top = min((p.level for p in first if p.kind == "heading"), default=0)
    score = 4.0 if _NAMES_A_REPORT.search(piece.text) else 0.0
    score += 2.0 if piece.kind == "heading" else 0.0
    alone = sum(p.kind == "heading" and p.level == top for p in first) == 1
    score += (3.0 if alone else 1.0) if piece.kind == "heading" and piece.level == top else 0.0
    score -= 4.0 if _BODY_NAME.search(piece.text) else 0.0
    score -= 3.0 if _PARTS_OF_REPORTS.match(piece.text) else 0.0
    score -= 3.0 if ";" in piece.text or piece.text.isdigit() else 0.0
    return score - 0.1 * place


def _running_title(reading: Reading) -> Evident | None:
    """The words at the head of the first page, where they return on later pages."""
    for item in reading.dropped:
        if item.kind == "running header" and item.page == 1 and len(item.text.split()) >= 3:
            words = re.sub(r"\s+(?:page\s*)?\d{1,3}$", "", item.text, flags=re.IGNORECASE)
            dates = list(find_dates(words))
            if not dates or dates[0].start > 12:
                return Evident(words, item.text, item.page)
    return None


def title_lines(first: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """Place and words of each short line of the first page that may be a title."""
    for place, piece in enumerate(first):
        fits = piece.page == first[0].page and 0 < len(piece.text.split()) <= 30
        if not fits or piece.kind not in ("heading", "paragraph") or piece.number:
            continue
        if not _NO_TITLE.match(piece.text) and not piece.text.endswith((".", ",", ":")):
            yield place, piece


def _clean_title(text: str) -> str:
    """A title without the mark of a footnote at its end.

    >>> _clean_title("Review of the Board1")
    'Review of the Board'
    """
    return re.sub(r"(?<=[a-z])\d{1,2}$", "", text.strip())
