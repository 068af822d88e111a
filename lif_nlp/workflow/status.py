"""Counts what is in the workspace, and lists what could not be used."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lif_nlp.runtime.session import Session
from lif_nlp.themes.points import shown_points
from lif_nlp.workflow.decisions import Logs


@dataclass(frozen=True, slots=True)
class Status:
    """State of a workspace.

    Attributes
    ----------
    counts
        Counts that add up: read = kept + boilerplate + quarantined.
    themes
        Number of themes that nobody rejected.
    points
        Number of learning points that are shown.
    conflicts
        Number of decisions that cannot be applied.
    briefs
        Names of the stored briefs.
    quarantined
        Sources that could not be read; columns `source`, `reason`.
    unused
        Parts of reports that were skipped, such as rows of a table, with reasons.
    notes
        Remarks on where the workspace lies, and on how themes were built.
    """

    counts: dict[str, int]
    themes: int
    points: int
    conflicts: int
    briefs: list[str]
    quarantined: pd.DataFrame
    unused: pd.DataFrame
    notes: tuple[str, ...]


def status(session: Session) -> Status:
    """The state of the workspace."""
    documents = session.store.frame("documents")
    theme_set, point_set = session.store.themes(), session.store.points()
    return Status(
        counts=session.store.counts(),
        themes=sum(t.status != "rejected" for t in theme_set.themes) if theme_set else 0,
        points=len(shown_points(point_set)) if point_set else 0,
        conflicts=sum(
            decision.active and decision.status == "conflict"
            for decision in Logs.of(session.store).decisions
        ),
        briefs=session.store.briefs(),
        quarantined=documents.loc[documents["status"] == "quarantined", ["source", "reason"]],
        unused=session.store.frame("skipped_parts"),
        notes=(*session.store.remarks, *(theme_set.notes if theme_set else ())),
    )
