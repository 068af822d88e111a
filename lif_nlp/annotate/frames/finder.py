"""Finds the frames of a text: aspect and defect of each clause, with what qualifies them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lif_nlp.annotate.frames.clauses import makes_no_claim, split_clauses
from lif_nlp.annotate.frames.links import Phrase, confidence_of_link
from lif_nlp.annotate.frames.qualifiers import (
    NEGATED,
    UNDECIDED,
    actor_of,
    is_partial,
    is_undecided,
    is_wished,
    polarity_of_phrase,
    quantity_of,
)
from lif_nlp.frame_record import POINT_ROLES, Frame
from lif_nlp.framework.model import Aspect, Defect, Framework, SeedPoint
from lif_nlp.text.folding import Word, tokenize
from lif_nlp.text.phrase_matching import PhraseMatch, PhraseMatcher
from lif_nlp.text.word_lists import words as words_of

MAX_DISTANCE = 12
"""Words between aspect and defect at most.  Set by judgement on invented sentences: a larger
distance joins a defect with what another part of the sentence is about."""

MAX_FRAMES = 6
"""Frames of one text at most; a list of everything claims nothing in particular."""

DOUBTFUL = 0.3
"""Confidence at most of a frame whose words are on the other side than the finding's role:
too little to state a point, enough to tell opposites apart."""

_ASPECT, _DEFECT, _POINT = "aspect", "defect", "point"
_GOOD, _BAD = "strength", "problem"
_NOTHING = ""

# Words of an aspect in another sense: an inspectors' visit, an intention.
_HOMONYMS = (
    "focused visit", "monitoring visit", "inspection visit", "this visit", "last visit",
    "previous visit", "plan to", "planning to", "planned to", "plans in place to",
    "plans are in place to", "plan is in place to", "there are plans", "there is a plan",
    "have plans", "has plans", "plans for the future", "children's plan",
    "children and young people's plan", "local plan", "business plan", "service plan",
    "strategic plan", "well placed", "placed on", "in contact with inspectors",
    "supervision order", "care order", "needs assessment", "self assessment", "on placement",
    "student placement", "work placement", "quality assurance visit", "contact with inspectors",
)  # fmt: skip

Label = tuple[str, str, str]
"""Kind of phrase, id, and for a defect its side ("problem" or "strength")."""


class FrameFinder:
    """Finds frames with the aspects, defects and known points of a framework.

    >>> from lif_nlp.framework import load_framework
    >>> finder = FrameFinder(load_framework())
    >>> [f.key for f in finder.find("Return home interviews are not timely.", "problem")]
    ['problem|return_home_interview|late|late']
    """

    def __init__(self, framework: Framework) -> None:
        self._directions = {d.id: d.direction for d in framework.defects}
        self._roles = {p.id: p.role for p in framework.points}
        self._matcher = _matcher_of(framework.aspects, framework.defects, framework.points)

    def find(self, text: str, role: str, *, listed: bool = False) -> tuple[Frame, ...]:
        """The frames of one finding, in reading order.

        Parameters
        ----------
        text
            Its words.
        role
            Its role; a clause on the other side of a contrast may get the other polarity.  The
            frames of context are all doubtful.
        listed
            Whether the role is that of a heading above a list: "timely visits" under "what
            needs to improve" are a problem.
        """
        if makes_no_claim(text):
            return ()
        matches = self._matcher.find(text)
        if not matches:
            return ()
        words = tokenize(text)
        starts = [word.start for word in words]
        spans = split_clauses(text)
        frames: list[Frame] = []
        # "While direction is recorded, supervision needs to improve" asks for its second half.
        for start, end in spans[-1:] if role == "action" else spans:
            inside = [m for m in matches if start <= m.start < end]
            if inside and not is_undecided(text[start:end]):
                first, last = bisect_left(starts, start), bisect_left(starts, end)
                clause = _Clause(text, words[first:last], start, end)
                clause_role = role if listed else ""
                frames += self._frames_of(
                    clause, inside, role, clause_role, contrasted=len(spans) > 1
                )
        return tuple(dict.fromkeys(frames))[:MAX_FRAMES]

    def _frames_of(
        self,
        clause: _Clause,
        matches: Sequence[PhraseMatch[Label]],
        role: str,
        asked: str,
        *,
        contrasted: bool,
    ) -> Iterator[Frame]:
        aspects = [a for a in _longest(clause.phrases(matches, _ASPECT)) if a.id != _NOTHING]
        defects = _longest(clause.phrases(matches, _DEFECT))
        has_frame = False
        for defect in defects:
            # An entry under "Areas for improvement" is a problem, however it is worded.
            polarity, negated = (asked, False) if asked else _side(clause.lower, defect, role)
            if not polarity:
                continue
            # Words against the role and without a contrast: one of the two is misread.
            doubt = role not in POINT_ROLES or (polarity != role and not contrasted)
            has_frame = has_frame or not doubt
            partial = negated and is_partial(clause.lower, defect.first)
            quantity = "some" if partial else clause.quantity
            for aspect, confidence in _aspects_of(defect, aspects, clause) or [("", 0.0)]:
                yield Frame(
                    polarity,
                    aspect,
                    defect.id,
                    self._directions.get(defect.id, ""),
                    negated,
                    quantity,
                    actor_of(clause.lower, defect.first),
                    clause.start,
                    clause.end,
                    min(confidence, DOUBTFUL) if doubt else confidence,
                )
        for point in clause.phrases(matches, _POINT):
            point_role = self._roles[point.id]
            is_turned = polarity_of_phrase(clause.lower, point.first) != "plain"
            if point_role == role and not is_turned:
                has_frame = True
                yield Frame(
                    role, quantity=clause.quantity, start=clause.start, end=clause.end,
                    point=point.id,
                )  # fmt: skip
        if role in POINT_ROLES and not (has_frame or contrasted or defects):
            for aspect in dict.fromkeys(a.id for a in aspects):
                yield Frame(
                    role, aspect, quantity=clause.quantity, start=clause.start, end=clause.end
                )


@lru_cache(maxsize=2)
def _matcher_of(
    aspects: tuple[Aspect, ...], defects: tuple[Defect, ...], points: tuple[SeedPoint, ...]
) -> PhraseMatcher[Label]:
    """The matcher of a framework's phrases; kept, since it takes longest of a pipeline to make."""
    phrases: dict[Label, Sequence[str]] = {}
    for aspect in aspects:
        phrases[_ASPECT, aspect.id, ""] = aspect.phrases
    for defect in defects:
        phrases[_DEFECT, defect.id, _BAD] = defect.phrases
        phrases[_DEFECT, defect.id, _GOOD] = defect.positive_phrases
    for point in points:
        phrases[_POINT, point.id, ""] = point.phrases
    phrases[_ASPECT, _NOTHING, ""] = _HOMONYMS
    return PhraseMatcher(phrases, for_themes=True, gaps=True)


class _Clause:
    """The words of one clause, and where it stands in the text."""

    def __init__(self, text: str, words: Sequence[Word], start: int, end: int) -> None:
        self.start, self.end = start, end
        self.text = text[start:end]
        self.starts = [word.start for word in words]
        self.ends = [word.end for word in words]
        self.lower = [word.raw.lower().replace("’", "'") for word in words]
        self.quantity = quantity_of(self.text)

    def phrases(self, matches: Sequence[PhraseMatch[Label]], kind: str) -> list[Phrase]:
        """The phrases of one kind, by place among the words."""
        return [
            Phrase(
                match.label[1],
                match.label[2],
                bisect_left(self.starts, match.start),
                bisect_left(self.ends, match.end),
            )
            for match in matches
            if match.label[0] == kind
        ]


def _longest(phrases: Sequence[Phrase]) -> list[Phrase]:
    """The phrases that lie in no longer one, in reading order."""
    return [
        p
        for p in phrases
        if not any(
            o.first <= p.first and p.last <= o.last and o.last - o.first > p.last - p.first
            for o in phrases
        )
    ]


def _side(words: Sequence[str], defect: Phrase, role: str) -> tuple[str, bool]:
    """The polarity of a defect's phrase in its clause, and whether a negation turned it."""
    polarity = polarity_of_phrase(words, defect.first)
    if role == "action":
        # What an action asks for is the positive side, however it is put.
        return "action", polarity == NEGATED
    if polarity == UNDECIDED:
        return "", False
    if defect.first == defect.last and words[defect.first] in words_of("neutral_qualities"):
        return role, False
    side, negated = defect.side, polarity == NEGATED
    if negated:
        side = _GOOD if side == _BAD else _BAD
    elif side == _GOOD and role == _BAD and is_wished(words, defect.first):
        side = _BAD
    return side, negated


def _aspects_of(
    defect: Phrase, aspects: Sequence[Phrase], clause: _Clause
) -> list[tuple[str, float]]:
    """The aspects a defect is said of, with confidence: the surest, and those listed with it."""
    near = [a for a in aspects if a.distance(defect) <= MAX_DISTANCE]
    if not near:
        return []
    links = {a: confidence_of_link(clause.lower, defect, a) for a in near}
    # "Drift in care planning" is about planning: words outside the defect come first.
    best = max(near, key=lambda a: (links[a], -a.distance(defect), -a.first))
    in_one_list = [a for a in near if a is best or _is_listed_with(a, best, clause)]
    return list({a.id: links[best] for a in in_one_list}.items())


def _is_listed_with(a: Phrase, b: Phrase, clause: _Clause) -> bool:
    """Whether only "and", "or" or a comma lies between two phrases."""
    left, right = (a, b) if a.first < b.first else (b, a)
    between = clause.lower[left.last + 1 : right.first]
    return len(between) <= 1 and all(word in ("and", "or") for word in between)
