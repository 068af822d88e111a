"""Plain English for numbers, lists, dates and spans of years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_SMALL = "no one two three four five six seven eight nine".split()  # noqa: SIM905


def number(count: int) -> str:
    """A count in words up to nine, in figures above, with a comma in thousands.

    >>> number(3), number(1200)
    ('three', '1,200')
    """
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def agree(count: int, verb: str) -> str:
    """A verb in the present tense, to follow a count of things.

    >>> agree(1, "describe"), agree(4, "describe"), agree(1, "be")
    ('describes', 'describe', 'is')
    """
    if verb == "be":
        return "is" if count == 1 else "are"
    return f"{verb}s" if count == 1 else verb


def plural(noun: str) -> str:
    """The plural of a regular noun or of a phrase that ends in one.

    >>> plural("general practitioner"), plural("safeguarding enquiry"), plural("key stage days")
    ('general practitioners', 'safeguarding enquiries', 'key stage days')
    >>> plural("child practice review (Wales)"), plural("was not brought"), plural("parent(s)")
    ('child practice reviews (Wales)', 'was not brought', 'parent(s)')
    """
    if noun.endswith("s") or noun.startswith(("was ", "is ", "did ")):
        return noun
    if noun.endswith(")"):
        words, bracket, rest = noun.partition(" (")
        return f"{plural(words)}{bracket}{rest}" if bracket else noun
    return f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"


def share_of(count: int, total: int, noun: str) -> str:
    """How many of all the things, to begin a sentence.

    >>> share_of(9, 25, "report"), share_of(0, 12, "report")
    ('Nine of the 25 reports', 'None of the 12 reports')
    >>> share_of(2, 2, "report"), share_of(1, 1, "report"), share_of(0, 1, "report")
    ('Both reports', 'The only report', 'No report')
    """
    if total <= 1:
        return f"The only {noun}" if count else f"No {noun}"
    if count == total:
        return f"Both {noun}s" if total == 2 else f"All {some(total, noun)}"
    lead = capital(number(count)) if count else "None"
    return f"{lead} of the {some(total, noun)}"


def some(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "one report", "12 reports".

    >>> some(1, "report"), some(12, "priority", "priorities")
    ('one report', '12 priorities')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def in_figures(count: int, one: str) -> str:
    """A count in figures with its regular noun, for counts that stand beside each other.

    >>> in_figures(1, "problem"), in_figures(1234, "strength")
    ('1 problem', '1,234 strengths')
    """
    return f"{count:,} {one if count == 1 else plural(one)}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items joined as in a sentence; by semicolons where an item itself holds a comma.

    >>> listed(["police", "schools", "health visitors"])
    'police, schools and health visitors'
    >>> listed(["plans, meetings and reviews", "recording"])
    'plans, meetings and reviews; and recording'
    >>> listed(["neglect", "sexual harm"], "or")
    'neglect or sexual harm'
    """
    if len(items) < 2:
        return "".join(items)
    # With commas alone, nobody could tell where such an item ends.
    if any("," in item for item in items):
        return f"{'; '.join(items[:-1])}; {last} {items[-1]}"
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


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
    # Any year would do: only the month's name is taken.
    month = date(2000, int(parts[1]), 1).strftime("%B")
    return " ".join(([str(int(parts[2]))] if len(parts) > 2 else []) + [month, parts[0]])


def full_stop(text: str) -> str:
    """The text with a mark at its end."""
    return text if not text or text[-1] in ".!?:" else text + "."
