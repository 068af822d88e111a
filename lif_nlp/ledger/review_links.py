"""Which review a response, an audit or a tracker follows up.

The review's name in the text or title, its area, the time, and recommendations quoted or
spoken of; without a clear winner the document stays unlinked, and a person can say.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lif_nlp.ledger.words import WordOverlap, best, stems
from lif_nlp.ledger_records import Ask
from lif_nlp.text.months import DAYS, MONTHS

_GENERIC = frozenset(
    [
        "local",
        "safeguarding",
        "practice",
        "review",
        "learning",
        "serious",
        "case",
        "rapid",
        "report",
        "thematic",
        "multi",
        "agency",
        "single",
        "audit",
        "final",
        "overview",
        "executive",
        "summary",
        "independent",
        "lcspr",
        "cspr",
        "scr",
        "child",
        "children",
        "baby",
        "young",
        "person",
        "people",
        "family",
        "the",
        "and",
        "of",
        "for",
        "into",
        "published",
        "version",
        "joint",
        "inspection",
        "national",
    ]
)
# Set on the invented cases d1 to d3, in one workspace (November 2026).
NAME_SCORE = 1.0
"""What a distinctive word of the review's title, found in the text, counts at most."""

MIN_NAME_SHARE = 0.5
"""Share of a title's distinctive words that a text must have for them to count."""

AREA_SCORE = 0.6
"""What the same area counts."""

WORDS_SCORE = 1.5
"""What shared rare words of the recommendations count at most."""

QUOTED_SCORE = 1.5
"""What quoted recommendations count, if all of them are quoted."""

PSEUDONYM_IN_HEAD, PSEUDONYM_IN_TEXT = 0.8, 0.4
"""Share of `NAME_SCORE` for the child's pseudonym in title or file name, and in the text."""

MIN_SCORE = 0.4
"""Least score of a link; lower links documents that merely share a subject."""

MIN_LEAD = 1.7
"""How many times more than the next review the best must score."""


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """A review with its recommendations, as far as linking needs it."""

    doc_id: str
    title: str
    area: str
    published: str
    source: str
    text: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """The review a document follows up, how we know, and the score."""

    doc_id: str
    link_by: str
    score: float


class ReviewLinker:
    """Links documents to the reviews that they follow up."""

    def __init__(self, reviews: Sequence[ReviewWords]) -> None:
        self._reviews = tuple(reviews)
        self._overlap = WordOverlap(
            " ".join(ask.text for ask in review.asks) + " " + review.title for review in reviews
        )
        # a workspace may hold hundreds of reviews: everything about them is prepared once
        self._bags = {
            review.doc_id: [frozenset(stems(ask.text)) for ask in review.asks] for review in reviews
        }
        self._unions = {
            doc_id: frozenset[str]().union(*bags) for doc_id, bags in self._bags.items()
        }
        self._names = {review.doc_id: _name_words(review) for review in reviews}
        self._places = {review.doc_id: places_of(review) for review in reviews}
        self._subjects = {review.doc_id: subjects_of(review.text) for review in reviews}
        self._subject_counts = Counter(name for names in self._subjects.values() for name in names)
        self._name_counts = Counter(word for words in self._names.values() for word in words)

    def link(
        self, text: str, *, title: str, source: str, area: str, published: str, doc_id: str = ""
    ) -> ReviewLink | None:
        """The review that the document follows up, or None where none is clearly ahead."""
        words = _Text(text, f"{title} {source}")
        scores: dict[str, float] = {}
        reasons: dict[str, str] = {}
        for review in self._reviews:
            if review.doc_id == doc_id or _is_later(review.published, published):
                continue
            parts = self._scores(review, words, area)
            scores[review.doc_id] = sum(parts.values())
            reasons[review.doc_id] = max(parts, key=lambda name: parts[name])
        ranked = best(scores)
        if not ranked or ranked[0][1] < MIN_SCORE:
            return None
        (first, score), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
        if score < MIN_LEAD * second:
            return None
        return ReviewLink(first, reasons[first], min(score / 3, 1.0))

    def _scores(self, review: ReviewWords, text: _Text, area: str) -> dict[str, float]:
        names = self._names[review.doc_id]
        total = sum(map(self._distinction, names)) or 1.0
        in_head = sum(self._distinction(word) for word in names if word in text.head) / total
        in_text = sum(map(self._distinction, names & text.words)) / total
        in_text *= in_text >= MIN_NAME_SHARE
        bags = self._bags[review.doc_id]
        shared = self._share(self._unions[review.doc_id], text.stems)
        quoted = 0
        if shared >= MIN_QUOTING_SHARE:
            quoted = sum(self._share(bag, text.stems) >= QUOTED_SHARE for bag in bags)
        return {
            "name": NAME_SCORE * max(in_head, 0.7 * in_text, self._pseudonym(review, text)),
            "area": AREA_SCORE * self._same_area(review, area, text),
            "words": WORDS_SCORE * shared,
            "quoted": QUOTED_SCORE * quoted / max(len(bags), 1),
        }

    def _pseudonym(self, review: ReviewWords, text: _Text) -> float:
        """How surely the text is about the child of the review, by a name no other review has."""
        names = {n for n in self._subjects[review.doc_id] if self._subject_counts[n] == 1}
        phrase = review.title.partition(":")[0].strip().lower()
        telling = set(re.findall(r"[a-z]+", phrase)) - _GENERIC
        if telling and len(phrase.split()) > 1 and (phrase in text.lower or phrase in text.head):
            return PSEUDONYM_IN_HEAD
        if names & set(re.findall(r"[a-z]+", text.head)):
            return PSEUDONYM_IN_HEAD
        return PSEUDONYM_IN_TEXT * bool(names & text.words)

    def _same_area(self, review: ReviewWords, area: str, text: _Text) -> float:
        """1 where a place of the review is named, else 0."""
        places = self._places[review.doc_id]
        return float(any(p in text.lower or p in text.head or p == area.lower() for p in places))

    def _distinction(self, word: str) -> float:
        return math.log(1 + (len(self._reviews) + 1) / self._name_counts[word])

    def _share(self, part: frozenset[str], whole: frozenset[str]) -> float:
        """The share (0..1) of a bag's rarity-weighted stems that another has."""
        total = sum(map(self._overlap.rarity, part))
        return sum(map(self._overlap.rarity, part & whole)) / total if total else 0.0


QUOTED_SHARE = 0.8
"""Share of a recommendation's words that a document repeating it has; judgement."""


MIN_QUOTING_SHARE = 0.1
"""Share of all a review's words below which a document quotes none of them worth a look."""


class _Text:
    """A document's words in the forms that linking compares, made once."""

    def __init__(self, text: str, head: str) -> None:
        self.lower, self.head = text.lower(), head.lower()
        self.words = frozenset(re.findall(r"[a-z][a-z'-]*", self.lower))
        self.stems = frozenset(stems(text))


def _name_words(review: ReviewWords) -> frozenset[str]:
    """Words of the title that tell this review from others: a pseudonym, a subject, a place."""
    words = re.findall(r"[A-Za-z][\w'-]{2,}", review.title)
    return frozenset(word.lower() for word in words if word.lower() not in _GENERIC)


_CAPITAL = re.compile(
    r"(?<=[a-z,] )([A-Z][a-z]{2,})\b(?! (?:Council|Police|Constabulary|Hospital|Trust"
    r"|Partnership|Safeguarding))"
)
MIN_SUBJECT_MENTIONS = 3
"""Mentions of a name within sentences that make it the pseudonym of the child; judgement."""


def subjects_of(text: str) -> frozenset[str]:
    """The names, in lower case, that a review uses for the child or children it is about.

    >>> subjects_of("When Tam left, and Tam rang, nobody asked Tam. In May it was May in May.")
    frozenset({'tam'})
    """
    counts = Counter(name for name in _CAPITAL.findall(text) if name.lower() not in _GENERIC)
    common = _NO_PLACE | _CALENDAR
    names = [
        name
        for name, count in counts.most_common()
        if count >= MIN_SUBJECT_MENTIONS and name not in common
    ]
    return frozenset(name.lower() for name in names[:4])


_CALENDAR = frozenset([*MONTHS, *DAYS]) | {
    *("Christmas", "Easter", "Mother", "Father", "Mrs", "Miss", "English", "British"),
    *("Panel", "Board", "Service", "Services", "Team", "School", "Schools"),
}


def places_of(review: ReviewWords) -> frozenset[str]:
    """Names of places in a review: its area, and what stands before "Partnership" and the like.

    >>> sorted(places_of(ReviewWords("d", "", "", "", "", "Saltby Children's Partnership", ())))
    ['saltby']
    """
    names = {match for group in _BODY.findall(review.text[:_HEAD]) for match in group if match}
    names |= {review.area} if review.area else set()
    return frozenset(
        name.lower() for name in names if name.lower() not in _GENERIC and name not in _NO_PLACE
    )


_BODY = re.compile(
    r"\b([A-Z][a-z]{3,})(?: (?:and|&) ([A-Z][a-z]{3,}))?(?: \w+)? (?:Local )?(?:Safeguarding"
    r"|Children|Council|Partnership|Constabulary"
    r"|Police|Hospitals?|Borough|County|Integrated|LSCB|SCP|NHS)"
)
_HEAD = 3_000
"""Characters at the start of a review in which its bodies are named."""

_NO_PLACE = frozenset(
    [
        "The",
        "This",
        "That",
        "These",
        "Each",
        "Every",
        "With",
        "From",
        "Local",
        "Joint",
        "City",
        "Metropolitan",
        "Royal",
        "East",
        "West",
        "North",
        "South",
        "Central",
        "Both",
        "When",
        "Where",
        "What",
        "After",
        "Before",
        "Lead",
        "Social",
        "Adult",
        "Named",
        "Their",
        "Police",
        "Health",
        "Social",
        "Education",
        "Community",
        "General",
        "Public",
        "Family",
        "Youth",
        "Early",
        "Mental",
        "Council",
        "Childrens",
    ]
)


def _is_later(review: str, document: str) -> bool:
    """Whether the review is dated after the document; dates that are missing say nothing."""
    size = min(len(review), len(document))
    return bool(size) and review[:size] > document[:size]
