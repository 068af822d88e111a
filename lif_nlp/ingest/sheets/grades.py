"""Grades as words, numbers or colours, made alike."""

from __future__ import annotations

import re

_GRADES = (
    ("outstanding", r"outstanding|^1$|^o$|excellent|^blue$"),
    ("good", r"good|^2$|^g$|^green$|^met$|^yes$|^y$|fully met"),
    (
        "requires improvement",
        r"requires? improvement|^3$|^ri$|^amber$|^a$|part(ly|ially)( met)?|adequate|satisfactory",
    ),
    ("inadequate", r"inadequate|^4$|^i$|^red$|^r$|not met|^no$|^n$|poor"),
)


def normal_grade(text: str) -> str:
    """The grade in the four words of inspections, or empty for what is none.

    >>> normal_grade("RI"), normal_grade("Amber"), normal_grade("2"), normal_grade("n/a")
    ('requires improvement', 'requires improvement', 'good', '')
    """
    folded = re.sub(r"\s+", " ", text).strip().strip(".").lower()
    if re.fullmatch(r"\d\.0", folded):
        folded = folded[0]
    for grade, pattern in reversed(_GRADES):
        if len(folded) <= 40 and re.search(pattern, folded):
            return grade
    return ""
