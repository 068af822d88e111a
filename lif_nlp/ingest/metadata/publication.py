"""When a report was published, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lif_nlp.ingest.metadata.areas import Evident
from lif_nlp.ingest.metadata.dates import find_dates, single_dates
from lif_nlp.ingest.metadata.titles import title_lines
from lif_nlp.ingest.pieces import Piece, Reading

_SAYS_PUBLISHED = re.compile(
    r"(?:report\s+)?publi(?:shed|cation)(?:\s+(?:date|on|in))?\s*:?"
    r"|date of (?:this )?(?:report|publication|issue)\s*:?|report date\s*:?|^dated?\s*:"
    r"|\bmoderated(?: by the panel)?(?: on)?",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"previous|inspection dates?|dates? of (?:birth|death|inspection)|period", re.IGNORECASE
)


def find_published(first: Sequence[Piece], reading: Reading, source: str) -> Evident | None:
    """The date of publication: said, printed alone as in a letter, running, or in the name."""
    return (
        _said(first)
        or _alone(first)
        or _running(reading)
        or _signed(reading)
        or _in_title(first)
        or _in_name(source)
    )


_OPENS_CLAUSE = re.compile(r"(?:^|[.;|]\s+)$")
"""What stands before the first word of a line, a sentence or a clause."""


def _said(first: Sequence[Piece]) -> Evident | None:
    """A date close behind words such as "published", also in the next cells of a table."""
    for place, piece in enumerate(first):
        words = next(_saying(piece.text), None)
        if not words:
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


def _saying(text: str) -> Iterator[re.Match[str]]:
    """Where words such as "published" open a line, a sentence or a clause, or stand in a line.

    A capital shows that they opened a line of their own before lines were joined.
    """
    for words in _SAYS_PUBLISHED.finditer(text):
        opens = _OPENS_CLAUSE.search(text[: words.start()]) or words.group()[0].isupper()
        if opens or len(text) <= 60:
            yield words


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
    for _, piece in title_lines(first):
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
