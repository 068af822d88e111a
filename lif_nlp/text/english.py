"""Plain English for numbers, lists, dates and spans of years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_SMALL = "no one two three four five six seven eight nine".split()  # noqa: SIM905


def number(count: int) -> str:
    """A count in words up to nine, in figures above, with a comma in thousands.

    >>> number(3), number(1200)
    ('three', '1,200')
    """
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def some(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "one report", "12 reports".

    >>> some(1, "report"), some(12, "priority", "priorities")
    ('one report', '12 priorities')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """Items joined as in a sentence; by semicolons where an item itself holds a comma.

    >>> listed(["police", "schools", "health visitors"])
    'police, schools and health visitors'
    >>> listed(["plans, meetings and reviews", "recording"])
    'plans, meetings and reviews; and recording'
    """
    if len(items) < 2:
        return "".join(items)
    if any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; and {items[-1]}"
    return f"{', '.join(items[:-1])} and {items[-1]}"


def percent(share: float) -> str:
    """A share (0..1) as a whole percentage.

    >>> percent(0.254)
    '25%'
    """
    return f"{round(100 * share)}%"


def capital(text: str) -> str:
    """The text with its first letter as a capital.

    >>> capital("two reports")
    'Two reports'
    """
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text with a small first letter, unless it begins with an abbreviation.

    >>> lower_first("Early help"), lower_first("SEND")
    ('early help', 'SEND')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def span(years: Sequence[int]) -> str:
    """The years covered: "2019", "2015 to 2023", or that they are not known.

    >>> span([2023, 2015])
    '2015 to 2023'
    """
    if not years:
        return "undated"
    return str(min(years)) if min(years) == max(years) else f"{min(years)} to {max(years)}"


def day(iso: str) -> str:
    """An ISO date as written in Britain; years and months stay as exact as given.

    >>> day("2021-03-09"), day("2021-03"), day("2021")
    ('9 March 2021', 'March 2021', '2021')
    """
    parts = iso.split("-")
    if len(parts) == 1 or not parts[0].isdigit():
        return iso
    month = date(2000, int(parts[1]), 1).strftime("%B")
    return " ".join(([str(int(parts[2]))] if len(parts) > 2 else []) + [month, parts[0]])


def full_stop(text: str) -> str:
    """The text with a mark at its end."""
    return text if not text or text[-1] in ".!?:" else text + "."
