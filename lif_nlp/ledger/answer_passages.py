"""Passages of a response, with the recommendations that stand beside or above them by number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ledger.bodies import is_body
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.numbering import (
    cell_keys,
    holds_numbers_alone,
    is_number_column,
    listed_keys,
)
from lif_nlp.ledger.sections import NO_SUBJECT, Subject, blocks_about
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger_records import Ask
from lif_nlp.records import Block, Document

_ASK_COLUMN = re.compile(
    r"^\W*(?:recs?|recommendation|point|item|proposal|question|concern|ask|issue)s?\b", re.I
)
"""Names of columns that repeat what is asked."""

_ANSWER_COLUMN = re.compile(
    r"response|reply|replies|answer|position|accept|agree|\bview\b|what (?:we|the \w+) (?:will|are"
    r"|say|have|did|do)|comment|decision|outcome|commitment|\breason|rationale|action (?:taken"
    r"|agreed|proposed|we)|statement|endorse|support",
    re.I,
)
_FURTHER_COLUMN = re.compile(
    r"\b(?:by when|when|date|lead|owner|whom?|target|deadline|agency|agencies|partners?"
    r"|organisations?"
    r"|body|bodies|responsib\w+|time ?scales?|time ?frame|addressed to|theme|page|section)\b"
    r"|^\W*(?:by|for|due|to)\W*$",
    re.I,
)
_LEAD = re.compile(
    r"^(?:(?:as to|as regards|on|to|for|regarding|concerning|re:?|turning to) )?"
    r"(?:your )?(?:recommendations?|recs?\.?|r|points?|no\.?|number|concerns?|questions?|matters?"
    r"|issues?|findings?|proposals?)\s*\.?\s*\(?(?:R\s?)?\d[\d.,&a-h/ and-]*\)?\s*[:.)–—-]"
    r"|^(?:recommendations?|recs?\.?|concerns?|matters?|proposals?)\s+\(?\d[\d.]*[a-h]?\)?"
    r"(?:\s*(?:and|&)\s*\d[\d.]*)?\s+(?-i:(?=[A-Z“]))"
    r"|^(?:[A-Z]{1,2}\d{1,2}(?:\s*(?:,|and|&)\s*)?)+\s(?=[A-Z])",
    re.I,
)
_TITLED = re.compile(
    r"[^.:()]{3,60}\((?:recommendations?|recs?\.?|r)\s*\d[\d.,&a-h and]*\)\W+", re.IGNORECASE
)
"""A title in the paragraph itself, with the number in brackets: "Fathers (Recommendation 2)."."""

_INNER_LEAD = re.compile(
    r"(?:^|(?<=[.;!?]\s)|(?<=\n))(?:recommendations?|recs?\.?|r|points?|no\.?)?\s*"
    r"(?P<list>\d{1,2}[a-h]?(?:\s*(?:,|and|&)\s*\d{1,2}[a-h]?)*)\s*[-–—:)]\s+(?=\S)",
    re.IGNORECASE,
)
"""A number inside a paragraph with an answer of its own behind it."""

_LABELLED = re.compile(
    r"^(?:(?:our|the|agency|partnership|board|trust|council|force) )*(?:response|reply|answer"
    r"|position|decision|view)\s*[:–-]\s+(?=\S)",
    re.IGNORECASE,
)
"""What an answer is labelled with, which is no word of it."""

_ROW_LEAD = re.compile(
    r"[A-Z]{0,3}\.?\d{1,2}(?:\.\d+)*[a-h]?(?:[.):]\s|\s+(?=[A-Z]))"
    r"|[A-H][.):]\s|[B-H]\s+(?=[A-Z])|\([a-h]\)\s"
)
"""What a row of a sheet begins with, if it begins with a recommendation's number."""

_Cells = tuple[tuple[str, str], ...]
"""A row of a table: names of columns with what stands in them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand together, the recommendations named for them, and their page.

    `is_own` says that the passage itself or its row names them, not a heading above it; `mark` is
    the position that a yes or a no at its beginning stands for, in a column that asks for one;
    `body` the agency that its column is called after.
    """

    text: str
    page: int
    keys: tuple[str, ...] = ()
    title: str = ""
    is_own: bool = False
    mark: str = ""
    body: str = ""


def passages(
    document: Document,
    matcher: AskMatcher,
    language: StatusLanguage,
    subject: Subject = NO_SUBJECT,
) -> Iterator[Passage]:
    """The passages of a response to the review `subject` that may answer something, in order.

    Each comes with the recommendations that its heading, its number or its row names.  What
    only repeats a recommendation, or announces what follows, is no passage.
    """
    rows: set[tuple[tuple[str, str], ...]] = set()
    keys: tuple[str, ...] = ()
    title = ""
    by_place = _numbers_answer(document, matcher)
    by_words = _rows_by_words(document, matcher)
    for block in blocks_about(document, subject):
        words = document.text[block.start : block.end].strip()
        if block.kind == "heading":
            # what the whole paper is called tells nothing of a part of it
            is_own_title = words == document.title.strip()
            keys, title = _keys_of_heading(words, matcher), "" if is_own_title else words
        elif block.cells:
            # A row is read as a block for each of its cells, and each holds the whole row.
            if block.cells not in rows:
                rows.add(block.cells)
                yield from _row(block, matcher, by_words.get(block.cells, ()))
        elif block.boilerplate in ("", "terms of reference", "statutory wording"):
            # A row of a sheet may hold its number in the text itself.
            lead = _ROW_LEAD.match(words) if block.number.startswith("row ") else None
            lead = lead or _LEAD.match(words) or _TITLED.match(words)
            if inner := list(_run_together(words, matcher)):
                for own_keys, part in inner:
                    yield Passage(part, block.page, own_keys, title, is_own=True)
                continue
            lead_keys = listed_keys(lead.group(), matcher.keys) if lead else ()
            of_place = by_place and block.number and not lead
            keys = listed_keys(block.number, matcher.keys) if of_place else keys
            is_item = block.kind == "bullet" or block.number.startswith("row ")
            keys = () if is_item else keys  # an item of a list speaks for itself
            if lead and lead_keys:
                keys, words = lead_keys, words[lead.end() :].strip()
            elif (quoted := matcher.quoted(words)) and _repeats(words, quoted, language):
                # What stands below a recommendation that is repeated is the answer to it.
                keys = (quoted.number,) if quoted.number else keys
                continue
            if _announces(words, language):
                # "On your point about cover at night:" stands above its answer
                keys, title = _keys_of_heading(words, matcher) or keys, words
                continue
            quoted = matcher.quoted(words) if lead_keys else None
            words = _LABELLED.sub("", words)
            if not words or (quoted and _repeats(words, quoted, language)):
                continue
            yield Passage(words, block.page, keys, title, is_own=bool(lead_keys))
            if block.kind == "bullet":
                keys = ()


def _run_together(words: str, matcher: AskMatcher) -> Iterator[tuple[tuple[str, ...], str]]:
    """The answers of a paragraph that goes through several numbers: "1 - yes. 2 - no."."""
    leads = [
        (match, keys)
        for match in _INNER_LEAD.finditer(words)
        if (keys := listed_keys(match["list"], matcher.keys))
    ]
    if len(leads) < MIN_NUMBERED or leads[0][0].start() > 0:
        return
    ends = [*(match.start() for match, _ in leads[1:]), len(words)]
    for (match, keys), end in zip(leads, ends, strict=True):
        yield keys, words[match.end() : end].strip()


def _announces(words: str, language: StatusLanguage) -> bool:
    """Whether a line does no more than say what the next one is about."""
    is_short = len(words.split()) <= MAX_ANNOUNCING_WORDS
    return words.endswith(":") and is_short and not read_status(words, language).position


MAX_ANNOUNCING_WORDS = 20
"""Words of a line with a colon that announces an answer; a longer one says something itself."""


def _rows_by_words(document: Document, matcher: AskMatcher) -> dict[_Cells, tuple[str, ...]]:
    """The recommendations of rows that name none, by the row's cells.

    In a table whose rows repeat what was asked in other or fewer words each row is for one.
    """
    tables: dict[tuple[str, ...], dict[_Cells, tuple[str, ...]]] = {}
    for block in document.blocks:
        if block.cells:
            names = tuple(name for name, _ in block.cells)
            tables.setdefault(names, {})[block.cells] = _row_keys(block, matcher)
    keys_of_row: dict[_Cells, tuple[str, ...]] = {}
    number_of = {ask.ask_id: number for number, ask in matcher.numbered()}
    for names, rows in tables.items():
        at = next((at for at, name in enumerate(names) if _repeats_asks(name)), None)
        if at is None or any(rows.values()):
            continue
        texts = [(cells[at][1], "") for cells in rows]
        for place, link in matcher.assign(texts, {}).items():
            keys_of_row[list(rows)[place]] = (number_of[link.ask_id],)
    return keys_of_row


def _repeats_asks(name: str) -> bool:
    """Whether a column may say what was asked, by its name."""
    return not is_number_column(name) and not _ANSWER_COLUMN.search(name)


def _numbers_answer(document: Document, matcher: AskMatcher) -> bool:
    """Whether the response's own list is numbered as the recommendations are.

    So it is where each of its numbers is one of theirs, and there are several, unless a table
    names them: then the numbers around it are those of its own paragraphs.
    """
    in_series = any("-" in key for key in matcher.keys)
    if in_series or any(block.cells and _row_keys(block, matcher) for block in document.blocks):
        return False
    numbers = [
        block.number for block in document.blocks
        if block.number and block.kind != "heading" and not block.cells
    ]  # fmt: skip
    # "3.1" in a paper on recommendations 1 to 6 is a paragraph of its third section
    is_of_sections = any("." in number.strip(".") for number in numbers)
    if is_of_sections and not any("." in key for key in matcher.keys):
        return False
    ask_numbers = [number for number in numbers if listed_keys(number, matcher.keys)]
    return len(ask_numbers) == len(numbers) == len(set(numbers)) and len(numbers) >= MIN_NUMBERED


MIN_NUMBERED = 2
"""Numbered paragraphs that make a list of answers; one alone is any paragraph."""


def _repeats(words: str, ask: Ask, language: StatusLanguage) -> bool:
    """Whether a passage repeats a recommendation and says nothing else."""
    is_longer = len(words.split()) > len(ask.text.split()) + MAX_FURTHER_WORDS
    return not is_longer and not read_status(words, language).position


MAX_FURTHER_WORDS = 12
"""Words that a passage may have beyond the recommendation it repeats, such as a label."""


def _keys_of_heading(words: str, matcher: AskMatcher) -> tuple[str, ...]:
    keys = matcher.named(words)
    if not keys and re.match(r"\W*(?:R\s?)?\d+(?:\.\d+)*[a-z]?\W", words + " "):
        head = re.match(r"\W*(?:R\s?)?\d+(?:\.\d+)*", words)
        keys = listed_keys(head.group(), matcher.keys) if head else ()
    return tuple(dict.fromkeys(keys))


def _row_keys(block: Block, matcher: AskMatcher) -> tuple[str, ...]:
    """The numbers that a row names, or those of the recommendation that it repeats."""
    cells = [(name, value) for name, value in block.cells if value.strip()]
    keys: tuple[str, ...] = ()
    for name, value in cells:
        # The first such column counts: further ones number actions or pages.
        if (is_number_column(name) or _ASK_COLUMN.match(name)) and not keys:
            keys = cell_keys(value, matcher.keys) if is_number_column(name) else ()
            if not keys and (ask := matcher.quoted(value)):
                keys = (ask.number,) if ask.number else ()
    # A number may stand in a column of any name.
    numbers = (value for _, value in cells if holds_numbers_alone(value))
    return keys or next((own for v in numbers if (own := listed_keys(v, matcher.keys))), ())


def _row(block: Block, matcher: AskMatcher, by_words: tuple[str, ...]) -> Iterator[Passage]:
    """The answering cell of a row, with the numbers that the row names, or is known by."""
    cells = [(name, value) for name, value in block.cells if value.strip()]
    keys = _row_keys(block, matcher) or by_words
    # a column "accepted?" and one of reasons are one answer
    answer_cells = [
        (name, value) for name, value in cells
        if not is_number_column(name)
        and (_ANSWER_COLUMN.search(name) or not _ASK_COLUMN.match(name))
        and (_ANSWER_COLUMN.search(name) or not _FURTHER_COLUMN.search(name))
        and not matcher.quoted(value)
        and not (holds_numbers_alone(value) and listed_keys(value, matcher.keys))
    ]  # fmt: skip
    by_body = [name for name, _ in block.cells if _is_body_column(name)]
    if len(by_body) > 1:
        # a column for each body: every cell is an answer of its own
        yield from (
            Passage(value, block.page, keys, is_own=True, body=name if name in by_body else "")
            for name, value in answer_cells
        )
    elif answer_cells:
        mark = _marked(*answer_cells[0])
        words = _joined([value for _, value in answer_cells])
        yield Passage(words, block.page, keys, is_own=True, mark=mark)


def _marked(name: str, cell: str) -> str:
    """The position that a cell's mark stands for, where its column asks whether it is accepted.

    >>> [_marked("Accepted?", cell) for cell in ("Y", "No - no money", "N/A", "No: already so")]
    ['accepted', 'rejected', '', '']
    """
    if not _ASKS_WHETHER.search(name) or _ASKS_OTHERWISE.search(name):
        return ""
    match = _MARK.match(cell)
    if match is None or _QUALIFIED.search(cell[match.end() :][:MAX_QUALIFIED]):
        return ""
    return _MARKS[match["mark"].lower()]


_ASKS_WHETHER = re.compile(
    r"accept\w*|endors\w+|\badopted\b|\bposition\b|\bdecision\b"
    r"|\b(?:agreed?|support(?:ed)?)\b\W*(?:y(?:es)?\s*/\s*no?\b)?\W*$",
    re.IGNORECASE,
)
_ASKS_OTHERWISE = re.compile(
    r"time ?(?:scale|line|frame)|evidence|needed|\bdate|\bby\b", re.IGNORECASE
)
"""Names of columns that hold a yes or a no, and what makes of one a column of something else."""

_MARK = re.compile(r"\W*(?P<mark>(?:yes|no|y|n)(?=\s*$|\s*[-–—,;:.(])|[✓✔✗✘])", re.IGNORECASE)
_QUALIFIED = re.compile(
    r"^\W*\d|\b(?:part|partly|partially|principle|already|applicable|known)\b", re.IGNORECASE
)
"""What behind a mark makes of it another answer, which the rules read, or none."""

MAX_QUALIFIED = 40
"""Characters behind a mark in which it is qualified."""

_MARKS = {
    "yes": "accepted", "y": "accepted", "✓": "accepted", "✔": "accepted",
    "no": "rejected", "n": "rejected", "✗": "rejected", "✘": "rejected",
}  # fmt: skip
"""What marks in such a column mean."""


def _is_body_column(name: str) -> bool:
    """Whether a column is called after an agency and nothing else."""
    others = _ANSWER_COLUMN.search(name) or _FURTHER_COLUMN.search(name) or _ASK_COLUMN.match(name)
    return not others and is_body(name)


def _joined(cells: Sequence[str]) -> str:
    """Cells of a row as sentences of one answer."""
    sentences_of_cells = [
        cell if cell.rstrip().endswith((".", "!", "?")) else f"{cell.rstrip()}." for cell in cells
    ]
    return cells[0] if len(cells) == 1 else " ".join(dict.fromkeys(sentences_of_cells))
