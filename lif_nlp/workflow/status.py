"""Counts what is in the workspace, and lists what could not be used."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lif_nlp.in_words import InWords
from lif_nlp.runtime.session import Session
from lif_nlp.themes.points import shown_points
from lif_nlp.workflow.decisions import Logs


@dataclass(frozen=True, slots=True)
class Status(InWords):
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

    def lines(self) -> list[str]:
        """Counts, then remarks, and what could not be used with the reason."""
        n = self.counts
        return [
            f"reports: {n['documents_read']} read = {n['documents_kept']} kept"
            f" + {n['documents_quarantined']} quarantined",
            f"sentences, bullets and rows: {n['units_read']} read = {n['units_kept']} kept"
            f" + {n['units_boilerplate']} boilerplate + {n['units_quarantined']} quarantined",
            f"themes: {self.themes}; learning points: {self.points}; briefs: {len(self.briefs)}",
            *([f"decisions in conflict: {self.conflicts}"] if self.conflicts else []),
            *(f"note: {note}" for note in self.notes),
            *(f"quarantined: {row.source}: {row.reason}" for row in self.quarantined.itertuples()),
            *(
                f"not used: {row.source}, {row.place}: {row.reason}"
                for row in self.unused.itertuples()
            ),
        ]


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
