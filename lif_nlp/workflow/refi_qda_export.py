"""Exports themes, learning points and coded reports for analysis programs (REFI-QDA)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from lif_nlp.atomic_write import write_even_if_open
from lif_nlp.interchange.refi_qda.codebook import codebook
from lif_nlp.interchange.refi_qda.project_writer import project
from lif_nlp.records import Theme, ThemeSet
from lif_nlp.runtime.session import Session
from lif_nlp.themes.revision.coders import coders
from lif_nlp.workflow.point_codes import point_meanings, with_point_codes


def export_codebook(session: Session, themes: ThemeSet, path: Path) -> int:
    """Write themes and learning points in use as a `.qdc` codebook; returns their number."""
    in_use = _in_use(with_point_codes(session, themes))
    write_even_if_open(path, codebook(in_use, _meanings(session)))
    return len(in_use)


def export_project(session: Session, themes: ThemeSet, path: Path) -> int:
    """Write reports with their coded findings as a `.qdpx` project; returns the codings' number.

    Rejected themes and points and duplicate reports are left out.
    """
    themes = with_point_codes(session, themes)
    store, in_use = session.store, _in_use(themes)
    frame = store.frame("documents")
    documents = frame[frame["status"].eq("ok") & frame["duplicate_of"].eq("")]
    ids = {theme.theme_id for theme in in_use}
    assignments = [a for a in themes.assignments if a.theme_id in ids]
    doc_ids = set(documents["doc_id"])
    findings = {f.finding_id: f for f in store.findings() if f.doc_id in doc_ids}
    content = project(
        (store.document(doc_id) for doc_id in documents["doc_id"]),
        findings.values(),
        in_use,
        assignments,
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        coders=coders(session.store.edits()),
        meanings=_meanings(session),
    )
    write_even_if_open(path, content)
    return sum(a.finding_id in findings for a in assignments)


def _in_use(themes: ThemeSet) -> list[Theme]:
    return [theme for theme in themes.themes if theme.status != "rejected"]


def _meanings(session: Session) -> dict[str, str]:
    of_themes = {theme.code: theme.definition for theme in session.framework.themes}
    return of_themes | point_meanings(session)
