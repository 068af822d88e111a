"""Which review a response, an audit or a tracker follows up.

The review's title, the names that it uses (of the child, of places, of services), its area,
the time, and recommendations quoted or spoken of; without a clear winner the document stays
unlinked, and a person can say.  Everything about the reviews is prepared once, so that the
time grows with the documents, not with documents times reviews.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lif_nlp.ledger.numbering import number_key
from lif_nlp.ledger.trackers.dates import is_later
from lif_nlp.ledger.words import WordOverlap, best, stem_set
from lif_nlp.ledger_records import Ask
from lif_nlp.text.months import DAYS, MONTHS

_GENERIC = frozenset([
    "local", "safeguarding", "practice", "review", "learning", "serious", "case", "rapid",
    "report", "thematic", "multi", "agency", "single", "audit", "final", "overview", "executive",
    "summary", "independent", "lcspr", "cspr", "scr", "child", "children", "baby", "young",
    "person", "people", "family", "the", "and", "of", "for", "into", "published", "publication",
    "version", "joint", "inspection", "national", "reaudit", "re-audit", "extract", "partnership",
    "board", "panel", "response", "plan", "action", "tracker", "annual", "yearly", "statement",
])  # fmt: skip
"""Words of titles that tell no review from another."""

# Set on the invented cases d1 to d6, all in one workspace (November 2026).
TITLE_SCORE = 1.0
"""What the distinctive words of the review's title count, if the document has all of them."""

IN_TEXT = 0.7
"""Share of `TITLE_SCORE` where the title stands in the text, not in the document's own title."""

MIN_TITLE_SHARE = 0.5
"""Share of a title's distinctive words that a text must have for them to count."""

NAMES_SCORE = 1.0
"""What names of the review (the child's pseudonym, places, services) count at most."""

FULL_NAMES = 2.0
"""Names that no other review uses from which `NAMES_SCORE` counts in full; a name that n
reviews use counts as 1/n of one."""

MAX_NAMES = 12
"""Names kept of a review, the most frequent; a long review cites authors that all cite."""

HEAD_NAME_SCORE = 0.8
"""What a name that no other review uses counts in the document's title or file name."""

TOPIC_SCORE = 0.3
"""What the subject of the document's title counts, if the recommendations speak of it."""

AREA_SCORE = 0.3
"""What the same area counts, beside the names of its services."""

WORDS_SCORE = 1.5
"""What shared rare words of the recommendations count at most."""

QUOTED_SCORE = 1.5
"""What quoted recommendations count, if all of them are quoted."""

QUOTED_SHARE = 0.8
"""Share of a recommendation's words that a document repeating it has; judgement."""

NUMBERED_SCORE = 1.0
"""What counts at most that the words under each number are those of the recommendation with it."""

MIN_NUMBERED = 3
"""Numbers of recommendations that a document names, from which they are compared one by one."""

MIN_SCORE = 0.45
"""Least score of a link; lower links documents that merely share a subject."""

MIN_LEAD = 1.6
"""How many times more than the next review the best must score."""

CLEAR_SCORE, CLEAR_LEAD = 0.3, 2.5
"""A lower score does where no other review is anywhere near."""

SURE_SCORE = 2.0
"""Score from which a document that seems older than its review is linked all the same: a date
found in a document may be one that it speaks of."""

CODES_SCORE = 1.0
"""What counts if a text names recommendations by codes that are a review's own: SCP-1, POL-2."""

MIN_CODES = 3
"""Such codes from which they count; one or two may be another list's."""

MAX_CANDIDATES = 12
"""Reviews that are looked at in full, the nearest by names, title and words."""


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
        self._bags = [[stem_set(ask.text) for ask in review.asks] for review in reviews]
        self._unions = [frozenset[str]().union(*bags) for bags in self._bags]
        self._overlap = WordOverlap(
            " ".join(ask.text for ask in review.asks) + " " + review.title for review in reviews
        )
        stems = sorted(frozenset[str]().union(*self._unions))
        self._stems = {stem: place for place, stem in enumerate(stems)}
        self._rarity = np.zeros((len(self._reviews), len(self._stems)), dtype=np.float32)
        for row, union in enumerate(self._unions):
            for stem in union:
                self._rarity[row, self._stems[stem]] = self._overlap.rarity(stem)
        self._totals = np.maximum(self._rarity.sum(axis=1), 1e-9)
        plain = _words_in_lower_case(review.text for review in reviews)
        self._names = [names_of(review, plain) for review in reviews]
        self._users = _users(self._names)
        self._titles = [names_of_title(review.title) for review in reviews]
        self._phrases = [_title_phrase(review) for review in reviews]
        self._title_users = _users(self._titles)
        codes = [{ask.number for ask in r.asks if _CODE.fullmatch(ask.number)} for r in reviews]
        of_one = Counter(code for of_review in codes for code in of_review)
        self._codes = [{code for code in own if of_one[code] == 1} for own in codes]

    def link(
        self,
        text: str,
        *,
        title: str,
        source: str,
        area: str,
        published: str,
        doc_id: str = "",
        is_given: bool = True,
    ) -> ReviewLink | None:
        """The review that the document follows up, or None where none is clearly ahead.

        `is_given` says that somebody gave it as a follow-up; another report of the workspace
        never follows up a review that is dated later, nor one of another area that it
        does not name.
        """
        words = _Text(text, f"{title} {source}")
        scores: dict[str, float] = {}
        reasons: dict[str, str] = {}
        for place in self._candidates(words):
            review = self._reviews[place]
            # A report of the workspace is asked too, and is nearest to itself.
            if review.doc_id == doc_id:
                continue
            parts = self._scores(place, words, area)
            score = sum(parts.values())
            # Nothing can follow up a review that was not there yet.
            is_sure = is_given and score >= SURE_SCORE
            if is_later(review.published, published) and not is_sure:
                continue
            # A report of another area that nobody gave follows up its own reviews, not this one.
            is_elsewhere = not is_given and _is_elsewhere(review.area, area)
            if is_elsewhere and parts["name"] < HEAD_NAME_SCORE:
                continue
            scores[review.doc_id] = score
            reasons[review.doc_id] = max(parts, key=lambda name: parts[name])
        nearest = best(scores)
        if not nearest:
            return None
        (first, score), second = nearest[0], nearest[1][1] if len(nearest) > 1 else 0.0
        ahead = score >= MIN_SCORE and score >= MIN_LEAD * second
        alone = score >= CLEAR_SCORE and score >= CLEAR_LEAD * second
        # A wrong link puts a response under another child's review: none is better.
        if not ahead and not alone:
            return None
        return ReviewLink(first, reasons[first], min(score / 3, 1.0))

    def _shared(self, text: _Text) -> np.ndarray:
        """The share (0..1) of each review's words, weighted by rarity, that a text has."""
        present = np.zeros(len(self._stems), dtype=np.float32)
        present[[self._stems[stem] for stem in text.stems if stem in self._stems]] = 1.0
        return np.asarray(self._rarity @ present / self._totals)

    def _candidates(self, text: _Text) -> list[int]:
        """Places of the reviews worth a look, by what can be had without comparing one by one."""
        scores = WORDS_SCORE * self._shared(text)
        for users, in_text in ((self._users, text.names), (self._title_users, text.words)):
            for name in in_text & users.keys():
                for place in users[name]:
                    # A name that many reviews use tells little of which is meant.
                    scores[place] += 1 / len(users[name])
        # Stable, so that equal scores keep the order of the reviews on every machine.
        order = np.argsort(-scores, kind="stable")[:MAX_CANDIDATES]
        return [int(place) for place in order]

    def _scores(self, place: int, text: _Text, area: str) -> dict[str, float]:
        review, names, phrase = self._reviews[place], self._names[place], self._phrases[place]
        share, union = self._overlap.stem_share, self._unions[place]
        in_head = self._title_share(place, text.head)
        in_text = self._title_share(place, text.words)
        own_name = any(len(self._users[name]) == 1 for name in names & text.head)
        alone = own_name or bool(phrase and phrase in text.lower)
        shared_names = _weight(names & text.names, self._users)
        quotes = sum(share(bag, text.stems) >= QUOTED_SHARE for bag in self._bags[place])
        same_area = bool(area and review.area and area.lower() == review.area.lower())
        return {
            "name": max(
                TITLE_SCORE * max(in_head, IN_TEXT * in_text),
                HEAD_NAME_SCORE * alone,
            )
            + NAMES_SCORE * min(shared_names / FULL_NAMES, 1.0),
            "topic": TOPIC_SCORE * share(text.topic, union),
            "area": AREA_SCORE * same_area,
            "words": WORDS_SCORE * share(union, text.stems),
            "quoted": QUOTED_SCORE * quotes / max(len(self._bags[place]), 1),
            "numbered": NUMBERED_SCORE * self._numbered_share(place, text),
            "codes": CODES_SCORE * (len(self._codes[place] & text.codes) >= MIN_CODES),
        }

    def _numbered_share(self, place: int, text: _Text) -> float:
        """How far (0..1) the words under the numbers of a text are the recommendations' own."""
        if len(text.numbered) < MIN_NUMBERED:
            return 0.0
        of_number: dict[str, frozenset[str]] = defaultdict(frozenset)
        for ask, bag in zip(self._reviews[place].asks, self._bags[place], strict=True):
            # "R3" in a table means both halves of what is printed as 3(a) and 3(b)
            for number in {ask.number, ask.number.rstrip("abcdefgh")}:
                of_number[number] |= bag
        shares = [
            self._overlap.stem_share(of_number[number], stems) if of_number[number] else 0.0
            for number, stems in text.numbered.items()
        ]
        return sum(shares) / len(shares)

    def _title_share(self, place: int, words: frozenset[str]) -> float:
        """The share (0..1) of a title's distinctive words among these; 0 for too few."""
        title = self._titles[place]
        total = _weight(title, self._title_users) or 1.0
        share = _weight(title & words, self._title_users) / total
        return share if share >= MIN_TITLE_SHARE else 0.0


class _Text:
    """A document's words in the forms that linking compares, made once."""

    def __init__(self, text: str, head: str) -> None:
        head_words = re.findall(r"[a-z]{3,}", head.lower())
        self.head = frozenset(head_words) | _pseudonyms(head)
        self.words = (
            frozenset(re.findall(r"[a-z][a-z'-]*", text.lower())) | self.head | _pseudonyms(text)
        )
        self.names = frozenset(name.lower() for name in _CAPITALISED.findall(text)) | self.head
        self.stems = stem_set(text)
        self.lower = f"{head} {text}".lower()
        self.topic = stem_set(" ".join(head_words)) - _GENERIC_STEMS
        self.codes = {number_key(match.group()) for match in _CODED.finditer(text)}
        self.numbered: dict[str, frozenset[str]] = {}
        starts = list(_NUMBERED.finditer(text))
        # What stands under a number ends where the next begins.
        ends = [*(match.start() for match in starts), len(text)][1:]
        for match, end in zip(starts, ends, strict=False):
            stems = stem_set(text[match.end() : min(end, match.end() + MAX_UNDER)])
            number = number_key(match["number"])
            self.numbered[number] = self.numbered.get(number, frozenset()) | stems


def _users(names: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """Places of the reviews that use each name."""
    users: dict[str, list[int]] = defaultdict(list)
    for place, of_review in enumerate(names):
        for name in of_review:
            users[name].append(place)
    return dict(users)


def _weight(names: frozenset[str], users: Mapping[str, Sequence[int]]) -> float:
    """What names count together: each 1, divided by the number of reviews that use it."""
    return sum(1 / len(users[name]) for name in names)


def names_of_title(title: str) -> frozenset[str]:
    """Words of a title, in lower case, that tell its review from others.

    They are a pseudonym, a subject or a place.

    >>> sorted(names_of_title("Child Teasel: local child safeguarding practice review"))
    ['teasel']
    """
    words = re.findall(r"[A-Za-z][\w'-]{2,}", title)
    telling = frozenset(word.lower() for word in words if word.lower() not in _GENERIC)
    return telling | _pseudonyms(title)


def _pseudonyms(text: str) -> frozenset[str]:
    """Children and families known by a letter ("Baby T", "Family R2"), in lower case."""
    return frozenset(name.lower() for name in _LETTERED.findall(text))


def _title_phrase(review: ReviewWords) -> str:
    """The title up to its colon, by which others speak of the review ("Three babies")."""
    phrase = review.title.partition(":")[0].strip().lower()
    telling = set(re.findall(r"[a-z]+", phrase)) - _GENERIC
    return phrase if telling and len(phrase.split()) > 1 else ""


_NUMBERED = re.compile(r"\b(?:Recommendation |Rec\.? ?|R ?)(?P<number>\d{1,2}(?:\.\d+)?[a-h]?)\b")
"""A recommendation's number as a table or a reply names it."""

_CODE = re.compile(r"[a-z]{2,6}\d{0,4}-\d{1,3}[a-h]?")
"""The key of a recommendation that bears a code."""

_CODED = re.compile(r"\b[A-Z]{2,6}\d{0,4}[-/]\d{1,3}[a-h]?\b")
"""A code in a text."""

MAX_UNDER = 400
"""Characters after a number that can be about it."""

_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
_WITHIN = re.compile(r"(?<=[a-z,;(] )[A-Z][a-z]{2,}\b")
_LABELLED = re.compile(r"\b(?:Child|Baby|Family|Young Person|Sibling|Adult) ([A-Z][a-z]{2,})\b")
_LETTERED = re.compile(
    r"\b(?:[Cc]hild|[Bb]aby|[Ii]nfant|[Ff]amily|[Yy]oung [Pp]erson|[Aa]dult) [A-Z]{1,2}\d?\b"
)
_BODY = re.compile(
    r"\b([A-Z][a-z]{3,})(?: (?:and|&) ([A-Z][a-z]{3,}))?(?: \w+)? (?:Local )?(?:Safeguarding"
    r"|Children|Child|Council|Partnership|Constabulary"
    r"|Police|Hospitals?|Borough|County|Integrated|LSCB|SCP|NHS|Health|Community|Academy)"
)
_HEAD = 3_000
"""Characters at the start of a review in which its bodies are named."""

_GENERIC_STEMS = stem_set(" ".join((*_GENERIC, *MONTHS, "docx xlsx pdf html csv txt md")))

_NO_NAME = frozenset(name.lower() for name in (*MONTHS, *DAYS)) | frozenset([
    "the", "this", "that", "these", "those", "each", "every", "with", "from", "both", "when",
    "where", "what", "after", "before", "their", "there", "here", "however", "christmas",
    "easter", "mother", "father", "mrs", "miss", "english", "british", "england", "wales",
    "panel", "board", "service", "services", "team", "school", "schools", "partnership",
    "council", "trust", "hospital", "police", "constabulary", "health", "education", "housing",
    "community", "general", "public", "family", "youth", "early", "mental", "royal", "east",
    "west", "north", "south", "central", "city", "county", "borough", "metropolitan", "chief",
    "executive", "officer", "officers", "director", "head", "deputy", "assistant", "senior",
    "principal", "designated", "chair", "coroner", "minister", "ministers", "group", "committee",
    "office", "division", "department", "emergency", "district", "integrated", "care", "social",
    "adult", "adults", "named", "lead", "recommendation", "recommendations", "finding",
    "findings", "appendix", "section", "chapter", "table", "figure", "act", "working", "together",
    "children", "childrens", "child", "baby", "college", "academy", "nhs", "lscb", "scp", "icb",
    "ofsted", "cqc",
])  # fmt: skip
"""Capitalised words that name neither a child nor a place nor one service."""


def names_of(review: ReviewWords, plain: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names, in lower case, that a review uses: of the child, of places, of services.

    `plain` are words that reviews write in lower case too, and that therefore are no names.

    >>> review = ReviewWords("d", "", "Saltby", "", "", "When Tam left, it rained.", ())
    >>> sorted(names_of(review))
    ['saltby', 'tam']
    """
    counts = Counter(name.lower() for name in _CAPITALISED.findall(review.text))
    within = {name.lower() for name in _WITHIN.findall(review.text)}
    bodies = {
        name.lower() for group in _BODY.findall(review.text[:_HEAD]) for name in group if name
    }
    bodies |= {name.lower() for name in _LABELLED.findall(review.text)}
    bodies |= {name.lower() for name in _CAPITALISED.findall(review.area)}
    usual = {name for name in within if name not in plain}
    names = sorted((usual | bodies) - _NO_NAME - _GENERIC, key=lambda n: (-counts[n], n))
    return frozenset(names[:MAX_NAMES])


def _words_in_lower_case(texts: Iterable[str]) -> frozenset[str]:
    """Words that some text has in lower case."""
    words: set[str] = set()
    for text in texts:
        words.update(re.findall(r"\b[a-z]{3,}\b", text))
    return frozenset(words)


def _is_elsewhere(one: str, other: str) -> bool:
    """Whether two areas are known and differ."""
    return bool(one and other) and one.lower() != other.lower()
