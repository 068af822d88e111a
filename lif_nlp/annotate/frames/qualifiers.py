"""What qualifies a claim: negation, how many it is true of, and who acts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lif_nlp.annotate.grammar import OTHER, PERSON, SERVICE, actor_class, class_of_subject
from lif_nlp.text.word_lists import words as words_of

REACH = 5
"""Words to the left in which a negation turns a phrase.  Chosen by judgement, November 2026,
on invented sentences: "not always fully recorded or shared" needs five; more words reach
into other phrases."""

# Neither the claim nor its contrary can be read off.
_UNDECIDED = re.compile(
    r"\bno longer\b|\bnot without\b|\bnot only\b|\bnot just\b|\bnot to be underestimated\b"
    r"|\bno more than\b|\bnot unusual\b|\bnot uncommon\b",
    re.IGNORECASE,
)

_QUANTITIES = (
    ("none", r"\b(?:none of|no child|no children|in no case|never)\b"),
    (
        "some",
        r"\b(?:some|a few|few|several|a (?:small )?(?:number|minority|proportion) of|a minority"
        r"|not all|not every|not always|not (?:yet )?(?:consistently|routinely|systematically"
        r"|sufficiently|fully)|sometimes|occasional(?:ly)?|in places|pockets of|in certain|at times"
        r"|inconsistent(?:ly)?|variable|too few)\b",
    ),
    ("one", r"\b(?:in one|one (?:child|case|family|report|record|young person)|a single)\b"),
    (
        "many",
        r"\b(?:most|many|the (?:vast |great )?majority|majority of|often|frequently|usually"
        r"|typically|commonly|too many|a (?:large|significant|high) (?:number|proportion))\b",
    ),
    ("all", r"\b(?:all|every|each|always|consistently|routinely|universally|throughout)\b"),
)
_QUANTITY = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _QUANTITIES)
_CHILD = re.compile(
    r"^(?:child|children|baby|babies|infant|infants|boy|girl|pupil|pupils|teenager|teenagers"
    r"|son|daughter|sibling|siblings|sister|brother|leavers)$"
)

NEGATED, PLAIN, UNDECIDED = "negated", "plain", "undecided"


def polarity_of_phrase(words: Sequence[str], first: int) -> str:
    """Whether the phrase that begins at word `first` is negated, plain or undecided.

    Parameters
    ----------
    words
        The words of the clause in lower case.
    first
        Place of the first word of the phrase.

    >>> words = "information was not always shared".split()
    >>> polarity_of_phrase(words, 4), polarity_of_phrase(words, 0)
    ('negated', 'plain')
    """
    turns = 0
    for place in range(first - 1, max(-1, first - 1 - REACH), -1):
        word = words[place]
        if word in words_of("clause_breaks") and place < first - 1 and word not in ("or", "and"):
            break
        if word in words_of("negators") or word in words_of("avoided"):
            turns += 1
    # "Not without delay": two turns are more often emphasis than a plain yes.
    return PLAIN if turns == 0 else NEGATED if turns == 1 else UNDECIDED


def is_wished(words: Sequence[str], first: int) -> bool:
    """Whether the clause wishes for the phrase at `first`: it is not there, or not enough.

    >>> is_wished("visits should be more timely".split(), 4)
    True
    """
    return any(word in words_of("wishes") for word in words[max(0, first - REACH) : first])


def is_undecided(clause: str) -> bool:
    """Whether a clause says neither a thing nor its contrary ("no longer", "not only")."""
    return bool(_UNDECIDED.search(clause))


def quantity_of(clause: str) -> str:
    """How many a clause is true of: "none", "some", "one", "many", "all", or empty.

    >>> quantity_of("Most plans were late."), quantity_of("Plans were not always shared.")
    ('many', 'some')
    """
    return next((name for name, pattern in _QUANTITY if pattern.search(clause)), "")


def is_partial(words: Sequence[str], first: int) -> bool:
    """Whether a negation at the phrase means "not always", not "not at all"."""
    return any(word in words_of("partly") for word in words[max(0, first - REACH) : first + 2])


def actor_of(words: Sequence[str], verb: int) -> str:
    """Who acts at word `verb`: "agency", "family", "child", or empty.

    >>> actor_of("the mother told the nurse".split(), 2)
    'family'
    >>> actor_of("the nurse told the mother".split(), 2)
    'agency'
    """
    # "Fathers were not asked": who suffers it does not act.
    if not words_of("forms_of_be").isdisjoint(words[max(0, verb - 3) : verb + 1]):
        return ""
    kind = class_of_subject(words, verb)
    if kind == SERVICE:
        return "agency"
    if kind in (OTHER, PERSON):
        nearest = next((w for w in reversed(words[:verb]) if actor_class(w) == OTHER), "")
        return "child" if _CHILD.match(nearest) else "family"
    return ""
