"""Themes and coded reports for programs of qualitative analysis (REFI-QDA)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lif_nlp.atomic_write import write_atomically
from lif_nlp.interchange.refi_qda.codebook import codebook
from lif_nlp.interchange.refi_qda.project_writer import project
from lif_nlp.records import Theme, ThemeSet
from lif_nlp.runtime.session import Session
from lif_nlp.themes.revision.coders import coders


def export_codebook(session: Session, themes: ThemeSet, path: Path) -> int:
    """Write the themes that nobody rejected as a `.qdc` codebook; returns how many."""
    kept = _kept(themes)
    write_atomically(path, codebook(kept, _meanings(session)))
    return len(kept)


def export_project(session: Session, themes: ThemeSet, path: Path) -> int:
    """Write the reports with their coded findings as a `.qdpx` project; returns the codings.

    Rejected themes are left out, and second copies of a report.
    """
    store, kept = session.store, _kept(themes)
    frame = store.frame("documents")
    counted = frame[frame["status"].eq("ok") & frame["duplicate_of"].eq("")]
    ids = {theme.theme_id for theme in kept}
    given = [a for a in themes.assignments if a.theme_id in ids]
    shown = set(counted["doc_id"])
    findings = {f.finding_id: f for f in store.findings() if f.doc_id in shown}
    content = project(
        (store.document(doc_id) for doc_id in counted["doc_id"]),
        findings.values(),
        kept,
        given,
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        coders=coders(session.store.edits()),
        meanings=_meanings(session),
    )
    write_atomically(path, content)
    return sum(a.finding_id in findings for a in given)


def _kept(themes: ThemeSet) -> list[Theme]:
    return [theme for theme in themes.themes if theme.status != "rejected"]


def _meanings(session: Session) -> dict[str, str]:
    return {theme.code: theme.definition for theme in session.framework.themes}
