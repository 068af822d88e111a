"""What a heading says about the words below it: strength, problem, action or context."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIDES = (
    (
        "action",
        r"recommendations?|action plan|next steps|actions?(?: taken| required| to be taken| needed| agreed)?$|"
        r"action should be taken|your response|single agency actions|what (?:we|they|agencies) (?:will|are going to) do|"
        r"(?:partnership|agency|trust|council) response|learning into action|action arising|improvement plan|what will we do|"
        r"areas? for priority action|priority actions?",
    ),
    (
        "problem",
        r"improvements?|needs? to (?:improve|do better|be better|change)|development(?: areas?)?s?$|areas? (?:for|of) "
        r"(?:development|concern|weakness|learning)|weakness(?:es)?|shortcomings|gaps?\b|(?:coroner.?s |matters? of |my )?concerns?\b|"
        r"what (?:did not|didn.t|does not|could have) (?:work|go|gone|worked)|not (?:working|done) (?:so )?well|worr(?:y|ies|ied)|"
        r"missed opportunit|even better if|challenges|barriers|less well|issues identified|problems|needs? to improve|requires improvement$|"
        r"inadequate$|could be better|should improve|what do we need to do better",
    ),
    (
        "strength",
        r"strengths?|good practice|effective practice|best practice|worked well|works well|working well|going well|went well|well done|done well|"
        r"positives?\b|effective\b(?!ness)|what (?:is|was) good|what we do well|doing well|successes|achievements|notable practice|helped?\b.{0,10}best",
    ),
    (
        "context",
        r"introduction|background|method|methodology|terms of reference|scope|contents|glossary|appendi|chronology|narrative|"
        r"family (?:composition|background|structure|history)|circumstances|investigation|the inquest|about (?:this|the)|what happened|key events|"
        r"summary of (?:the )?(?:case|facts|events)|legal (?:framework|context)|parallel|pen picture|timeline|facts? of the case|"
        r"information about|who we are|membership|reason for (?:the|this) review|the (?:child|family)$|genogram|agency involvement|incident$",
    ),
)
_PATTERNS = tuple((side, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for side, words in _SIDES)
_STUDY = re.compile(r"practice study|case study|example", re.IGNORECASE)


def heading_side(path: Sequence[str]) -> str:
    """The role that the innermost telling heading of a path gives, or "".

    A heading that names both sides ("Strengths and areas for improvement") gives none.

    >>> heading_side(["Main findings", "Practice study: effective practice"])
    'strength'
    >>> heading_side(["Strengths and areas for improvement"])
    ''
    """
    for heading in reversed(path):
        sides = {side for side, pattern in _PATTERNS if pattern.search(heading)}
        if _STUDY.search(heading):
            sides -= {"context"}
        if {"strength", "problem"} <= sides:
            return ""
        if sides:
            return next(side for side, _ in _PATTERNS if side in sides)
    return ""
