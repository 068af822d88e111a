"""Sources -> documents and findings in the store; each file is committed whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lif_nlp.ids import file_hash, text_key
from lif_nlp.protocols import Progress, silent
from lif_nlp.records import Quarantined
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.models import check_models
from lif_nlp.runtime.parallel import label_documents, process_sources
from lif_nlp.runtime.processed_files import ProcessedFiles, processed_files_of
from lif_nlp.runtime.processor import DocumentProcessor, FileResult, LabelledDocument
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.duplicates import mark_duplicates


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
    Raises ModelError, before anything is read, where a model is missing or was altered.
    """
    from lif_nlp.ingest import find_sources

    check_models(session.settings)
    paths, refused = find_sources(sources)
    hashes, gone = _hashes(paths)
    _note_links(session, refused, run)
    refused += gone
    run.inputs.update({str(path): key for path, key in hashes.items()})
    alike = _alike(hashes)
    processor = DocumentProcessor(
        session.settings, framework=session.framework, load=lambda: session.encoder
    )
    refreshed = _refresh(session, processor, progress)
    done: list[str] = []
    tried: set[Path] = set()
    twins = purged = 0
    processed = processed_files_of({}, session.settings)
    # once more, where a report went with a changed file and another file holds it too
    while new := [path for path in _unread(session, processed, alike) if path not in tried]:
        tried.update(new)
        read = process_sources(new, session.settings, processor)
        for count, (path, given) in enumerate(read, start=1):
            others = [p for p in alike[hashes[path]] if p != path]
            twins += len(others) if given.quarantined else 0
            result = _with_twins(given, others)
            key = processed.key if result.read else processed.refused
            kept = _save(session, key(hashes[path]), path, result, run)
            purged += bool(result.read) and not (kept or result.quarantined)
            done += kept
            refused += result.quarantined
            progress("reading", count, len(new))
    # each path is read, refused or known already, be it as one that was purged
    skipped = len(hashes) - len(tried) - twins + purged
    if tried or refreshed:
        session.encode.flush()
    run.results["repeats"] = mark_duplicates(session)
    run.results["add"] = {
        "documents": len(done),
        "quarantined": [{"source": q.source, "reason": q.reason} for q in refused],
        "skipped": skipped,
        "refreshed": refreshed,
    }
    return Added(tuple(done), tuple(refused), skipped, refreshed)


def _hashes(paths: Sequence[Path]) -> tuple[dict[Path, str], list[Quarantined]]:
    """SHA-256 of each file; one that cannot be opened is named with the reason."""
    found: dict[Path, str] = {}
    gone: list[Quarantined] = []
    for path in paths:
        try:
            found[path] = file_hash(path)
        except OSError as error:
            reason = f"the file cannot be opened ({error.strerror}); check that it is still there"
            gone.append(Quarantined(str(path), reason))
    return found, gone


def _note_links(session: Session, refused: Iterable[Quarantined], run: Run) -> None:
    """Keep refused links among what was quarantined; a wrong path is only told."""
    for item in refused:
        if Path(item.source).is_symlink():
            place = str(Path(item.source).absolute())
            key = f"link-{text_key(place)}"
            session.store.save_source(key, place, run.run_id, read=[], quarantined=[item])


def _alike(hashes: Mapping[Path, str]) -> Mapping[str, list[Path]]:
    """The files of each hash, in their order."""
    alike: dict[str, list[Path]] = {}
    for path, content_hash in hashes.items():
        alike.setdefault(content_hash, []).append(path)
    return alike


def _unread(
    session: Session, processed: ProcessedFiles, alike: Mapping[str, list[Path]]
) -> list[Path]:
    """Files to read: of several with the same bytes the first."""
    now = replace(processed, known=session.store.known_sources())
    return [first for key, (first, *_) in alike.items() if not now.holds(key)]


def _with_twins(result: FileResult, others: Sequence[Path]) -> FileResult:
    """The result with a line for each further file of the same bytes, refused as well."""
    lines = [replace(q, source=str(path)) for path in others for q in result.quarantined]
    return replace(result, quarantined=(*result.quarantined, *lines))


def _save(session: Session, key: str, path: Path, result: FileResult, run: Run) -> list[str]:
    """Commit what a file gave in place of what it gave before, however it was named then.

    Returns the ids of the documents; of one that was purged nothing is kept.
    """
    ids = session.store.save_source(
        key,
        str(path.resolve()),
        run.run_id,
        read=[(one.document, one.annotated, one.recommended) for one in result.read],
        quarantined=result.quarantined,
        annotated_with=session.annotation_key,
    )
    for labelled in result.read:
        if labelled.document.doc_id in ids:
            session.encode.remember(labelled.keys, labelled.vectors)
    return ids


def _refresh(session: Session, processor: DocumentProcessor, progress: Progress) -> int:
    """Label stored documents anew where the framework, a model or the version changed."""
    stale = session.store.stale_documents(session.annotation_key)
    documents = (session.store.document(doc_id) for doc_id in stale)
    labelled = label_documents(documents, session.settings, processor, count=len(stale))
    refreshed = 0
    for count, result in enumerate(labelled, start=1):
        # one that cannot be labelled now keeps its earlier findings, and stays stale
        if isinstance(result, LabelledDocument):
            session.encode.remember(result.keys, result.vectors)
            session.store.save_annotated(
                result.annotated, result.recommended, session.annotation_key
            )
            refreshed += 1
        progress("annotating again", count, len(stale))
    return refreshed
