"""Printed list markers: bullet glyphs, paragraph numbers and list letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lif_nlp.ingest.pieces import Piece

_GLYPHS = "•◼■▪●○◦‣⁃∙⚫⬤▫□➢➤►▶❖✓✔➔→◆◇★✦⁍·§"
_DASHES = "−–—―-*"
# Symbol fonts without a character map yield private-use or control characters.
_PRIVATE = "\ue000-\uf8ff\x80-\x9f"

_GLYPH = re.compile(rf"^[{_GLYPHS}{_PRIVATE}]\s*(?=\S)")
_DASH = re.compile(rf"^(?:[{re.escape(_DASHES)}]|o(?=\s+[A-Za-z‘“(]))\s+(?=\S)")
_NUMBER = re.compile(
    r"^(?:(\(?\d{1,3}(?:[.)]|\.\))|\d{1,2}(?:\.\d{1,3}){1,3}[.)]?)\s+(?=\S)"
    # Word processors that hang the number lose the space after it.
    r"|(\d{1,3}\.\)?)(?=(?:[A-Z][a-z’]|[AI]\s)))"
)
_NUMBER_WITHOUT_STOP = re.compile(r"^(\d{1,3})\s+(?=[A-Z‘“])")
_LETTER = re.compile(r"^(\(?[a-z](?:[.)]|\.\))|\(?[ivxl]{1,8}(?:[.)]|\.\)))\s+(?=\S)")

_BARE_NUMBER = re.compile(r"^(\d{1,3})\s+(?=[A-Z‘“(])")
_MIN_NUMBERED = 3
"""Consecutive numbers that show that a report numbers its paragraphs. Chosen by judgement
(November 2026); with 2, a report with two sentences that start "1" and "2" loses them."""


_MIN_POINTS, _MAX_POINT_WORDS = 2, 25
"""Lines that follow one another, and their words, that make a list without bullets.  Chosen by
judgement (November 2026): one line may be a caption, longer lines lack their stop by mistake."""

_LINE_END = re.compile(r"[.?!:;][’”\"')\]]*$")


@dataclass(frozen=True, slots=True)
class ListMarker:
    """A printed marker.

    `kind` is "glyph", "dash" (which may also be a dash in a sentence), "number" or
    "letter"; `number` its words, empty for a glyph; `length` the characters it takes up,
    with the space after it.
    """

    kind: str
    number: str
    length: int


def find_marker(text: str, *, bare: bool = False) -> ListMarker | None:
    """The marker that `text` starts with, or None.

    With `bare`, a number without a full stop counts too; for lines that are known to be
    list items or headings.

    >>> find_marker("4.12 Staff met the family.")
    ListMarker(kind='number', number='4.12', length=5)
    >>> find_marker("• Staff met the family.").kind
    'glyph'
    >>> find_marker("41.Not all staff met them.").number
    '41'
    >>> find_marker("31 March was the date.") is None
    True
    """
    glyph = _GLYPH.match(text)
    if glyph:
        return ListMarker("glyph", "", glyph.end())
    dash = _DASH.match(text)
    if dash:
        return ListMarker("dash", "", dash.end())
    for kind, pattern in (("number", _NUMBER), ("letter", _LETTER)):
        match = pattern.match(text)
        if match:
            # The pattern has one group for each of its two forms.
            number = match[1] or match[match.lastindex or 1]
            return ListMarker(kind, number.strip("(). "), match.end())
    match = _NUMBER_WITHOUT_STOP.match(text) if bare else None
    return ListMarker("number", match.group(1), match.end()) if match else None


def extract_bare_numbers(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces whose paragraph numbers without a full stop are moved to `number`.

    Only numbers that count 1, 2, 3 through the report are taken; any other belongs to its
    sentence ("12 Children were seen").

    >>> pieces = [Piece("1 One."), Piece("2 Two."), Piece("40 Children came."), Piece("3 Three.")]
    >>> [(p.number, p.text) for p in extract_bare_numbers(pieces)]
    [('1', 'One.'), ('2', 'Two.'), ('', '40 Children came.'), ('3', 'Three.')]
    """
    cuts: dict[int, int] = {}
    expected = 1
    for index, piece in enumerate(pieces):
        numberable = piece.kind in ("paragraph", "bullet") and not piece.number
        match = _BARE_NUMBER.match(piece.text) if numberable else None
        if match and int(match.group(1)) == expected:
            cuts[index] = match.end()
            expected += 1
    if len(cuts) < _MIN_NUMBERED:
        return list(pieces)
    return [
        _cut_number(piece, cuts[index]) if index in cuts else piece
        for index, piece in enumerate(pieces)
    ]


def mark_verbless_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in which lines without a full stop that follow one another are bullets.

    Briefings print points as lines of their own; such a point takes the side of its heading.

    >>> [piece.kind for piece in mark_verbless_lines([Piece("No lead"), Piece("Late visits")])]
    ['bullet', 'bullet']
    """
    out = list(pieces)
    run: list[int] = []
    for index in range(len(pieces) + 1):
        if index < len(pieces) and _is_point(pieces[index]):
            run.append(index)
            continue
        if len(run) >= _MIN_POINTS:
            for place in run:
                out[place] = replace(out[place], kind="bullet")
        run = []
    return out


def _is_point(piece: Piece) -> bool:
    is_line = piece.kind == "paragraph" and not piece.number and not piece.boilerplate
    ends = _LINE_END.search(piece.text)
    return is_line and not ends and 1 < len(piece.text.split()) <= _MAX_POINT_WORDS


def _cut_number(piece: Piece, length: int) -> Piece:
    return replace(
        piece,
        text=piece.text[length:],
        number=piece.text[:length].strip(),
        turns=tuple((max(offset - length, 0), page) for offset, page in piece.turns),
    )
