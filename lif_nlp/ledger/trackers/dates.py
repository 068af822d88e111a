"""Dates as people write them in plans: "Q1 24/25", "Easter", "Sept 23", one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lif_nlp.text.months import ANY_MONTH, month_number

_FULL = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{ANY_MONTH})\.?,?\s+(?P<y1>(?:20)?\d{{2}})\b"
    rf"|\b(?P<d2>\d{{1,2}})[/.-](?P<m2>\d{{1,2}})[/.-](?P<y2>(?:20)?\d{{2}})\b"
    r"|\b(?P<y3>20\d{2})-(?P<m3>\d{2})-(?P<d3>\d{2})\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    rf"\b(?P<m>{ANY_MONTH})\.?[\s'’-]*(?P<y>(?:20)?\d{{2}})\b|\b(?P<y2>20\d{{2}})-(?P<m2>0[1-9]|1[0-2])\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"\b(?:Q|quarter\s*)(?P<q>[1-4])\s*(?:of\s*)?(?P<y>(?:20)?\d{2})\s*[/-]\s*(?:20)?\d{2}\b"
    r"|\b(?:Q|quarter\s*)(?P<q2>[1-4])\s*(?:of\s*)?(?P<y2>20\d{2})\b(?!\s*[/-])",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"\b(?P<name>easter monday|good friday|whitsun|easter|christmas|st david[’']s day)\b"
    r"(?:\s*(?P<y>20\d{2}))?",
    re.IGNORECASE,
)
_FROM_EASTER = {"good friday": -2, "easter monday": 1, "whitsun": 49}
"""Days from Easter Sunday to feasts that move with it."""
_SEASON = re.compile(
    r"\b(?P<name>spring|summer|autumn|winter)(?:\s+term)?\s*(?P<y>(?:20)?\d{2})\b", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{ANY_MONTH})\b(?!\.?,?\s*\d)|\b(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})\b(?!/)",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"\b(?P<m>{ANY_MONTH})\b(?!\.?,?\s*(?:20)?\d{{2}}\b)", re.IGNORECASE)
_YEAR = re.compile(r"^\W*(?:by |in |end of |during )*(?P<y>20\d{2})\W*$", re.IGNORECASE)
_SEASON_MONTHS = {
    "spring": ("03", "05"),
    "summer": ("06", "08"),
    "autumn": ("09", "11"),
    "winter": ("12", "12"),
}


def dates_in(text: str, as_of: str = "") -> list[str]:
    """ISO dates of a text in its order; a quarter is a span "2024-04/2024-06".

    A date without a year takes the one that brings it nearest to `as_of`; without that it
    gives none.

    >>> dates_in("30/06/2023 then 31/10/23"), dates_in("Q1 24/25"), dates_in("Sept 2023")
    (['2023-06-30', '2023-10-31'], ['2024-04/2024-06'], ['2023-09'])
    >>> dates_in("Easter Monday 2024"), dates_in("St David's Day 2024")
    (['2024-04-01'], ['2024-03-01'])
    >>> dates_in("Easter", "2023-02"), dates_in("TBC"), dates_in("ongoing")
    (['2023-04'], [], [])
    >>> dates_in("end of March 2024"), dates_in("end of the financial year 2023/24")
    (['2024-03-31'], ['2024-03-31'])
    """
    dates: dict[int, str] = {}
    spans: list[tuple[int, int]] = []
    for reader in (
        _full,
        _years_ends,
        _quarters,
        _months,
        _seasons,
        _feasts,
        _day_months,
        _lone_months,
    ):
        for start, end, value in reader(text, as_of):
            # Fuller forms come first: "3 May 2024" must not give "May" as well.
            if not any(begin < end and start < stop for begin, stop in spans):
                spans.append((start, end))
                is_end = len(value) == len("2024-03") and _END_OF.search(text[:start])
                dates[start] = last_day(value).isoformat() if is_end else value
    # A year is a date only by itself; in a sentence it may be the name of a report.
    if not dates and (match := _YEAR.match(text)):
        dates[0] = match["y"]
    return [dates[start] for start in sorted(dates)]


def _full(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _FULL.finditer(text):
        for index in "123":
            if match[f"d{index}"]:
                value = _iso(match[f"y{index}"], match[f"m{index}"], match[f"d{index}"])
                if value:
                    yield *match.span(), value


_END_OF = re.compile(r"\bend(?: of|-|) ?(?:the )?$", re.IGNORECASE)
"""What makes of a month its last day."""

_YEARS_END = re.compile(
    r"\b(?:end of (?:the )?(?:financial )?year|(?:financial )?year[- ]end|end of f/?y|eofy)\b"
    r"\s*\(?(?:(?P<first>20\d{2})\s*[/-]\s*(?:20)?(?P<last>\d{2})|(?P<year>20\d{2})(?![/-]))?",
    re.IGNORECASE,
)


def _years_ends(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    """The end of a year, of a financial one (31 March) where it is called so or has two years."""
    for match in _YEARS_END.finditer(text):
        is_named_so = re.search(r"fin|f/?y", match.group(), re.IGNORECASE) is not None
        is_financial = is_named_so or bool(match["first"])
        if match["first"]:
            year = str(_year(match["last"]))
        elif match["year"]:
            year = match["year"]
        elif as_of:
            year = str(int(as_of[:4]) + (is_financial and int(as_of[5:7] or 1) > MARCH))
        else:
            continue
        yield *match.span(), f"{year}-{'03-31' if is_financial else '12-31'}"


MARCH = 3
"""Month in which a financial year ends."""


def _quarters(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _QUARTER.finditer(text):
        if match["q"]:  # a financial year begins in April
            start = int(match["q"]) * 3 + 1
            year = _year(match["y"]) + (start > 12)
            first = start - 12 if start > 12 else start
        else:
            first, year = int(match["q2"]) * 3 - 2, int(match["y2"])
        yield *match.span(), f"{year}-{first:02}/{year}-{first + 2:02}"


def _months(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _MONTH_YEAR.finditer(text):
        if match["m"]:
            yield *match.span(), f"{_year(match['y'])}-{month_number(match['m']):02}"
        else:
            yield *match.span(), f"{match['y2']}-{match['m2']}"


def _seasons(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _SEASON.finditer(text):
        first, last = _SEASON_MONTHS[match["name"].lower()]
        year = _year(match["y"])
        yield *match.span(), f"{year}-{first}/{year}-{last}"


def _feasts(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _FEAST.finditer(text):
        year = int(match["y"] or as_of[:4] or 0)
        if not year:
            continue
        name = match["name"].lower().replace("’", "'")
        if name == "christmas":
            yield *match.span(), f"{year}-12"
        elif name == "st david's day":
            yield *match.span(), f"{year}-03-01"
        elif name in _FROM_EASTER:
            day = easter(year) + timedelta(days=_FROM_EASTER[name])
            yield *match.span(), day.isoformat()
        else:
            if not match["y"] and as_of[5:7] and int(as_of[5:7]) > easter(year).month:
                # A plan of late autumn that says Easter means the next one.
                year = year if int(as_of[5:7]) - easter(year).month < 6 else year + 1
            yield *match.span(), easter(year).isoformat()[:7]


def _day_months(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _DAY_MONTH.finditer(text):
        day, month = (match["d1"], match["m1"]) if match["d1"] else (match["d2"], match["m2"])
        number = int(month) if month.isdigit() else month_number(month)
        if (
            as_of
            and 1 <= number <= 12
            and (value := _iso(str(_near(number, as_of)), str(number), day))
        ):
            yield *match.span(), value


def _lone_months(text: str, as_of: str) -> Iterator[tuple[int, int, str]]:
    for match in _MONTH_ALONE.finditer(text):
        # In small letters they are words: "staff may", "march on".
        if as_of and not (match["m"].lower() in ("may", "march") and not match["m"][0].isupper()):
            number = month_number(match["m"])
            yield *match.span(), f"{_near(number, as_of)}-{number:02}"


def _near(month: int, as_of: str) -> int:
    """The year that brings a month nearest to a date."""
    # A date that is a year alone stands for its middle.
    year, now = int(as_of[:4]), int(as_of[5:7] or 6)
    return min((year - 1, year, year + 1), key=lambda y: abs((y - year) * 12 + month - now))


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _iso(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdigit() else month_number(month)
    try:
        return date(_year(year), number, int(day)).isoformat()
    # "31 June" and "45/3/24" are slips; no date is better than a wrong one.
    except ValueError:
        return ""


def easter(year: int) -> date:
    """Easter Sunday of a year (Butcher's rule, Gregorian calendar).

    >>> easter(2023)
    datetime.date(2023, 4, 9)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    r = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * r) // 451
    return date(year, (h + r - 7 * m + 114) // 31, (h + r - 7 * m + 114) % 31 + 1)


def days_past(due: str, as_of: str) -> int | None:
    """Days from the end of a due date to `as_of`; None where either is missing.

    >>> days_past("2023-09", "2023-10-10"), days_past("", "2023-10-10")
    (10, None)
    """
    if not due or not as_of:
        return None
    return (last_day(as_of) - last_day(due.partition("/")[2] or due)).days


def is_later(day: str, other: str) -> bool:
    """Whether a date is surely after another; dates that are missing say nothing.

    >>> is_later("2023-09", "2023-08-31"), is_later("2023-09", "2023"), is_later("2023", "")
    (True, False, False)
    """
    # As far as both are exact: a year is compared with a year.
    size = min(len(day), len(other))
    return bool(size) and day[:size] > other[:size]


def last_day(iso: str) -> date:
    """The last day that an ISO date, as exact as it is, can mean."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
