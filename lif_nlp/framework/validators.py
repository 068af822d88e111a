"""What is wrong with one value of a framework file: a text, a list, a colour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from lif_nlp.colour import contrast_with_white

CONTRAST = 4.5
"""Least contrast of a colour with white, as WCAG asks for text."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TOML_WORDS = {
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}

Check = Callable[[str, object], Iterator[str]]


def text(place: str, value: object) -> Iterator[str]:
    """Fault if the value is no text; an empty text is allowed."""
    if not isinstance(value, str):
        yield f"{place}: {_got(value)}; write a text between quotes"


def full_text(place: str, value: object) -> Iterator[str]:
    """Faults of a text that must say something."""
    yield from text(place, value)
    if isinstance(value, str) and not value.strip():
        yield f"{place}: empty; write a text between quotes"


def flag(place: str, value: object) -> Iterator[str]:
    """Fault if the value is neither true nor false."""
    if not isinstance(value, bool):
        yield f"{place}: {_got(value)}; write true or false, without quotes"


def texts(place: str, value: object) -> Iterator[str]:
    """Faults of a list of texts: other things in it, empty ones, repeated ones."""
    if not isinstance(value, list):
        yield f"{place}: {_got(value)}; write a list of texts between [ and ]"
        return
    seen: set[str] = set()
    for number, item in enumerate(value, start=1):
        if not isinstance(item, str):
            yield f"{place}: entry {number}: {_got(item)}; write a text between quotes"
        elif not item.strip():
            yield f"{place}: entry {number} is empty; write something or remove it"
        elif item.casefold() in seen:
            yield f"{place}: entry {number}: '{item}' stands twice; remove one"
        else:
            seen.add(item.casefold())


def some_texts(place: str, value: object) -> Iterator[str]:
    """Faults of a list of texts that needs at least one."""
    yield from texts(place, value)
    if value == []:
        yield f"{place}: empty list; write at least one text"


def questions(place: str, value: object) -> Iterator[str]:
    """Faults of the questions of a theme: two to five, each with its question mark."""
    yield from texts(place, value)
    if not isinstance(value, list):
        return
    if not 2 <= len(value) <= 5:
        yield f"{place}: {len(value)} given; write 2 to 5 questions"
    for number, item in enumerate(value, start=1):
        if isinstance(item, str) and item.strip() and not item.rstrip().endswith("?"):
            yield f"{place}: entry {number} is no question; end it with a question mark"


def texts_by_name(place: str, value: object) -> Iterator[str]:
    """Faults of a table that gives one text to each name."""
    if not isinstance(value, Mapping):
        yield f'{place}: {_got(value)}; write a table of lines: name = "text"'
        return
    for name, item in value.items():
        yield from full_text(f"{place}.{name}", item)


def colour(place: str, value: object) -> Iterator[str]:
    """Faults of a colour: how it is written, and whether it can be read on white."""
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        got = f"'{value}'" if isinstance(value, str) else _got(value)
        yield f"{place}: {got}; write # and six digits or letters a-f, such as '#1f6fb2'"
    elif round(contrast_with_white(value), 2) < CONTRAST:
        yield (
            f"{place}: '{value}' is too pale to read on white (contrast "
            f"{contrast_with_white(value):.1f}); choose a darker colour, with at least {CONTRAST}"
        )


def suggest(got: str, allowed: list[str]) -> str:
    """What to write instead: the nearest allowed name, or all of them.

    >>> suggest("polce", ["gp", "police"])
    "did you mean 'police'?"
    """
    near = get_close_matches(got, allowed, n=1)
    return f"did you mean '{near[0]}'?" if near else f"choose one of: {', '.join(allowed)}"


def _got(value: object) -> str:
    return f"is {_TOML_WORDS.get(type(value), 'something else')}"
