"""Finds dates in text, in British order, as ISO dates; whole dates and months with a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lif_nlp.text.months import ANY_MONTH, month_number

_FULL_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{ANY_MONTH})\.?,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<month2>{ANY_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})\b"
    r"|\b(?P<year3>(?:19|20)\d{2})-(?P<month3>\d{2})-(?P<day3>\d{2})\b"
    r"|\b(?P<day4>\d{1,2})[/.](?P<month4>\d{1,2})[/.](?P<year4>(?:19|20)?\d{2})\b",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(
    rf"\b(?P<month>{ANY_MONTH})\.?,?\s+(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: its ISO value ("2021-03-09" or "2021-03") and character offsets."""

    value: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[DateMatch]:
    """Dates in `text`, in order of their offsets.

    A month with a year counts only outside whole dates. "9.3.21" is 9 March 2021: the day
    comes first, and a year of two digits is in this century.

    >>> [d.value for d in find_dates("Published 9 March 2021; visits in May 2020.")]
    ['2021-03-09', '2020-05']
    """
    dates = [date for match in _FULL_DATE.finditer(text) if (date := _full_date(match))]
    spans = [(date.start, date.end) for date in dates]
    for match in _MONTH_AND_YEAR.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            month = month_number(match["month"])
            dates.append(DateMatch(f"{match['year']}-{month:02}", match.start(), match.end()))
    yield from sorted(dates, key=lambda item: item.start)


_BEFORE_END = re.compile(r"(?:\bto|\buntil|[-–—]|\band)\s*$", re.IGNORECASE)
_AFTER_START = re.compile(r"^\s*(?:to\b|until\b|[-–—]\s*\d)", re.IGNORECASE)


def single_dates(text: str) -> list[DateMatch]:
    """Dates in `text` that are not the end or start of a period.

    >>> single_dates("Inspection: 3 to 7 May 2021")
    []
    """
    return [
        match
        for match in find_dates(text)
        if not _BEFORE_END.search(text[: match.start]) and not _AFTER_START.match(text[match.end :])
    ]


def _full_date(match: re.Match[str]) -> DateMatch | None:
    # Group names may not repeat in an expression, so each alternative has its own suffix.
    for suffix in ("", "2", "3", "4"):
        if match["year" + suffix]:
            year, month, day = (match[name + suffix] for name in ("year", "month", "day"))
            full_year = int(year) if len(year) == 4 else 2000 + int(year)
            number = int(month) if month.isdigit() else month_number(month)
            try:
                return DateMatch(date(full_year, number, int(day)).isoformat(), *match.span())
            except ValueError:  # such as 31 February
                return None
    return None
