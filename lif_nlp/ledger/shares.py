"""Shares that a sentence of a check gives, such as "three of twenty-five files"."""

from __future__ import annotations

import re

_UNITS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 20 + 10 * place for place, word in enumerate(_TENS)},
    "none": 0,
}
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
# up to 999: more figures are a year
_COUNT = rf"(?:\d{{1,3}}(?!\d)|(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_UNITS[1:10])})|{_WORDS})"
_SHARE = re.compile(
    rf"\b(?P<part>{_COUNT})\s+(?:\w+\s+)?(?:out of|of|in|from)\s+"
    rf"(?:the\s+|these\s+|those\s+|our\s+|all\s+|a sample of\s+)?(?P<all>{_COUNT})\b",
    re.IGNORECASE,
)
_PER_CENT = re.compile(r"\b(?P<share>\d{1,3})(?:\.\d+)?\s?(?:%|per cent\b)", re.IGNORECASE)
_IN_WORDS = {
    "half": 0.5,
    "a third": 1 / 3,
    "a quarter": 0.25,
    "two thirds": 2 / 3,
    "three quarters": 0.75,
}
_FRACTION = re.compile(rf"\b(?P<words>{'|'.join(_IN_WORDS)})\b(?= of\b)", re.IGNORECASE)


_WHOLE = re.compile(
    rf"\b(?P<how>every|each|all|not|none)(?: single)?(?: one)? of (?:the |these |those |our )?"
    rf"(?P<all>{_COUNT})\b",
    re.IGNORECASE,
)
"""A share told without its part: "every one of the ten", "not one of the nine"."""


def shares_in(text: str) -> list[float]:
    """The shares (0..1) that a text gives, in its order; those above one are left out.

    >>> shares_in("The tool was in three of twenty-five files, against 2 of 10 in 2023.")
    [0.12, 0.2]
    >>> shares_in("Half of the schools, and 80% of the rest, have a plan.")
    [0.5, 0.8]
    >>> shares_in("Every one of the ten had it."), shares_in("Not one of the nine had it.")
    ([1.0], [0.0])
    """
    found: list[tuple[int, float]] = []
    wholes = {match.start("all"): match for match in _WHOLE.finditer(text)}
    for match in wholes.values():
        found.append((match.start(), float(match["how"].lower() not in ("not", "none"))))
    for match in _SHARE.finditer(text):
        if match.start("all") in wholes:
            continue
        if whole := _value(match["all"]):
            found.append((match.start(), _value(match["part"]) / whole))
    found += [(match.start(), int(match["share"]) / 100) for match in _PER_CENT.finditer(text)]
    found += [(m.start(), _IN_WORDS[m["words"].lower()]) for m in _FRACTION.finditer(text)]
    return [share for _, share in sorted(found) if share <= 1]


def _value(count: str) -> int:
    """The value of a count in figures or words."""
    if count.isdigit():
        return int(count)
    return sum(_VALUES[word] for word in re.split(r"[- ]", count.lower()))
