"""Footnote marks: small raised numbers, taken out of the sentence that they hang on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.ingest.pdf.page import Segment
from lif_nlp.ingest.pieces import RemovedText

KIND = "footnote mark"
"""Kind of what is taken out, in `RemovedText`."""

_MARK = re.compile(r"^\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*$")
_SMALL = 0.8
"""A mark is at most so large beside the print around it."""

_UNIT = re.compile(r"(?:^|[\s\d(])(?:[cdkm]?m)$")
"""After a unit of length a raised number is a power ("12 km2")."""


def remove_footnote_marks(
    page: Sequence[Segment], number: int
) -> tuple[list[Segment], list[RemovedText]]:
    """Segments of a page without the marks in its sentences, and those marks.

    A mark that stands before a line is the label of a footnote: it stays, as the
    first word of that line.
    """
    kept: list[Segment] = []
    dropped: list[RemovedText] = []
    label: Segment | None = None
    for segment, following in zip(page, [*page, None][1:], strict=True):
        if _hangs_on(segment, kept[-1] if kept else None):
            dropped.append(RemovedText(KIND, number, segment.text.strip()))
        elif following and _leads(segment, following):
            label = segment
        else:
            kept.append(_led_by(label, segment) if label else segment)
            label = None
    return kept, dropped


def _is_mark(segment: Segment, beside: Segment) -> bool:
    """Small raised digits close to the line of `beside`."""
    raised = 0.1 * beside.size < segment.y - beside.y_end < 0.8 * beside.size
    return bool(_MARK.match(segment.text)) and raised and segment.size <= _SMALL * beside.size


def _hangs_on(segment: Segment, last: Segment | None) -> bool:
    if last is None or not _is_mark(segment, last) or _UNIT.search(last.text.rstrip()):
        return False
    return -1 <= segment.x0 - last.x1 < 0.6 * last.size


def _leads(segment: Segment, following: Segment) -> bool:
    """Whether a mark opens the line that follows, as a footnote's number does."""
    level = replace(following, y_end=following.y)
    near = -1 <= following.x0 - segment.x1 < 1.2 * following.size
    opens = segment.line != following.line or segment.x0 <= following.x0
    return near and opens and _is_mark(segment, level)


def _led_by(label: Segment, line: Segment) -> Segment:
    return replace(line, text=f"{label.text.strip()} {line.text.lstrip()}", x0=label.x0)
