"""The likely ranges of the reports on each theme and priority, and of findings by role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    findings = counted_findings(frames)
    by_theme = findings_by_theme(frames).set_index("theme_id")["doc_id"]
    by_priority = explode_column(findings, "priorities", "priority").set_index("priority")["doc_id"]
    asked = (
        ("theme", by_theme, [theme.code for theme in framework.themes]),
        ("priority", by_priority, [priority.id for priority in framework.priorities]),
    )
    ranges = {
        (measure, label, "reports"): likely
        for measure, doc_ids, labels in asked
        for label, likely in ranges_of_reports(frames, framework, measure, doc_ids, labels)
        if likely is not None
    }
    kinds = kinds_of_reports(counted_reports(frames), framework)
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


def ranges_of_reports(
    frames: Frames, framework: Framework, measure: str, doc_ids: pd.Series, labels: Iterable[str]
) -> list[tuple[str, Range | None]]:
    """Each label with the likely fewest and most reports; None where its errors are not known.

    Parameters
    ----------
    measure
        "theme" or "priority".
    doc_ids
        The report of each finding with a label, indexed by the label.
    labels
        Ids of themes or priorities, also such as no finding has.
    """
    errors = errors_of(frames)
    kinds = kinds_of_reports(counted_reports(frames), framework)
    return [
        (label, errors.likely(measure, label, hits_by_kind(kinds, doc_ids[doc_ids.index == label])))
        for label in labels
    ]
