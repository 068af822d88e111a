"""Title, review type, date and area of a report, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lif_nlp.framework.model import Framework
from lif_nlp.ingest.areas import Evident, find_area
from lif_nlp.ingest.dates import find_dates, single_dates
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.review_types import find_review_type
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
    title = _title(first, reading, source)
    area = _given(reading, "area") or find_area([(title.value, title.page), *lines], text)
    named = _given(reading, "review_type") or title
    kind = find_review_type(named, [*running, *lines], framework, area=area.value if area else "")
    if area and kind and _is_inspection(kind, framework) and area.value not in title.value:
        title = Evident(f"{title.value}: {area.value}", title.words, title.page)
    found = {
        "title": title,
        "review_type": kind,
        "published": _published(first, reading, source),
        "area": area,
    }
    return {
        name: Fact(name, item.value, item.words, item.page) for name, item in found.items() if item
    }


def _is_inspection(kind: Evident, framework: Framework) -> bool:
    return framework.review_type(kind.value).family == "inspection"


def _given(reading: Reading, name: str) -> Evident | None:
    value = reading.given.get(name, "")
    return Evident(value, "column of the table", 1) if value else None


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


def _title(first: Sequence[Piece], reading: Reading, source: str) -> Evident:
    """The line of the first page that most looks like a title, else what the file says."""
    given = _given(reading, "title")
    if given:
        return given
    lines = [(_title_score(piece, place, first), piece) for place, piece in _title_lines(first)]
    best = max(lines, key=lambda line: line[0], default=None)
    if best and best[0] >= _SURE_TITLE:
        return Evident(_clean_title(best[1].text), best[1].text, best[1].page)
    if reading.title and _NAMES_A_REPORT.search(reading.title):
        return Evident(_clean_title(reading.title), "title kept in the file", 0)
    running = _running_title(reading)
    if running:
        return running
    if best and best[0] > 0:
        return Evident(_clean_title(best[1].text), best[1].text, best[1].page)
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


def _title_lines(first: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
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


_SAYS_PUBLISHED = re.compile(
    r"(?:report\s+)?publi(?:shed|cation)(?:\s+(?:date|on|in))?\s*:?"
    r"|date of (?:this )?(?:report|publication|issue)\s*:?|report date\s*:?|^dated?\s*:"
    r"|\bmoderated(?: by the panel)? on",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"previous|inspection dates?|dates? of (?:birth|death|inspection)|period", re.IGNORECASE
)


def _published(first: Sequence[Piece], reading: Reading, source: str) -> Evident | None:
    """The date of publication: said, printed alone as in a letter, running, or in the name."""
    return (
        _given(reading, "published")
        or _said(first)
        or _alone(first)
        or _running(reading)
        or _signed(reading)
        or _in_title(first)
        or _in_name(source)
    )


def _said(first: Sequence[Piece]) -> Evident | None:
    """A date close behind words such as "published", also in the next cells of a table."""
    for place, piece in enumerate(first):
        words = _SAYS_PUBLISHED.search(piece.text)
        if not words or (len(piece.text) > 60 and words.start() > 0):
            continue
        rest = piece.text[words.end() :]
        near = [found for found in find_dates(rest) if found.start <= 12]
        if near:
            return Evident(near[0].value, piece.text[:200], piece.page)
        if not rest.strip() and words.start() == 0:
            for other in first[place + 1 : place + 6]:
                found = list(find_dates(other.text))
                if len(found) == 1 and found[0].end - found[0].start >= len(other.text) - 2:
                    return Evident(found[0].value, f"{piece.text} {other.text}", other.page)
    return None


def _alone(first: Sequence[Piece]) -> Evident | None:
    """A date that is a line of its own on the first page, as at the head of a letter."""
    for piece in first:
        found = list(find_dates(piece.text))
        if len(found) == 1 and piece.page == first[0].page:
            around = piece.text[: found[0].start] + piece.text[found[0].end :]
            if len(around.strip(" ,.:-–")) <= 2:
                return Evident(found[0].value, piece.text, piece.page)
    return None


def _running(reading: Reading) -> Evident | None:
    """A date in the running header or footer that is no inspection period."""
    for item in reading.dropped:
        found = list(find_dates(item.text))
        if (
            len(found) == 1
            and len(found[0].value) == 10
            and not re.search(r"\bto\b|[-–]", item.text)
        ):
            return Evident(found[0].value, item.text, item.page)
    return None


def _signed(reading: Reading) -> Evident | None:
    """A date beside the word in the last pieces, as above a signature."""
    for piece in reversed(reading.pieces[-12:]):
        if re.match(r"^(?:dated?|signed)\b", piece.text, re.IGNORECASE) and len(piece.text) < 120:
            found = list(find_dates(piece.text))
            if found:
                return Evident(found[-1].value, piece.text, piece.page)
    return None


def _in_title(first: Sequence[Piece]) -> Evident | None:
    for _, piece in _title_lines(first):
        found = single_dates(piece.text)
        if len(found) == 1 and not _OTHER_DATE.search(piece.text):
            return Evident(found[0].value, piece.text, piece.page)
    return None


def _in_name(source: str) -> Evident | None:
    """A date in the file's name, the last resort: names outlive the words of a report."""
    stem = PurePath(source).stem.replace("_", " ")
    found = list(find_dates(stem))
    if found:
        return Evident(found[-1].value, "file name", 0)
    year = re.search(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)", stem)
    return Evident(year.group(), "file name", 0) if year else None
