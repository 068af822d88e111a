"""Sentences, content words and the overlap of two texts, as far as the ledger needs them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from lif_nlp.text.folding import fold_word

_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")
_SHORT = re.compile(r"(?:\b(?:Rec|No|Dr|Mr|Mrs|Ms|St|e\.g|i\.e|cf|p|pp|para)|\b[A-Z])\.$")

_WORD = re.compile(r"[A-Za-z0-9&]+(?:[’'][A-Za-z]+)?")

STEM_LETTERS = 6
"""Letters by which two words count as the same: "supervised" and "supervision".  Set by
judgement (November 2026); fewer join "community" and "communicate", more part the forms."""

_COMMON = frozenset(
    [
        "a",
        "about",
        "above",
        "across",
        "after",
        "again",
        "against",
        "all",
        "also",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "below",
        "between",
        "both",
        "but",
        "by",
        "can",
        "cannot",
        "could",
        "did",
        "do",
        "does",
        "each",
        "every",
        "for",
        "from",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "itself",
        "make",
        "made",
        "may",
        "might",
        "more",
        "most",
        "must",
        "need",
        "needs",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "per",
        "same",
        "shall",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "us",
        "use",
        "used",
        "using",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "you",
        "your",
        "ensure",
        "sure",
        "recommendation",
        "recommendations",
        "action",
        "actions",
        "agency",
        "agencies",
        "partnership",
        "partner",
        "partners",
        "board",
        "review",
        "safeguarding",
        "child",
        "children",
        "family",
        "families",
        "staff",
        "service",
        "services",
        "new",
        "now",
        "two",
        "three",
        "four",
        "five",
        "year",
        "years",
        "month",
        "months",
        "well",
        "way",
        "part",
        "work",
    ]
)


def sentences(text: str) -> list[str]:
    """The sentences of a block of text.

    >>> sentences("Accepted. See Rec. 4 on this. Done")
    ['Accepted.', 'See Rec. 4 on this.', 'Done']
    """
    parts: list[str] = []
    for part in _END.split(text):
        # "Rec. 4" and "Dr. Shah" are no ends of sentences.
        if parts and _SHORT.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        elif part and part.strip():
            parts.append(part.strip())
    return parts


_DISCLAIMER = re.compile(
    r"\b(?:invented|imaginary|imagined|fiction|fictional|fictitious|made up|not real"
    r"|do(?:es)? not exist)\b"
    r"|\bno (?:person|place|body|child|family)\b[^.]*\breal\b"
    r"|\bno real (?:person|place|body|child|family)\b",
    re.IGNORECASE,
)


def is_disclaimer(sentence: str) -> bool:
    """Whether a sentence says that what stands in the document is no fact.

    >>> is_disclaimer("Every figure here is invented.")
    True
    """
    return _DISCLAIMER.search(sentence) is not None


@lru_cache(maxsize=8192)
def stem_set(text: str) -> frozenset[str]:
    """The distinct stems of a text's content words."""
    return frozenset(stem for word in set(_WORD.findall(text)) if (stem := _stem(word)))


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The stem of a word; empty for a common word, a number and a single letter."""
    folded = fold_word(word)
    if folded in _COMMON or word.lower() in _COMMON or folded.isdigit() or len(folded) < 2:
        return ""
    return folded[:STEM_LETTERS]


class WordOverlap:
    """Overlap of texts in which rare words count for more.

    Parameters
    ----------
    texts
        The texts among which words are rare or common, such as the recommendations of one
        review.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        bags = [stem_set(text) for text in texts]
        counts = Counter(stem for bag in bags for stem in bag)
        size = len(bags) + 1
        self._rarity = {stem: math.log(1 + size / count) for stem, count in counts.items()}
        # As rare as a word of one text can be.
        self._unknown = math.log(1 + size)

    def rarity(self, stem: str) -> float:
        """How much a stem counts."""
        return self._rarity.get(stem, self._unknown)

    def share(self, part: str, whole: str) -> float:
        """The share (0..1) of the words of `part` that `whole` has too."""
        return self.stem_share(stem_set(part), stem_set(whole))

    def stem_share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """The same for stems."""
        total = sum(map(self.rarity, part))
        return sum(map(self.rarity, part & whole)) / total if total else 0.0

    def cosine(self, one: str, other: str) -> float:
        """How near two texts are (0..1), by the words they share."""
        a, b = stem_set(one), stem_set(other)
        norm = math.sqrt(self._square(a) * self._square(b))
        return self._square(a & b) / norm if norm else 0.0

    def _square(self, bag: Iterable[str]) -> float:
        return sum(self.rarity(stem) ** 2 for stem in bag)


def best(scores: Mapping[str, float] | Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Pairs of a name and its score, the best first; equal scores in order of their names."""
    pairs = scores.items() if isinstance(scores, Mapping) else scores
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
