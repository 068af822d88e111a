"""What guards share: their register, and the questions they ask of a candidate."""

from __future__ import annotations

import re
from collections.abc import Callable

from lif_nlp.annotate.grammar import OTHER, PERSON, SERVICE, actor_class, class_of_subject
from lif_nlp.annotate.rules.engine import Candidate
from lif_nlp.annotate.rules.patterns import token_pattern
from lif_nlp.text.word_lists import words

Guard = Callable[[Candidate], bool]

GUARDS: dict[str, Guard] = {}
"""Every guard by its name."""


def guard(function: Guard) -> Guard:
    """Register a guard under its own name, by which the TOML files refer to it."""
    GUARDS[function.__name__] = function
    return function


def matches(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern over tokens matches in `text`, which has a space at either end."""
    return pattern.search(text) is not None


def spaced_text(candidate: Candidate) -> str:
    """The matched tokens, with a space at either end."""
    return f" {candidate.text} "


def clause_before(candidate: Candidate, reach: int = 12) -> str:
    """Up to `reach` tokens before the match, back to a full stop, semicolon or colon."""
    return " " + re.split(r" [;:.] ", candidate.before(reach))[-1].lstrip()


def subject_class(candidate: Candidate) -> str:
    """The class of the subject of the first matched word (see `grammar`)."""
    unit = candidate.unit
    return class_of_subject(unit.words, candidate.first, capitals=unit.capitals)


def unit_words(candidate: Candidate) -> frozenset[str]:
    """All words of the unit."""
    return frozenset(candidate.unit.words)


def actor_classes_before(candidate: Candidate, reach: int = 40) -> frozenset[str]:
    """The classes of all nouns before the match."""
    return frozenset(actor_class(w) for w in candidate.before(reach).split())


def is_about_an_accident(candidate: Candidate) -> bool:
    """Whether the unit mentions traffic, water or machines, and no service."""
    return bool(unit_words(candidate) & words("road_and_machines")) and not mentions_service(
        candidate
    )


def mentions_service(candidate: Candidate) -> bool:
    """Whether the unit mentions a service, and nothing of traffic, water or machines."""
    in_unit = unit_words(candidate)
    return any(actor_class(w) == SERVICE for w in in_unit) and not in_unit & words(
        "road_and_machines"
    )


def is_mainly_about_family(candidate: Candidate) -> bool:
    """Whether parents or carers are mentioned, and at least as many relatives as services."""
    unit = candidate.unit.words
    if not set(unit) & words("parents"):
        return False
    classes = [actor_class(w) for w in unit]
    return classes.count(OTHER) + classes.count(PERSON) >= classes.count(SERVICE)


# Words that set up a different course of events.
_CONDITION = token_pattern(
    r"if (?:[^\s;.]+ ){1,14}(?:had|were|was)",
    "if only",
    r"had (?:the|a|an|any|they|it|he|she|this|these|there|that|\w+ been)",
    r"(?:were|should) (?:the|a|an) (?:\w+ ){1,6}(?:to )?have",
    "earlier",
    "sooner",
    r"more \w+",
    "(?:better|stronger|closer|fuller|greater|different|differently)",
    "with (?:a|an|more|better|earlier|the)",
    "but for",
    "(?:without|the absence of)",
    r"a \w+ (?:meeting|discussion|assessment|visit|referral|check|conversation|review|call)",
)


def has_condition(candidate: Candidate) -> bool:
    """Whether the unit names a different course: if, had it been, earlier, more, with."""
    return matches(_CONDITION, candidate.unit.folded)


# "a referral would have", "sharing this would have"
_BETTER_STEP = re.compile(
    r" (?:even |simply |just |only )?(?:a|an|another|any|one|either|[a-z]+ing) "
    r"(?!of |those |the (?:mother|father|child|baby))"
)
_STEP_NAMED = re.compile(r" (?:this|that|such|these|sight of|sharing|knowledge of) (?:\w+ ){0,4}$")
# "would have altered the decision"
_DECISIVE = re.compile(
    r" (?:altered|changed|influenced|affected) (?:the|this|that|their|her|his|any) (?:\w+ )?"
    r"(?:decisions?|assessment|plan|priority|response|course|view|picture|grading|threshold)"
)


def subject_is_hypothetical(candidate: Candidate) -> bool:
    """Whether "would have" is about a step not taken ("a request to ... would have")."""
    if candidate.before(1).strip() in ("which", "that", "this", "it", "these", "who", "so"):
        return True
    if _STEP_NAMED.search(candidate.before(6)) or _DECISIVE.search(
        spaced_text(candidate) + candidate.after(3)
    ):
        return True
    return bool(
        _BETTER_STEP.match(spaced_text(candidate)) or _BETTER_STEP.match(candidate.before())
    )
