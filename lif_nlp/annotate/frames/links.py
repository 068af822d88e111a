"""How surely a defect is said of an aspect, from the words between and around the two.

Without a parser, three patterns of English do: the defect before its noun ("weak oversight",
"delays in assessments"), the noun as the subject of a verb ("visits are rarely recorded"),
and the noun as an object ("did not share information").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lif_nlp.text.word_lists import words as words_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in a clause: its id, its side if it is a defect, and its first and last word."""

    id: str
    side: str
    first: int
    last: int

    def overlaps(self, other: Phrase) -> bool:
        """Whether the two share a word."""
        return self.first <= other.last and other.first <= self.last

    def distance(self, other: Phrase) -> int:
        """Words between the two; 0 where they touch or overlap."""
        return max(0, max(self.first, other.first) - min(self.last, other.last) - 1)


@dataclass(frozen=True, slots=True)
class LinkThresholds:
    """Confidence (0..1) of a link by its pattern, and how far each pattern reaches.

    Their order was set on dev reports in November 2026 by reading frames of each pattern; a
    frame counts for a point from `themes.points.thresholds.CONFIDENCE.least`.
    """

    attribute: float = 0.94
    """"weak oversight", "lack of oversight", "delays in assessments"."""

    subject: float = 0.92
    """"visits are late"; the noun is not inside a phrase with a preposition."""

    far_subject: float = 0.84
    object: float = 0.88
    """"did not share information"."""

    inside: float = 0.75
    """Aspect and defect share words: "unallocated cases"."""

    dependent: float = 0.68
    """The noun belongs to another noun: "the response to referrals is late"."""

    condition: float = 0.6
    """The defect stands in a condition: "when plans are late"."""

    loose: float = 0.55
    """No pattern."""

    attribute_reach: int = 3
    object_reach: int = 3
    subject_reach: int = 6
    far_subject_reach: int = 11
    """Words between aspect and defect at most, by pattern."""


LINKS = LinkThresholds()

_HEAD_REACH = 4
"""Words before an aspect in which the preposition that governs it is looked for."""


def confidence_of_link(words: Sequence[str], defect: Phrase, aspect: Phrase) -> float:
    """How surely the defect is said of the aspect, 0..1.

    Parameters
    ----------
    words
        Words of the clause, in lower case.
    defect, aspect
        Where both stand.

    >>> words = "the visits were late".split()
    >>> confidence_of_link(words, Phrase("late", "problem", 3, 3), Phrase("visits", "", 1, 1))
    0.92
    """
    if defect.overlaps(aspect):
        return LINKS.inside
    if aspect.last < defect.first:
        link = _subject_link(words, defect, aspect)
    else:
        link = _later_link(words, defect, aspect)
    # "When plans are late, ..." does not say that they are.
    if link > LINKS.condition and _in_condition(words, defect.first):
        return LINKS.condition
    return link


def _subject_link(words: Sequence[str], defect: Phrase, aspect: Phrase) -> float:
    between = words[aspect.last + 1 : defect.first]
    opening = words[defect.first]
    if not between and opening not in words_of("link_verbs"):
        return LINKS.attribute  # "assessment delays"
    has_verb = opening in words_of("link_verbs") or not words_of("link_verbs").isdisjoint(between)
    if not has_verb or not words_of("relatives").isdisjoint(between[1:]):
        return LINKS.loose
    if _depends(words, aspect.first):
        return LINKS.dependent
    if len(between) <= LINKS.subject_reach:
        return LINKS.subject
    return LINKS.far_subject if len(between) <= LINKS.far_subject_reach else LINKS.loose


def _later_link(words: Sequence[str], defect: Phrase, aspect: Phrase) -> float:
    between = words[defect.last + 1 : aspect.first]
    predicative = any(
        word in words_of("link_be") for word in words[max(0, defect.first - 3) : defect.first + 1]
    )
    if (
        predicative
        and words[defect.first] not in ("lack", "no")
        and not _is_expletive(words, defect)
    ):
        return LINKS.loose if between else LINKS.dependent
    if len(between) <= LINKS.attribute_reach and all(
        word in words_of("link_joints") for word in between
    ):
        return LINKS.attribute
    if len(between) <= LINKS.object_reach and not any(
        w in words_of("link_verbs") or w in words_of("relatives") for w in between
    ):
        return LINKS.object
    return LINKS.loose


def _is_expletive(words: Sequence[str], defect: Phrase) -> bool:
    """Whether "there is" opens the claim: "there is weak oversight"."""
    return "there" in words[max(0, defect.first - 4) : defect.first]


def _depends(words: Sequence[str], first: int) -> bool:
    """Whether a noun phrase hangs on another noun that is not a mere quality or amount of it."""
    for place in range(first - 1, max(-1, first - 1 - _HEAD_REACH), -1):
        word = words[place]
        if word in words_of("link_prepositions"):
            before = words[place - 1] if place else ""
            # "The quality of plans is poor" is about plans, "the response to plans" is not.
            return before not in words_of("neutral_heads")
        if word in words_of("link_verbs"):
            return False
    return False


def _in_condition(words: Sequence[str], first: int) -> bool:
    return any(word in words_of("conditions") for word in words[max(0, first - 8) : first])
