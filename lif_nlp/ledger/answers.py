"""Answers of a response: which recommendation each speaks to, and with what position."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ids import text_key
from lif_nlp.ledger.answer_passages import Passage, passages
from lif_nlp.ledger.answer_reading import LEADING, together, with_whole
from lif_nlp.ledger.bodies import body_of_answer, is_same_body, is_written_as_name
from lif_nlp.ledger.matching import AskMatcher, Link, clear_place
from lif_nlp.ledger.no_answer import (
    is_courtesy,
    takes_no_position,
    tells_of_answers,
    tells_what_was_asked,
)
from lif_nlp.ledger.numbering import answered_keys
from lif_nlp.ledger.sections import NO_SUBJECT, Subject, blocks_about
from lif_nlp.ledger.status import StatusReading, read_by_rules, read_status
from lif_nlp.ledger.words import is_disclaimer, sentences, stem_set
from lif_nlp.ledger_records import NOTHING_RECORDED, Answer
from lif_nlp.records import Document

_MONITORING = re.compile(
    r"\b(?:progress will be|will be (?:reported|monitored|reviewed|tested)|(?:we|i) (?:will|shall)"
    r" (?:judge|report|review progress|monitor|write (?:again|to you)|come back))",
    re.I,
)
_AS_BEFORE = re.compile(r"^(?:so|nor|neither) (?:is|are|was|were|do we accept|can we)\b", re.I)
"""What takes the answer of the sentence before: "So is the second"."""

_STEPS = ("planned", "in progress", "done")
"""A body that answers a recommendation with a step of its own takes it up."""


@dataclass(slots=True)
class _Group:
    """Sentences in a row that are about one thing, and the recommendations they name.

    `link_by` is "number", "group" (all of them are named), "words", or empty where it is not
    known yet what they are about; `is_marked` that a mark in its column gives the position.
    """

    page: int
    title: str
    units: list[str]
    readings: list[StatusReading]
    keys: tuple[str, ...] = ()
    link_by: str = ""
    place: int | None = None
    body: str = ""
    is_marked: bool = False

    @property
    def text(self) -> str:
        """The sentences as they stand in the response."""
        return " ".join(self.units)

    @property
    def is_open(self) -> bool:
        """Whether it tells what was asked, and has not said yet what became of it."""
        tells_ask = self.link_by == "number" or tells_what_was_asked(self.units[0])
        is_answer = any(reading.position or reading.progress for reading in self.readings)
        return tells_ask and not is_answer

    @property
    def reading(self) -> StatusReading:
        """What the sentences say together."""
        return together(self.readings, leads=self._leads)

    def read_whole(self, language: StatusLanguage) -> StatusReading:
        """The same, with the position that the models are sure of for all of it."""
        is_said = self.is_marked or (self._leads and self.readings[0].by_rule in LEADING)
        return self.reading if is_said else with_whole(self.reading, self.units, language)

    @property
    def _leads(self) -> bool:
        """Whether the first sentence is short enough to be the answer in a word or two."""
        return len(self.units[0].split()) <= MAX_LEAD_WORDS


def answers_of(
    document: Document,
    matcher: AskMatcher,
    language: StatusLanguage,
    subject: Subject = NO_SUBJECT,
    *,
    is_told: bool = False,
) -> list[Answer]:
    """What a response to the review `subject` says to each of its recommendations.

    A number in a table, a heading or the sentence itself decides; then words and meaning of
    the sentences that stand together and of the heading above them; then what is left, one
    text for one recommendation, in the order of both.  One passage may answer several
    recommendations that it names.  Where words and number point different ways, `conflict`
    says so.  Nothing is made of silence: recommendations without an answer get none.
    `is_told` says that the paper tells of answers among other things, as a yearly report does:
    then only what plainly takes a position counts, and nothing that tells what a check found.
    """
    parts = list(passages(document, matcher, language, subject))
    matcher = matcher.beside(_own_texts(parts))
    groups = [
        replace(group, body=passage.body)
        for passage in parts
        for group in _groups(passage, matcher, language, subject)
    ]
    answers: list[Answer] = []
    if is_told:
        groups = [group for group in groups if _is_plain(group)]
    links = _links(groups, matcher)
    unread = {} if is_told else _links_of_unread(groups, links, matcher)
    for place in unread:
        groups[place] = _read_as_answer(groups[place], language)
    links |= unread
    for place, group in enumerate(groups):
        link = links.get(place)
        for part in _by_body(group):
            if group.link_by in ("number", "group"):
                answers += _named(document, part, matcher, language)
            elif link and _may_be_linked(group, matcher):
                reading = part.read_whole(language)
                answers.append(_answer(document, part.page, part.text, link, reading, part.body))
    return _one_to_one(answers)


def _by_body(group: _Group) -> list[_Group]:
    """A group by the bodies that answer in it, where several do, each with words of its own."""
    bodies = [body_of_answer(unit) for unit in group.units]
    stated = [
        at for at, (body, reading) in enumerate(zip(bodies, group.readings, strict=True))
        if body and _answers(reading)
    ]  # fmt: skip
    for place, at in enumerate(stated):
        # "The council" after "Marl Council" is no other body
        named = (bodies[before] for before in reversed(stated[:place]))
        bodies[at] = next((name for name in named if is_same_body(bodies[at], name)), bodies[at])
    # another body than the one that spoke last
    starts = stated[:1] + [at for last, at in pairwise(stated) if bodies[at] != bodies[last]]
    if len({bodies[at] for at in stated}) < MIN_BODIES:
        return [replace(group, body=bodies[stated[0]] if stated else group.body)]
    ends = [*starts[1:], len(group.units)]
    return [
        replace(
            group, units=group.units[first:end], readings=group.readings[first:end],
            body=bodies[start],
        )
        for first, start, end in zip([0, *starts[1:]], starts, ends, strict=True)
    ]  # fmt: skip


MIN_BODIES = 2
"""Bodies with a position of their own from which an answer is told apart by them."""


def _own_texts(parts: Sequence[Passage]) -> list[str]:
    """The sentences of a response that no number, heading or row links."""
    return [
        unit for part in parts if not part.keys for unit in sentences(part.text)
        if len(stem_set(unit)) >= MIN_OWN_STEMS
    ]  # fmt: skip


def answers_told(
    document: Document,
    matcher: AskMatcher,
    language: StatusLanguage,
    subject: Subject = NO_SUBJECT,
) -> list[Answer]:
    """What a yearly report, minutes or a check tell of answers to single recommendations.

    Such papers are about much else, so that a sentence counts only if it names a recommendation
    by its number, or speaks of "the recommendation" in words that clearly are one's own, and
    states a position in words that the rules know.
    """
    answers: list[Answer] = []
    for block in blocks_about(document, subject):
        if block.kind == "heading" or block.cells or block.boilerplate:
            continue
        for unit in sentences(document.text[block.start : block.end]):
            if not (subject.is_of_other_paper(unit) or takes_no_position(unit, language)):
                answers += _told(document, block.page, unit, matcher, language)
    return _one_to_one(answers)


_OF_THE_ASK = re.compile(
    r"\b(?:the|this|that|its|our|your|review[’']s) (?:\w+ )?recommendation\b", re.IGNORECASE
)
"""Words that speak of one recommendation without its number."""


def _told(
    document: Document, page: int, unit: str, matcher: AskMatcher, language: StatusLanguage
) -> Iterator[Answer]:
    """The answers that a sentence of another paper tells."""
    reading = read_by_rules(unit, language)
    if not reading.position or unit.rstrip().endswith("?"):
        return
    # the position is that of the rules, which need a word for it
    asks = [ask for key in matcher.named(unit) if (ask := matcher.by_key(key))]
    if asks:
        for ask in asks:
            conflict = matcher.contradicts(ask, unit) if len(asks) == 1 else ""
            link = Link(ask.ask_id, "number", 1.0, conflict)
            yield _answer(document, page, unit, link, reading, body_of_answer(unit))
    elif _OF_THE_ASK.search(unit) and (nearest := matcher.by_words(unit)):
        yield _answer(document, page, unit, nearest, reading, body_of_answer(unit))


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


def _is_plain(group: _Group) -> bool:
    """Whether a group surely takes a position, and says nothing of practice since."""
    told_effects = any(reading.effect for reading in group.readings)
    positions = [reading for reading in group.readings if reading.position]
    sure = max((r.certainty for r in positions), default=0.0) >= PLAIN
    return sure and not told_effects and group.link_by != "group"


PLAIN = 0.6
"""Least probability (0..1) of a position in a paper that tells of much else; judgement."""


def _links_of_unread(
    groups: Sequence[_Group], links: Mapping[int, Link], matcher: AskMatcher
) -> dict[int, Link]:
    """Links of groups that say nothing known, each clearly on a recommendation nobody answers yet.

    In a response to it, what is told of a recommendation is its answer, in whatever words.
    """
    named_keys = {key for group in groups for key in group.keys}
    answered_ids = {link.ask_id for link in links.values()}
    answered_ids |= {ask.ask_id for key in named_keys if (ask := matcher.by_key(key))}
    found: dict[int, Link] = {}
    for at, group in enumerate(groups):
        is_unread = at not in links and not group.link_by and not _answers(group.reading)
        link = matcher.by_words(group.text, title=group.title) if is_unread else None
        if link and link.ask_id not in answered_ids and len(group.text.split()) >= MIN_TOLD:
            answered_ids.add(link.ask_id)
            found[at] = link
    return found


MIN_TOLD = 12
"""Words of a group that tells something; fewer only say what comes next."""


def _read_as_answer(group: _Group, language: StatusLanguage) -> _Group:
    """A group read again where a position is expected."""
    readings = [_reading(unit, language, "position") for unit in group.units]
    return replace(group, readings=readings)


def _answers(reading: StatusReading) -> bool:
    """Whether a body says where it stands, or what it did or will do."""
    return bool(reading.position) or reading.progress in (*_STEPS, "late")


def _is_name(unit: str, language: StatusLanguage) -> bool:
    """Whether a line is the name of a body or an address, and says nothing."""
    if not is_written_as_name(unit):
        return False
    by_rules = read_by_rules(unit, language)  # "Accepted In Full" is written like a name
    return not (by_rules.position or by_rules.progress)


def _groups(
    passage: Passage, matcher: AskMatcher, language: StatusLanguage, subject: Subject
) -> Iterator[_Group]:
    """Sentences of a passage by what they are about; all of it where it names numbers."""
    units = [
        unit for unit in sentences(passage.text)
        if not (_is_name(unit.rstrip(" ."), language) or is_disclaimer(unit))
    ]  # fmt: skip
    if passage.keys and _leaves_all_to_others(units, language):
        return
    expected = "position" if passage.keys else ""
    spelt = [_spelt(unit, matcher) for unit in units]
    readings = _marked(passage, [_reading(unit, language, expected) for unit in spelt])
    if passage.keys and not _names_others(passage, matcher):
        if units:
            yield _Group(
                passage.page, passage.title, units, readings, passage.keys, "number",
                is_marked=bool(passage.mark),
            )  # fmt: skip
        return
    group: _Group | None = None
    for unit, own in zip(units, readings, strict=True):
        reading = own
        if takes_no_position(unit, language) or subject.is_of_other_paper(unit):
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
            # an answer to all at once is one only in words that are known for it
            if of_all.position and (reading.by_rule or language.trained is None):
                yield _Group(passage.page, passage.title, [unit], [of_all], keys, "group")
            continue
        # "We are happy to do this" is about what was said before, whatever it looks like
        is_own = not keys and len(stem_set(unit)) >= MIN_OWN_STEMS
        about = clear_place(matcher.nearness(unit)) if is_own else None
        goes_on = group is not None and (
            keys == group.keys if keys else not _turns_away(group, unit, about, matcher)
        )
        if group is not None and goes_on:
            group.units.append(unit)
            group.readings.append(reading)
            group.place = about if group.place is None else group.place
            continue
        if group is not None:
            yield group
        by = "number" if keys else ""
        place = _place(keys, matcher, about)
        group = _Group(passage.page, passage.title, [unit], [reading], keys, by, place)
    if group is not None:
        yield group


def _turns_away(group: _Group, unit: str, about: int | None, matcher: AskMatcher) -> bool:
    """Whether a sentence without a number leaves what the ones before it in a paragraph are about.

    A paragraph of prose answers one thing, so that another must be much nearer.
    """
    if about is None or about == group.place or group.is_open or _GOES_ON.match(unit):
        return False
    first, *rest = sorted(matcher.nearness(unit).tolist(), reverse=True)
    return bool(first >= TURN_SCORE and first - max(rest, default=0.0) >= TURN_LEAD)


_GOES_ON = re.compile(
    r"\W*(?:but|and|so|yet|nor|still|however|nevertheless|instead|until|what (?:we|it|they)|that"
    r"|this|these|those|such|it|they|he|she|(?:we|i) \w+ (?:to |with |on )?(?:it|this|that|so))\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on from the one before."""

TURN_SCORE, TURN_LEAD = 0.55, 0.25
"""Nearness (0..2) to another recommendation, and its lead, from which a sentence in the middle of
a paragraph turns to it; judgement on eleven responses in prose, November 2026."""


def _place(keys: Sequence[str], matcher: AskMatcher, otherwise: int | None) -> int | None:
    """The place of the one recommendation that is named."""
    return matcher.keys.index(keys[0]) if len(keys) == 1 and keys[0] in matcher.keys else otherwise


def _spelt(unit: str, matcher: AskMatcher) -> str:
    """A sentence with words for the bare numbers of recommendations: "6.1 is noted", "SCP-1"."""
    starts = [mention.start for mention in matcher.mentioned(unit)]
    for match in reversed([m for start in starts if (m := _BARE_NUMBER.match(unit, start))]):
        unit = f"{unit[: match.start()]}this recommendation{unit[match.end() :]}"
    return unit


_BARE_NUMBER = re.compile(r"(?:[A-Z]{1,6}[-/ ]?)?\d{1,4}(?:[-/.]\d{1,3})*(?=[\s:,;)])")
"""A number that stands without a noun where it is named."""


def _reading(unit: str, language: StatusLanguage, expected: str) -> StatusReading:
    """What a sentence says; nothing where it repeats what was asked, or says where answers are."""
    if tells_of_answers(unit):
        return StatusReading()
    if tells_what_was_asked(unit) or is_courtesy(unit):
        by_rules = read_by_rules(unit, language)
        return by_rules if by_rules.position else StatusReading()
    return read_status(unit, language, expected)


def _leaves_all_to_others(units: Sequence[str], language: StatusLanguage) -> bool:
    """Whether a sentence says that others answer, and no other states a position outright."""
    if not any(takes_no_position(unit, language) for unit in units):
        return False
    return not any(read_by_rules(unit, language).position for unit in units)


def _marked(passage: Passage, readings: list[StatusReading]) -> list[StatusReading]:
    """The readings of a passage, the first by its mark where the rules read none."""
    if not passage.mark or not readings or readings[0].by_rule:
        return readings
    return [replace(readings[0], position=passage.mark, by_rule=passage.mark), *readings[1:]]


def _names_others(passage: Passage, matcher: AskMatcher) -> bool:
    """Whether a passage names recommendations other than those that stand above it."""
    return not (passage.is_own or set(matcher.named(passage.text)) <= set(passage.keys))


MIN_OWN_STEMS = 3
"""Content words from which a sentence may be about a recommendation of its own; judgement."""

MAX_LEAD_WORDS = 4
"""Words of a first sentence that gives the answer ("Not agreed."), which others explain."""


def _named(
    document: Document, group: _Group, matcher: AskMatcher, language: StatusLanguage
) -> Iterator[Answer]:
    """The answers of a group that names recommendations; "awaiting reply" is none."""
    reading = group.read_whole(language)
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
        yield _answer(document, group.page, quote, link, reading, group.body)


def _answer(
    document: Document, page: int, quote: str, link: Link, reading: StatusReading, body: str
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
        body=body,
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
