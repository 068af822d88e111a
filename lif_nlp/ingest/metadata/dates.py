"""Dates as reports print them, as ISO dates: whole ones, months and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lif_nlp.text.months import ANY_MONTH, month_number

_WHOLE = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{ANY_MONTH})\.?,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<month2>{ANY_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})\b"
    r"|\b(?P<year3>(?:19|20)\d{2})-(?P<month3>\d{2})-(?P<day3>\d{2})\b"
    r"|\b(?P<day4>\d{1,2})[/.](?P<month4>\d{1,2})[/.](?P<year4>(?:19|20)?\d{2})\b",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b(?P<month>{ANY_MONTH})\.?,?\s+(?P<year>(?:19|20)\d{{2}})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO value ("2021-03-09" or "2021-03") and where it stands."""

    value: str
    start: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """Dates in `text`, British order, whole ones first where they overlap, by place.

    >>> [d.value for d in find_dates("Published 9 March 2021; visits in May 2020.")]
    ['2021-03-09', '2020-05']
    """
    found = [item for match in _WHOLE.finditer(text) if (item := _whole(match))]
    taken = [(item.start, item.end) for item in found]
    for match in _MONTH.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            month = month_number(match["month"])
            found.append(FoundDate(f"{match['year']}-{month:02}", match.start(), match.end()))
    yield from sorted(found, key=lambda item: item.start)


_BEFORE_END = re.compile(r"(?:\bto|\buntil|[-–—]|\band)\s*$", re.IGNORECASE)
_AFTER_START = re.compile(r"^\s*(?:to\b|until\b|[-–—]\s*\d)", re.IGNORECASE)


def single_dates(text: str) -> list[FoundDate]:
    """Dates in `text` that are no end of a period.

    >>> single_dates("Inspection: 3 to 7 May 2021")
    []
    """
    return [
        found
        for found in find_dates(text)
        if not _BEFORE_END.search(text[: found.start]) and not _AFTER_START.match(text[found.end :])
    ]


def _whole(match: re.Match[str]) -> FoundDate | None:
    for mark in ("", "2", "3", "4"):
        if match["year" + mark]:
            year, month, day = (match[name + mark] for name in ("year", "month", "day"))
            full = int(year) if len(year) == 4 else 2000 + int(year)
            number = int(month) if month.isdigit() else month_number(month)
            try:
                return FoundDate(date(full, number, int(day)).isoformat(), *match.span())
            except ValueError:
                return None
    return None
