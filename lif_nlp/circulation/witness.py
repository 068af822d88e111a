"""A second witness: how much a sentence is like those that identify somebody.

Rules know the kinds of detail that somebody thought of.  A small model of words and word pairs
(`witness.json`, trained by `scripts/train_witness.py` on invented sentences of nine sets) hears the
rest: `guard.py` weighs it together with `name_context.py`.  It never lets anything out: a name that
it has not met means nothing to it, since capitals are masked.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt, tanh
from pathlib import Path
from typing import Any

from lif_nlp.circulation.word_lists import is_abstract, is_field_word, is_ordinary, names_no_thing

FILE = Path(__file__).with_name("witness.json")
"""Weights of word features and of the shape, the bias, and facts of the training."""

WORDS_SCALE = 2.0
"""Length of the row of word features beside the shape; 4 gave the same (area under the curve)."""

SHAPE = (
    "words", "capitals", "has_capitals", "digits", "kin", "past", "general", "note", "rank",
    "many", "things", "has_things", "small_words",
)  # fmt: skip
"""Columns of `shape_of`."""

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'])*|\d+")
_LOW_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}(?!\w)")
_DIGIT = re.compile(r"\d")
_KIN = re.compile(
    r"\b(?:he|she|his|her|him|mother|father|mum|dad|child|baby|boy|girl|son|daughter|brother|sister|"
    r"twins?|uncle|aunt|gran\w+|partner|family)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|said|went|came)\b")
_GENERAL = re.compile(r"\b(?:should|must|may|can|will|are|is)\b")
_RANK = re.compile(r"\b(?:the only|first|last|youngest|eldest)\b")
_MANY = re.compile(
    r"\b(?:staff|practitioners|agencies|services|partners|schools|children|parents|families|"
    r"professionals|workers|plans|files|records|audits)\b"
)


def word_features(text: str) -> frozenset[str]:
    """Words and pairs of neighbours, with capitals and numbers masked.

    >>> sorted(word_features("Bo was 9."))[:4]
    ['$', 'NUM', 'NUM_$', '^']
    """
    words = ["^"]
    for place, word in enumerate(_WORD.findall(text)):
        if word[0].isdigit():
            words.append("NUM")
        # Not the first word: its capital says only that it opens the sentence.
        elif place and word[0].isupper() and word != "I":
            words.append("ACRO" if word.isupper() and len(word) > 1 else "CAP")
        else:
            words.append(word.lower())
    words.append("$")
    pairs = (f"{first}_{second}" for first, second in pairwise(words))
    return frozenset((*words, *pairs))


def shape_of(text: str) -> tuple[float, ...]:
    """The shape of a sentence, in the order of `SHAPE`."""
    words = [word for word in _WORD.findall(text) if not word[0].isdigit()]
    capitals = sum(word[0].isupper() for word in words[1:])
    small = _LOW_WORD.findall(text)
    things = sum(map(_is_a_thing, small))
    return (
        len(words) / 30,
        capitals / max(1, len(words)),
        float(capitals > 0),
        float(_DIGIT.search(text) is not None),
        len(_KIN.findall(text)) / 5,
        float(_PAST.search(text) is not None),
        float(_GENERAL.search(text) is not None),
        float(text[:1].islower()),
        float(_RANK.search(text) is not None),
        float(_MANY.search(text) is not None),
        things / 3,
        float(things > 0),
        len(small) / 20,
    )


@lru_cache(maxsize=1 << 14)
def _is_a_thing(word: str) -> bool:
    """Whether a word in small letters names a thing that reviews do not share."""
    return not (
        is_field_word(word) or names_no_thing(word) or (is_abstract(word) and is_ordinary(word))
    )


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return model


def resemblance(text: str) -> float:
    """Probability, 0 to 1, that a sentence identifies somebody, by its words and shape.

    >>> resemblance("He was found under the pier.") > resemblance("Plans should name a date.")
    True
    """
    model = _model()
    weights = model["words"]
    known = [weights[feature] for feature in word_features(text) if feature in weights]
    score = model["bias"] + sum(known) * WORDS_SCALE / sqrt(max(1, len(known)))
    score += sum(
        value * weight for value, weight in zip(shape_of(text), model["shape"], strict=True)
    )
    # The logistic function, written so that no score is too large for it.
    return (1 + tanh(score / 2)) / 2
