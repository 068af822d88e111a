"""Sources -> documents and findings in the store; each file is committed whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import lif_nlp
from lif_nlp.config import Settings
from lif_nlp.ids import file_hash
from lif_nlp.records import Annotated, Document, Quarantined, Recommendation
from lif_nlp.workflow.manifest import Run
from lif_nlp.workflow.progress import Progress, silent
from lif_nlp.workflow.reading import read_sources
from lif_nlp.workflow.session import Session


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: documents read, sources refused, and how many were known already.

    `refreshed` counts stored documents whose findings were made anew because the
    framework, a model or the version changed.
    """

    read: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    skipped: int
    refreshed: int

    @property
    def changed(self) -> bool:
        """Whether anything in the workspace is different now."""
        return bool(self.read or self.quarantined or self.refreshed)


def add(
    session: Session, sources: Iterable[str | Path], run: Run, *, progress: Progress = silent
) -> Added:
    """Read and annotate new or changed documents; the ones known by hash are skipped.

    A source that cannot be read is quarantined with its reason, and the rest goes on.
    """
    from lif_nlp.ingest import find_sources

    paths, missing = find_sources(sources)
    keys = {path: file_hash(path) for path in paths}
    run.inputs.update({str(path): key for path, key in keys.items()})
    known = session.store.known_sources()
    reading = _reading_key(session.settings)
    ledger = {path: f"{key[:32]}-{reading}" for path, key in keys.items()}
    new = [path for path in paths if ledger[path] not in known]
    refreshed = _refresh(session, progress)
    done: list[str] = []
    refused = list(missing)
    for count, (path, results) in enumerate(read_sources(new, session.settings), start=1):
        read, quarantined = _annotate(session, results)
        session.store.save_source(
            ledger[path],
            str(path),
            run.run_id,
            read=read,
            quarantined=quarantined,
            annotated_with=session.annotation_key,
        )
        done += [document.doc_id for document, _, _ in read]
        refused += quarantined
        progress("reading", count, len(new))
    if new or refreshed:
        session.encode.flush()
    run.results["add"] = {
        "documents": len(done),
        "quarantined": [{"source": q.source, "reason": q.reason} for q in refused],
        "skipped": len(paths) - len(new),
        "refreshed": refreshed,
    }
    return Added(tuple(done), tuple(refused), len(paths) - len(new), refreshed)


def _annotate(
    session: Session, results: Sequence[Document | Quarantined]
) -> tuple[list[tuple[Document, Annotated, list[Recommendation]]], list[Quarantined]]:
    from lif_nlp.annotate import recommendations

    read = []
    for document in results:
        if isinstance(document, Document):
            annotated = session.annotator.annotate(document)
            read.append((document, annotated, recommendations(annotated.findings)))
    return read, [item for item in results if isinstance(item, Quarantined)]


def _refresh(session: Session, progress: Progress) -> int:
    stale = session.store.stale_documents(session.annotation_key)
    for count, doc_id in enumerate(stale, start=1):
        [(_, annotated, recommended)], _ = _annotate(session, [session.store.document(doc_id)])
        session.store.save_annotated(annotated, recommended, session.annotation_key)
        progress("annotating again", count, len(stale))
    return len(stale)


def _reading_key(settings: Settings) -> str:
    """Changes when the same bytes would be read otherwise."""
    files = [
        file_hash(path) if path and path.is_file() else ""
        for path in (settings.corrections, settings.audit_mapping)
    ]
    parts = [lif_nlp.__version__, str(settings.redact), str(settings.framework), *files]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
