"""Builds the themes of all findings and stores them; ids are kept."""

from __future__ import annotations

import hashlib

from lif_nlp.records import ThemeSet
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.store.state import THEMES_MADE


def themes(session: Session, run: Run) -> ThemeSet:
    """The themes of all findings in force; they are built again only if findings changed."""
    key = _inputs_key(session)
    current = session.store.themes()
    if current is not None and session.store.note(THEMES_MADE) == key:
        run.results["themes"] = {"themes": len(current.themes), "unchanged": True}
        return current
    from lif_nlp.themes import build_themes
    from lif_nlp.workflow.decisions import Logs, commit

    # The machine's own labels, so that a corrected label can be undone without a new build.
    findings = list(session.store.findings(counted=True, marks=False, machine=True))
    logs = Logs.of(session.store)
    documents = session.store.frame("documents")
    machine = build_themes(
        findings,
        session.encode([finding.text for finding in findings]),
        session.framework,
        seed=session.settings.seed,
        previous=session.store.machine_themes(),
        log=logs.edits,
        published=dict(zip(documents["doc_id"], documents["published"], strict=True)),
    )
    session.encode.flush()
    _, in_force = commit(session, logs, machine=machine)
    session.store.set_note(THEMES_MADE, key)
    current = in_force.themes
    assert current is not None
    run.results["themes"] = {
        "themes": len(current.themes),
        "assignments": len(current.assignments),
        "unassigned": len(current.unassigned),
        "notes": list(current.notes),
    }
    return current


def _inputs_key(session: Session) -> str:
    """Key that changes when themes would: with findings, labels, models or the seed."""
    parts = [session.annotation_key, str(session.settings.seed), session.store.labels_digest()]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
