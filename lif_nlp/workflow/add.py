"""Reads sources and stores their documents and findings; each file is committed as a whole."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lif_nlp.errors import traceback_of
from lif_nlp.ids import file_hash, text_key
from lif_nlp.protocols import Progress, silent
from lif_nlp.records import Quarantined
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.models import check_models
from lif_nlp.runtime.parallel import label_documents, process_locally
from lif_nlp.runtime.processed_files import processed_files
from lif_nlp.runtime.processor import DocumentProcessor, FileResult, LabelledDocument
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.duplicates import mark_duplicates
from lif_nlp.workflow.points import points

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AddResult:
    """What `add` did.

    Attributes
    ----------
    document_ids
        Ids of the reports that were read and stored.
    quarantined
        Sources, or parts of them, that could not be used, with reasons.
    skipped
        Number of files that needed no reading, because they are in the workspace already
        or were purged.
    refreshed
        Number of stored reports that were labelled again, because the framework, a model or
        the version changed.
    """

    document_ids: tuple[str, ...]
    quarantined: tuple[Quarantined, ...]
    skipped: int
    refreshed: int

    @property
    def changed(self) -> bool:
        """Whether anything in the workspace is different now."""
        return bool(self.document_ids or self.quarantined or self.refreshed)


def add(
    session: Session, sources: Iterable[str | Path], run: Run, *, progress: Progress = silent
) -> AddResult:
    """Read and label new or changed reports; files whose bytes are known are skipped.

    A source that cannot be read is quarantined with its reason, and the rest continues.
    Learning points that were built before are brought up to date.

    Parameters
    ----------
    session
        The open workspace.
    sources
        Files, folders or glob patterns.
    run
        Receives the files' hashes and the counts.
    progress
        Called after each file.

    Raises
    ------
    ModelError
        Before anything is read, when a model is missing or was altered.
    """
    from lif_nlp.ingest import find_sources

    # Before anything is written: a damaged model concerns every report.
    check_models(session.settings)
    paths, quarantined = find_sources(sources)
    # Hashed before anything is read, so that copies are read once and known files not at all.
    hashes, refusals = _hash_files(paths)
    _store_refused_links(session, quarantined, run)
    quarantined += refusals
    run.inputs.update({str(path): content_hash for path, content_hash in hashes.items()})
    processor = DocumentProcessor(
        session.settings, framework=session.framework, load=lambda: session.encoder
    )
    relabelled_count = _label_again(session, processor, progress)
    reading = _Reading(session, processor, run, hashes)
    reading.read_all(progress)
    quarantined += reading.quarantined
    # Vectors wait in memory until they fill a file; what is left is written now.
    if reading.tried or relabelled_count:
        session.encode.flush()
    # Before points are built, in which no copy must count as a report of its own.
    run.results["repeats"] = mark_duplicates(session)
    result = AddResult(
        tuple(reading.document_ids), tuple(quarantined), reading.skipped, relabelled_count
    )
    # Points are kept up to date from their first build on; themes wait for `lif themes`, which
    # takes longer.
    if result.changed and session.store.machine_points() is not None:
        points(session, run)
    run.results["add"] = {
        "documents": len(result.document_ids),
        "quarantined": [{"source": q.source, "reason": q.reason} for q in quarantined],
        "skipped": result.skipped,
        "refreshed": relabelled_count,
    }
    _log.info(
        "files=%d read=%d quarantined=%d skipped=%d labelled_again=%d",
        len(hashes), len(result.document_ids), len(quarantined), result.skipped, relabelled_count,
    )  # fmt: skip
    return result


class _Reading:
    """Reads the files of one `add` and counts what became of them."""

    def __init__(
        self,
        session: Session,
        processor: DocumentProcessor,
        run: Run,
        hashes: Mapping[Path, str],
    ) -> None:
        self._session, self._processor, self._run = session, processor, run
        self._hashes = hashes
        self._same_bytes = _group_by_hash(hashes)
        self._processed = processed_files({}, session.settings)
        self.document_ids: list[str] = []
        self.quarantined: list[Quarantined] = []
        self.tried: set[Path] = set()
        self._refused_copies = self._purged = 0

    @property
    def skipped(self) -> int:
        """Files that gave nothing new: each is read, refused, purged or known already."""
        return len(self._hashes) - len(self.tried) - self._refused_copies + self._purged

    def read_all(self, progress: Progress) -> None:
        """Read every file whose bytes are new, one of each set of copies.

        Storing a changed file removes the reports of its older version.  If another file
        holds one of them too, that file must now be read, hence the loop.
        """
        # A stored file may show that another is due: one that also holds a report which was removed
        # with its old file.
        while paths := [path for path in self._unread() if path not in self.tried]:
            self.tried.update(paths)
            results = _process(paths, self._session, self._processor)
            for count, (path, result) in enumerate(results, start=1):
                self._store(path, result)
                progress("reading", count, len(paths))

    def _unread(self) -> list[Path]:
        """Files to read: the first of each set with the same bytes."""
        known_files = replace(self._processed, known=self._session.store.known_sources())
        return [
            first
            for content_hash, (first, *_) in self._same_bytes.items()
            if not known_files.contains(content_hash)
        ]

    def _store(self, path: Path, result: FileResult) -> None:
        """Commit the result of a file, and list its copies too where it was refused."""
        content_hash = self._hashes[path]
        copies = [copy for copy in self._same_bytes[content_hash] if copy != path]
        if result.quarantined:
            self._refused_copies += len(copies)
            result = replace(
                result,
                quarantined=(
                    *result.quarantined,
                    *(replace(q, source=str(copy)) for copy in copies for q in result.quarantined),
                ),
            )
        processed = self._processed
        # What is refused depends on other settings than what is read, such as the time allowed, so
        # a raised limit has only refused files read again.
        key = (processed.key if result.documents else processed.refused_key)(content_hash)
        doc_ids = _save(self._session, key, path, result, self._run)
        # Something was read and nothing was stored: a person purged it, and it stays out.
        self._purged += bool(result.documents) and not (doc_ids or result.quarantined)
        self.document_ids += doc_ids
        self.quarantined += result.quarantined
        findings = sum(len(one.annotated.findings) for one in result.documents)
        _log.info(
            "%s: reports=%d findings=%d quarantined=%d",
            path, len(doc_ids), findings, len(result.quarantined),
        )  # fmt: skip


def _process(
    paths: Sequence[Path], session: Session, processor: DocumentProcessor
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with its result, in order: from this machine, or from a cluster."""
    if session.settings.cluster:
        from lif_nlp.runtime.cluster import process_on_cluster

        return process_on_cluster(paths, session.settings)
    return process_locally(paths, session.settings, processor)


def _hash_files(paths: Sequence[Path]) -> tuple[dict[Path, str], list[Quarantined]]:
    """SHA-256 of each file, and the files that cannot be opened, with the reason."""
    hashes: dict[Path, str] = {}
    refusals: list[Quarantined] = []
    for path in paths:
        try:
            hashes[path] = file_hash(path)
        except OSError as error:
            _log.warning("%s: cannot be opened\n%s", path, traceback_of(error))
            reason = (
                f"the file cannot be opened ({error.strerror}); check that it still exists, that "
                "you may read it, and that no other program has it open"
            )
            refusals.append(Quarantined(str(path), reason))
    return hashes, refusals


def _store_refused_links(session: Session, refused: Iterable[Quarantined], run: Run) -> None:
    """Keep refused links in the list of quarantined sources; a mistyped path is not kept."""
    for item in refused:
        # A path that does not exist was mistyped; a link lies in the folder and will be met again.
        if Path(item.source).is_symlink():
            link = str(Path(item.source).absolute())
            key = f"link-{text_key(link)}"
            session.store.save_source(key, link, run.run_id, read=[], quarantined=[item])


def _group_by_hash(hashes: Mapping[Path, str]) -> Mapping[str, list[Path]]:
    """The files of each hash, in their order."""
    groups: dict[str, list[Path]] = {}
    for path, content_hash in hashes.items():
        groups.setdefault(content_hash, []).append(path)
    return groups


def _save(session: Session, key: str, path: Path, result: FileResult, run: Run) -> list[str]:
    """Commit the result of a file in place of the older result, stored under whatever key.

    Returns the ids of the documents stored; purged ones are not stored again.
    """
    ids = session.store.save_source(
        key,
        str(path.resolve()),
        run.run_id,
        read=[(one.document, one.annotated, one.recommendations) for one in result.documents],
        quarantined=result.quarantined,
        annotated_with=session.annotation_key,
    )
    for labelled in result.documents:
        # The vectors of a purged report must not come back either.
        if labelled.document.doc_id in ids:
            session.encode.remember(labelled.keys, labelled.vectors)
    return ids


def _label_again(session: Session, processor: DocumentProcessor, progress: Progress) -> int:
    """Label stored reports again where framework, models or version changed; returns how many."""
    stale = session.store.stale_documents(session.annotation_key)
    documents = (session.store.document(doc_id) for doc_id in stale)
    results = label_documents(documents, session.settings, processor, count=len(stale))
    relabelled_count = 0
    for count, result in enumerate(results, start=1):
        # A report that cannot be labelled now keeps its findings, and is tried again next time.
        if isinstance(result, LabelledDocument):
            session.encode.remember(result.keys, result.vectors)
            session.store.save_annotated(
                result.annotated, result.recommendations, session.annotation_key
            )
            relabelled_count += 1
        progress("labelling again", count, len(stale))
    return relabelled_count
