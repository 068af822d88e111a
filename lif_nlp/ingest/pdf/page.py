"""One PDF page -> segments: runs of characters on a line that share a structure tag.

The only module that speaks PDFium's raw interface.  PDFium is not thread-safe:
call it from one thread of a process at a time.  Each character is asked for its
text object once; what an object knows (marked-content id, font, size, Artifact
mark) is cached for the page.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

Tag = tuple[str, int]
"""Name of a structure element and its position in the tree of its page."""

_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_MAX_DEPTH = 60
_MUCH_SMALLER = 0.8
_WIDE_GAP = 1.2
_STROKED = 2


@dataclass(frozen=True, slots=True)
class Style:
    """How the characters of one text object look and where its tags say they belong."""

    size: float
    bold: bool
    italic: bool
    font: str
    tags: tuple[Tag, ...]
    artifact: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of one line under one block-level tag, left to right.

    `x0`, `x1`, `y` (baseline of the first character) and `y_end` (of the last)
    are in points from the lower left corner of the page; the two differ where a
    word is cut at the line's end, for PDFium gives no line break there.  `bold`
    and `italic` say that all visible characters are.  `line` counts the lines of
    the page from 0.  `breaks` of untagged words are the wide gaps, as between the
    cells of a table: the place in the text, where the gap begins and where it ends.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    tags: tuple[Tag, ...]
    artifact: bool
    line: int
    glyph: bool = False
    y_end: float = 0.0
    breaks: tuple[tuple[int, float, float], ...] = ()


def page_segments(page: Any) -> Iterator[Segment]:
    """Segments of an open pypdfium2 page, in the order in which the file draws them."""
    tags = _tags_by_mark(page.raw)
    text = page.get_textpage()
    try:
        for line, run in enumerate(_lines(text.raw, tags)):
            yield from _split_by_tag(text.raw, run, line)
    finally:
        text.close()


_Run = list[tuple[int, str, Style]]


def _lines(text: Any, tags: dict[int, tuple[Tag, ...]]) -> Iterator[_Run]:
    """Characters of each line with their place and style; PDFium's own line breaks."""
    styles: dict[int, Style] = {}
    run: _Run = []
    last = _NO_STYLE
    page = ctypes.cast(text, ctypes.c_void_p).value
    for index in range(pdfium.FPDFText_CountChars(text)):
        char = chr(_unicode_at(page, index))
        if char == "\n":
            yield run
            run = []
        elif char not in "\r\x00\ufffe\ufeff":
            # None for a character that PDFium made up: spaces, breaks.
            if shape := _text_object_at(page, index):
                if shape not in styles:
                    styles[shape] = _style(pdfium.FPDFText_GetTextObject(text, index), tags)
                last = styles[shape]
            run.append((index, char, last))
    yield run


_NO_STYLE = Style(0.0, False, False, "", (), False)


def _by_address(function: Any, result: Any) -> Any:
    """A function of a text page and a place that takes and gives plain numbers.

    These are asked of every character; to make a pointer object each time takes longer
    than all the rest of reading.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int)(address)


_unicode_at = _by_address(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_text_object_at = _by_address(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)


def _style(shape: Any, tags: dict[int, tuple[Tag, ...]]) -> Style:
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(shape, size)
    pdfium.FPDFPageObj_GetMatrix(shape, matrix)
    font = _font_name(shape)
    stroked = pdfium.FPDFTextObj_GetTextRenderMode(shape) == _STROKED
    return Style(
        size=round(size.value * math.hypot(matrix.c, matrix.d), 1),
        bold=stroked or _looks(_BOLD, font),
        italic=_looks(_ITALIC, font),
        font=font,
        tags=block_tags(tags.get(pdfium.FPDFPageObj_GetMarkedContentID(shape), ())),
        artifact="Artifact" in _mark_names(shape),
    )


def _font_name(shape: Any) -> str:
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(shape), name, 256)
    return name.value.decode("utf-8", "replace")


@lru_cache(maxsize=1024)
def _looks(style: re.Pattern[str], font: str) -> bool:
    return bool(style.search(font))


def _mark_names(shape: Any) -> list[str]:
    names = []
    for index in range(pdfium.FPDFPageObj_CountMarks(shape)):
        buffer, used = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(shape, index)
        pdfium.FPDFPageObjMark_GetName(mark, buffer, 128, used)
        names.append(bytes(buffer)[: max(used.value - 2, 0)].decode("utf-16-le", "replace"))
    return names


_INLINE = frozenset(
    (
        "Span",
        "Link",
        "Lbl",
        "LBody",
        "Reference",
        "Quote",
        "Em",
        "Strong",
        "Sub",
        "NonStruct",
        "Private",
    )
)


def block_tags(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Tags down to the innermost one that makes a block; a list item is one block.

    >>> block_tags((("Document", 1), ("L", 2), ("LI", 3), ("LBody", 4), ("P", 5)))
    (('Document', 1), ('L', 2), ('LI', 3))
    """
    kept = [tag for tag in tags if tag[0] not in _INLINE]
    items = [place for place, tag in enumerate(kept) if tag[0] in ("LI", "Note", "TOCI")]
    return tuple(kept[: items[-1] + 1] if items else kept)


def _split_by_tag(text: Any, run: _Run, line: int) -> Iterator[Segment]:
    starts = [0, *_changes(run), len(run)]
    for start, end in pairwise(starts):
        segment = _segment(text, run[start:end], line)
        if segment:
            yield segment


def _changes(run: _Run) -> Iterator[int]:
    """Places of the characters that begin another segment than the one before them."""
    small = _small_digits(run)
    for place in range(1, len(run)):
        one, other = run[place - 1][2], run[place][2]
        # Most neighbours come from one text object.
        if (one is not other and _differs(one, other)) or (
            small and (place - 1 in small) != (place in small)
        ):
            yield place


def _small_digits(run: _Run) -> set[int]:
    """Places of digits much smaller than their line, such as the marks of footnotes."""
    if len({style.size for _, _, style in run}) < 2:
        return set()
    sizes = sorted(style.size for _, char, style in run if char.isalnum())
    limit = _MUCH_SMALLER * sizes[len(sizes) // 2] if sizes else 0.0
    return {
        place
        for place, (_, char, style) in enumerate(run)
        if char.isdigit() and style.size <= limit
    }


def _differs(one: Style, other: Style) -> bool:
    return one.artifact != other.artifact or one.tags != other.tags


def _segment(text: Any, run: _Run, line: int) -> Segment | None:
    seen = [(index, style) for index, char, style in run if not char.isspace()]
    if not seen:
        return None
    left, low, _ = _box(text, seen[0][0])
    _, lowest, right = _box(text, seen[-1][0])
    letters = [style for _, char, style in run if char.isalnum()] or [s for _, s in seen]
    sizes = sorted(style.size for style in letters)
    return Segment(
        text="".join(char for _, char, _ in run),
        x0=left,
        x1=right,
        y=low,
        size=sizes[len(sizes) // 2],
        bold=all(style.bold for style in letters),
        italic=all(style.italic for style in letters),
        tags=seen[0][1].tags,
        artifact=seen[0][1].artifact,
        line=line,
        glyph=bool(re.search("symbol|dings", seen[0][1].font, re.IGNORECASE)),
        y_end=lowest,
        breaks=() if seen[0][1].tags else tuple(_breaks(text, run)),
    )


def _breaks(text: Any, run: _Run) -> Iterator[tuple[int, float, float]]:
    """Wide gaps of a run: the place behind each, its left edge and its right edge."""
    for place in range(1, len(run) - 1):
        index, char, style = run[place]
        if char != " " or pdfium.FPDFText_IsGenerated(text, index) != 1:
            continue
        _, _, right = _box(text, run[place - 1][0])
        left, _, _ = _box(text, run[place + 1][0])
        if left - right > _WIDE_GAP * style.size:
            yield place + 1, right, left


def _box(text: Any, index: int) -> tuple[float, float, float]:
    """Left, bottom and right of a character's own box (its origin sets the bottom)."""
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, low, high)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return left.value, y.value, right.value


def _tags_by_mark(page: Any) -> dict[int, tuple[Tag, ...]]:
    """Path of structure elements for each marked-content id of the page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    paths: dict[int, tuple[Tag, ...]] = {}
    try:
        count = 0
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                count = _walk_tree(child, (), count, paths)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return paths


def _walk_tree(
    element: Any, above: tuple[Tag, ...], count: int, paths: dict[int, tuple[Tag, ...]]
) -> int:
    here = (*above, (_element_type(element), count))
    count += 1
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            if len(here) < _MAX_DEPTH:
                count = _walk_tree(child, here, count, paths)
            continue
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if mark >= 0:
            paths[mark] = here
    return count


def _element_type(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
