"""What audits, inspections and yearly reports say of practice since a review.

A verdict is about practice at the time of the check.  It is no statement about what brought
it about, and an output (training given, guidance sent) is never one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lif_nlp.framework.status import StatusLanguage
from lif_nlp.ids import text_key
from lif_nlp.ledger.bodies import is_written_as_name
from lif_nlp.ledger.matching import AskMatcher, Link
from lif_nlp.ledger.numbering import cell_keys, is_number_column
from lif_nlp.ledger.sections import NO_SUBJECT, Subject, blocks_about
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger.words import is_disclaimer, sentences
from lif_nlp.ledger_records import Check
from lif_nlp.records import Block, Document

_NUMBER = (
    r"(?:\d[\d,.]*(?:\s?%| per cent)?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|no(?:ne)?)"
)
_OF = re.compile(
    rf"\b(?P<part>{_NUMBER})\s+(?:\w+\s+)?(?:of|in)\s+(?:the\s+|a\s+|our\s+)?(?P<all>{_NUMBER})\b",
    re.I,
)
_PER_CENT = re.compile(r"\b\d[\d.]*\s?(?:%|per cent)", re.I)
_BASELINE = re.compile(
    rf"(?:against|compared with|compared to|down from|up from|from|where|was)\s+(?P<what>{_NUMBER}"
    rf"(?:\s+(?:of|in)\s+(?:the\s+)?{_NUMBER})?)",
    re.I,
)
_OUTPUT = re.compile(
    r"\b(?:\d[\d,]*|all|many|most) (?:\w+ ){0,3}(?:attended|trained|briefed|were sent"
    r"|received|copies|completed the (?:course|training))"
    r"|\b(?:was|were|been) (?:sent|e-?mailed|issued|circulated|distributed|delivered) to\b"
    r"|\b(?:training|sessions?|briefings?|guidance|newsletter|course)\b[^.]{0,30}\b(?:was"
    r"|were|has been|have been) (?:sent|delivered|given|attended|issued|held|run"
    r"|circulated)\b",
    re.I,
)
_PROCESS = re.compile(
    r"\b(?:steps?|actions?)\b[^.]*\b(?:taken|completed?|closed|on time|implemented)\b", re.I
)
_OUTCOME = re.compile(
    r"\b(?:no|fewer|\d+) (?:bab(?:y|ies)|child(?:ren)?|young people)\b[^.]*\b(?:discharged"
    r"|harmed|died|hurt|admitted|missing|removed|returned|injured)\b"
    r"|\bchildren (?:told|said|feel|are safer)\b",
    re.I,
)


def level_of(sentence: str) -> str:
    """The level of impact a sentence is about; an output never counts as more.

    One of "process" (steps taken), "output" (things sent), "practice", and "outcome" (what
    children live with).

    >>> level_of("Guidance was sent to 212 practitioners in four services.")
    'output'
    """
    # Asked first: "all staff who work with children were trained" is an output, whatever it names.
    if _OUTPUT.search(sentence):
        return "output"
    if _OUTCOME.search(sentence):
        return "outcome"
    return "process" if _PROCESS.search(sentence) else "practice"


@dataclass(slots=True)
class _Unit:
    """A sentence or a row of a check, what it says, and the recommendation it speaks of."""

    text: str
    title: str
    section: tuple[str, ...]
    block: int
    page: int
    verdict: str
    link: Link | None = None
    keys: tuple[str, ...] = ()


def checks_of(
    document: Document,
    kind: str,
    matcher: AskMatcher,
    language: StatusLanguage,
    subject: Subject = NO_SUBJECT,
) -> list[Check]:
    """Verdicts of a document on practice, each linked to a recommendation where it is clear.

    Parameters
    ----------
    document
        The audit, inspection letter, yearly report or later review.
    kind
        What the document is, in words ("audit", "inspection" ...).
    matcher
        The recommendations of the review that it follows up.
    language
        The rules and models that read verdicts.
    subject
        The review, by which parts about something else are known.
    """
    units = list(_units(document, language, matcher, subject))
    _link_units(units, matcher)
    _link_to_title(units, matcher, document.title)
    _link_sections(units, matcher)
    _link_rest(units, matcher)
    return [_check(document, kind, unit) for unit in units if _counts(unit, level_of(unit.text))]


def _counts(unit: _Unit, level: str) -> bool:
    """Whether a unit is a check: an output has no verdict, a figure needs a recommendation."""
    if unit.verdict:
        return level != "output"
    return level != "practice" and unit.link is not None


def _units(
    document: Document, language: StatusLanguage, matcher: AskMatcher, subject: Subject
) -> Iterator[_Unit]:
    seen: set[str] = set()
    # what the whole paper is called tells nothing of a sentence in it
    first = next((b for b in document.blocks if b.kind == "heading"), None)
    own_titles = {document.title, document.text[first.start : first.end] if first else ""}
    for place, block in enumerate(blocks_about(document, subject)):
        if block.kind == "heading" or block.boilerplate not in ("", "statutory wording"):
            continue
        words = document.text[block.start : block.end]
        if _is_no_finding(words, block, matcher):
            continue
        others = [value for _, value in block.cells if value not in words]
        headings = [line for line in block.heading[-2:] if line not in own_titles]
        title = " ".join((*headings, *others))
        judged = " ".join(value for name, value in block.cells if _JUDGEMENT.search(name))
        for unit in _split(words, language, is_row=bool(block.cells)):
            # An audit says the same in its summary and in its text; it was seen once.
            # "School calls: patchy." says what it is about and what was seen
            is_short = len(unit.split()) < MIN_WORDS and ":" not in unit
            if unit in seen or is_short or _is_no_sentence(unit):
                continue
            seen.add(unit)
            # A grade in a column of its own goes before the words of the row.
            verdict = GRADES.get(judged.lower().strip(" ."), "")
            if judged and not verdict:
                verdict = read_status(judged, language, "effect").effect
            verdict = verdict or _of_both_sides(unit, language)
            verdict = verdict or read_status(unit, language, "effect").effect
            if not verdict and _JUDGED_BESIDE.search(_name_of(block, unit)):
                verdict = _by_figures(block)
            for keys in _row_keys(block, matcher.keys):
                yield _Unit(unit, title, block.heading[-1:], place, block.page, verdict, keys=keys)


def _is_no_sentence(unit: str) -> bool:
    """Whether a unit is a name, a line of a title, or says that the document is no fact."""
    return is_written_as_name(unit) or is_disclaimer(unit) or _EXTRACT.match(unit) is not None


_EXTRACT = re.compile(r"extracts?(?: (?:from|of))?\b[^.]{0,80}\bpages?\b", re.IGNORECASE)
"""A line that says from which pages of a longer paper something is taken."""


def _is_no_finding(words: str, block: Block, matcher: AskMatcher) -> bool:
    """Whether a cell of a row says what is meant to be, or repeats a recommendation."""
    names = [name for name, value in block.cells if words.strip() in value]
    if not names or all(_PLANNED.search(name) for name in names):
        return bool(names)
    # a standard that repeats what was asked is the finding where the row tells no other
    others = [value for _, value in block.cells if value.strip() != words.strip()]
    is_told = any(len(value.split()) >= MIN_WORDS for value in others)
    return is_told and matcher.quoted(words) is not None


def _row_keys(block: Block, numbers: Sequence[str]) -> list[tuple[str, ...]]:
    """The recommendations that a row names in its column of numbers, each apart."""
    cells = (value for name, value in block.cells if is_number_column(name))
    keys = next((keys for cell in cells if (keys := cell_keys(cell, numbers))), ())
    return [(key,) for key in keys] or [()]


def _split(words: str, language: StatusLanguage, *, is_row: bool) -> list[str]:
    """The sentences of a block; whole where it is a row, or says something only as a whole."""
    if is_row:
        return [words.strip()]
    units = _with_other_sides(_with_baselines(sentences(words)))
    has_effect = any(read_status(unit, language, "effect").effect for unit in units)
    short = 1 < len(units) <= MAX_SHORT
    if len(units) == BOTH_SIDES and has_effect:
        # "Social workers use it well. The police do not." is one thing that is seen
        has_effect = read_status(words.strip(), language, "effect").effect != "mixed"
    return [words.strip()] if short and not has_effect else units


BOTH_SIDES = 2
"""Sentences of a paragraph that may tell the good and the less good of one thing."""


def _with_baselines(units: Sequence[str]) -> list[str]:
    """Sentences, those with an earlier figure joined to the one that gives the newer."""
    joined: list[str] = []
    for unit in units:
        is_earlier = _EARLIER.match(unit) and len(unit.split()) <= MAX_BASELINE_WORDS
        if joined and is_earlier and _FIGURE.search(unit) and _FIGURE.search(joined[-1]):
            joined[-1] = f"{joined[-1]} {unit}"
        else:
            joined.append(unit)
    return joined


def _with_other_sides(units: Sequence[str]) -> list[str]:
    """Sentences, each that tells of the others of the one before joined to it.

    "One mother felt heard. Another saw no change." is what families say, and neither alone is.
    """
    joined: list[str] = []
    for unit in units:
        both_told = joined and _TOLD_BY.match(joined[-1]) and _TOLD_BY.match(unit)
        if joined and (both_told or _OTHER_SIDE.match(unit)):
            joined[-1] = f"{joined[-1]} {unit}"
        else:
            joined.append(unit)
    return joined


_OTHER_SIDE = re.compile(
    r"(?:another\b(?! (?:audit|look|review|visit))|the (?:others?|rest|remaining|remainder)\b"
    r"(?!(?: \w+)? (?:actions?|recommendations?|steps?|milestones?|tasks?|work)\b)"
    r"|others\b|in (?:the )?(?:others?|rest|remaining|another)\b|elsewhere\b)",
    re.IGNORECASE,
)
"""How a sentence begins that tells of those of whom the one before did not."""

_TOLD_BY = re.compile(
    r"(?:(?:one|two|three|some|most|several|many)(?: of (?:them|us|those))?(?: (?:also|still))?"
    r"|(?:one|two|three|some|most|a|an|her|his|the|several|many)\b(?: [\w’'-]+){0,4}? (?:mothers?"
    r"|fathers?|parents?|carers?|grand\w+|sisters?|brothers?|aunts?|uncles?|famil(?:y|ies)|girls?"
    r"|boys?|child(?:ren)?|young (?:people|person|man|woman|men|women)|pupils?|teenagers?"
    r"|care leavers?|workers?|practitioners?|professionals|staff|nurses?|teachers?)\b"
    r"(?: [\w’'-]+){0,4}?) (?:said|says|told|thought|felt|described|found|remembered|reported"
    r"|called it|put it)\b",
    re.IGNORECASE,
)
"""How a sentence begins that gives the view of a person or of several; "the audit found" gives
none."""


def _of_both_sides(unit: str, language: StatusLanguage) -> str:
    """The verdict of a unit of several sentences that tell the good of some, the bad of others."""
    parts = sentences(unit)
    if not any(_OTHER_SIDE.match(part) or _TOLD_BY.match(part) for part in parts[1:]):
        return ""
    verdicts = {read_status(part, language, "effect").effect for part in parts}
    return "mixed" if {"improved", "not embedded"} <= verdicts else ""


_EARLIER = re.compile(
    r"^(?:in|at|by|during) (?:the (?:same|last|first|previous|earlier|baseline|audit of"
    r"|year before)\b"
    r"|20\d\d\b)|^(?:a|one|two|three) years? (?:ago|earlier|before)\b|^(?:last year|the year before"
    r"|previously|before (?:that|the|this)|that compares|this compares|(?:it|this|that) was)\b"
    r"|^the (?:baseline|figure|earlier figure|last figure|share) (?:in|was|had)\b",
    re.IGNORECASE,
)
"""How a sentence with the figure of an earlier time begins."""

_FIGURE = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)

MAX_BASELINE_WORDS = 18
"""Words of such a sentence; a longer one says something of its own."""

MAX_SHORT = 3
"""Sentences of a paragraph that may say one thing together: "Seven were asked for. Four came." """

_JUDGEMENT = re.compile(
    r"judg|grade|rating|verdict|conclusion|\bmet\b|opinion|assessment|b?rag\b", re.I
)
"""Names of columns that say how what was seen is judged."""

GRADES = {
    "good": "improved",
    "strong": "improved",
    "met": "improved",
    "mixed": "mixed",
    "partly met": "mixed",
    "outstanding": "improved",
    "green": "improved",
    "amber": "mixed",
    "red": "not embedded",
    "requires improvement": "not embedded",
    "inadequate": "not embedded",
    "weak": "not embedded",
    "poor": "not embedded",
    "not met": "not embedded",
}
"""What grades mean that stand alone in such a column."""

_PLANNED = re.compile(r"\bnext (?:year|steps?)\b|\bplanned\b", re.IGNORECASE)
"""Names of columns that say what is meant to be, not what was seen."""

_JUDGED_BESIDE = re.compile(
    r"\b(?:remark|comment|note|finding|what we (?:saw|found)|standard|question|measure|criteri"
    r"|expectation)",
    re.IGNORECASE,
)
"""Names of columns in which an auditor comments on the figures of the row, or says what of."""


def _name_of(block: Block, unit: str) -> str:
    """The name of the column that a unit of a row stands in."""
    return next((name for name, value in block.cells if unit.strip() in value), "")


def _by_figures(block: Block) -> str:
    """What the shares in a row of an audit's table say, the last column being the newest.

    It serves rows whose remark says nothing that is known, and needs two shares to compare.
    """
    shares = []
    for _, value in block.cells:
        match = re.fullmatch(r"\W*(?P<part>\d{1,4})\s*(?:of|/|out of)\s*(?P<all>\d{1,4})\W*", value)
        if match and int(match["all"]):
            shares.append(int(match["part"]) / int(match["all"]))
    if not shares:
        return ""
    risen = len(shares) > 1 and shares[-1] - shares[0] >= CLEAR_RISE
    if risen:
        return "improved" if shares[-1] >= HIGH_SHARE else "mixed"
    if len(shares) > 1 and shares[-1] < HIGH_SHARE:
        return "not embedded"
    return ""


CLEAR_RISE = 0.2
"""Rise of a share (0..1) from one audit to the next that is more than chance in some thirty files;
judgement, November 2026."""

HIGH_SHARE = 0.7
"""Share (0..1) from which practice is as it should be in most files; judgement."""

MIN_WORDS = 4
"""Words of a sentence that can say something of practice."""


def _link_units(units: Sequence[_Unit], matcher: AskMatcher) -> None:
    """Link by number, else by words and meaning, else to what the sentence before is about."""
    before: _Unit | None = None
    for unit in units:
        keys = list(unit.keys) or [
            key for mention in matcher.mentioned(unit.text) for key in mention.keys
        ]
        asks = [ask for key in dict.fromkeys(keys) if (ask := matcher.by_key(key))]
        if len(asks) == 1:
            unit.link = Link(asks[0].ask_id, "number", 1.0)
        elif not asks:
            unit.link = matcher.by_words(unit.text, title=unit.title)
            goes_on = before is not None and (
                before.block == unit.block
                or (before.section == unit.section and _REFERS_BACK.search(unit.text))
            )
            if unit.link is None and before is not None and goes_on:
                # a sentence that names no number is linked by what it goes on from
                unit.link = before.link and replace(
                    before.link, link_by="words", score=min(before.link.score, GOES_ON_SCORE)
                )
        before = unit


GOES_ON_SCORE = 0.5
"""Score of a link taken over from the sentence before; judgement, November 2026."""

_REFERS_BACK = re.compile(
    r"^(?:this|it|they|these|those|but|however|yet|the same)\b"
    r"|\b(?:the|this|that|these|those|such) (?:arrangement|change|step|rule|practice|routine"
    r"|requirement|approach)s?\b",
    re.IGNORECASE,
)
"""Words that take up what was said before."""


def _link_to_title(units: Sequence[_Unit], matcher: AskMatcher, title: str) -> None:
    """Link what is left of a paper on one recommendation, as its title and all other links say."""
    link = matcher.by_words(title)
    linked_ids = {unit.link.ask_id for unit in units if unit.link}
    if link is None or linked_ids != {link.ask_id}:
        return
    for unit in units:
        if unit.verdict and unit.link is None and not unit.keys:
            unit.link = replace(link, score=min(link.score, GOES_ON_SCORE))


def _link_sections(units: Sequence[_Unit], matcher: AskMatcher) -> None:
    """Link what is left by sections: one heading, or row, for one recommendation."""
    sections: dict[tuple[str, ...] | int, list[_Unit]] = {}
    for unit in units:
        if unit.verdict:
            sections.setdefault(unit.section or unit.block, []).append(unit)
    linked_ids = {unit.link.ask_id for unit in units if unit.link}
    linked_places = [place for place, ask in enumerate(matcher.asks) if ask.ask_id in linked_ids]
    rest = [of_one for of_one in sections.values() if not any(unit.link for unit in of_one)]
    texts = [(" ".join(unit.text for unit in of_one), of_one[0].title) for of_one in rest]
    for place, link in matcher.assign(texts, {}, linked_places, nearest_only=True).items():
        for unit in rest[place]:
            unit.link = link


def _link_rest(units: Sequence[_Unit], matcher: AskMatcher) -> None:
    """Link what is left one by one to recommendations that nothing else speaks of."""
    verdicts = [unit for unit in units if unit.verdict]
    places = {ask.ask_id: place for place, ask in enumerate(matcher.asks)}
    fixed_places = {at: [places[unit.link.ask_id]] for at, unit in enumerate(verdicts) if unit.link}
    linked_places = sorted({place for of_unit in fixed_places.values() for place in of_unit})
    texts = [(unit.text, unit.title) for unit in verdicts]
    for at, link in matcher.assign(texts, fixed_places, linked_places, nearest_only=True).items():
        verdicts[at].link = link


def _check(document: Document, kind: str, unit: _Unit) -> Check:
    link = unit.link or Link("", "none", 0.0)
    # a row on several recommendations is a check of each
    place = f"{document.doc_id}|{link.ask_id}" if unit.keys else document.doc_id
    key = hashlib.sha256(f"{place}|{text_key(unit.text)}".encode()).hexdigest()
    match = _BASELINE.search(unit.text)
    return Check(
        check_id="c-" + key[:12],
        doc_id=document.doc_id,
        ask_id=link.ask_id,
        kind=kind,
        verdict=unit.verdict,
        quote=unit.text,
        page=unit.page,
        sample=_sample(unit.text),
        baseline=match["what"] if match else "",
        result=_result(unit.text),
        level=level_of(unit.text),
        link_by=link.link_by,
        score=link.score,
    )


def _sample(unit: str) -> str:
    match = _OF.search(unit)
    return match["all"] if match else ""


def _result(unit: str) -> str:
    match = _OF.search(unit) or _PER_CENT.search(unit)
    return match.group() if match else ""
