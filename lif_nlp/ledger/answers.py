"""Answers of a response: which recommendation each speaks to, and with what position."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ids import text_key
from lif_nlp.ledger.answer_passages import Passage, passages
from lif_nlp.ledger.bodies import is_written_as_name
from lif_nlp.ledger.matching import AskMatcher, Link, clear_place
from lif_nlp.ledger.numbering import answered_keys
from lif_nlp.ledger.status import StatusReading, read_by_rules, read_status
from lif_nlp.ledger.words import is_disclaimer, sentences
from lif_nlp.ledger_records import NOTHING_RECORDED, Answer
from lif_nlp.records import Document

_MONITORING = re.compile(
    r"\b(?:progress will be|will be (?:reported|monitored|reviewed|tested)|(?:we|i) (?:will|shall)"
    r" (?:judge|report|review progress|monitor|write (?:again|to you)|come back))",
    re.I,
)
_NO_POSITION = re.compile(
    r"\b(?:cannot|can not|not able to|do not) (?:speak|answer|comment|respond) (?:for|on"
    r"|to)\b|\bnot (?:for us|ours) to (?:say|answer)\b"
    r"|\b(?:is|are) (?:to write|sending (?:its|their|an?) (?:own )?(?:letter|reply|response))\b"
    r"|\b(?:separate|own) (?:letter|reply|response|answer)s?\b"
    r"|\b(?:write|reply|respond|answer) separately|^signed (?:by|on behalf|for)\b|^yours\b"
    r"|\bfor others to answer\b|\bnothing (?:further |more )?to (?:say (?:on|about)|add)\b"
    r"|\b(?:accept|agree|recognise)s? that (?![^.;]*\b(?:must|should|needs?|ought|recommend\w*)\b)",
    re.I,
)
_GOES_ON = re.compile(r"\b(?:and|so)(?: (?:we|it|they))? (?:has|have|will|shall)\b", re.I)
"""Where a body that accepts what went wrong goes on to say what it did or will do."""

_AS_BEFORE = re.compile(r"^(?:so|nor|neither) (?:is|are|was|were|do we accept|can we)\b", re.I)
"""What takes the answer of the sentence before: "So is the second"."""

_STEPS = ("planned", "in progress", "done")
"""A body that answers a recommendation with a step of its own takes it up."""

_STRONGEST = ("part", "principle", "rejected", "already", "accepted", "noted")
"""Order in which positions of several sentences decide: a qualified yes before a plain one."""


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
        for passage in passages(document, matcher, language)
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


def _groups(passage: Passage, matcher: AskMatcher, language: StatusLanguage) -> Iterator[_Group]:
    """Sentences of a passage by what they are about; all of it where it names numbers."""
    units = [
        unit for unit in sentences(passage.text)
        if not (_is_name(unit.rstrip(" ."), language) or is_disclaimer(unit))
    ]  # fmt: skip
    if passage.keys and len(units) == 1 and _takes_no_position(units[0], language):
        return
    expected = "position" if passage.keys else ""
    readings = [read_status(unit, language, expected) for unit in units]
    if passage.keys:
        if units:
            yield _Group(passage.page, passage.title, units, readings, passage.keys, "number")
        return
    group: _Group | None = None
    for unit, own in zip(units, readings, strict=True):
        reading = own
        if _NO_POSITION.search(unit):
            continue
        if group is not None and _AS_BEFORE.match(unit):
            reading = replace(own, position=group.reading.position)
        mentions = matcher.mentioned(unit)
        keys = tuple(dict.fromkeys(key for mention in mentions for key in mention.keys))
        keys = answered_keys(unit, matcher.keys) or keys
        named = any(not mention.every for mention in mentions)
        if any(mention.every for mention in mentions) and not named:
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
