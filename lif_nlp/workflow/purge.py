"""A document out of the workspace, with all that came from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lif_nlp.errors import UnknownNameError
from lif_nlp.workflow.manifest import Run
from lif_nlp.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Purged:
    """The document removed, and the briefs written while it was here."""

    doc_id: str
    briefs: tuple[str, ...]


def purge(session: Session, doc_id: str, run: Run) -> Purged:
    """Remove a document, its findings, assignments and vectors from the workspace.

    Briefs are files that may have been sent, so they are named, not deleted: those
    in which the document's id stands.  Raises UnknownNameError when there is no
    such document.
    """
    known = session.store.frame("documents")
    ids = known.loc[known["status"] == "ok", "doc_id"].tolist()
    if doc_id not in ids:
        raise UnknownNameError("document", doc_id, ids)
    title = str(known.set_index("doc_id").loc[doc_id, "title"])
    quoting = [path for path in session.store.briefs() if _names(Path(path), doc_id, title)]
    session.store.purge(doc_id)
    run.results["purge"] = {"document": doc_id, "briefs": quoting}
    return Purged(doc_id, tuple(quoting))


def _names(path: Path, doc_id: str, title: str) -> bool:
    return path.is_file() and any(part.encode() in path.read_bytes() for part in (doc_id, title))
