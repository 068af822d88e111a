"""Splits a PDF page into segments: characters of one line that share a structure tag.

The only module that uses PDFium's raw interface. PDFium is not thread-safe: call it from one
thread of a process at a time. What a text object says about its characters (marked-content
id, font, size, Artifact mark) is cached for the page.
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

from lif_nlp.ingest.pdf.thresholds import SMALL_PRINT_RATIO, WIDE_GAP

Tag = tuple[str, int]
"""Name of a structure element (PDF 1.7, section 14.8.4) and its position in the page's tree."""

_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
_SYMBOL = re.compile(r"symbol|dings", re.IGNORECASE)
_MAX_TREE_DEPTH = 60
"""Depth of the structure tree that is followed; a deeper one is a hostile or broken file."""

_FILL_AND_STROKE = 2
"""Text rendering mode that draws an outline too: some programs fake bold print with it (PDF 1.7,
table 106)."""

_FONT_NAME_BYTES, _MARK_NAME_BYTES = 256, 128
"""Buffers for names; longer ones are cut, which does no harm."""


@dataclass(frozen=True, slots=True)
class Style:
    """Print and structure tags of the characters of one text object; `size` is in points."""

    size: float
    bold: bool
    italic: bool
    font: str
    tags: tuple[Tag, ...]
    artifact: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of one line under one block-level tag, left to right.

    Attributes
    ----------
    text
        The characters.
    x0, x1
        Left and right edge, in points from the left of the page.
    y, y_end
        Baseline of the first and the last character, in points from the bottom of the page.
        They differ if a word is hyphenated, because PDFium gives no line break there.
    size
        Median size of the print, in points.
    bold, italic
        Whether all letters and digits are.
    tags
        Structure elements around the text, outermost first; empty in an untagged file.
    artifact
        Whether the file marks the text as decoration (running header, page number).
    line
        Number of the line on the page, from 0.
    symbol_font
        Whether it is printed in a font of symbols, as bullets are.
    gaps
        Wide gaps in untagged text, as between cells: (offset in text, left edge, right edge).
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
    symbol_font: bool = False
    y_end: float = 0.0
    gaps: tuple[tuple[int, float, float], ...] = ()


def page_segments(page: Any) -> Iterator[Segment]:
    """Segments of an open pypdfium2 page, in the order in which the file draws them.

    That order is the reading order in nearly all reports; `in_line_order` mends the rest.
    """
    tags = _tags_by_mark(page.raw)
    text = page.get_textpage()
    try:
        for line, run in enumerate(_lines(text.raw, tags)):
            yield from _split_by_tag(text.raw, run, line)
    finally:
        text.close()


_Run = list[tuple[int, str, Style]]


def _lines(text: Any, tags: dict[int, tuple[Tag, ...]]) -> Iterator[_Run]:
    """Characters of each line with index and style, by PDFium's own line breaks."""
    styles: dict[int, Style] = {}
    run: _Run = []
    style = _NO_STYLE
    page = ctypes.cast(text, ctypes.c_void_p).value
    for index in range(pdfium.FPDFText_CountChars(text)):
        char = chr(_unicode_at(page, index))
        if char == "\n":
            yield run
            run = []
        elif char not in "\r\x00\ufffe\ufeff":
            # Spaces that PDFium inserts have no text object; they take the style before them.
            if address := _text_object_at(page, index):
                if address not in styles:
                    styles[address] = _style(pdfium.FPDFText_GetTextObject(text, index), tags)
                style = styles[address]
            run.append((index, char, style))
    yield run


_NO_STYLE = Style(0.0, False, False, "", (), False)


def _by_address(function: Any, result: Any) -> Any:
    """A PDFium function of text page and index that takes and returns plain numbers.

    They are called for every character, and creating pointer objects for them takes longer
    than the rest of reading.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int)(address)


_unicode_at = _by_address(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_text_object_at = _by_address(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)


def _style(text_object: Any, tags: dict[int, tuple[Tag, ...]]) -> Style:
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(text_object, size)
    pdfium.FPDFPageObj_GetMatrix(text_object, matrix)
    font = _font_name(text_object)
    has_outline = pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _FILL_AND_STROKE
    return Style(
        # The font size is scaled by the text matrix; its second row gives the height.
        size=round(size.value * math.hypot(matrix.c, matrix.d), 1),
        bold=has_outline or _font_matches(_BOLD, font),
        italic=_font_matches(_ITALIC, font),
        font=font,
        tags=block_tags(tags.get(pdfium.FPDFPageObj_GetMarkedContentID(text_object), ())),
        artifact="Artifact" in _mark_names(text_object),
    )


def _font_name(text_object: Any) -> str:
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    font = pdfium.FPDFTextObj_GetFont(text_object)
    pdfium.FPDFFont_GetBaseFontName(font, name, _FONT_NAME_BYTES)
    return name.value.decode("utf-8", "replace")


@lru_cache(maxsize=1024)
def _font_matches(pattern: re.Pattern[str], font: str) -> bool:
    return bool(pattern.search(font))


def _mark_names(text_object: Any) -> list[str]:
    names = []
    for index in range(pdfium.FPDFPageObj_CountMarks(text_object)):
        buffer, used = (ctypes.c_ushort * (_MARK_NAME_BYTES // 2))(), ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(text_object, index)
        pdfium.FPDFPageObjMark_GetName(mark, buffer, _MARK_NAME_BYTES, used)
        # PDFium counts the two bytes of the closing zero.
        names.append(bytes(buffer)[: max(used.value - 2, 0)].decode("utf-16-le", "replace"))
    return names


_INLINE_TAGS = frozenset(
    (
        "Span", "Link", "Lbl", "LBody", "Reference", "Quote", "Em", "Strong", "Sub", "NonStruct",
        "Private",
    )
)  # fmt: skip
"""Structure elements within a line, or without meaning for the layout."""


def block_tags(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Tags down to the innermost one that is a block; a list item is one block.

    >>> block_tags((("Document", 1), ("L", 2), ("LI", 3), ("LBody", 4), ("P", 5)))
    (('Document', 1), ('L', 2), ('LI', 3))
    """
    blocks = [tag for tag in tags if tag[0] not in _INLINE_TAGS]
    # What is tagged within an item, such as a paragraph, must not divide it.
    items = [index for index, tag in enumerate(blocks) if tag[0] in ("LI", "Note", "TOCI")]
    return tuple(blocks[: items[-1] + 1] if items else blocks)


def _split_by_tag(text: Any, run: _Run, line: int) -> Iterator[Segment]:
    starts = [0, *_tag_changes(run), len(run)]
    for start, end in pairwise(starts):
        segment = _segment(text, run[start:end], line)
        if segment:
            yield segment


def _tag_changes(run: _Run) -> Iterator[int]:
    """Positions of the characters that start a new segment."""
    small = _small_digits(run)
    for position in range(1, len(run)):
        style, next_style = run[position - 1][2], run[position][2]
        # Most neighbours come from one text object, and identity is quick to check.
        if (style is not next_style and _differs(style, next_style)) or (
            small and (position - 1 in small) != (position in small)
        ):
            yield position


def _small_digits(run: _Run) -> set[int]:
    """Positions of digits much smaller than their line, such as footnote marks."""
    if len({style.size for _, _, style in run}) < 2:
        return set()
    sizes = sorted(style.size for _, char, style in run if char.isalnum())
    limit = SMALL_PRINT_RATIO * sizes[len(sizes) // 2] if sizes else 0.0
    return {
        position
        for position, (_, char, style) in enumerate(run)
        if char.isdigit() and style.size <= limit
    }


def _differs(one: Style, other: Style) -> bool:
    return one.artifact != other.artifact or one.tags != other.tags


def _segment(text: Any, run: _Run, line: int) -> Segment | None:
    visible = [(index, style) for index, char, style in run if not char.isspace()]
    if not visible:
        return None
    first_style = visible[0][1]
    left, baseline, _ = _box(text, visible[0][0])
    _, last_baseline, right = _box(text, visible[-1][0])
    letters = [style for _, char, style in run if char.isalnum()] or [s for _, s in visible]
    # The middle one, so that a capital set large at the start does not count.
    sizes = sorted(style.size for style in letters)
    return Segment(
        text="".join(char for _, char, _ in run),
        x0=left,
        x1=right,
        y=baseline,
        size=sizes[len(sizes) // 2],
        bold=all(style.bold for style in letters),
        italic=all(style.italic for style in letters),
        tags=first_style.tags,
        artifact=first_style.artifact,
        line=line,
        symbol_font=_font_matches(_SYMBOL, first_style.font),
        # A hyphenated word runs on into the next line without a break of PDFium.
        y_end=last_baseline,
        gaps=() if first_style.tags else tuple(_wide_gaps(text, run)),
    )


def _wide_gaps(text: Any, run: _Run) -> Iterator[tuple[int, float, float]]:
    """Wide gaps of a line: the offset after each, its left edge and its right edge.

    PDFium generates a space where words are far apart without one in the file.
    """
    for position in range(1, len(run) - 1):
        index, char, style = run[position]
        if char != " " or pdfium.FPDFText_IsGenerated(text, index) != 1:
            continue
        _, _, gap_start = _box(text, run[position - 1][0])
        gap_end, _, _ = _box(text, run[position + 1][0])
        if gap_end - gap_start > WIDE_GAP * style.size:
            yield position + 1, gap_start, gap_end


def _box(text: Any, index: int) -> tuple[float, float, float]:
    """Left edge, baseline and right edge of a character, in points."""
    left, right, low, high = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, index, left, right, low, high)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    return left.value, y.value, right.value


def _tags_by_mark(page: Any) -> dict[int, tuple[Tag, ...]]:
    """Structure elements around each marked-content id of the page, outermost first."""
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
    path = (*above, (_element_type(element), count))
    count += 1
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            if len(path) < _MAX_TREE_DEPTH:
                count = _walk_tree(child, path, count, paths)
            continue
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if mark >= 0:
            paths[mark] = path
    return count


def _element_type(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
