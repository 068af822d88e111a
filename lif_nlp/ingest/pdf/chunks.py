"""Segments of a page -> chunks: the lines that belong to one paragraph, item or cell.

Where the file is tagged, lines with the same block tag belong together; where it
is not, the layout decides (gaps, indents, labels, styles).  The layout also cuts
a tag that holds a heading and its paragraph, or several bullets, in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lif_nlp.ingest.list_markers import find_marker
from lif_nlp.ingest.pdf.page import Segment, Tag

_ENDS = re.compile(r"[.?!:;]['’”\")\]]*\d{0,2}\s*$")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": ""}
)
_AND = r"(?:and|or|to)\s"
SOFT_HYPHEN = "\x02"
"""What PDFium puts for a hyphen at the end of a line (the line break is gone)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive lines that make one block on one page, with how they look."""

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

    def has(self, *names: str) -> bool:
        """Whether the chunk stands inside a structure element of one of these names."""
        return any(name in names for name, _ in self.tags)

    def place(self, *names: str) -> Tag | None:
        """The innermost structure element of one of these names around the chunk."""
        return next((tag for tag in reversed(self.tags) if tag[0] in names), None)


def build_chunks(segments: Iterable[Segment], page: int) -> list[Chunk]:
    """Chunks of one page in reading order; furniture has been taken out before."""
    groups: list[list[Segment]] = []
    by_tag: dict[tuple[Tag, ...], list[Segment]] = {}
    for segment in in_line_order(segments):
        group = by_tag.get(segment.tags) if segment.tags else (groups[-1] if groups else None)
        if group is None or _starts_new(group, segment):
            group = []
            groups.append(group)
        if segment.tags:
            by_tag[segment.tags] = group
        group.append(segment)
    return [_chunk(group, page) for group in groups]


_SHORT = 3
_NEAR = 45.0


def in_line_order(segments: Iterable[Segment]) -> list[Segment]:
    """Segments with labels that were drawn late put before the line they stand beside.

    Some writers draw all bullets or run-in labels of a page after its text.
    """
    out: list[Segment] = []
    starts: dict[int, list[Segment]] = {}
    for segment in segments:
        beside = None
        if len(segment.text.split()) <= _SHORT:
            lines = [s for key in (-1, 0, 1) for s in starts.get(round(segment.y / 2) + key, ())]
            beside = next((other for other in lines if _stands_before(segment, other)), None)
        if beside is None:
            out.append(segment)
        else:
            out.insert(out.index(beside), replace(segment, line=beside.line))
        starts.setdefault(round(segment.y / 2), []).append(segment)
    return out


def _stands_before(label: Segment, line: Segment) -> bool:
    same = label.tags == line.tags or not label.tags or not line.tags
    return same and label.line != line.line and 0 <= line.x0 - label.x1 + 1 < _NEAR


def _starts_new(group: Sequence[Segment], segment: Segment) -> bool:
    """Whether a line opens a new chunk although its tag (or the lack of one) is the same."""
    last = group[-1]
    if bool(last.tags) != bool(segment.tags) and segment.tags != group[0].tags:
        return not _goes_on_beside(last, segment)
    if segment.line == last.line or abs(segment.y - last.y_end) < 0.5 * last.size:
        return False
    if _style_breaks(group, segment):
        return True
    label = find_marker(segment.text.lstrip())
    if label and label.kind == "glyph":
        return True
    ended = bool(_ENDS.search(last.text))
    if label and ended:
        return True
    gap = last.y_end - segment.y
    return _layout_breaks(group, segment, gap, ended) if not segment.tags else False


def _goes_on_beside(last: Segment, segment: Segment) -> bool:
    """Whether words whose tag was lost carry on the line, so that they belong to its tag."""
    return segment.line == last.line and 0 <= segment.x0 - last.x1 < last.size


def _style_breaks(group: Sequence[Segment], segment: Segment) -> bool:
    """A bold or larger line before plain ones is a heading, and the other way round."""
    if len(segment.text.strip()) < 3:
        return False
    whole = all(part.bold for part in group)
    if whole != segment.bold and (whole or segment.bold):
        runs_on = not group[-1].text.rstrip().endswith((".", ":", "?")) and (
            segment.text.lstrip()[:1].islower()
        )
        mixed = not whole and any(part.bold for part in group)
        return not runs_on and not mixed
    return abs(group[-1].size - segment.size) > 0.15 * segment.size and segment.size > 8.5


def _layout_breaks(group: Sequence[Segment], segment: Segment, gap: float, ended: bool) -> bool:
    last = group[-1]
    size = max(segment.size, 1.0)
    if gap < -size or gap > 1.75 * size:
        return True
    pitch = group[-2].y_end - last.y if len(group) > 1 else 0.0
    if pitch > 0.5 * size and gap > 1.3 * pitch:
        return True
    short = last.x1 < max(part.x1 for part in [*group, segment]) - 6 * size
    return ended and short


def _chunk(group: Sequence[Segment], page: int) -> Chunk:
    first = group[0]
    letters = [part for part in group if any(char.isalnum() for char in part.text)] or list(group)
    biggest = max(letters, key=lambda part: len(part.text))
    return Chunk(
        text=_joined(group),
        page=page,
        x0=first.x0,
        x1=max(part.x1 for part in group),
        last_x1=group[-1].x1,
        top=max(part.y for part in group),
        bottom=min(min(part.y, part.y_end) for part in group),
        size=biggest.size,
        bold=all(part.bold for part in letters),
        italic=all(part.italic for part in letters),
        tags=first.tags,
        lines=len({part.line for part in group}),
        symbol=first.glyph,
    )


def _joined(group: Sequence[Segment]) -> str:
    """Words of the lines as one string: spaces folded, soft hyphens made plain."""
    text = ""
    last: Segment | None = None
    for part in group:
        touching = (
            last is not None
            and abs(part.y - last.y_end) < 0.6 * max(part.size, last.size)
            and 0 <= part.x0 - last.x1 < 0.12 * part.size
        )
        text = text + part.text if touching or not text else f"{text}\n{part.text}"
        last = part
    return fold(text)


def fold(text: str) -> str:
    """Text with plain letters for ligatures and spaces folded.

    A hyphen at the end of a line becomes SOFT_HYPHEN, to be kept or dropped once
    the words of the whole document are known; one that stands for a missing word
    ("16- and 17-year-olds") keeps its space.
    """
    text = re.sub(r"(?<=[A-Za-z])-\s*\n\s*(?=[a-z])", SOFT_HYPHEN, text)
    text = re.sub(rf"(?<=\d)-\s*\n\s*(?=(?!{_AND})[a-z])", SOFT_HYPHEN, text)
    text = re.sub(rf"{SOFT_HYPHEN}\s*(?={_AND})", "- ", text).translate(_LIGATURES)
    return re.sub(r"\s+", " ", text).strip()


def joined_over_page(one: Chunk, other: Chunk) -> Chunk:
    """Two chunks as one, with the place where the new page begins kept."""
    if re.search(r"[A-Za-z]-$", one.text) and re.match(rf"(?!{_AND})[a-z]", other.text):
        one = replace(one, text=one.text[:-1] + SOFT_HYPHEN)
    glue = "" if one.text.endswith(SOFT_HYPHEN) else " "
    at = len(one.text) + len(glue)
    turns = (
        *one.turns,
        *(((at, other.page),) if other.page != one.page else ()),
        *((at + place, page) for place, page in other.turns),
    )
    return replace(
        one,
        text=one.text + glue + other.text,
        last_x1=other.last_x1,
        bottom=other.bottom,
        lines=one.lines + other.lines,
        turns=turns,
    )
