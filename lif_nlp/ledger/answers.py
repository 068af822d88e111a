"""Answers of a response: which recommendation each speaks to, and with what position."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ids import text_key
from lif_nlp.ledger.matching import AskMatcher, Link
from lif_nlp.ledger.numbering import listed_keys
from lif_nlp.ledger.status import StatusReading, read_status
from lif_nlp.ledger.words import sentences
from lif_nlp.ledger_records import NOTHING_RECORDED, Answer, Ask
from lif_nlp.records import Block, Document

_NUMBER_COLUMN = re.compile(
    r"^\W*(?:no|nos|ref|rec|recs|number|r|#|point|item|recommendations?)\b", re.I
)
_ANSWER_COLUMN = re.compile(
    r"response|reply|replies|answer|position|accept|agree|\bview\b|what (?:we|the \w+) (?:will|are"
    r"|say|have|did|do)|comment|decision|outcome|commitment|\breason|rationale|action (?:taken"
    r"|agreed|proposed|we)|statement|endorse|support",
    re.I,
)
_FURTHER_COLUMN = re.compile(r"\b(?:by when|when|date|lead|owner|who|target|deadline)\b", re.I)
_LEAD = re.compile(
    r"^(?:recommendations?|recs?\.?|r|point|no\.?"
    r"|number)\s*\.?\s*(?:R\s?)?\d[\d.,&a-h/ and-]*[:.)–—-]"
    r"|^(?:[A-Z]{1,2}\d{1,2}(?:\s*(?:,|and|&)\s*)?)+\s(?=[A-Z])",
    re.I,
)
_MONITORING = re.compile(
    r"\b(?:progress will be|will be (?:reported|monitored|reviewed|tested)|we will (?:judge"
    r"|report|review progress|monitor))",
    re.I,
)
_NO_POSITION = re.compile(
    r"\b(?:cannot|can not|not able to|do not) (?:speak|answer|comment|respond) (?:for|on"
    r"|to)\b|\bnot (?:for us|ours) to (?:say|answer)\b",
    re.I,
)
_STEPS = ("planned", "in progress", "done")
"""A body that answers a recommendation with a step of its own takes it up."""

_STRONGEST = ("part", "principle", "rejected", "already", "accepted", "noted")
"""Order in which positions of several sentences decide: a qualified yes before a plain one."""


MAX_SHORT_PASSAGE = 4
"""Sentences of a paragraph that is about one thing, so that all of it says what it is about."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """Words that stand together, the recommendations named for them, and their page."""

    text: str
    page: int
    keys: tuple[str, ...] = ()
    title: str = ""


def answers_of(document: Document, matcher: AskMatcher, language: StatusLanguage) -> list[Answer]:
    """What a response says to each recommendation of its review.

    A number in a table, a heading or the sentence itself decides; then the words.  One
    passage may answer several recommendations that it names; a passage linked by words
    answers one.  Where words and number point different ways, `conflict` says so.  Nothing
    is made of silence: recommendations without an answer get none.
    """
    answers: list[Answer] = []
    for passage in _passages(document, matcher, language):
        answers += _answers(document, passage, matcher, language)
    return _one_to_one(answers)


def _passages(
    document: Document, matcher: AskMatcher, language: StatusLanguage
) -> Iterator[_Passage]:
    rows: set[tuple[tuple[str, str], ...]] = set()
    keys: tuple[str, ...] = ()
    title = ""
    by_place = _numbers_answer(document, matcher)
    for block in document.blocks:
        words = document.text[block.start : block.end].strip()
        if block.kind == "heading":
            keys, title = _keys_of_heading(words, matcher), words
        elif block.cells:
            if block.cells not in rows:
                rows.add(block.cells)
                yield from _row(block, matcher)
        elif block.boilerplate in ("", "terms of reference", "statutory wording"):
            lead = _LEAD.match(words)
            named = listed_keys(lead.group(), matcher.keys) if lead else ()
            if by_place and block.number and not lead:
                keys = listed_keys(block.number, matcher.keys)
            if lead and named:
                keys, words = named, words[lead.end() :].strip()
            elif (quoted := matcher.quoted(words)) and _repeats(words, quoted, language):
                keys = (quoted.number,) if quoted.number else keys
                continue
            quoted = matcher.quoted(words)
            if not words or (named and quoted and _repeats(words, quoted, language)):
                continue
            yield _Passage(words, block.page, keys, title)


def _numbers_answer(document: Document, matcher: AskMatcher) -> bool:
    """Whether the response's own list is numbered as the recommendations are.

    So it is where each of its numbers is one of theirs, and there are several.
    """
    numbers = [
        block.number for block in document.blocks
        if block.number and block.kind != "heading" and not block.cells
    ]  # fmt: skip
    known = [number for number in numbers if listed_keys(number, matcher.keys)]
    return len(known) == len(numbers) == len(set(numbers)) and len(numbers) >= MIN_NUMBERED


MIN_NUMBERED = 2
"""Numbered paragraphs that make a list of answers; one alone is any paragraph."""


def _repeats(words: str, ask: Ask, language: StatusLanguage) -> bool:
    """Whether a passage repeats a recommendation and says nothing else."""
    is_longer = len(words.split()) > len(ask.text.split()) + MAX_FURTHER_WORDS
    return not is_longer and not read_status(words, language).position


MAX_FURTHER_WORDS = 12
"""Words that a passage may have beyond the recommendation it repeats, such as a label."""


def _keys_of_heading(words: str, matcher: AskMatcher) -> tuple[str, ...]:
    found = [
        key for mention in matcher.mentioned(words) if not mention.every for key in mention.keys
    ]
    if not found and re.match(r"\W*(?:R\s?)?\d+(?:\.\d+)*[a-z]?\W", words + " "):
        head = re.match(r"\W*(?:R\s?)?\d+(?:\.\d+)*", words)
        found = list(listed_keys(head.group(), matcher.keys)) if head else []
    return tuple(dict.fromkeys(found))


def _row(block: Block, matcher: AskMatcher) -> Iterator[_Passage]:
    """The answering cell of a row, with the numbers that the row names."""
    cells = [(name, value) for name, value in block.cells if value.strip()]
    keys: tuple[str, ...] = ()
    for name, value in cells:
        if _NUMBER_COLUMN.match(name) and not keys:
            keys = listed_keys(value, matcher.keys)
            if not keys and (ask := matcher.quoted(value)):
                keys = (ask.number,) if ask.number else ()
    short = [value for _, value in cells if len(value.split()) <= 4]
    keys = keys or next((found for v in short if (found := listed_keys(v, matcher.keys))), ())
    answers = [
        value for name, value in cells
        if _ANSWER_COLUMN.search(name)
        and not (_NUMBER_COLUMN.match(name) or _FURTHER_COLUMN.search(name))
    ]  # fmt: skip
    others = [
        value for name, value in cells
        if not _NUMBER_COLUMN.match(name) and len(value.split()) > 3 and not matcher.quoted(value)
    ]  # fmt: skip
    answers = [value for value in answers if not matcher.quoted(value)]
    if answers or others:
        # a column "accepted?" and one of reasons are one answer
        yield _Passage(_joined(answers or others[:1]), block.page, keys)


def _joined(cells: Sequence[str]) -> str:
    """Cells of a row as sentences of one answer."""
    ended = [
        cell if cell.rstrip().endswith((".", "!", "?")) else f"{cell.rstrip()}." for cell in cells
    ]
    return cells[0] if len(cells) == 1 else " ".join(dict.fromkeys(ended))


def _answers(
    document: Document, passage: _Passage, matcher: AskMatcher, language: StatusLanguage
) -> Iterator[Answer]:
    """Answers of one passage: as a whole where it is about named recommendations."""
    units = sentences(passage.text)
    if passage.keys:
        yield from _whole(document, passage, units, matcher, language)
        return
    previous: tuple[str, ...] = ()
    for unit in units:
        reading = read_status(unit, language)
        if reading.held or _NO_POSITION.search(unit):
            continue
        named = matcher.mentioned(unit)
        keys = tuple(dict.fromkeys(key for mention in named for key in mention.keys))
        every = any(mention.every for mention in named)
        if keys and (reading.position or (reading.progress and not every)):
            by = "group" if every else "number"
            if every and reading.position == "part":
                # "in full, save for one matter": the rest is accepted, the one has its own words
                reading = replace(reading, position="accepted")
            yield from _named(document, passage, unit, keys, by, reading, matcher)
            previous = () if every else keys
            continue
        if keys:
            previous = () if every else keys
            continue
        if previous and reading.position and unit is not units[0] and not matcher.by_words(unit):
            yield from _named(document, passage, unit, previous, "number", reading, matcher)
            continue
        if not (reading.position or reading.progress in ("done", "planned", "in progress", "late")):
            continue
        link = matcher.by_words(unit, title=passage.title)
        if link is None and reading.position and len(units) <= MAX_SHORT_PASSAGE:
            link = matcher.by_words(passage.text)
        if link:
            yield _answer(document, passage.page, unit, link, reading)


def _whole(
    document: Document,
    passage: _Passage,
    units: Sequence[str],
    matcher: AskMatcher,
    language: StatusLanguage,
) -> Iterator[Answer]:
    if not units:
        return
    reading = combine([read_status(unit, language) for unit in units])
    if not reading.position and reading.progress == NOTHING_RECORDED:
        return  # "awaiting reply" is no answer
    yield from _named(document, passage, passage.text, passage.keys, "number", reading, matcher)


def combine(readings: Sequence[StatusReading]) -> StatusReading:
    """One reading of several sentences: a qualified position goes before a plain one.

    A yes to one thing and a no to another in the same answer is a part.
    """
    positions = [reading.position for reading in readings if reading.position]
    position = next((name for name in _STRONGEST if name in positions), "")
    if position == "part" and "principle" in positions:
        # the aim yes, the means no: what is said first says which of the two it is
        position = next(name for name in positions if name in ("part", "principle"))
    if "rejected" in positions and "accepted" in positions:
        position = "part"
    progress = next((reading.progress for reading in readings if reading.progress), "")
    rules = tuple(rule for reading in readings for rule in reading.rules)
    return StatusReading(position, progress, "", rules)


def _named(
    document: Document,
    passage: _Passage,
    quote: str,
    keys: Sequence[str],
    link_by: str,
    reading: StatusReading,
    matcher: AskMatcher,
) -> Iterator[Answer]:
    for key in keys:
        ask = matcher.by_key(key)
        if ask is None:
            continue
        conflict = matcher.contradicts(ask, quote) if link_by == "number" and len(keys) == 1 else ""
        yield _answer(
            document, passage.page, quote, Link(ask.ask_id, link_by, 1.0, conflict), reading
        )


def _answer(
    document: Document, page: int, quote: str, link: Link, reading: StatusReading
) -> Answer:
    monitoring = _MONITORING.search(quote) and not reading.position
    promised = reading.progress in _STEPS and not monitoring and link.link_by != "group"
    position = reading.position or ("accepted" if promised else NOTHING_RECORDED)
    key = hashlib.sha256(f"{document.doc_id}|{link.ask_id}|{text_key(quote)}".encode())
    return Answer(
        answer_id="r-" + key.hexdigest()[:12],
        doc_id=document.doc_id,
        ask_id=link.ask_id,
        position=position,
        progress="" if monitoring else reading.progress,
        quote=quote,
        page=page,
        link_by=link.link_by,
        score=link.score,
        conflict=link.conflict,
    )


def _one_to_one(answers: Sequence[Answer]) -> list[Answer]:
    """An answer found by words gives way where the same recommendation is answered by number."""
    by_number = {
        a.ask_id for a in answers if a.link_by == "number" and a.position != NOTHING_RECORDED
    }
    refused = {a.ask_id for a in answers if a.link_by != "group" and a.position == "rejected"}
    answers = [a for a in answers if not (a.link_by == "group" and a.ask_id in refused)]
    results: list[Answer] = []
    seen: set[tuple[str, str]] = set()
    for answer in answers:
        key = answer.ask_id, answer.quote
        if key in seen:
            continue
        seen.add(key)
        second = answer.link_by in ("words", "vectors") and answer.ask_id in by_number
        results.append(replace(answer, position=NOTHING_RECORDED) if second else answer)
    return results
