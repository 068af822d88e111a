"""What guards share: their register, and what they ask of a candidate."""

from __future__ import annotations

import re
from collections.abc import Callable

from lif_nlp.annotate.grammatical_subject import OTHER, PERSON, SERVICE, side, subject
from lif_nlp.annotate.rules.engine import Candidate, compile_pattern
from lif_nlp.text.word_lists import words

Guard = Callable[[Candidate], bool]

GUARDS: dict[str, Guard] = {}
"""Every guard by its name."""


def guard(function: Guard) -> Guard:
    """Enter a guard under its own name."""
    GUARDS[function.__name__] = function
    return function


def tokens(*alternatives: str) -> re.Pattern[str]:
    """A pattern over whole tokens, in the syntax of the rules."""
    return compile_pattern(list(alternatives))


def has(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the pattern is met somewhere in `text`, which has a space at either end."""
    return pattern.search(text) is not None


def found(candidate: Candidate) -> str:
    """The tokens met, with a space at either end."""
    return f" {candidate.found} "


def clause_before(candidate: Candidate, reach: int = 12) -> str:
    """Words before the hit, back to a full stop, semicolon or colon."""
    return " " + re.split(r" [;:.] ", candidate.before(reach))[-1].lstrip()


def subject_of(candidate: Candidate) -> str:
    """The side of the subject of the first word met (see `subjects`)."""
    phrase = candidate.phrase
    return subject(phrase.words, candidate.first, capitals=phrase.capitals)


def known(candidate: Candidate) -> frozenset[str]:
    """All words of the unit."""
    return frozenset(candidate.phrase.words)


def sides_before(candidate: Candidate, reach: int = 40) -> frozenset[str]:
    """The sides of all nouns before the hit."""
    return frozenset(side(w) for w in candidate.before(reach).split())


def on_the_road(candidate: Candidate) -> bool:
    """Whether the unit tells of traffic, water or machines, and of no service."""
    return bool(known(candidate) & words("road")) and not speaks_of_services(candidate)


def speaks_of_services(candidate: Candidate) -> bool:
    """Whether a service stands in the unit, and nothing of the road does."""
    stated = known(candidate)
    return any(side(w) == SERVICE for w in stated) and not stated & words("road")


def family_sentence(candidate: Candidate) -> bool:
    """Whether parents or carers are spoken of, and no more services than relatives."""
    phrase = candidate.phrase.words
    if not set(phrase) & words("parents"):
        return False
    sides = [side(w) for w in phrase]
    return sides.count(OTHER) + sides.count(PERSON) >= sides.count(SERVICE)


_CONDITION = tokens(
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
    """Whether the unit names another world: if, had it been, earlier, more, with."""
    return has(_CONDITION, candidate.phrase.text)


_BETTER_STEP = re.compile(
    r" (?:even |simply |just |only )?(?:a|an|another|any|one|either|[a-z]+ing) "
    r"(?!of |those |the (?:mother|father|child|baby))"
)


_STEP_NAMED = re.compile(r" (?:this|that|such|these|sight of|sharing|knowledge of) (?:\w+ ){0,4}$")
_DECISIVE = re.compile(
    r" (?:altered|changed|influenced|affected) (?:the|this|that|their|her|his|any) (?:\w+ )?"
    r"(?:decisions?|assessment|plan|priority|response|course|view|picture|grading|threshold)"
)


def unreal_subject(candidate: Candidate) -> bool:
    """Whether what "would have" is said of a step not taken ("a request to ... would have")."""
    if candidate.before(1).strip() in ("which", "that", "this", "it", "these", "who", "so"):
        return True
    if _STEP_NAMED.search(candidate.before(6)) or _DECISIVE.search(
        found(candidate) + candidate.after(3)
    ):
        return True
    return bool(_BETTER_STEP.match(found(candidate)) or _BETTER_STEP.match(candidate.before()))
