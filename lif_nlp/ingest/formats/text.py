"""Plain text and Markdown -> Reading: paragraphs, bullets and headings by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lif_nlp.ingest.encoding import decode
from lif_nlp.ingest.list_markers import find_label
from lif_nlp.ingest.pieces import Piece, Reading

_MARKED = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"^\s*([=\-_*~#])\1{2,}\s*$")
_INLINE = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read_text(content: bytes, source: str, *, markdown: bool = False) -> Reading:
    """What a text file says; a form feed begins a new page."""
    pages = decode(content).split("\f")
    pieces: list[Piece] = []
    for number, page in enumerate(pages, 1):
        pieces += _pieces(page.split("\n"), number, markdown)
    return Reading(pieces=tuple(pieces), pages=len(pages))


def _pieces(lines: list[str], page: int, markdown: bool) -> Iterator[Piece]:
    for group in _groups(lines):
        first = group[0].strip()
        marked = _MARKED.match(first)
        if marked:
            yield Piece(_plain(marked.group(2)), page, "heading", level=len(marked.group(1)))
        elif len(group) == 1 and _is_heading(first):
            yield _heading(first, page)
        else:
            text = " ".join(line.strip() for line in group)
            yield _body(_plain(text) if markdown else text, page, group[0])


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Lines that belong together: up to a blank line, a new label or a heading."""
    group: list[str] = []
    for index, line in enumerate(lines):
        underlined = bool(_RULE.match(line))
        opens = bool(_opens(line, group)) or underlined
        if group and (not line.strip() or opens):
            yield group
            group = []
        if line.strip() and not underlined:
            group.append(line)
        alone = len(group) == 1 and (_MARKED.match(line) or _RULE.match(_next(lines, index)))
        if alone:
            yield group
            group = []
    if group:
        yield group


def _next(lines: list[str], index: int) -> str:
    return lines[index + 1] if index + 1 < len(lines) else ""


def _opens(line: str, group: list[str]) -> bool:
    label = find_label(line.strip())
    if not label:
        return bool(_MARKED.match(line))
    ended = not group or group[-1].rstrip().endswith((".", ":", ";", "?", "!"))
    return label.kind == "glyph" or ended or bool(find_label(group[0].strip()))


def _is_heading(line: str) -> bool:
    words = line.split()
    if not 0 < len(words) <= 14 or re.search(r"[.;,!]$", line) or "|" in line:
        return False
    label = find_label(line)
    if label and label.kind != "number":
        return False
    return line[:1].isupper() or bool(label)


def _heading(line: str, page: int) -> Piece:
    label = find_label(line)
    level = label.number.count(".") + 2 if label else (1 if line.isupper() else 2)
    cut = label.length if label else 0
    number = label.number if label else ""
    return Piece(line[cut:], page, "heading", level=level, number=number)


def _body(text: str, page: int, first: str) -> Piece:
    text = re.sub(r"\s+", " ", text).strip()
    label = find_label(text)
    if not label:
        return Piece(text, page)
    indent = len(first) - len(first.lstrip())
    kind = "paragraph" if label.kind == "number" else "bullet"
    level = indent // 2 if kind == "bullet" else 0
    return Piece(text[label.length :], page, kind, level=level, number=label.number)


def _plain(text: str) -> str:
    return _INLINE.sub(r"\2", text)
