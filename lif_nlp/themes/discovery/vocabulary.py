"""What a corpus itself tells of its words: names, abbreviations, and words that are no nouns.

No tagger is to be had offline, so the company that a word keeps has to do: "told" comes
after "was" and "to", "meeting" after "the" and "each".
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]|[^\sA-Za-z]+")
WORD = re.compile(r"[A-Za-z]")

_NAME_SHARE = 0.6
_VERB_SHARE = 0.35
_NOUN_SHARE = 0.2
_HEAD_SHARE = 0.5
_MODIFIER_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as the corpus uses them, lower case.

    `names` are people, places and organisations; `verbal` stand mostly where verbs
    do; `nominal` stand often enough where nouns do; `written` gives abbreviations
    their capitals.
    """

    names: frozenset[str] = frozenset()
    verbal: frozenset[str] = frozenset()
    nominal: frozenset[str] | None = None
    heads: frozenset[str] | None = None
    modifiers: frozenset[str] = frozenset()
    written: Mapping[str, str] = field(default_factory=dict)

    def can_name(self, word: str) -> bool:
        """Whether `word` alone may name something: a noun as far as can be told."""
        return word not in self.verbal and (self.nominal is None or word in self.nominal)

    def can_stand_alone(self, word: str) -> bool:
        """Whether `word` mostly needs no further one after it: "drift", but not "secondary"."""
        return self.heads is None or word in self.heads


@cache
def word_list(name: str) -> frozenset[str]:
    """The words under `name` in `words.toml`."""
    table = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    return frozenset(table[name].split())


def learn_vocabulary(texts: Iterable[str], allowed: frozenset[str] = frozenset()) -> Vocabulary:
    """What `texts` tell of their words; words in `allowed` are never taken for names.

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
    inside: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    verbal: Counter[str] = Counter()
    nominal: Counter[str] = Counter()
    shouted: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    for text in texts:
        before = "."
        for token in TOKEN.findall(text):
            word = token.lower().replace("’", "'")
            if WORD.match(token):
                seen[word] += 1
                inner[before] += word not in breaks
                shouted[word] += len(token) > 1 and token.isupper()
                if before != ".":
                    inside[word] += 1
                    capital[word] += token[0].isupper() and not token.isupper()
                    verbal[word] += before in before_verbs or before.endswith("ly")
                    nominal[word] += before in before_nouns
            before = "." if token[-1] in ".!?:•◼" else word
    return Vocabulary(
        names=frozenset(
            w for w, n in inside.items() if capital[w] >= _NAME_SHARE * n and w not in allowed
        ),
        verbal=frozenset(w for w, n in inside.items() if verbal[w] >= _VERB_SHARE * n),
        nominal=frozenset(w for w, n in inside.items() if nominal[w] >= _NOUN_SHARE * n),
        heads=frozenset(w for w, n in seen.items() if inner[w] <= (1 - _HEAD_SHARE) * n),
        modifiers=frozenset(w for w, n in seen.items() if inner[w] > (1 - _MODIFIER_SHARE) * n),
        written={w: w.upper() for w, n in shouted.items() if n and n >= inside[w] / 2},
    )
