"""What a heading says about the text below it: strength, problem, action or context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from lif_nlp.annotate.rules.toml_rules import compiled, read_file

_GRADE = re.compile(
    r"(?!what\b)\w.*\b(?:requires improvement(?: to be good)?|inadequate|good|outstanding)\)?\.?$",
    re.IGNORECASE,
)
"""An inspected area with its grade; the grade does not hold for each sentence below it."""

_CASE_EXAMPLE = re.compile(r"practice study|case study|example", re.IGNORECASE)


@cache
def _about_the_review() -> re.Pattern[str]:
    section = read_file("about_the_review.toml")
    return compiled("|".join(section.texts("patterns")), section.place, re.I)


def is_about_the_review(text: str) -> bool:
    """Whether a sentence tells how the review was made, or what its next section holds.

    >>> is_about_the_review("This section gives the panel's view of practice.")
    True
    >>> is_about_the_review("The review found that the plan was not shared.")
    False
    """
    return bool(_about_the_review().search(text))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    roles = read_file("headings.toml")
    return tuple(
        (role, compiled(rf"\b(?:{'|'.join(roles.texts(role))})", f"{roles.place}, {role}", re.I))
        for role in roles.values
    )


def role_of_heading(path: Sequence[str]) -> str:
    """The role that the innermost informative heading implies, or "".

    Parameters
    ----------
    path
        Headings above the text, outermost first.

    Returns
    -------
    str
        A role; "" if no heading implies one, or if the heading names both strengths and
        problems ("Strengths and areas for improvement").

    >>> role_of_heading(["Main findings", "Practice study: effective practice"])
    'strength'
    >>> role_of_heading(["Strengths and areas for improvement"])
    ''
    >>> role_of_heading(["The experiences of care leavers: requires improvement to be good"])
    ''
    """
    for heading in reversed(path):
        if _GRADE.match(heading):
            continue
        roles = {role for role, pattern in _patterns() if pattern.search(heading)}
        if _CASE_EXAMPLE.search(heading):
            roles -= {"context"}
        # "Strengths and areas for development" says nothing of the single sentence.
        if {"strength", "problem"} <= roles:
            return ""
        if roles:
            return next(role for role, _ in _patterns() if role in roles)
    return ""
