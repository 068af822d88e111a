"""Running headers, footers and page numbers: found by mark, by place and by repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lif_nlp.ingest.pdf.page import Segment
from lif_nlp.ingest.pieces import RemovedText

_EDGE = 0.12
"""Share of the page's height, at the top and at the bottom, where furniture stands."""

_CONTENT = frozenset(("TD", "TH", "LI", "Note", "TOCI"))
"""Tags of real content: a number in a cell at the top of a page is no page number."""

_SHORT = 6
"""In a document of so many pages a line that returns once is furniture, else twice."""

_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)


def remove_running_headers(
    pages: Sequence[Sequence[Segment]], sizes: Sequence[tuple[float, float]]
) -> tuple[list[list[Segment]], list[RemovedText]]:
    """Segments of each page without its furniture, and what was taken out."""
    repeated = _repeated_keys(pages, sizes)
    kept: list[list[Segment]] = []
    dropped: list[RemovedText] = []
    for number, (page, (_, height)) in enumerate(zip(pages, sizes, strict=True), 1):
        rest: list[Segment] = []
        last: Segment | None = None
        for segment in page:
            kind = _furniture_kind(segment, height, repeated)
            if kind:
                _note(dropped, RemovedText(kind, number, segment.text.strip()), segment, last)
                last = segment
            else:
                rest.append(segment)
        kept.append(rest)
    return kept, dropped


def _note(
    dropped: list[RemovedText], item: RemovedText, segment: Segment, last: Segment | None
) -> None:
    """Add what was dropped; parts of one line (a raised "rd" in "3rd") stay together."""
    if last and _beside(last, segment) and dropped[-1].kind == item.kind:
        gap = " " if segment.x0 - last.x1 > 0.12 * segment.size else ""
        item = RemovedText(item.kind, item.page, dropped.pop().text + gap + item.text)
    dropped.append(item)


def _beside(last: Segment, segment: Segment) -> bool:
    """Whether two segments are parts of one printed line, raised letters included."""
    near = abs(segment.y - last.y_end) < 0.8 * max(segment.size, last.size)
    return segment.line == last.line or (near and 0 <= segment.x0 - last.x1 < segment.size)


def _repeated_keys(
    pages: Sequence[Sequence[Segment]], sizes: Sequence[tuple[float, float]]
) -> frozenset[str]:
    """Edge lines that stand, but for their numbers, on several pages."""
    seen: Counter[str] = Counter()
    for page, (_, height) in zip(pages, sizes, strict=True):
        seen.update({_key(s) for s in page if _at_edge(s, height)})
    least = 2 if len(pages) <= _SHORT else 3
    return frozenset(key for key, count in seen.items() if count >= least and key.strip(" #"))


def _furniture_kind(segment: Segment, height: float, repeated: frozenset[str]) -> str:
    if not _at_edge(segment, height):
        return ""
    if _PAGE_NUMBER.match(segment.text.strip()):
        return "page number"
    if segment.artifact or _key(segment) in repeated:
        return "running footer" if segment.y < height / 2 else "running header"
    return ""


def _key(segment: Segment) -> str:
    """The line with numbers made alike, at its rough height on the page."""
    words = _NUMBERS.sub("#", segment.text.strip().lower())
    return f"{words} @{round(segment.y / 20)}" if words.strip("# ") else ""


def _at_edge(segment: Segment, height: float) -> bool:
    if not segment.artifact and any(name in _CONTENT for name, _ in segment.tags):
        return False
    return segment.y < _EDGE * height or segment.y > (1 - _EDGE) * height
