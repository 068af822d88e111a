"""Reads plain text and Markdown: headings, paragraphs and bullets by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lif_nlp.ingest.encoding import decode, fold_spaces
from lif_nlp.ingest.label_lines import LABEL_LINE
from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pieces import Piece, Reading
from lif_nlp.ingest.sheets.table_rows import Row, row_pieces

_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_UNDERLINE = re.compile(r"^\s*([=\-_*~#])\1{2,}\s*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read_text(content: bytes, source: str, *, markdown: bool = False) -> Reading:
    """The text of a file; a form feed begins a new page.

    Parameters
    ----------
    content, source
        The file, and its path.
    markdown
        Whether to remove the marks of bold text.
    """
    pages = decode(content).split("\f")
    pieces: list[Piece] = []
    for number, page in enumerate(pages, 1):
        pieces += _pieces(page.split("\n"), number, markdown)
    return Reading(pieces=tuple(pieces), pages=len(pages))


def _pieces(lines: list[str], page: int, markdown: bool) -> Iterator[Piece]:
    groups = list(_groups(lines))
    letters = [_letter(group[0]) for group in groups]
    for place, group in enumerate(groups):
        first = fold_spaces(group[0])
        around = letters[max(place - 1, 0) : place + 2]
        is_item = bool(letters[place]) and any(
            other and abs(ord(other) - ord(letters[place])) == 1 for other in around
        )
        heading = _MARKDOWN_HEADING.match(first)
        if _is_table(group):
            yield from row_pieces([Row(_cells(line), page) for line in (group[0], *group[2:])])
        elif heading:
            yield Piece(_plain(heading.group(2)), page, "heading", level=len(heading.group(1)))
        elif len(group) == 1 and _is_heading(first):
            yield _heading(first, page)
        else:
            text = " ".join(line.strip() for line in group)
            yield _body(_plain(text) if markdown else text, page, group[0], is_item=is_item)


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Lines that belong together: up to a blank line, a new marker or a heading."""
    group: list[str] = []
    for index, line in enumerate(lines):
        is_underline = bool(_UNDERLINE.match(line))
        starts_group = (
            _starts_group(line, group)
            or is_underline
            or _starts_letter(line, group, _next(lines, index))
        )
        if group and (not line.strip() or starts_group):
            yield group
            group = []
        if line.strip() and not is_underline:
            group.append(line)
        # People also underline a heading with a row of "=" or "-".
        is_heading = _MARKDOWN_HEADING.match(line) or _UNDERLINE.match(_next(lines, index))
        if len(group) == 1 and is_heading:
            yield group
            group = []
    if group:
        yield group


_LETTERED = re.compile(r"^\s*(?P<letter>[A-Z])[.)]\s+(?=\S)")
"""A line of a list with capital letters; alone, "A. Smith" may be a name."""


def _starts_letter(line: str, group: list[str], following: str) -> bool:
    """Whether a line is the next item of a list A, B, C, or its first."""
    own, before, after = (_letter(text) for text in (line, group[0] if group else "", following))
    in_turn = before and own and ord(own) == ord(before) + 1
    return bool(in_turn or (own == "A" and after == "B"))


def _letter(line: str) -> str:
    """The capital letter that a line begins with as an item of a list, or nothing."""
    match = _LETTERED.match(line)
    return match["letter"] if match else ""


_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
"""The line below the header of a table in Markdown."""


def _is_table(group: list[str]) -> bool:
    """Whether lines are a table in Markdown: bars in each, and a rule below the first."""
    return len(group) > 2 and bool(_RULE.match(group[1])) and all("|" in line for line in group)


def _cells(line: str) -> tuple[str, ...]:
    # One bar at each end: a second one is the edge of a blank cell.
    inner = line.strip().removeprefix("|").removesuffix("|")
    return tuple(fold_spaces(cell).strip() for cell in inner.split("|"))


def _next(lines: list[str], index: int) -> str:
    return lines[index + 1] if index + 1 < len(lines) else ""


def _starts_group(line: str, group: list[str]) -> bool:
    """Whether a line is a heading or a new item, not a sentence that wraps before a number."""
    marker = find_marker(line.strip())
    if not marker:
        return bool(_MARKDOWN_HEADING.match(line) or LABEL_LINE.match(line.strip()))
    after_sentence = not group or group[-1].rstrip().endswith((".", ":", ";", "?", "!"))
    # "What we ask for" directly above "A. Schools to ring"
    after_heading = len(group) == 1 and _is_heading(fold_spaces(group[0]).strip())
    if after_heading and not find_marker(group[0].strip()):
        return True
    return marker.kind == "glyph" or after_sentence or bool(find_marker(group[0].strip()))


MAX_HEADING_WORDS = 14
"""Words of a heading in plain text. Chosen by judgement (November 2026): higher takes short
sentences without a full stop for headings, lower leaves headings in the text."""

_SPACES_PER_LEVEL = 2
"""Spaces of indentation for each level of a nested list."""


def _is_heading(line: str) -> bool:
    words = line.split()
    # A bar divides the cells of a table.
    if not 0 < len(words) <= MAX_HEADING_WORDS or re.search(r"[.;,!]$", line) or "|" in line:
        return False
    if LABEL_LINE.match(line):
        return False
    marker = find_marker(line)
    if marker and marker.kind != "number":
        return False
    return line[:1].isupper() or bool(marker)


def _heading(line: str, page: int) -> Piece:
    marker = find_marker(line)
    # Level 1 is for capitals: the title of the report, above its numbered sections.
    level = marker.number.count(".") + 2 if marker else (1 if line.isupper() else 2)
    cut = marker.length if marker else 0
    number = marker.number if marker else ""
    return Piece(line[cut:], page, "heading", level=level, number=number)


def _body(text: str, page: int, first: str, *, is_item: bool) -> Piece:
    text = fold_spaces(text)
    marker = find_marker(text)
    lettered = _LETTERED.match(text)
    if is_item and lettered:
        return Piece(text[lettered.end() :], page, "bullet", number=lettered["letter"])
    if not marker:
        return Piece(text, page)
    indent = len(first) - len(first.lstrip())
    kind = "paragraph" if marker.kind == "number" else "bullet"
    level = indent // _SPACES_PER_LEVEL if kind == "bullet" else 0
    return Piece(text[marker.length :], page, kind, level=level, number=marker.number)


def _plain(text: str) -> str:
    return _EMPHASIS.sub(r"\2", text)
