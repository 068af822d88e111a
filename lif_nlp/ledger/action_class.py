"""How strong a step is by its words: a prompt for a talk, never a grade of anybody.

The three classes are those of the VA National Center for Patient Safety's action hierarchy,
taken up in RCA2 (NPSF/IHI); the words are ours.  Verbs mislead: "policy that removes the
step" is stronger than its noun.
"""

from __future__ import annotations

import re

CLASSES = ("stronger", "intermediate", "weaker")
"""From steps that change the work to steps that ask people to do it better."""

_WORDS = {
    "stronger": (
        r"\b(?:redesign\w*|remov\w+|replac\w+|built? in(?:to)?|automat\w+|standardis\w+|compulsory"
        r"|mandatory field|cannot be (?:skipped|closed)|withdraw\w*|direct route|co-?locat\w+"
        r"|merg\w+"
        r"|(?:single|one) (?:pathway|system|form|front door|list|owner)"
        r"|same (?:\w+ ){0,3}(?:tool|system|form))"
    ),
    "intermediate": (
        r"\b(?:staffing|caseloads?|recruit\w*|fund\w*|posts?|software|checklist|template|prompt"
        r"|read-?back|alert|no more than|capacity|additional|supervision|audit\w*|dip[- ]sampl\w*"
        r"|invite\w*|named|duty worker)"
    ),
    "weaker": (
        r"\b(?:train\w*|remind\w*|brief\w*|guidance|polic(?:y|ies)|procedures?|awareness|raise"
        r"|consider\w*|review\w*|encourag\w*|promot\w*|ensur\w*|newsletter|poster|leaflet"
        r"|double[- ]check|explor\w*|be mindful)"
    ),
}
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _WORDS.items()}


def class_of(text: str) -> tuple[str, str]:
    """The class of the strongest step a text asks for, and the words that decided.

    >>> class_of("Practitioners should be reminded of the policy.")
    ('weaker', 'reminded')
    >>> class_of("Training should be offered."), class_of("Ring the family within three days.")
    (('weaker', 'Training'), ('', ''))
    """
    # The strongest class first: "training on the new mandatory field" changes the work.
    for name in CLASSES:
        if match := _PATTERNS[name].search(text):
            return name, match.group()
    return "", ""
