"""Reads audit sheets: free text in a row becomes findings; rows without any are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.sheets.cells import Sheet
from lif_nlp.ingest.sheets.column_roles import FREE_TEXT, Column, understand_columns
from lif_nlp.records import Fact, SkippedPart

_NO_COMMENT = re.compile(
    r"^\W*(n\W?a|n/k|none|nil|not applicable|not known|not seen|no comments?|nothing( to add)?"
    r"|tbc|tba|see above|as above"
    r"|yes|no|partly|-+)?\W*$",
    re.IGNORECASE,
)
# Chosen by judgement in November 2026; no tuning is on record.
HEADER_ROWS = 15
"""Rows at the top among which the header is searched."""

MAX_NAME_WORDS = 12
"""Words of a column's name; a row with a longer cell is not a header."""

MIN_HEADER_SCORE = 1.5
"""Recognised names (1 each) and cells (`_CELL_SCORE` each) that a header needs: at least two
recognised names, or one among many."""

_CELL_SCORE = 0.1
"""Score of a cell that is not empty; decides between rows with equally many recognised names."""

MIN_FINDING_WORDS = 3
"""Words of a finding. A shorter cell ("Good", "Not evident") is stored with its row only; lower
makes findings of single words."""


MIN_ACTION_WORDS = 2
"""The same in a column of actions: "memo withdrawn" says what was done."""

MIN_NOTE_WORDS, MAX_NOTE_CELLS = 8, 2
"""Words of a note below or between the rows, and cells of its row: a label and the note."""


def read_audit(sheets: Sequence[Sheet], mapping: Mapping[str, str] | None = None) -> Reading:
    """Findings of all sheets; the page of a finding is the number of its sheet.

    Rows above the header say what the sheet is about: they become a heading, and lines
    marked as boilerplate.

    Parameters
    ----------
    sheets
        All sheets of the workbook, hidden ones included.
    mapping
        The user's roles by column name.
    """
    pieces: list[Piece] = []
    skipped: list[SkippedPart] = []
    facts: list[Fact] = []
    for page, sheet in enumerate(sheets, 1):
        if sheet.hidden:
            # It is read all the same; the fact tells those who look for it in Excel in vain.
            facts.append(Fact("hidden_sheet", sheet.name, page=page))
        header = find_header(sheet.rows)
        if header is None:
            pieces += _prose(sheet, page)
            continue
        pieces += _title_rows(sheet.rows[:header], page)
        sheet_pieces, sheet_skipped = _sheet_pieces(sheet, page, header, mapping)
        pieces += sheet_pieces
        skipped += sheet_skipped
    return Reading(tuple(pieces), pages=len(sheets), skipped=tuple(skipped), facts=tuple(facts))


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the header among the first rows: the row that names most columns."""
    best, best_score = None, MIN_HEADER_SCORE
    for index, row in enumerate(rows[:HEADER_ROWS]):
        names = [cell for cell in row if cell]
        if len(names) < 2 or any(len(name.split()) > MAX_NAME_WORDS for name in names):
            continue
        name_count = sum(column.by == "name" for column in understand_columns(names, []))
        score = name_count + _CELL_SCORE * len(names)
        # The first row wins a tie: a header may be repeated further down.
        if score > best_score and index < len(rows) - 1:
            best, best_score = index, score
    return best


def _title_rows(rows: Sequence[Sequence[str]], page: int) -> Iterator[Piece]:
    for index, row in enumerate(rows):
        words = " ".join(dict.fromkeys(cell for cell in row if cell))
        if words and index == 0:
            yield Piece(words, page, "heading")
        elif words:
            yield Piece(words, page, boilerplate="title of the sheet")


def columns_of(
    sheet: Sheet, header_index: int, mapping: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Columns of a sheet, with names of merged header cells put before the names below them."""
    header = list(sheet.rows[header_index])
    row_above = sheet.rows[header_index - 1] if header_index else ()
    above = _fill_merged(row_above) if _is_merged(row_above, header) else []
    names = [
        f"{above[i]}: {name}"
        if i < len(above) and above[i] and name
        else name or (above[i] if i < len(above) else "")
        for i, name in enumerate(header)
    ]
    return understand_columns(names, sheet.rows[header_index + 1 :], mapping)


def _is_merged(row: Sequence[str], header: Sequence[str]) -> bool:
    texts = [cell for cell in row if cell]
    return 2 <= len(texts) < len([cell for cell in header if cell])


def _fill_merged(row: Sequence[str]) -> list[str]:
    """Cells with the text of merged ones repeated: a file has it in the first of them only."""
    cells, text = [], ""
    for cell in row:
        text = cell or text
        cells.append(text)
    return cells


def _sheet_pieces(
    sheet: Sheet, page: int, header_index: int, mapping: Mapping[str, str] | None
) -> tuple[list[Piece], list[SkippedPart]]:
    """Findings of the rows below the header, and the rows or cells that gave none."""
    columns = columns_of(sheet, header_index, mapping)
    pieces: list[Piece] = []
    skipped: list[SkippedPart] = []
    first_rows: dict[tuple[str, ...], int] = {}
    sheet_label = f"sheet {sheet.name}, " if sheet.name else ""
    questions: list[str] = []
    for number, row in enumerate(sheet.rows[header_index + 1 :], header_index + 2):
        where = f"{sheet_label}row {number}"
        questions = _questions(row, columns, questions)
        row_pieces = list(_row_pieces(row, columns, page, number, questions or [sheet.name]))
        row_pieces = row_pieces or list(_note(row, page, number, sheet.name))
        if not row_pieces:
            reason = "it has no free text (only N/A, grades or single words)"
            skipped.append(SkippedPart(where, reason if any(row) else "the row is blank"))
        if any(row[len(columns) :]):
            skipped.append(SkippedPart(where, _TOO_LONG))
        for piece in row_pieces:
            # Audits of siblings often repeat the same words under the same question.
            key = (piece.text, *(piece.path or ()))
            if key in first_rows:
                reason = f"it has the same words as row {first_rows[key]} (perhaps a sibling's)"
                skipped.append(SkippedPart(f"{where}, {(piece.path or ('text',))[-1]}", reason))
            else:
                first_rows[key] = number
                pieces.append(piece)
    body = sheet.rows[header_index + 1 :]
    return pieces, [*skipped, *_unused_columns(columns, body, sheet_label)]


_TOO_LONG = (
    "it has more cells than the header has names, so words may stand under a wrong one; put"
    ' "quotation marks" round a cell that holds the sign between cells'
)
"""What is said of a row of a CSV with cells beyond the last column: those are not read."""


def _unused_columns(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], sheet_label: str
) -> Iterator[SkippedPart]:
    """Columns of unknown content with words in them: none of them may be lost unnoticed."""
    for column in columns:
        cells = (row[column.index] for row in rows if column.index < len(row))
        if column.role == "other" and any(len(cell.split()) >= MIN_FINDING_WORDS for cell in cells):
            name = column.name or f"number {column.index + 1}"
            yield SkippedPart(
                f"{sheet_label}column {name}",
                "its name is not known, and its cells are short; give it a role in a mapping file",
            )


_QUESTION_COLUMNS = 2
"""Columns (such as standard and question) that form the heading path of a row's findings."""


def _questions(
    row: Sequence[str], columns: Sequence[Column], row_above: Sequence[str]
) -> list[str]:
    """The questions that a row answers; a blank cell is part of a merged one above it."""
    indices = [c.index for c in columns if c.role == "question"][:_QUESTION_COLUMNS]
    if not any(row):
        return []
    cells = [row[index] if index < len(row) else "" for index in indices]
    return [cell or above for cell, above in zip_longest(cells, row_above, fillvalue="")]


def _row_pieces(
    row: Sequence[str], columns: Sequence[Column], page: int, number: int, questions: Sequence[str]
) -> Iterator[Piece]:
    cells = tuple(_cells(row, columns))
    for column in columns:
        text = row[column.index] if column.index < len(row) else ""
        min_words = MIN_ACTION_WORDS if column.role == "action" else MIN_FINDING_WORDS
        if column.role not in FREE_TEXT or len(text.split()) < min_words:
            continue
        if _NO_COMMENT.match(text):
            continue
        for heading, part in split_strength_and_gap(text, column.heading):
            path = tuple(name for name in (*questions, heading or column.name) if name)
            yield Piece(part, page, "table_row", number=f"row {number}", cells=cells, path=path)


def _note(row: Sequence[str], page: int, number: int, sheet: str) -> Iterator[Piece]:
    """A remark that stands in a row of its own, in whichever columns it was typed."""
    cells = [cell for cell in row if cell]
    if not 0 < len(cells) <= MAX_NOTE_CELLS or len(cells[-1].split()) < MIN_NOTE_WORDS:
        return
    path = tuple(name for name in (sheet, *cells[:-1]) if name)
    yield Piece(cells[-1], page, number=f"row {number}", path=path)


def _cells(row: Sequence[str], columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    for column in columns:
        value = row[column.index] if column.index < len(row) else ""
        if not value:
            continue
        yield column.name or f"column {column.index + 1}", value
        grade = normalise_grade(value) if column.role in ("grade", "moderated_grade") else ""
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
    """(heading, words) of each part of a cell that labels its strength and its gap.

    A cell without such labels is one part under `heading`.

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
    for name, next_name in zip(names, [*names[1:], None], strict=True):
        words = text[name.end() : next_name.start() if next_name else len(text)].strip()
        part_heading = "Strength" if _GOOD.search(name["name"]) else "Area for development"
        if words and not _NO_COMMENT.match(words):
            parts.append((part_heading, words))
    return parts


def _prose(sheet: Sheet, page: int) -> Iterator[Piece]:
    """A sheet without a header: its title, then rows of text or of a label and its text."""
    for number, row in enumerate(sheet.rows, 1):
        cells = [cell for cell in row if cell]
        if not cells:
            continue
        if page == 1 and number == 1:
            yield Piece(" ".join(cells), page, "heading")
        elif len(cells) == 2 and len(cells[0].split()) <= MAX_NAME_WORDS:
            path = tuple(name for name in (sheet.name, cells[0]) if name)
            yield Piece(cells[1], page, number=f"row {number}", path=path)
        else:
            path = (sheet.name,) if sheet.name else ()
            yield Piece(" ".join(cells), page, number=f"row {number}", path=path)


_GRADES = (
    ("outstanding", r"outstanding|^1$|^o$|excellent|^blue$"),
    ("good", r"good|^2$|^g$|^green$|^met$|^yes$|^y$|fully met"),
    (
        "requires improvement",
        r"requires? improvement|^3$|^ri$|^amber$|^a$|part(ly|ially)( met)?|adequate|satisfactory",
    ),
    ("inadequate", r"inadequate|^4$|^i$|^red$|^r$|not met|^no$|^n$|poor"),
)
"""Ofsted's four grades, and the numbers, colours and abbreviations that audits use for them."""

MAX_GRADE_CHARACTERS = 40
"""Longer cells are comments, in which "good" is not a grade."""


def normalise_grade(text: str) -> str:
    """One of Ofsted's four grades, or empty for text that is not a grade.

    >>> normalise_grade("RI"), normalise_grade("Amber")
    ('requires improvement', 'requires improvement')
    >>> normalise_grade("2"), normalise_grade("n/a")
    ('good', '')
    """
    plain = re.sub(r"\s+", " ", text).strip().strip(".").lower()
    if re.fullmatch(r"\d\.0", plain):
        plain = plain[0]
    # Worst first: "not met" contains "met", "part met" too.
    for grade, pattern in reversed(_GRADES):
        if len(plain) <= MAX_GRADE_CHARACTERS and re.search(pattern, plain):
            return grade
    return ""
