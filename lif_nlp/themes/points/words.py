"""The content words of a finding, in a form in which two findings share them, and contrasts."""

from __future__ import annotations

import re
from functools import lru_cache

from lif_nlp.text.folding import fold_word, with_irregular
from lif_nlp.text.word_lists import words

CONTRAST = r"but|although|though|however|while|whilst|despite|albeit"
"""Pattern of the words after which a sentence takes back a part of what it says."""

_WORD = re.compile(r"[a-z]+")
MIN_WORD = 3
"""Letters of a content word at least."""

MIN_STEM = 4
"""Letters that a word keeps at least when its ending is taken off."""

# Longer endings before those that they end in.
_ENDINGS = ("ations", "ation", "ements", "ement", "ments", "ment", "ingly", "edly", "ing", "ively",
            "ive", "ed", "ly", "ness", "ity", "al", "es", "er", "or", "e", "y")  # fmt: skip


def content_words(text: str) -> list[str]:
    """The stems of the words that carry meaning, in the order of the text.

    >>> content_words("Records of the visits were not always made.")
    ['record', 'visit']
    """
    stems = map(_stem_of, _WORD.findall(text.lower()))
    return [stem for stem in stems if stem]


@lru_cache(maxsize=1 << 16)
def _stem_of(word: str) -> str:
    """The stem of a content word in lower case; empty for any other word."""
    if word in words("stop_words") or len(word) < MIN_WORD:
        return ""
    return stem(with_irregular(fold_word(word)))


def stem(word: str) -> str:
    """A folded word without its ending, crude and the same everywhere.

    >>> stem("recording"), stem("recorded"), stem("record")
    ('record', 'record', 'record')
    >>> stem("timely"), stem("timeliness")
    ('time', 'timeli')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word[: -len(ending)]
    return word
