"""Removes running headers, footers and page numbers, known by tag, place and repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lif_nlp.ingest.pdf.page import Segment
from lif_nlp.ingest.pdf.thresholds import (
    HEADER_LINE_HEIGHT,
    HEADING_HEADER_SHARE,
    PAGE_EDGE,
    RAISED_LETTERS,
    SHORT_REPORT_PAGES,
    WORD_GAP,
)
from lif_nlp.ingest.pieces import RemovedText

_CONTENT_TAGS = frozenset(("TD", "TH", "LI", "Note", "TOCI"))
"""Tags of content: a number in a cell at the top of a page is not a page number."""

_HEADING_TAG = re.compile(r"H[1-6]?$")
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)


def remove_running_headers(
    pages: Sequence[Sequence[Segment]], sizes: Sequence[tuple[float, float]]
) -> tuple[list[list[Segment]], list[RemovedText]]:
    """Segments of each page without headers, footers and page numbers, and the removed text.

    Parameters
    ----------
    pages
        Segments of each page.
    sizes
        (width, height) of each page, in points.
    """
    header_keys = _repeated_keys(pages, sizes)
    body: list[list[Segment]] = []
    removals: list[RemovedText] = []
    for number, (page, (_, height)) in enumerate(zip(pages, sizes, strict=True), 1):
        content: list[Segment] = []
        previous: Segment | None = None
        for segment in page:
            kind = _header_kind(segment, height, header_keys)
            if kind:
                text = RemovedText(kind, number, segment.text.strip())
                _add_removed(removals, text, segment, previous)
                previous = segment
            else:
                content.append(segment)
        body.append(content)
    return body, removals


def _add_removed(
    removed: list[RemovedText], item: RemovedText, segment: Segment, previous: Segment | None
) -> None:
    """Add removed text; parts of one line (a raised "rd" in "3rd") are joined."""
    if previous and _on_one_line(previous, segment) and removed[-1].kind == item.kind:
        space = " " if segment.x0 - previous.x1 > WORD_GAP * segment.size else ""
        item = RemovedText(item.kind, item.page, removed.pop().text + space + item.text)
    removed.append(item)


def _on_one_line(previous: Segment, segment: Segment) -> bool:
    """Whether two segments are parts of one printed line, raised letters included."""
    height = abs(segment.y - previous.y_end)
    is_near = height < RAISED_LETTERS * max(segment.size, previous.size)
    adjacent = is_near and 0 <= segment.x0 - previous.x1 < segment.size
    return segment.line == previous.line or adjacent


def _repeated_keys(
    pages: Sequence[Sequence[Segment]], sizes: Sequence[tuple[float, float]]
) -> frozenset[str]:
    """Lines at the edge that occur on several pages, ignoring numbers."""
    counts: Counter[str] = Counter()
    plain: set[str] = set()
    for page, (_, height) in zip(pages, sizes, strict=True):
        edge = [s for s in page if _at_edge(s, height)]
        counts.update({_key(s) for s in edge})
        # A key seen once in plain type is a header, though it be bold elsewhere.
        plain.update(_key(s) for s in edge if not _looks_like_heading(s))
    min_pages = 2 if len(pages) <= SHORT_REPORT_PAGES else 3
    min_heading_pages = max(min_pages, HEADING_HEADER_SHARE * len(pages))
    return frozenset(
        key
        for key, count in counts.items()
        if key.strip(" #") and count >= (min_pages if key in plain else min_heading_pages)
    )


def _looks_like_heading(segment: Segment) -> bool:
    """Whether a line may be a heading that a page turn left at the edge."""
    return segment.bold or any(_HEADING_TAG.match(name) for name, _ in segment.tags)


def _header_kind(segment: Segment, height: float, repeated: frozenset[str]) -> str:
    """The kind: "page number", "running header", "running footer", or empty for content."""
    if not _at_edge(segment, height):
        return ""
    if _PAGE_NUMBER.match(segment.text.strip()):
        return "page number"
    if segment.artifact or _key(segment) in repeated:
        return "running footer" if segment.y < height / 2 else "running header"
    return ""


def _key(segment: Segment) -> str:
    """The line with "#" for each number, and its rough height on the page."""
    words = _NUMBERS.sub("#", segment.text.strip().lower())
    return f"{words} @{round(segment.y / HEADER_LINE_HEIGHT)}" if words.strip("# ") else ""


def _at_edge(segment: Segment, height: float) -> bool:
    if not segment.artifact and any(name in _CONTENT_TAGS for name, _ in segment.tags):
        return False
    return segment.y < PAGE_EDGE * height or segment.y > (1 - PAGE_EDGE) * height
