"""The likely ranges of the reports on each theme and priority, and of findings by role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import (
    Frames,
    counted_findings,
    counted_reports,
    explode_column,
    findings_by_theme,
)
from lif_nlp.synthesis.likely import Range, errors_of, hits_by_kind, kinds_of_reports

LikelyRanges = Mapping[tuple[str, str, str], Range]
"""The fewest and the most that there likely are, by what they are of and what is counted: "reports"
of a "theme" or "priority" with its id, findings with a role ("problem" ...) of "all"."""

_ROLES = ("problem", "strength", "action")


def likely_ranges(frames: Frames, framework: Framework) -> LikelyRanges:
    """The ranges of all themes and priorities whose errors are known; see `likely`.

    A priority that no report mentions has a range too: a label may have been missed.
    """
    errors = errors_of(frames)
    if not errors.counts:
        return MappingProxyType({})
    kinds = kinds_of_reports(counted_reports(frames), framework)
    ranges = {}
    for subject, label, rows in _groups(frames, framework):
        found = errors.likely(subject, label, hits_by_kind(kinds, rows["doc_id"]))
        if found is None:
            continue
        ranges[subject, label, "reports"] = found
    findings = counted_findings(frames)
    for role in _ROLES:
        by_report = findings["role"].eq(role).groupby(findings["doc_id"]).agg(["sum", "size"])
        own_kinds = kinds.reindex(by_report.index)
        likely = errors.likely_findings(
            role,
            {
                str(kind): [(int(n), int(size)) for n, size in rows.to_numpy()]
                for kind, rows in by_report.groupby(own_kinds)
            },
        )
        if likely is not None:
            ranges["all", "all", role] = likely
    return MappingProxyType(ranges)


def _groups(frames: Frames, framework: Framework) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Each theme and priority with its findings."""
    by_theme = findings_by_theme(frames)
    for theme in framework.themes:
        yield "theme", theme.code, by_theme[by_theme["theme_id"].eq(theme.code)]
    by_priority = explode_column(counted_findings(frames), "priorities", "priority")
    for priority in framework.priorities:
        yield "priority", priority.id, by_priority[by_priority["priority"].eq(priority.id)]
