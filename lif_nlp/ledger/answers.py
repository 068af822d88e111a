"""Answers of a response: which recommendation each speaks to, and with what position."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ids import text_key
from lif_nlp.ledger.bodies import is_body, is_written_as_name
from lif_nlp.ledger.matching import AskMatcher, Link, clear_place
from lif_nlp.ledger.numbering import holds_numbers_alone, is_number_column, listed_keys
from lif_nlp.ledger.status import StatusReading, read_by_rules, read_status
from lif_nlp.ledger.words import sentences
from lif_nlp.ledger_records import NOTHING_RECORDED, Answer, Ask
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
_FURTHER_COLUMN = re.compile(r"\b(?:by when|when|date|lead|owner|who|target|deadline)\b", re.I)
_LEAD = re.compile(
    r"^(?:(?:as to|as regards|on|to|for|regarding|concerning|re:?|turning to) )?"
    r"(?:recommendations?|recs?\.?|r|point|no\.?|number)\s*\.?\s*"
    r"(?:R\s?)?\d[\d.,&a-h/ and-]*[:.)–—-]"
    r"|^(?:[A-Z]{1,2}\d{1,2}(?:\s*(?:,|and|&)\s*)?)+\s(?=[A-Z])",
    re.I,
)
_ROW_LEAD = re.compile(
    r"[A-Z]{0,3}\.?\d{1,2}(?:\.\d+)*[a-h]?(?:[.):]\s|\s+(?=[A-Z]))"
    r"|[A-H][.):]\s|[B-H]\s+(?=[A-Z])|\([a-h]\)\s"
)
"""What a row of a sheet begins with, if it begins with a recommendation's number."""

_MONITORING = re.compile(
    r"\b(?:progress will be|will be (?:reported|monitored|reviewed|tested)|(?:we|i) (?:will|shall)"
    r" (?:judge|report|review progress|monitor|write (?:again|to you)|come back))",
    re.I,
)
_NO_POSITION = re.compile(
    r"\b(?:cannot|can not|not able to|do not) (?:speak|answer|comment|respond) (?:for|on"
    r"|to)\b|\bnot (?:for us|ours) to (?:say|answer)\b"
    r"|\b(?:separate|own) (?:letter|reply|response|answer)s?\b"
    r"|\b(?:write|reply|respond|answer) separately|^signed (?:by|on behalf|for)\b|^yours\b"
    r"|\bfor others to answer\b|\bnothing (?:further )?to say (?:on|about)\b"
    r"|\b(?:accept|agree|recognise)s? that (?![^.;]*\b(?:must|should|needs?|ought|recommend\w*)\b)",
    re.I,
)
_GOES_ON = re.compile(r"\b(?:and|so)(?: (?:we|it|they))? (?:has|have|will|shall)\b", re.I)
"""Where a body that accepts what went wrong goes on to say what it did or will do."""

_STEPS = ("planned", "in progress", "done")
"""A body that answers a recommendation with a step of its own takes it up."""

_STRONGEST = ("part", "principle", "rejected", "already", "accepted", "noted")
"""Order in which positions of several sentences decide: a qualified yes before a plain one."""


_Cells = tuple[tuple[str, str], ...]
"""A row of a table: names of columns with what stands in them."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """Words that stand together, the recommendations named for them, and their page."""

    text: str
    page: int
    keys: tuple[str, ...] = ()
    title: str = ""


@dataclass(slots=True)
class _Group:
    """Sentences in a row that are about one thing, and the recommendations they name.

    `link_by` is "number", "group" (all of them are named), "words", or empty where it is not
    known yet what they are about.
    """

    page: int
    title: str
    units: list[str]
    readings: list[StatusReading]
    keys: tuple[str, ...] = ()
    link_by: str = ""
    place: int | None = None

    @property
    def text(self) -> str:
        """The sentences as they stand in the response."""
        return " ".join(self.units)

    @property
    def reading(self) -> StatusReading:
        """What the sentences say together."""
        readings = self.readings
        # what the rules know for a position goes before what the models make of its reasons
        stated = [bool(reading.by_rule) for reading in readings]
        if any(stated):
            readings = [
                reading if known else replace(reading, position="")
                for reading, known in zip(readings, stated, strict=True)
            ]
        return combine(readings, leads=len(self.units[0].split()) <= MAX_LEAD_WORDS)


def answers_of(document: Document, matcher: AskMatcher, language: StatusLanguage) -> list[Answer]:
    """What a response says to each recommendation of its review.

    A number in a table, a heading or the sentence itself decides; then words and meaning of
    the sentences that stand together and of the heading above them; then what is left, one
    text for one recommendation, in the order of both.  One passage may answer several
    recommendations that it names.  Where words and number point different ways, `conflict`
    says so.  Nothing is made of silence: recommendations without an answer get none.
    """
    groups = [
        group
        for passage in _passages(document, matcher, language)
        for group in _groups(passage, matcher, language)
    ]
    answers: list[Answer] = []
    links = _links(groups, matcher)
    for place, group in enumerate(groups):
        reading = group.reading
        if group.link_by in ("number", "group"):
            answers += _named(document, group, reading, matcher)
        elif (link := links.get(place)) and _may_be_linked(group, matcher):
            answers.append(_answer(document, group.page, group.text, link, reading))
    return _one_to_one(answers)


def _may_be_linked(group: _Group, matcher: AskMatcher) -> bool:
    """Whether what is said without a number may be an answer.

    A step without any position is one only where its words clearly point to a recommendation.
    """
    if _MONITORING.match(group.text):
        return False
    is_clear = clear_place(matcher.nearness(group.text, group.title)) is not None
    return bool(group.reading.position) or is_clear


def _links(groups: Sequence[_Group], matcher: AskMatcher) -> dict[int, Link]:
    """The recommendations of the groups that name none, by the group's place."""
    places = {ask.ask_id: place for place, ask in enumerate(matcher.asks)}
    asks_of_group = {
        at: [places[ask.ask_id] for key in group.keys if (ask := matcher.by_key(key))]
        for at, group in enumerate(groups)
        if group.link_by == "number"
    }
    taken_places = {place for fixed_asks in asks_of_group.values() for place in fixed_asks}
    answering = [
        at for at, group in enumerate(groups) if not group.link_by and _answers(group.reading)
    ]
    # those of other groups stand in the order, and are spoken for
    order = sorted({*asks_of_group, *answering})
    fixed_asks = {order.index(at): asks for at, asks in asks_of_group.items()}
    texts = [(groups[at].text, groups[at].title) for at in order]
    links = matcher.assign(texts, fixed_asks, sorted(taken_places))
    return {order[at]: link for at, link in links.items()}


def _answers(reading: StatusReading) -> bool:
    """Whether a body says where it stands, or what it did or will do."""
    return bool(reading.position) or reading.progress in (*_STEPS, "late")


def _passages(
    document: Document, matcher: AskMatcher, language: StatusLanguage
) -> Iterator[_Passage]:
    rows: set[tuple[tuple[str, str], ...]] = set()
    keys: tuple[str, ...] = ()
    title = ""
    by_place = _numbers_answer(document, matcher)
    by_words = _rows_by_words(document, matcher)
    for block in document.blocks:
        words = document.text[block.start : block.end].strip()
        if block.kind == "heading":
            keys, title = _keys_of_heading(words, matcher), words
        elif block.cells:
            # A row is read as a block for each of its cells, and each holds the whole row.
            if block.cells not in rows:
                rows.add(block.cells)
                yield from _row(block, matcher, by_words.get(block.cells, ()))
        elif block.boilerplate in ("", "terms of reference", "statutory wording"):
            # A row of a sheet may hold its number in the text itself.
            lead = _ROW_LEAD.match(words) if block.number.startswith("row ") else None
            lead = lead or _LEAD.match(words)
            lead_keys = listed_keys(lead.group(), matcher.keys) if lead else ()
            if by_place and block.number and not lead:
                keys = listed_keys(block.number, matcher.keys)
            if block.kind == "bullet" or block.number.startswith("row "):
                keys = ()  # an item of a list speaks for itself
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
            quoted = matcher.quoted(words)
            if not words or (lead_keys and quoted and _repeats(words, quoted, language)):
                continue
            yield _Passage(words, block.page, keys, title)
            if block.kind == "bullet":
                keys = ()


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
    all_keys = [
        key for mention in matcher.mentioned(words) if not mention.every for key in mention.keys
    ]
    if not all_keys and re.match(r"\W*(?:R\s?)?\d+(?:\.\d+)*[a-z]?\W", words + " "):
        head = re.match(r"\W*(?:R\s?)?\d+(?:\.\d+)*", words)
        all_keys = list(listed_keys(head.group(), matcher.keys)) if head else []
    return tuple(dict.fromkeys(all_keys))


def _row_keys(block: Block, matcher: AskMatcher) -> tuple[str, ...]:
    """The numbers that a row names, or those of the recommendation that it repeats."""
    cells = [(name, value) for name, value in block.cells if value.strip()]
    keys: tuple[str, ...] = ()
    for name, value in cells:
        # The first such column counts: further ones number actions or pages.
        if (is_number_column(name) or _ASK_COLUMN.match(name)) and not keys:
            keys = listed_keys(value, matcher.keys) if is_number_column(name) else ()
            if not keys and (ask := matcher.quoted(value)):
                keys = (ask.number,) if ask.number else ()
    # A number may stand in a column of any name.
    numbers = (value for _, value in cells if holds_numbers_alone(value))
    return keys or next((own for v in numbers if (own := listed_keys(v, matcher.keys))), ())


def _row(block: Block, matcher: AskMatcher, by_words: tuple[str, ...]) -> Iterator[_Passage]:
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
        yield from (_Passage(value, block.page, keys) for _, value in answer_cells)
    elif answer_cells:
        yield _Passage(_joined([value for _, value in answer_cells]), block.page, keys)


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


def _is_name(unit: str, language: StatusLanguage) -> bool:
    """Whether a line is the name of a body or an address, and says nothing."""
    if not is_written_as_name(unit):
        return False
    by_rules = read_by_rules(unit, language)  # "Accepted In Full" is written like a name
    return not (by_rules.position or by_rules.progress)


def _takes_no_position(unit: str, language: StatusLanguage) -> bool:
    """Whether a sentence answers nothing, neither by what it begins with nor by what it adds."""
    match = _NO_POSITION.search(unit)
    if match is None:
        return False
    goes_on = match.group().endswith("that ") and _GOES_ON.search(unit, match.end())
    return not (goes_on or read_by_rules(_NO_POSITION.sub(" ", unit), language).position)


def _groups(passage: _Passage, matcher: AskMatcher, language: StatusLanguage) -> Iterator[_Group]:
    """Sentences of a passage by what they are about; all of it where it names numbers."""
    units = [unit for unit in sentences(passage.text) if not _is_name(unit, language)]
    if passage.keys and len(units) == 1 and _takes_no_position(units[0], language):
        return
    expected = "position" if passage.keys else ""
    readings = [read_status(unit, language, expected) for unit in units]
    if passage.keys:
        if units:
            yield _Group(passage.page, passage.title, units, readings, passage.keys, "number")
        return
    group: _Group | None = None
    for unit, reading in zip(units, readings, strict=True):
        if _NO_POSITION.search(unit):
            continue
        mentions = matcher.mentioned(unit)
        keys = tuple(dict.fromkeys(key for mention in mentions for key in mention.keys))
        if any(mention.every for mention in mentions):
            if group:
                yield group
            group = None
            # "in full, save for one matter": the rest is accepted, the one has its own words
            of_all = (
                replace(reading, position="accepted") if reading.position == "part" else reading
            )
            if of_all.position:
                yield _Group(passage.page, passage.title, [unit], [of_all], keys, "group")
            continue
        about = clear_place(matcher.nearness(unit)) if not keys else None
        goes_on = group is not None and (
            keys == group.keys if keys else about is None or about == group.place
        )
        if group is not None and goes_on:
            group.units.append(unit)
            group.readings.append(reading)
            continue
        if group is not None:
            yield group
        by = "number" if keys else ""
        group = _Group(passage.page, passage.title, [unit], [reading], keys, by, about)
    if group is not None:
        yield group


MAX_LEAD_WORDS = 4
"""Words of a first sentence that gives the answer ("Not agreed."), which others explain."""


LEADING = ("rejected", "part", "principle", "noted", "already")
"""Positions that stand when an answer begins with them in a word or two, whatever explains them."""


def combine(readings: Sequence[StatusReading], *, leads: bool = False) -> StatusReading:
    """One reading of several sentences: a qualified position goes before a plain one.

    A yes to one thing and a no to another in the same answer is a part.  `leads` says that the
    first sentence is the answer in a word or two: a qualified or refusing one then stands.
    """
    positions = [reading.position for reading in readings if reading.position]
    position = next((name for name in _STRONGEST if name in positions), "")
    if position == "part" and "principle" in positions:
        # the aim yes, the means no: what is said first says which of the two it is
        position = next(name for name in positions if name in ("part", "principle"))
    # Yes to one half and no to the other.
    if "rejected" in positions and "accepted" in positions:
        position = "part"
    if position == "rejected" and readings[0].progress == "planned" and not readings[0].position:
        position = "part"  # what is promised first goes with what is then declined
    if leads and readings and readings[0].position in LEADING:
        position = readings[0].position
    progress = next((reading.progress for reading in readings if reading.progress), "")
    rules = tuple(rule for reading in readings for rule in reading.rules)
    return StatusReading(position, progress, "", rules)


def _named(
    document: Document, group: _Group, reading: StatusReading, matcher: AskMatcher
) -> Iterator[Answer]:
    """The answers of a group that names recommendations; "awaiting reply" is none."""
    if not reading.position and reading.progress == NOTHING_RECORDED:
        return
    quote = group.text
    for key in group.keys:
        ask = matcher.by_key(key)
        if ask is None:
            continue
        alone = group.link_by == "number" and len(group.keys) == 1
        # Words for several recommendations at once need not look like any one of them.
        conflict = matcher.contradicts(ask, quote) if alone else ""
        link = Link(ask.ask_id, group.link_by, 1.0, conflict)
        yield _answer(document, group.page, quote, link, reading)


def _answer(
    document: Document, page: int, quote: str, link: Link, reading: StatusReading
) -> Answer:
    # How a body will watch its own progress is no position.
    monitoring = _MONITORING.search(quote) and not reading.position
    is_promise = reading.progress in _STEPS and not monitoring and link.link_by != "group"
    # Who does what was asked need not say so; a general promise for all of them is no such step.
    position = reading.position or ("accepted" if is_promise else NOTHING_RECORDED)
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
    rejected_ids = {a.ask_id for a in answers if a.link_by != "group" and a.position == "rejected"}
    answers = [a for a in answers if not (a.link_by == "group" and a.ask_id in rejected_ids)]
    results: list[Answer] = []
    earlier: set[tuple[str, str]] = set()
    for answer in answers:
        key = answer.ask_id, answer.quote
        if key in earlier:
            continue
        earlier.add(key)
        second = answer.link_by == "words" and answer.ask_id in by_number
        results.append(replace(answer, position=NOTHING_RECORDED) if second else answer)
    return results
