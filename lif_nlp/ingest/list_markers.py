"""Printed labels at the start of a block: bullet glyphs, paragraph numbers, list letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GLYPHS = "•◼■▪●○◦‣⁃∙⚫⬤▫□➢➤►▶❖✓✔➔→◆◇★✦⁍·§"
_DASHES = "−–—―-*"
# Symbol fonts without a map give their glyphs as private or as control characters.
_PRIVATE = "\ue000-\uf8ff\x80-\x9f"

_GLYPH = re.compile(rf"^[{_GLYPHS}{_PRIVATE}]\s*(?=\S)")
_DASH = re.compile(rf"^(?:[{re.escape(_DASHES)}]|o(?=\s+[A-Za-z‘“(]))\s+(?=\S)")
_NUMBER = re.compile(
    r"^(?:(\(?\d{1,3}(?:[.)]|\.\))|\d{1,2}(?:\.\d{1,3}){1,3}[.)]?)\s+(?=\S)"
    # Word processors that hang the number lose the space behind it.
    r"|(\d{1,3}\.\)?)(?=(?:[A-Z][a-z’]|[AI]\s)))"
)
_BARE = re.compile(r"^(\d{1,3})\s+(?=[A-Z‘“])")
_LETTER = re.compile(r"^(\(?[a-z](?:[.)]|\.\))|\(?[ivxl]{1,8}(?:[.)]|\.\)))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: what kind, its words (empty for a glyph), and how long it is."""

    kind: str
    number: str
    length: int


def find_label(text: str, *, bare: bool = False) -> Label | None:
    """The label that `text` starts with, or None.

    `kind` is "glyph", "dash" (which may also be a dash within a sentence),
    "number" or "letter".  `bare` also takes a number without a full stop, for
    lines known to be list items or headings.

    >>> find_label("4.12 Staff met the family.")
    Label(kind='number', number='4.12', length=5)
    >>> find_label("• Staff met the family.").kind
    'glyph'
    >>> find_label("41.Not all staff met them.").number
    '41'
    >>> find_label("31 March was the date.") is None
    True
    """
    glyph = _GLYPH.match(text)
    if glyph:
        return Label("glyph", "", glyph.end())
    dash = _DASH.match(text)
    if dash:
        return Label("dash", "", dash.end())
    for kind, pattern in (("number", _NUMBER), ("letter", _LETTER)):
        found = pattern.match(text)
        if found:
            return Label(kind, (found[1] or found[found.lastindex or 1]).strip("(). "), found.end())
    found = _BARE.match(text) if bare else None
    return Label("number", found.group(1), found.end()) if found else None
