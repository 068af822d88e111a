"""What a corpus itself says about its words: names, abbreviations, verbs and nouns.

No part-of-speech tagger is used, since none is shipped: the neighbours of a word have to
do.  "told" follows "was" and "to", "meeting" follows "the" and "each".
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from lif_nlp.themes.thresholds import VOCABULARY

# Punctuation and digits are tokens too, since a phrase must not run across them.
TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|[^\sA-Za-z]+")
WORD = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as the corpus uses them, lower case.

    Parameters
    ----------
    names
        People, places and organisations.
    verbal
        Words used mostly as verbs.
    nominal
        Words used often enough as nouns; None when nothing is known, and all may be.
    heads
        Words that mostly end a phrase; None when nothing is known.
    modifiers
        Words that nearly always need another one after them.
    written
        Abbreviations with their capitals.
    """

    names: frozenset[str] = frozenset()
    verbal: frozenset[str] = frozenset()
    nominal: frozenset[str] | None = None
    heads: frozenset[str] | None = None
    modifiers: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)

    def can_name(self, word: str) -> bool:
        """Whether `word` alone may name something, being used as a noun."""
        return word not in self.verbal and (self.nominal is None or word in self.nominal)

    def can_stand_alone(self, word: str) -> bool:
        """Whether `word` mostly ends a phrase: "drift" does, "secondary" does not."""
        return self.heads is None or word in self.heads


@cache
def word_list(name: str) -> frozenset[str]:
    """The words under `name` in `words.toml`."""
    table = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    return frozenset(table[name].split())


def learn_vocabulary(texts: Iterable[str], never_names: frozenset[str] = frozenset()) -> Vocabulary:
    """What `texts` show about their words; those in `never_names` are not taken for names.

    >>> words = learn_vocabulary([
    ...     "The visit to Brindlewick was told to the MASH.",
    ...     "Staff were told of each visit, and the MASH of one in Brindlewick.",
    ... ])
    >>> sorted(words.names), dict(words.written)
    (['brindlewick'], {'mash': 'MASH'})
    >>> words.can_name("visit"), words.can_name("told")
    (True, False)
    """
    before_verbs, before_nouns = word_list("before_verbs"), word_list("before_nouns")
    breaks = word_list("breaks")
    mid_sentence: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    verbal: Counter[str] = Counter()
    nominal: Counter[str] = Counter()
    all_capitals: Counter[str] = Counter()
    total: Counter[str] = Counter()
    next_words: Counter[str] = Counter()
    for text in texts:
        previous = "."
        for token in TOKEN.findall(text):
            word = token.lower().replace("’", "'")
            if WORD.match(token):
                total[word] += 1
                next_words[previous] += word not in breaks
                all_capitals[word] += len(token) > 1 and token.isupper()
                # A capital at the beginning of a sentence says nothing.
                if previous != ".":
                    mid_sentence[word] += 1
                    capital[word] += token[0].isupper() and not token.isupper()
                    # An adverb in -ly is mostly followed by a verb or an adjective.
                    verbal[word] += previous in before_verbs or previous.endswith("ly")
                    nominal[word] += previous in before_nouns
            previous = "." if token[-1] in ".!?:•◼" else word
    limits = VOCABULARY
    return Vocabulary(
        names=frozenset(
            w
            for w, n in mid_sentence.items()
            if capital[w] >= limits.name_share * n and w not in never_names
        ),
        verbal=frozenset(w for w, n in mid_sentence.items() if verbal[w] >= limits.verb_share * n),
        nominal=frozenset(
            w for w, n in mid_sentence.items() if nominal[w] >= limits.noun_share * n
        ),
        heads=frozenset(
            w for w, n in total.items() if next_words[w] <= (1 - limits.head_share) * n
        ),
        modifiers=frozenset(
            w for w, n in total.items() if next_words[w] > (1 - limits.modifier_share) * n
        ),
        written={
            w: w.upper()
            for w, n in all_capitals.items()
            if n and n >= limits.capitals_share * mid_sentence[w]
        },
    )
