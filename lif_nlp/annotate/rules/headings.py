"""What a heading says about the words below it: strength, problem, action or context."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_GRADE = re.compile(
    r"(?!what\b)\w.*\b(?:requires improvement(?: to be good)?|inadequate|good|outstanding)\)?\.?$",
    re.IGNORECASE,
)
"""An inspected area with its grade, which is not said of each sentence below it."""

_STUDY = re.compile(r"practice study|case study|example", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    sides = tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))
    return tuple(
        (side, re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE))
        for side, words in sides.items()
    )


def heading_side(path: Sequence[str]) -> str:
    """The role that the innermost telling heading of a path gives, or "".

    A heading that names both sides ("Strengths and areas for improvement") gives none.

    >>> heading_side(["Main findings", "Practice study: effective practice"])
    'strength'
    >>> heading_side(["Strengths and areas for improvement"])
    ''
    >>> heading_side(["The experiences of care leavers: requires improvement to be good"])
    ''
    """
    for heading in reversed(path):
        if _GRADE.match(heading):
            continue
        sides = {side for side, pattern in _patterns() if pattern.search(heading)}
        if _STUDY.search(heading):
            sides -= {"context"}
        if {"strength", "problem"} <= sides:
            return ""
        if sides:
            return next(side for side, _ in _patterns() if side in sides)
    return ""
