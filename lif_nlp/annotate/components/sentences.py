"""Units: where one sentence ends and the next begins, without a trained model.

A bullet, a table row and a loose text are one unit each (`doc._.whole`).  In a paragraph a
full stop ends a unit, except after a list number ("50."), after an abbreviation, inside
brackets, and before a word in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from lif_nlp.records import WITHHELD
from lif_nlp.text.word_lists import words as word_list

_STOPS = (".", "!", "?", "…")
_OPEN, _CLOSE = "([{", ")]}"
_CLOSING = frozenset(["”", '"', "’", "'", ")", "]", "}", "»"])
# "50.", "4.1.2", "a.", "iv.", "R3": numbers of paragraphs and list entries
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,5}|[A-Z]\d{1,2})\.?$")
_ALSO_WORDS = frozenset(
    ["no", "min", "max", "art", "sec", "ed", "inc", "mar", "al", "s", "p", "v", "sib"]
)
"""Abbreviations that are also words: they continue a unit only if written with their stop."""

_INITIAL = re.compile(r"[A-Z]\.$")
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof"])

_START, _INSIDE = 1, -1
"""Values of spaCy's SENT_START."""

_MAX_REMARK = 4
"""Most tokens, brackets included, of a remark that belongs to the sentence before it.

Chosen by judgement for remarks such as "(Recommendation 4)"; not tuned.
"""

_MAX_BRACKET = 60
"""Tokens after which an unclosed bracket no longer keeps a unit together.

Without the bound, one bracket lost in a PDF would join the rest of its paragraph.  Chosen
by judgement; not tuned.
"""


@Language.factory("lif_sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> Sentences:
    """The component that splits a Doc into units."""
    return Sentences()


class Sentences:
    """Sets the sentence starts of a Doc by the rules of this module."""

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, split into units."""
        starts = {0} if doc._.whole else unit_starts([t.text for t in doc])
        values: Any = np.full((len(doc), 1), _INSIDE)
        values[[*starts][: len(doc)]] = _START
        # One array is five times as fast as setting token by token.
        return doc.from_array(["SENT_START"], values.view(np.uint64))


def unit_starts(words: Sequence[str]) -> set[int]:
    """Indices of the words that begin a unit.

    >>> sorted(unit_starts("50 . Staff ( e.g. Dr. Lee ) met . They wrote .".split()))
    [0, 10]
    """
    starts, depth, bracket = {0}, 0, 0
    for at, word in enumerate(words):
        ends = word.endswith(_STOPS)
        if word in _OPEN:
            depth, bracket = depth + 1, at
        elif word in _CLOSE:
            depth = max(0, depth - 1)
            # "(The phone was off.)" is a unit of its own.
            is_whole = bracket == max(starts)
            ends = is_whole and (words[at - 1].endswith(_STOPS) or _is_withheld(words, bracket, at))
        if depth and at - bracket > _MAX_BRACKET:
            depth = 0
        if ends and not depth and not _continues(words, at, max(starts)):
            following = _after_remark(words, _after(words, at + 1))
            if following < len(words) and _can_begin(words[following], word):
                starts.add(following)
    return starts


def _is_withheld(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the words in brackets stand for a sentence that is not stored."""
    return "".join(words[start : end + 1]) == WITHHELD


def _continues(words: Sequence[str], at: int, begin: int) -> bool:
    """Whether the stop at `at` belongs to a list number or an abbreviation."""
    word = words[at].lower()
    if (initial := _is_initial_of_name(words, at)) is not None:
        return initial
    before = words[at - 1].lower() if word == "." and at else ""
    if word in word_list("abbreviations"):
        return True
    has_number = at + 1 < len(words) and words[at + 1][:1].isdigit()
    if (has_number or before not in _ALSO_WORDS) and before + "." in word_list("abbreviations"):
        return True
    label = [w for w in words[begin : at + 1] if w not in ("(", ")", ".") and not w.isspace()]
    return word.endswith(".") and len(label) == 1 and bool(_LABEL.match(label[0]))


def _is_initial_of_name(words: Sequence[str], at: int) -> bool | None:
    """Whether "S." goes on to a surname, after a title; None for other words.

    "Mr S. Fell rang" goes on; "the nurse saw Child S. He was well" does not.
    """
    if not _INITIAL.match(words[at]) or not at:
        return None
    before = words[at - 1].lower().rstrip(".")
    if before in word_list("anonymised_persons"):
        return False
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    return following not in word_list("sentence_starts") if before in _TITLES else None


def _after(words: Sequence[str], at: int) -> int:
    """The first index from `at` that is not a closing mark, a stop or a space."""
    while at < len(words) and (words[at] in _CLOSING or words[at].isspace() or words[at] in ".!?…"):
        at += 1
    return at


def _after_remark(words: Sequence[str], at: int) -> int:
    """The first index after a short remark in brackets: "(Recommendation)"."""
    closing = next((i for i in range(at, min(at + _MAX_REMARK, len(words))) if words[i] == ")"), 0)
    remark = closing and words[at] == "(" and not any(w.endswith(_STOPS) for w in words[at:closing])
    return _after(words, closing + 1) if remark else at


def _can_begin(word: str, stop: str) -> bool:
    """A unit begins with a capital, a digit or an opening mark."""
    return not word[0].islower() or stop == "?"
