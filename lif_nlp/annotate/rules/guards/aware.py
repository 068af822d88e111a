"""Guards for wording that takes the view from the time, or that clears practice."""

from __future__ import annotations

import re

from lif_nlp.annotate.grammar import OTHER, SERVICE, THING, actor_class
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.guards.base import (
    clause_before,
    guard,
    matches,
    spaced_text,
    subject_class,
    unit_words,
)
from lif_nlp.annotate.rules.guards.outcome import HARM
from lif_nlp.annotate.rules.patterns import token_pattern
from lif_nlp.text.word_lists import words

# "a helmet could have prevented the injury" is about an accident.
_INJURY = token_pattern("(?:seatbelts?|helmet|height|injur(?:y|ies) (?:could|would) have)")


@guard
def clears_practice(candidate: Candidate) -> bool:
    """Practice or the outcome is cleared; a cause of injury is not left open."""
    return not unit_words(candidate) & words("road_and_machines") and not matches(
        _INJURY, candidate.unit.folded
    )


_PAST = token_pattern("{past_verbs}", r"\w+ed")


@guard
def is_about_a_past_act(candidate: Candidate) -> bool:
    """About a past act, not help that "is appropriate given their needs"."""
    if candidate.text.startswith(("is ", "are ")) and " not " not in spaced_text(candidate):
        return False
    return matches(_PAST, spaced_text(candidate) + candidate.before(10))


_DATE = re.compile(r" of (?:the|his|her|this|that|their|our|birth|death|inspection|writing) ")


@guard
def not_a_plain_date(candidate: Candidate) -> bool:
    """ "At the time of the incident" and "known at the time of inspection" are dates."""
    return not _DATE.match(candidate.after(2))


# "the family was known to children's services at the time"
_KNOWN_FAMILY = re.compile(
    r" (?:family|families|child|children|mother|father|parents|siblings|he|she) (?:\w+ )?"
    r"(?:was|were|had been) (?:not )?known to "
)


@guard
def not_known_to_service(candidate: Candidate) -> bool:
    """Not "the family was known to the agency at the time", a fact of the record."""
    return not _KNOWN_FAMILY.search(candidate.unit.folded)


@guard
def is_about_past_practice(candidate: Candidate) -> bool:
    """What is understandable was done in the past."""
    return matches(_PAST, candidate.unit.folded)


# "it is clear with hindsight that"
_AND_NOW = re.compile(r"(?:clear|plain|evident|obvious|apparent) with")


@guard
def not_looking_back(candidate: Candidate) -> bool:
    """Not "it is clear with hindsight that", which looks back and warns against nothing."""
    return not _AND_NOW.search(candidate.text)


@guard
def harm_was_unpredictable(candidate: Candidate) -> bool:
    """A death or harm was unpredictable, not a delay or a reaction to a drug."""
    return matches(HARM, candidate.before())


# Grief is a family's, even where a service is named as well.
_FEELINGS = frozenset(["anger", "distress", "grief", "fear", "frustration", "upset", "pain"])


@guard
def not_a_family_view(candidate: Candidate) -> bool:
    """A service's view, not what a relative felt, saw or did.

    The first noun of the match decides; without one, the word after it, and then the last
    noun before it.
    """
    before = clause_before(candidate).split()
    if _FEELINGS & set(before):
        return False
    nouns = (*candidate.text.split(" , ")[0].split(), *candidate.after(1).split())
    classes = [cls for cls in map(actor_class, nouns) if cls in (OTHER, SERVICE)]
    classes_before = [cls for cls in map(actor_class, before) if cls]
    everywhere = classes + classes_before
    return SERVICE in everywhere or OTHER not in (classes or classes_before[-1:])


# Present tense, and what inspectors saw, which is later by definition.
_NOW = token_pattern(
    "is", "are", "can", "needs?", "requires?", "rely", "receives?", "easily", "inspectors"
)


@guard
def is_view_from_the_time(candidate: Candidate) -> bool:
    """In the past: not "the information they need", nor what inspectors had seen."""
    context = spaced_text(candidate) + candidate.after(2)
    return not matches(_NOW, context) and matches(_PAST, candidate.unit.folded)


# "the father had never known": the word before the auxiliaries is the knower.
_KNOWER = re.compile(
    r" ([\w-]+)(?: who| that)?"
    r"(?: (?:had|have|has|could|would|did|not|never|also|already|then|was|were))*"
    r" (?:known|knew|understood|believed|thought|held|had|saw|seen|told|heard|guessed|foreseen)"
)
# "not visible to the school": the recipient follows "to" or "for".
_OPEN_TO = re.compile(
    r" (?:available|known|visible|clear|obvious|apparent|open)"
    r" (?:to|for) ((?:(?!on |in |at |by )[\w-]+ ){1,4})"
)
# "no person could have known" is about everybody, so it clears practice.
_ANYBODY = frozenset(["person", "people", "persons", "adult", "adults"])


@guard
def knower_is_not_family(candidate: Candidate) -> bool:
    """Not what a relative knew, could not have known, or learnt from a website.

    A passive has no knower: "his death could not have been predicted".
    """
    context = clause_before(candidate, 2) + spaced_text(candidate).lstrip()
    knowers = {match[1] for match in _KNOWER.finditer(context)} - _ANYBODY
    if any(actor_class(word) == OTHER for word in knowers):
        return False
    if candidate.text.startswith(("could", "should")) and " been " not in spaced_text(candidate):
        return subject_class(candidate) != OTHER
    recipients = [
        [actor_class(w) for w in match[1].split() if actor_class(w)]
        for match in _OPEN_TO.finditer(context.rstrip() + candidate.after(4))
    ]
    return all(classes[-1] != OTHER for classes in recipients if classes)


# "what was known about the car"
_SUBJECT_MATTER = re.compile(r" (?:about|of) (?:the|a|an|his|her|their) ([\w-]+) ")


@guard
def not_about_a_thing(candidate: Candidate) -> bool:
    """Not what was known about a car, a lock or a road."""
    context = spaced_text(candidate).rstrip() + candidate.after(4)
    ends = [match.end() for match in re.finditer(r" known(?= )", context)]
    topics = [_SUBJECT_MATTER.match(context, end) for end in ends]
    things = {topic[1] for topic in topics if topic}
    return not things & words("road_and_machines") and all(
        actor_class(thing) != THING for thing in things
    )


@guard
def not_a_family_feeling(candidate: Candidate) -> bool:
    """Not "it is understandable that the mother was distressed": hers, not a service's."""
    if not candidate.text.endswith(" that"):
        return True
    after = candidate.after(9).split()
    nouns = [
        (at, actor_class(w))
        for at, w in enumerate(after)
        if actor_class(w) and not _is_possessor(after, at)
    ]
    if not nouns or nouns[0][1] != OTHER:
        return True
    return bool(words("opinion_verbs") & set(after[nouns[0][0] + 1 :][:3]))


def _is_possessor(tokens: list[str], at: int) -> bool:
    return tokens[at] in ("his", "her", "their") or tokens[at + 1 : at + 2] in (["'s"], ["'"])


# "staff did not know the escalation policy" is a finding about training, not hindsight.
_INTERNAL_RULES = token_pattern(
    "(?:policy|policies|procedures?|protocols?|guidance|pathways?|thresholds?|training|tool|form)",
    "(?:lead|leads|role|roles|each other|one another|escalat(?:e|ion)|how to|whom? to|where to)",
)


@guard
def not_about_internal_rules(candidate: Candidate) -> bool:
    """What was not known concerns the case, not the service's own rules and people."""
    return not matches(_INTERNAL_RULES, candidate.after(14))


# "information then held should have been shared"
_WITHHELD = token_pattern(
    r"(?:should|could|needed to|ought to) have(?: \w+){0,2} {information_verbs}",
    r"(?:was|were) not(?: \w+)? {information_verbs}",
)


@guard
def not_fault_for_withholding(candidate: Candidate) -> bool:
    """Not "information then held should have been shared", which finds fault."""
    return not matches(_WITHHELD, candidate.after(8))


@guard
def is_contrasted_with_later_knowledge(candidate: Candidate) -> bool:
    """What they did not see is contrasted with what the reader or the review knows."""
    return bool(words("later_viewpoint") & set(candidate.before().split()))
