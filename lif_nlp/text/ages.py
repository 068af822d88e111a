"""Ages in words or figures, and the band in which they are told."""

from __future__ import annotations

from lif_nlp.text.number_words import CARDINALS

NUMBERS = {name: value for value, name in enumerate(CARDINALS[:19], 1)}
"""Numbers up to nineteen by their word."""

AGE_NUMBER = rf"\d{{1,2}}|{'|'.join(CARDINALS[:17])}"
"""Regex alternatives for the number of a child's age, in one or two figures or in words up to 17;
without a group."""

# (first age above the band, its name).
_BANDS = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"), (18, "16 to 17"))


def age_band(number: str, unit: str = "year") -> str:
    """The band of an age, or empty for an adult.

    >>> age_band("eleven", "week"), age_band("15"), age_band("34")
    ('under 1', '10 to 15', '')
    """
    age = NUMBERS.get(number.lower()) or int(number)
    if unit.lower() != "year":
        age = age // 12 if unit.lower() == "month" else 0
    return next((name for limit, name in _BANDS if age < limit), "")
