"""Groups segments of a page into chunks: the lines of one paragraph, list item or cell.

In a tagged file, lines with the same block tag belong together; in an untagged one the layout
decides (gaps, indents, list markers, styles). The layout also splits a tag that contains a
heading and its paragraph, or several bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pdf.page import Segment, Tag
from lif_nlp.ingest.pdf.thresholds import (
    JOINED_LINE_HEIGHT,
    LABEL_MAX_GAP,
    MIN_PITCH,
    MIN_SIZE_CHANGE_PRINT,
    MIN_STYLED_CHARACTERS,
    PARAGRAPH_GAP,
    PITCH_CHANGE,
    POINT_TOLERANCE,
    SAME_LINE,
    SHORT_LABEL_WORDS,
    SHORT_LINE,
    SIZE_CHANGE,
    WORD_GAP,
)

_SENTENCE_END = re.compile(r"[.?!:;]['’”\")\]]*\d{0,2}\s*$")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": ""}
)
_JOINING_WORD = r"(?:and|or|to)\s"
SOFT_HYPHEN = "\x02"
"""What PDFium returns for a hyphen at the end of a line, instead of the line break."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive lines that form one block on one page, and their print.

    Attributes
    ----------
    text
        Words, with `SOFT_HYPHEN` where a line ends in a hyphen.
    page
        From 1; of the first line.
    x0, x1, last_x1
        Left edge, right edge, and right edge of the last line, in points.
    top, bottom
        Baseline of the first and of the last line, in points from the bottom of the page.
    size, bold, italic, tags
        Of the print, as in `Segment`.
    lines
        Number of lines.
    symbol
        Whether it begins with a character of a symbol font, as bullets do.
    turns
        (offset in text, page) for each page that begins within it.
    """

    text: str
    page: int
    x0: float
    x1: float
    last_x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    tags: tuple[Tag, ...]
    lines: int
    symbol: bool = False
    turns: tuple[tuple[int, int], ...] = ()

    def has_tag(self, *names: str) -> bool:
        """Whether a structure element of one of these names contains the chunk."""
        return any(name in names for name, _ in self.tags)

    def tag(self, *names: str) -> Tag | None:
        """The innermost structure element of one of these names that contains the chunk."""
        return next((tag for tag in reversed(self.tags) if tag[0] in names), None)


def build_chunks(segments: Iterable[Segment], page: int) -> list[Chunk]:
    """Chunks of one page in reading order.

    Parameters
    ----------
    segments
        Segments of the page, without running headers.
    page
        Its number, from 1.
    """
    groups: list[list[Segment]] = []
    by_tag: dict[tuple[Tag, ...], list[Segment]] = {}
    for segment in in_line_order(segments):
        group = by_tag.get(segment.tags) if segment.tags else (groups[-1] if groups else None)
        if group is None or _starts_chunk(group, segment):
            group = []
            groups.append(group)
        if segment.tags:
            by_tag[segment.tags] = group
        group.append(segment)
    return [_chunk(group, page) for group in groups]


def in_line_order(segments: Iterable[Segment]) -> list[Segment]:
    """Segments with labels that were drawn late moved before the line they belong to.

    Some programs draw all bullets or run-in labels of a page after its text.
    """
    result: list[Segment] = []
    # Segments by height, in steps of 2 points, so that each is compared with few others.
    by_height: dict[int, list[Segment]] = {}
    for segment in segments:
        height = round(segment.y / 2)
        line = None
        if len(segment.text.split()) <= SHORT_LABEL_WORDS:
            candidates = [s for step in (-1, 0, 1) for s in by_height.get(height + step, ())]
            line = next((other for other in candidates if _is_label_of(segment, other)), None)
        if line is None:
            result.append(segment)
        else:
            result.insert(result.index(line), replace(segment, line=line.line))
        by_height.setdefault(height, []).append(segment)
    return result


def _is_label_of(label: Segment, line: Segment) -> bool:
    same_tag = label.tags == line.tags or not label.tags or not line.tags
    gap = line.x0 - label.x1 + POINT_TOLERANCE
    return same_tag and label.line != line.line and 0 <= gap < LABEL_MAX_GAP


def _starts_chunk(group: Sequence[Segment], segment: Segment) -> bool:
    """Whether a segment starts a new chunk although its tag (or the lack of one) is the same."""
    last = group[-1]
    if bool(last.tags) != bool(segment.tags) and segment.tags != group[0].tags:
        return not _continues_line(last, segment)
    if segment.line == last.line or abs(segment.y - last.y_end) < SAME_LINE * last.size:
        return False
    if _changes_style(group, segment):
        return True
    marker = find_marker(segment.text.lstrip())
    if marker and marker.kind == "glyph":
        return True
    after_sentence = bool(_SENTENCE_END.search(last.text))
    if marker and after_sentence:
        return True
    return not segment.tags and _starts_paragraph(group, segment, after_sentence)


def _continues_line(last: Segment, segment: Segment) -> bool:
    """Whether words that lost their tag continue a tagged line, so that they belong to its tag."""
    return segment.line == last.line and 0 <= segment.x0 - last.x1 < last.size


def _changes_style(group: Sequence[Segment], segment: Segment) -> bool:
    """Whether a heading (bold or larger) begins or ends here."""
    if len(segment.text.strip()) < MIN_STYLED_CHARACTERS:
        return False
    all_bold = all(part.bold for part in group)
    if all_bold != segment.bold and (all_bold or segment.bold):
        # Bold words within a sentence are emphasis, not a heading.
        in_sentence = not group[-1].text.rstrip().endswith((".", ":", "?")) and (
            segment.text.lstrip()[:1].islower()
        )
        partly_bold = not all_bold and any(part.bold for part in group)
        return not in_sentence and not partly_bold
    change = abs(group[-1].size - segment.size)
    return change > SIZE_CHANGE * segment.size and segment.size > MIN_SIZE_CHANGE_PRINT


def _starts_paragraph(group: Sequence[Segment], segment: Segment, after_sentence: bool) -> bool:
    """Whether the layout of an untagged page starts a new paragraph here."""
    last = group[-1]
    gap = last.y_end - segment.y
    size = max(segment.size, 1.0)
    # A line above the last one begins another column.
    if gap < -size or gap > PARAGRAPH_GAP * size:
        return True
    pitch = group[-2].y_end - last.y if len(group) > 1 else 0.0
    if pitch > MIN_PITCH * size and gap > PITCH_CHANGE * pitch:
        return True
    right_edge = max(part.x1 for part in [*group, segment])
    return after_sentence and last.x1 < right_edge - SHORT_LINE * size


def _chunk(group: Sequence[Segment], page: int) -> Chunk:
    first = group[0]
    letters = [part for part in group if any(char.isalnum() for char in part.text)] or list(group)
    longest = max(letters, key=lambda part: len(part.text))
    return Chunk(
        text=_join_lines(group),
        page=page,
        x0=first.x0,
        x1=max(part.x1 for part in group),
        last_x1=group[-1].x1,
        top=max(part.y for part in group),
        bottom=min(min(part.y, part.y_end) for part in group),
        size=longest.size,
        bold=all(part.bold for part in letters),
        italic=all(part.italic for part in letters),
        tags=first.tags,
        lines=len({part.line for part in group}),
        symbol=first.symbol_font,
    )


def _join_lines(group: Sequence[Segment]) -> str:
    """The lines as one text; segments that touch are parts of one word."""
    text = ""
    last: Segment | None = None
    for part in group:
        touches = (
            last is not None
            and abs(part.y - last.y_end) < JOINED_LINE_HEIGHT * max(part.size, last.size)
            and 0 <= part.x0 - last.x1 < WORD_GAP * part.size
        )
        text = text + part.text if touches or not text else f"{text}\n{part.text}"
        last = part
    return clean_text(text)


def clean_text(text: str) -> str:
    """Text with plain letters for ligatures, and single spaces.

    A hyphen at the end of a line becomes SOFT_HYPHEN, to be resolved once all words of the
    document are known. One that replaces a missing word ("16- and 17-year-olds") keeps
    its space.
    """
    text = re.sub(r"(?<=[A-Za-z])-\s*\n\s*(?=[a-z])", SOFT_HYPHEN, text)
    text = re.sub(rf"(?<=\d)-\s*\n\s*(?=(?!{_JOINING_WORD})[a-z])", SOFT_HYPHEN, text)
    text = re.sub(rf"{SOFT_HYPHEN}\s*(?={_JOINING_WORD})", "- ", text).translate(_LIGATURES)
    return re.sub(r"\s+", " ", text).strip()


def join_chunks(one: Chunk, other: Chunk) -> Chunk:
    """Two chunks as one, with a page turn if the second is on another page."""
    if re.search(r"[A-Za-z]-$", one.text) and re.match(rf"(?!{_JOINING_WORD})[a-z]", other.text):
        one = replace(one, text=one.text[:-1] + SOFT_HYPHEN)
    space = "" if one.text.endswith(SOFT_HYPHEN) else " "
    start = len(one.text) + len(space)
    turns = (
        *one.turns,
        *(((start, other.page),) if other.page != one.page else ()),
        *((start + offset, page) for offset, page in other.turns),
    )
    return replace(
        one,
        text=one.text + space + other.text,
        last_x1=other.last_x1,
        bottom=other.bottom,
        lines=one.lines + other.lines,
        turns=turns,
    )
