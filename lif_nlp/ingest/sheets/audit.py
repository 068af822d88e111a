"""Audit sheets -> Reading: each row's free text is a finding, or is listed with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.sheets.cells import Sheet
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, Column, understand_columns
from lif_nlp.ingest.sheets.grades import normal_grade
from lif_nlp.records import Fact, SkippedPart

_NOTHING = re.compile(
    r"^\W*(n\W?a|n/k|none|nil|not applicable|not known|not seen|no comments?|nothing( to add)?"
    r"|tbc|tba|see above|as above"
    r"|yes|no|partly|-+)?\W*$",
    re.IGNORECASE,
)
_HEADER_SEARCH = 15
_MAX_NAME = 12
_FEWEST_WORDS = 3
"""A cell of fewer words ("Good", "Not evident") is kept with its row but is no finding."""


def read_audit(sheets: Sequence[Sheet], mapping: Mapping[str, str] | None = None) -> Reading:
    """Findings of all sheets; the page of a finding is the number of its sheet.

    Rows above the header say what the sheet is: they become headings and lines
    that carry no finding.
    """
    pieces: list[Piece] = []
    unused: list[SkippedPart] = []
    facts: list[Fact] = []
    for page, sheet in enumerate(sheets, 1):
        if sheet.hidden:
            facts.append(Fact("hidden_sheet", sheet.name, page=page))
        at = header_row(sheet.rows)
        if at is None:
            pieces += _prose(sheet, page)
            continue
        pieces += _title_rows(sheet.rows[:at], page)
        found, left = _sheet_pieces(sheet, page, at, mapping)
        pieces += found
        unused += left
    return Reading(
        pieces=tuple(pieces), pages=len(sheets), unused=tuple(unused), facts=tuple(facts)
    )


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Place of the header among the first rows: the one whose cells name most columns."""
    best, best_score = None, 1.5
    for place, row in enumerate(rows[:_HEADER_SEARCH]):
        names = [cell for cell in row if cell]
        if len(names) < 2 or any(len(name.split()) > _MAX_NAME for name in names):
            continue
        known = sum(column.by == "name" for column in understand_columns(names, []))
        score = known + 0.1 * len(names)
        if score > best_score and place < len(rows) - 1:
            best, best_score = place, score
    return best


def _title_rows(rows: Sequence[Sequence[str]], page: int) -> Iterator[Piece]:
    for place, row in enumerate(rows):
        words = " ".join(dict.fromkeys(cell for cell in row if cell))
        if words and place == 0:
            yield Piece(words, page, "heading")
        elif words:
            yield Piece(words, page, boilerplate="title of the sheet")


def columns_of(
    sheet: Sheet, at: int, mapping: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """What the columns of a sheet hold, merged header rows joined with the names below."""
    header = list(sheet.rows[at])
    above = _spread(sheet.rows[at - 1]) if at and _is_merged(sheet.rows[at - 1], header) else []
    named = [
        f"{above[i]}: {name}"
        if i < len(above) and above[i] and name
        else name or (above[i] if i < len(above) else "")
        for i, name in enumerate(header)
    ]
    return understand_columns(named, sheet.rows[at + 1 :], mapping)


def _is_merged(row: Sequence[str], header: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return 2 <= len(filled) < len([cell for cell in header if cell])


def _spread(row: Sequence[str]) -> list[str]:
    """A merged header's words stand in its first cell only; the cells right of it share them."""
    out, last = [], ""
    for cell in row:
        last = cell or last
        out.append(last)
    return out


def _sheet_pieces(
    sheet: Sheet, page: int, at: int, mapping: Mapping[str, str] | None
) -> tuple[list[Piece], list[SkippedPart]]:
    columns = columns_of(sheet, at, mapping)
    pieces: list[Piece] = []
    unused: list[SkippedPart] = []
    seen: dict[tuple[str, ...], int] = {}
    label = f"sheet {sheet.name}, " if sheet.name else ""
    asked: list[str] = []
    for number, row in enumerate(sheet.rows[at + 1 :], at + 2):
        where = f"{label}row {number}"
        asked = _asked(row, columns, asked)
        found = list(_row_pieces(row, columns, page, number, asked or [sheet.name]))
        if not found:
            reason = "no free text in it (N/A, grades or single words)"
            unused.append(SkippedPart(where, reason if any(row) else "the row is blank"))
        for piece in found:
            key = (piece.text, *(piece.path or ()))
            if key in seen:
                reason = f"same words as row {seen[key]} (a sibling?), counted once"
                unused.append(SkippedPart(f"{where}, {(piece.path or ('text',))[-1]}", reason))
            else:
                seen[key] = number
                pieces.append(piece)
    return pieces, unused


def _asked(row: Sequence[str], columns: Sequence[Column], before: Sequence[str]) -> list[str]:
    """What the row was asked; a blank cell belongs to the merged one above it."""
    places = [c.place for c in columns if c.role == "question"][:2]
    if not any(row):
        return []
    now = [row[place] if place < len(row) else "" for place in places]
    return [cell or above for cell, above in zip_longest(now, before, fillvalue="")]


def _row_pieces(
    row: Sequence[str], columns: Sequence[Column], page: int, number: int, above: Sequence[str]
) -> Iterator[Piece]:
    cells = tuple(_cells(row, columns))
    for column in columns:
        text = row[column.place] if column.place < len(row) else ""
        if column.role not in FREE_TEXT or len(text.split()) < _FEWEST_WORDS:
            continue
        if _NOTHING.match(text):
            continue
        for heading, part in split_strength_and_gap(text, column.heading):
            path = tuple(name for name in (*above, heading or column.name) if name)
            yield Piece(part, page, "table_row", number=f"row {number}", cells=cells, path=path)


def _cells(row: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    for column in columns:
        value = row[column.place] if column.place < len(row) else ""
        if not value:
            continue
        yield column.name or f"column {column.place + 1}", value
        grade = normal_grade(value) if column.role in ("grade", "moderated_grade") else ""
        if grade:
            yield column.role, grade


_PARTS = re.compile(
    r"(?:^|(?<=[.;!?\n])\s*|\s[-–/]\s)"
    r"(?P<name>strengths?|good practice|what (?:went|worked) well|positives?|www"
    r"|areas? (?:for|of) (?:development|improvement)|afd|afi|gaps?|ebi|even better if"
    r"|weakness(?:es)?|to improve|concerns?)"
    r"\s*[:\-–]\s*",
    re.IGNORECASE,
)
_GOOD = re.compile(r"strength|good|well|positive|www", re.IGNORECASE)


def split_strength_and_gap(text: str, heading: str) -> list[tuple[str, str]]:
    """Heading and words of each part of a cell that names its strength and its gap.

    >>> split_strength_and_gap("Strength: seen alone. AFD: no chronology.", "")
    [('Strength', 'seen alone.'), ('Area for development', 'no chronology.')]
    """
    names = list(_PARTS.finditer(text))
    if not names:
        return [(heading, text)]
    parts = []
    before = text[: names[0].start()].strip()
    if before:
        parts.append((heading, before))
    for found, after in zip(names, [*names[1:], None], strict=True):
        words = text[found.end() : after.start() if after else len(text)].strip()
        kind = "Strength" if _GOOD.search(found["name"]) else "Area for development"
        if words and not _NOTHING.match(words):
            parts.append((kind, words))
    return parts


def _prose(sheet: Sheet, page: int) -> Iterator[Piece]:
    """A sheet without a header row: its title, then rows of a label and its words."""
    for number, row in enumerate(sheet.rows, 1):
        cells = [cell for cell in row if cell]
        if not cells:
            continue
        if page == 1 and number == 1:
            yield Piece(" ".join(cells), page, "heading")
        elif len(cells) == 2 and len(cells[0].split()) <= _MAX_NAME:
            path = tuple(name for name in (sheet.name, cells[0]) if name)
            yield Piece(cells[1], page, number=f"row {number}", path=path)
        else:
            path = (sheet.name,) if sheet.name else ()
            yield Piece(" ".join(cells), page, number=f"row {number}", path=path)
