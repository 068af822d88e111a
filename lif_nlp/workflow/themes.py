"""Findings in the store -> themes in the store; known ids are kept."""

from __future__ import annotations

import hashlib

from lif_nlp.records import ThemeSet
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.store.state import THEMES_MADE


def themes(session: Session, run: Run) -> ThemeSet:
    """The themes of all findings, built anew only where something changed."""
    key = _inputs_key(session)
    previous = session.store.themes()
    if previous is not None and session.store.note(THEMES_MADE) == key:
        run.results["themes"] = {"themes": len(previous.themes), "unchanged": True}
        return previous
    from lif_nlp.themes import build_themes

    findings = list(session.store.findings(counted=True, marks=False))
    documents = session.store.frame("documents")
    built = build_themes(
        findings,
        session.encode([finding.text for finding in findings]),
        session.framework,
        seed=session.settings.seed,
        previous=previous,
        published=dict(zip(documents["doc_id"], documents["published"], strict=True)),
    )
    session.encode.flush()
    session.store.save_themes(built)
    session.store.set_note(THEMES_MADE, key)
    run.results["themes"] = {
        "themes": len(built.themes),
        "assignments": len(built.assignments),
        "unassigned": len(built.unassigned),
        "notes": list(built.notes),
    }
    return built


def _inputs_key(session: Session) -> str:
    parts = [session.annotation_key, str(session.settings.seed), session.store.labels_digest()]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
