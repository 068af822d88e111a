"""Names of months and days, in full and abbreviated, with numbers and as regular expressions."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
"""Full names in calendar order."""

# "Sept" is the one abbreviation in common use with four letters.
_ABBREVIATIONS = {name[:3]: name for name in MONTHS} | {"Sept": "September"}

MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{short.lower(): MONTHS.index(name) + 1 for short, name in _ABBREVIATIONS.items()},
}
"""Number of a month (1 to 12) by its full or abbreviated name in lower case."""

FULL_MONTH = "|".join(MONTHS)
"""Regex alternatives for full names, without a group or a flag: `rf"(?:{FULL_MONTH})"`."""

ANY_MONTH = "|".join((*MONTHS, *_ABBREVIATIONS))
"""Regex alternatives for full and abbreviated names; no word boundary is included."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Full names of the days of the week."""


def month_number(name: str) -> int:
    """Number of a month (1 to 12), from its full or abbreviated name in any case.

    Raises KeyError for any other word.

    >>> month_number("Sept"), month_number("MARCH")
    (9, 3)
    """
    return MONTH_NUMBERS[name.casefold()]


def is_iso_date(text: str) -> bool:
    """Whether a text is a whole date as settings and options take it.

    >>> is_iso_date("2026-03-31"), is_iso_date("31 March 2026"), is_iso_date("2026-03")
    (True, False, False)
    >>> is_iso_date("2026-W13-2")
    False
    """
    try:
        # Python reads days of weeks, too.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
