"""Removes footnote marks: small raised numbers within or after a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lif_nlp.ingest.pdf.page import Segment
from lif_nlp.ingest.pdf.thresholds import (
    MARK_MAX_GAP,
    MARK_MAX_RAISE,
    MARK_MIN_RAISE,
    NOTE_LABEL_MAX_GAP,
    POINT_TOLERANCE,
    SMALL_PRINT_RATIO,
)
from lif_nlp.ingest.pieces import RemovedText

KIND = "footnote mark"
"""Kind of the removed text."""

_MARK = re.compile(r"^\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*$")
_UNIT = re.compile(r"(?:^|[\s\d(])(?:[cdkm]?m)$")
"""After a unit of length a raised number is a power ("12 km2")."""


def remove_footnote_marks(
    page: Sequence[Segment], number: int
) -> tuple[list[Segment], list[RemovedText]]:
    """Segments of page `number` without the marks in its sentences, and those marks.

    A mark before a line is the label of a footnote: it stays, as the line's first word.
    """
    segments: list[Segment] = []
    marks: list[RemovedText] = []
    label: Segment | None = None
    for segment, next_segment in zip(page, [*page, None][1:], strict=True):
        if _is_mark_after(segment, segments[-1] if segments else None):
            marks.append(RemovedText(KIND, number, segment.text.strip()))
        elif next_segment and _is_note_label(segment, next_segment):
            label = segment
        else:
            segments.append(_prepend_label(label, segment) if label else segment)
            label = None
    return segments, marks


def _is_mark(segment: Segment, neighbour: Segment) -> bool:
    """Whether a segment is small raised digits next to the line of its neighbour."""
    elevation = segment.y - neighbour.y_end
    is_raised = MARK_MIN_RAISE * neighbour.size < elevation < MARK_MAX_RAISE * neighbour.size
    is_small = segment.size <= SMALL_PRINT_RATIO * neighbour.size
    return bool(_MARK.match(segment.text)) and is_raised and is_small


def _is_mark_after(segment: Segment, previous: Segment | None) -> bool:
    if previous is None or not _is_mark(segment, previous):
        return False
    if _UNIT.search(previous.text.rstrip()):
        return False
    return -POINT_TOLERANCE <= segment.x0 - previous.x1 < MARK_MAX_GAP * previous.size


def _is_note_label(segment: Segment, next_segment: Segment) -> bool:
    """Whether a mark opens the line that follows, as the number of a footnote does."""
    start = replace(next_segment, y_end=next_segment.y)
    gap = next_segment.x0 - segment.x1
    is_near = -POINT_TOLERANCE <= gap < NOTE_LABEL_MAX_GAP * next_segment.size
    is_before = segment.line != next_segment.line or segment.x0 <= next_segment.x0
    return is_near and is_before and _is_mark(segment, start)


def _prepend_label(label: Segment, line: Segment) -> Segment:
    return replace(line, text=f"{label.text.strip()} {line.text.lstrip()}", x0=label.x0)
