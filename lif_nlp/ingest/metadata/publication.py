"""Finds when a report was published, with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from lif_nlp.ingest.metadata.dates import find_dates, single_dates
from lif_nlp.ingest.metadata.titles import title_lines
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.records import Fact

_PUBLISHED = re.compile(
    r"(?:report\s+)?publi(?:shed|cation)(?:\s+(?:date|on|in))?\s*:?"
    r"|date of (?:this )?(?:report|publication|issue)\s*:?|report date\s*:?|^dated?\s*:"
    r"|\bmoderated(?: by the panel)?(?: on)?",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"previous|inspection dates?|dates? of (?:birth|death|inspection)|period", re.IGNORECASE
)


_EVENT = re.compile(
    r"\b(?:death of|died|born|birth|incident|injur\w*|killed|scop\w*|held)\b", re.IGNORECASE
)
"""Words of a line on a title page whose date is that of what is reviewed."""

_BEFORE_FRONT_DATE = re.compile(
    r"(?:[.,;:|(–—-]|\b(?:completed|dated?|final|version|report))\s*$", re.I
)
_AFTER_FRONT_DATE = re.compile(r"^[\s)]*(?:$|[.;|–—-])")
"""What stands before and after a date that closes a line, or a clause of it."""

_YEAR = re.compile(r"(?<=[,|] )(?:19[89]|20[0-4])\d(?=\.?$)")
"""A year alone at the end of a line, as in "Harrowmere Safeguarding Board, 2016"."""

# What precedes the first word of a line, a sentence or a clause.
_CLAUSE_START = re.compile(r"(?:^|[.;|]\s+)$")

# Chosen by judgement in November 2026; no tuning is on record.
_MAX_GAP = 12
"""Characters between "published" and its date; further away it is another event's date."""

_FRONT_WORDS = 25
"""Words of a line on a title page; the first that is longer is prose and ends the page."""

_CELLS_BELOW = 5
"""Cells after one that says only "Publication date" in which the date is searched."""

_MAX_LABEL_LINE = 60
"""Characters of a line in which "published" counts wherever it is; in longer text it must open
a clause, or "the report, published in 2016," would date the wrong report."""

_LAST_PIECES = 12
"""Pieces at the end of a report in which a signature's date is searched."""

_MAX_SIGNATURE_LINE = 120
"""Characters of a line with a signature's date."""

_EVIDENCE_CHARACTERS = 200
"""Characters of a piece that are stored as evidence."""

_TELLINGS = 2
"""Paragraphs that must tell of a year: one may hold a slip of the pen."""

_TOLD = re.compile(r"\b(?:was|were|had|did|took|went|came|told|said|gave|made|saw|\w{2,}ed)\b")
_PLANNED = re.compile(
    r"\b(?:by|until|due|will|shall|should|must|plan\w*|target|deadline|expected|next|version|updated)\b",
    re.IGNORECASE,
)
"""What is told happened; a month that is planned may be later than the report."""

_FULL_ISO_DATE = len("2021-03-09")


def find_publication_date(
    first_pieces: Sequence[Piece], reading: Reading, source: str
) -> Fact | None:
    """The fact "published" from the most reliable place that has a date, or None.

    In this order: a date after a word such as "published"; a date alone on a line of the
    first page, as in a letter; one that closes a line of the title page ("Final report, May
    2021"); one in a running header; one above a signature; one in the title; one in the file
    name. All but the first only if the report does not tell of later years.

    Parameters
    ----------
    first_pieces
        Pieces of the first pages.
    reading
        The whole report.
    source
        Path of the file.
    """
    labelled = _labelled_date(first_pieces)
    if labelled:
        return labelled
    others = (
        _line_date(first_pieces),
        _front_date(first_pieces),
        _header_date(reading),
        _signature_date(reading),
        _title_date(first_pieces),
        _file_name_date(source),
    )
    found = [fact for fact in others if fact]
    told = _last_year_told(reading) if found else 0
    return next((fact for fact in found if int(fact.value[:4]) >= told), None)


def _last_year_told(reading: Reading) -> int:
    """Last year in which at least `_TELLINGS` paragraphs tell what happened; 0 if none does.

    A report is not published before what it tells: such a date is out of the story.  A row of a
    table may hold an action's date, years ahead, and no verb that says so.
    """
    prose = (piece.text for piece in reading.pieces if piece.kind != "table_row")
    years = sorted(
        (max(years) for text in prose if (years := list(_years_told(text)))), reverse=True
    )
    return years[_TELLINGS - 1] if len(years) >= _TELLINGS else 0


def _years_told(text: str) -> Iterator[int]:
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if _TOLD.search(sentence) and not _PLANNED.search(sentence):
            yield from (int(match.value[:4]) for match in find_dates(sentence))


def _fact(value: str, evidence: str, page: int) -> Fact:
    return Fact("published", value, evidence, page)


def _labelled_date(first_pieces: Sequence[Piece]) -> Fact | None:
    """A date directly after words such as "published", also in the next cells of a table."""
    for index, piece in enumerate(first_pieces):
        label = next(_labels(piece.text), None)
        if not label:
            continue
        rest = piece.text[label.end() :]
        dates_after = [match for match in find_dates(rest) if match.start <= _MAX_GAP]
        if dates_after:
            return _fact(dates_after[0].value, piece.text[:_EVIDENCE_CHARACTERS], piece.page)
        if not rest.strip() and label.start() == 0:
            for cell in first_pieces[index + 1 : index + 1 + _CELLS_BELOW]:
                dates = list(find_dates(cell.text))
                if len(dates) == 1 and dates[0].end - dates[0].start >= len(cell.text) - 2:
                    return _fact(dates[0].value, f"{piece.text} {cell.text}", cell.page)
    return None


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Words such as "published" that open a clause, or are in a short line.

    A capital letter shows that they opened a line before lines were joined.
    """
    for match in _PUBLISHED.finditer(text):
        opens_clause = _CLAUSE_START.search(text[: match.start()]) or match.group()[0].isupper()
        if opens_clause or len(text) <= _MAX_LABEL_LINE:
            yield match


def _line_date(first_pieces: Sequence[Piece]) -> Fact | None:
    """A date that is a line of its own on the first page, as at the head of a letter.

    One in a row of a table is an event of a timeline.
    """
    for piece in first_pieces:
        if piece.kind == "table_row":
            continue
        dates = list(find_dates(piece.text))
        if len(dates) == 1 and piece.page == first_pieces[0].page:
            rest = piece.text[: dates[0].start] + piece.text[dates[0].end :]
            if len(rest.strip(" ,.:-–")) <= 2:
                return _fact(dates[0].value, piece.text, piece.page)
    return None


def _front_date(first_pieces: Sequence[Piece]) -> Fact | None:
    """A date, or else a year, that closes a line of the title page or a clause of it."""
    year: Fact | None = None
    for piece in first_pieces:
        if len(piece.text.split()) > _FRONT_WORDS or piece.page != first_pieces[0].page:
            break
        if piece.kind == "table_row" or _EVENT.search(piece.text) or _OTHER_DATE.search(piece.text):
            continue
        for match in single_dates(piece.text):
            before, after = piece.text[: match.start], piece.text[match.end :]
            if _BEFORE_FRONT_DATE.search(before) and _AFTER_FRONT_DATE.match(after):
                return _fact(match.value, piece.text, piece.page)
        alone = _YEAR.search(piece.text)
        if alone and not year:
            year = _fact(alone.group(), piece.text, piece.page)
    return year


def _header_date(reading: Reading) -> Fact | None:
    """A whole date in a running header or footer, unless it is the period of an inspection."""
    for item in reading.removed_text:
        dates = list(find_dates(item.text))
        if (
            len(dates) == 1
            and len(dates[0].value) == _FULL_ISO_DATE
            and not re.search(r"\bto\b|[-–]", item.text)
        ):
            return _fact(dates[0].value, item.text, item.page)
    return None


def _signature_date(reading: Reading) -> Fact | None:
    """A date after "Date" or "Signed" at the end of the report."""
    for piece in reversed(reading.pieces[-_LAST_PIECES:]):
        is_short = len(piece.text) < _MAX_SIGNATURE_LINE
        if re.match(r"^(?:dated?|signed)\b", piece.text, re.IGNORECASE) and is_short:
            dates = list(find_dates(piece.text))
            if dates:
                return _fact(dates[-1].value, piece.text, piece.page)
    return None


def _title_date(first_pieces: Sequence[Piece]) -> Fact | None:
    for _, piece in title_lines(first_pieces):
        dates = single_dates(piece.text)
        if len(dates) == 1 and not _OTHER_DATE.search(piece.text):
            return _fact(dates[0].value, piece.text, piece.page)
    return None


def _file_name_date(source: str) -> Fact | None:
    """A date in the file's name; the last resort, because files are renamed and copied."""
    stem = PurePath(source).stem.replace("_", " ")
    dates = list(find_dates(stem))
    if dates:
        return _fact(dates[-1].value, "file name", 0)
    year = re.search(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)", stem)
    return _fact(year.group(), "file name", 0) if year else None
