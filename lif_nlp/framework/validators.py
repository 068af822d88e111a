"""Checks of one value of a framework file: text, a list, a colour.

Each check takes the place of the value in the file and the value, and yields a message for
each fault.  `entries_of` and `texts_of` read what is well formed, and leave the faults of the rest
to the checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from lif_nlp.colour import contrast_with_white

MIN_CONTRAST = 4.5
"""Minimum contrast ratio with white: WCAG 2.2, success criterion 1.4.3 (AA), for normal text."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}

Check = Callable[[str, object], Iterator[str]]


def text(place: str, value: object) -> Iterator[str]:
    """Fault if the value is not text; empty text is allowed."""
    if not isinstance(value, str):
        yield f"{place}: {_type_of(value)}; write text in quotes"


def non_empty_text(place: str, value: object) -> Iterator[str]:
    """Faults of text that may not be empty."""
    yield from text(place, value)
    if isinstance(value, str) and not value.strip():
        yield f"{place}: empty; write text in quotes"


def boolean(place: str, value: object) -> Iterator[str]:
    """Fault if the value is neither true nor false."""
    if not isinstance(value, bool):
        yield f"{place}: {_type_of(value)}; write true or false, without quotes"


def texts(place: str, value: object) -> Iterator[str]:
    """Faults of a list of texts: entries of other types, empty or repeated ones."""
    if not isinstance(value, list):
        yield f"{place}: {_type_of(value)}; write a list of texts in [ ]"
        return
    earlier: set[str] = set()
    for number, item in enumerate(value, start=1):
        if not isinstance(item, str):
            yield f"{place}: entry {number}: {_type_of(item)}; write text in quotes"
        elif not item.strip():
            yield f"{place}: entry {number} is empty; write something or remove it"
        elif item.casefold() in earlier:
            yield f"{place}: entry {number}: '{item}' appears twice; remove one"
        else:
            earlier.add(item.casefold())


def non_empty_texts(place: str, value: object) -> Iterator[str]:
    """Faults of a list that needs at least one text."""
    yield from texts(place, value)
    # Only an empty list: what is of another type is reported as that.
    if value == []:
        yield f"{place}: empty list; write at least one text"


def questions(place: str, value: object) -> Iterator[str]:
    """Faults of the questions of a theme or priority: two to five, each with a question mark."""
    yield from _questions(place, value, 2, 5)


def _questions(place: str, value: object, fewest: int, most: int) -> Iterator[str]:
    yield from texts(place, value)
    if not isinstance(value, list):
        return
    if not fewest <= len(value) <= most:
        yield f"{place}: {len(value)} given; write {fewest} to {most} questions"
    for number, item in enumerate(value, start=1):
        if isinstance(item, str) and item.strip() and not item.rstrip().endswith("?"):
            yield f"{place}: entry {number} is not a question; end it with a question mark"


def texts_by_name(place: str, value: object) -> Iterator[str]:
    """Faults of a table of texts by name."""
    if not isinstance(value, Mapping):
        yield f'{place}: {_type_of(value)}; write a table of lines: name = "text"'
        return
    for name, item in value.items():
        yield from non_empty_text(f"{place}.{name}", item)


def lists_by_name(place: str, value: object) -> Iterator[str]:
    """Faults of a table of lists by name."""
    if not isinstance(value, Mapping):
        yield f'{place}: {_type_of(value)}; write a table of lines: name = ["text"]'
        return
    for name, item in value.items():
        yield from non_empty_texts(f"{place}.{name}", item)


def whole_number(place: str, value: object) -> Iterator[str]:
    """Fault if the value is not a whole number, 0 or more."""
    # To Python, true is a whole number too.
    if isinstance(value, bool) or not isinstance(value, int):
        yield f"{place}: {_type_of(value)}; write a whole number, without quotes"
    elif value < 0:
        yield f"{place}: {value}; write a number from 0 up"


def one_or_two_questions(place: str, value: object) -> Iterator[str]:
    """Faults of the questions that advice asks of a team: one or two, each a question."""
    yield from _questions(place, value, 1, 2)


def question(place: str, value: object) -> Iterator[str]:
    """Faults of a single question."""
    yield from non_empty_text(place, value)
    if isinstance(value, str) and value.strip() and not value.rstrip().endswith("?"):
        yield f"{place}: is not a question; end it with a question mark"


def signs(place: str, value: object) -> Iterator[str]:
    """Faults of the signs that a service may notice: four to six."""
    yield from texts(place, value)
    if isinstance(value, list) and not 4 <= len(value) <= 6:
        yield f"{place}: {len(value)} given; write 4 to 6 signs"


def colour(place: str, value: object) -> Iterator[str]:
    """Faults of a colour: its notation, and whether it is legible on white."""
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        description = f"'{value}'" if isinstance(value, str) else _type_of(value)
        yield f"{place}: {description}; write # and six digits or letters a-f, such as '#1f6fb2'"
    # Rounded as checkers print it, so that a colour which they show with 4.5 passes.
    elif round(contrast_with_white(value), 2) < MIN_CONTRAST:
        yield (
            f"{place}: '{value}' is too pale to read on white (contrast "
            f"{contrast_with_white(value):.1f}); choose a darker colour, with at least "
            f"{MIN_CONTRAST}"
        )


def suggest(name: str, allowed: list[str]) -> str:
    """What to write instead: the most similar allowed name, or all of them.

    >>> suggest("polce", ["gp", "police"])
    "did you mean 'police'?"
    """
    matches = get_close_matches(name, allowed, n=1)
    return f"did you mean '{matches[0]}'?" if matches else f"choose one of: {', '.join(allowed)}"


def unknown_name(place: str, value: object, allowed: list[str]) -> Iterator[str]:
    """Fault if the value is text that names nothing; empty text names nothing on purpose."""
    if isinstance(value, str) and value and value not in allowed:
        yield f"{place}: there is no '{value}'; {suggest(value, allowed)}"


def entries_of(data: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    """The well-formed entries of the table `name`, by ID; empty if there is no such table."""
    table = data.get(name)
    pairs = table.items() if isinstance(table, Mapping) else ()
    return {id: entry for id, entry in pairs if isinstance(entry, Mapping)}


def texts_of(entry: Mapping[str, Any], key: str) -> list[str]:
    """The texts of a list in an entry; empty if it is no list."""
    values = entry.get(key)
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []


def _type_of(value: object) -> str:
    return f"is {_TYPE_NAMES.get(type(value), 'something else')}"
