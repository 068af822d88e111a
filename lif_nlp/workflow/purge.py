"""Removes a document from the workspace, with everything derived from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.decisions import Logs, commit
from lif_nlp.workflow.report_lookup import report_id_of


@dataclass(frozen=True, slots=True)
class Purged:
    """The removed document, and the briefs and digests that mention it."""

    doc_id: str
    briefs: tuple[str, ...]


def purge(session: Session, doc_id: str, run: Run) -> Purged:
    """Remove a document, its findings, assignments, vectors and decisions on them.

    Briefs and digests may have been sent to people, so they are listed rather than
    deleted: the briefs that quote the document and the digests that list it.  Raises
    UnknownNameError if there is no such document.
    """
    documents = session.store.frame("documents")
    ids = documents.loc[documents["status"] == "ok", "doc_id"].tolist()
    if doc_id not in ids and session.store.ledger.forget_document(doc_id):
        # a response, an audit or a version of a plan: no finding and no brief came of it
        run.results["purge"] = {"document": doc_id, "briefs": []}
        return Purged(doc_id, ())
    if doc_id not in ids:
        doc_id = report_id_of(documents, doc_id)
    listed = _digests(session.store.folder / "digests", doc_id)
    speaking = [*session.store.briefs_quoting(doc_id), *(str(path) for path in listed)]
    session.store.purge(doc_id)
    # points are counted again without the findings that are gone
    commit(session, Logs.of(session.store))
    run.results["purge"] = {"document": doc_id, "briefs": speaking}
    return Purged(doc_id, tuple(speaking))


def _digests(folder: Path, doc_id: str) -> Iterator[Path]:
    """Both files of each digest that lists the document."""
    for path in sorted(folder.glob("*.json")):
        listed = json.loads(path.read_text(encoding="utf-8"))["documents"]
        if doc_id in {document["doc_id"] for document in listed}:
            yield from (path, path.with_suffix(".html"))
