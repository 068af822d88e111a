"""What is in the workspace, and what was quarantined and why."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lif_nlp.runtime.session import Session


@dataclass(frozen=True, slots=True)
class Status:
    """Counts that add up, quarantined sources with reasons, and unused rows."""

    counts: dict[str, int]
    themes: int
    briefs: list[str]
    quarantined: pd.DataFrame
    unused: pd.DataFrame
    notes: tuple[str, ...]


def status(session: Session) -> Status:
    """The state of the workspace."""
    documents = session.store.frame("documents")
    built = session.store.themes()
    return Status(
        counts=session.store.counts(),
        themes=len(built.themes) if built else 0,
        briefs=session.store.briefs(),
        quarantined=documents.loc[documents["status"] == "quarantined", ["source", "reason"]],
        unused=session.store.frame("skipped_parts"),
        notes=built.notes if built else (),
    )
