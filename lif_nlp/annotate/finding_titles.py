"""Headings that are findings: "Nobody followed the money" above the paragraphs that show it.

Reviews of systems print each finding as a heading.  Such a title is a sentence, is called a
finding, or stands among titles that are.  Inspectorates and coroners head by subject and
grade instead, so that their headings never count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lif_nlp.records import Block, Document
from lif_nlp.text.word_lists import words

_TOKEN = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|[^\w\s]")
_CALLED_FINDING = re.compile(
    r"^(?:key |main |practice |systems? )?(?:findings?|lessons?|learning(?: point)?)\s*"
    r"(?:\d{1,2}|[A-Z]|one|two|three|four|five|six|seven|eight)\s*[.:–—-]\s*(?=\S)",
    re.IGNORECASE,
)
_QUESTION_START = words("question_starts")
_SUBORDINATE = words("subordinators")
_FINITE = words("auxiliaries") | words("past_verbs")
_OBJECT = words("objects_and_particles")
"""After a word in "ed" such words show that it is a verb with its object: "followed the"."""

_GRADE = re.compile(r"\b(?:inadequate|requires improvement|outstanding|good)\W*$", re.IGNORECASE)

# Chosen by judgement in November 2026 on the headings of 14 invented reviews (w1, w2).
MIN_WORDS, MAX_WORDS = 4, 40
"""Words of a title that is a finding.  Shorter headings name a subject; with a lower number
"It was late" counts, with a higher one short findings are lost."""

MIN_CALLED_WORDS = 6
"""Words after "Finding 3:" that make a statement without a verb known to the rules."""

MIN_SIBLINGS = 2
"""Sentences among the headings of one section from which the others, up to half, count too."""


def finding_titles(
    document: Document, headed_by_subject: frozenset[str] = frozenset()
) -> list[int]:
    """Places in `document.blocks` of the headings that are findings, in reading order.

    A title that is printed twice counts once: above its paragraphs, if it has any.

    Parameters
    ----------
    document
        The report.
    headed_by_subject
        Review types whose headings never are findings.
    """
    if document.review_type in headed_by_subject:
        return []
    headings = [place for place, block in enumerate(document.blocks) if _can_state(block)]
    texts = {place: _text(document, place) for place in headings}
    titles = {place for place in headings if states_finding(texts[place])}
    sections: dict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
    for place in headings:
        block = document.blocks[place]
        sections[block.heading, block.level].append(place)
    for places in sections.values():
        sentences = [place for place in places if place in titles]
        if len(sentences) >= MIN_SIBLINGS and 2 * len(sentences) >= len(places):
            titles.update(place for place in places if _can_join(texts[place]))
    return _without_repeats(document, sorted(titles), texts)


def _can_state(block: Block) -> bool:
    return block.kind == "heading" and not block.boilerplate and block.level > 0


def _text(document: Document, place: int) -> str:
    block = document.blocks[place]
    return document.slice(block.start, block.end)


def _can_join(text: str) -> bool:
    tokens = _tokens(text)
    return len(tokens) >= MIN_WORDS and not _asks(text, tokens) and not _GRADE.search(text)


def states_finding(text: str) -> bool:
    """Whether a heading is a statement: called a finding, or with a verb of its own.

    >>> states_finding("Home conditions became the measure of the children")
    True
    >>> states_finding("Areas where leaders are doing well")
    False
    """
    match = _CALLED_FINDING.match(text)
    tokens = _tokens(text[match.end() :] if match else text)
    if not MIN_WORDS <= len(tokens) <= MAX_WORDS or _asks(text, tokens) or _GRADE.search(text):
        return False
    return bool(match and len(tokens) >= MIN_CALLED_WORDS) or _has_main_verb(tokens)


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if token[0].isalpha()]


def _asks(text: str, tokens: Sequence[str]) -> bool:
    starts = tokens[0].lower() in _QUESTION_START if tokens else True
    return starts or text.rstrip().endswith(("?", ":"))


def _has_main_verb(tokens: Sequence[str]) -> bool:
    """Whether a finite verb is left over after one for each subordinate clause."""
    open_clauses = 0
    for place, token in enumerate(tokens):
        word = token.lower()
        if word in _SUBORDINATE:
            open_clauses += 1
        elif _is_finite(tokens, place):
            if not open_clauses:
                return place > 0
            # The verb of a clause, such as "what changed"; the heading still needs one of its own.
            open_clauses -= 1
    return False


def _is_finite(tokens: Sequence[str], place: int) -> bool:
    word = tokens[place].lower()
    if word in _FINITE:
        is_month = tokens[place] == "May"
        return not is_month and (not place or tokens[place - 1].lower() not in ("to", "not", "and"))
    following = tokens[place + 1].lower() if place + 1 < len(tokens) else ""
    return len(word) > 3 and word.endswith("ed") and following in _OBJECT


def _without_repeats(document: Document, titles: Sequence[int], texts: dict[int, str]) -> list[int]:
    best: dict[str, int] = {}
    for place in titles:
        key = " ".join(_tokens(texts[place])).lower()
        if key not in best or (_has_text(document, place) > _has_text(document, best[key])):
            best[key] = place
    return sorted(best.values())


def _has_text(document: Document, place: int) -> bool:
    following = document.blocks[place + 1 : place + 2]
    return any(block.kind != "heading" for block in following)
