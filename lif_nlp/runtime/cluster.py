"""Reading, encoding and annotating on a Dask cluster; the writing stays here.

A file's bytes travel to the workers, so they need no shared disk; they need the same
lif_nlp and models, which is checked.  A worker that dies is survived: Dask gives its
file to another, and a file that ends several workers is quarantined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from lif_nlp import about
from lif_nlp.config import Settings
from lif_nlp.errors import LifError, MissingExtraError, UnreadableError
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ingest.reader import content_of
from lif_nlp.model_files import model_hashes
from lif_nlp.records import Quarantined
from lif_nlp.runtime.parallel import PARSER_CRASHED, bounded_map, guarded_read
from lif_nlp.runtime.processor import DocumentProcessor, FileResult, finish
from lif_nlp.runtime.worker import Worker

RETRIES = 2
"""How often a file is tried again after the worker that held it died."""

_busy = Lock()
_benches: dict[str, tuple[DocumentProcessor, Worker]] = {}


def process_on_cluster(
    paths: Sequence[Path], settings: Settings
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with what it gave, in the order given.

    Raises MissingExtraError without Dask, LifError where no scheduler answers, has no
    workers, or has workers with another lif_nlp or other models.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError("distributed", "cluster", "--cluster") from error
    connect: Any = distributed.Client
    try:
        client = connect(settings.cluster, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise LifError(
            f"no Dask scheduler answers at '{settings.cluster}'; start one with 'dask scheduler' "
            "and workers with 'dask worker ADDRESS --nthreads 1'"
        ) from error
    with client:
        _check_workers(client)
        yield from _mapped(client, paths, settings)


def made_with() -> str:
    """Version and models of the lif_nlp that runs here."""
    return " ".join([about.__version__, *model_hashes().values()])


def work(
    content: bytes, source: str, key: str, settings: Settings, framework: Framework
) -> FileResult:
    """All that one file gave; runs on a worker of the cluster.

    One file at a time in a process, however many threads the worker has: neither the
    encoder nor the annotator is meant to be shared.
    """
    with _busy:
        processor, reader = _bench(key, settings, framework)
        return finish(guarded_read(reader, (content, source)), processor.label)


def _mapped(
    client: Any, paths: Sequence[Path], settings: Settings
) -> Iterator[tuple[Path, FileResult]]:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    framework = load_framework(settings.framework)
    alone = settings.model_copy(update={"cluster": "", "jobs": 1, "framework": None})
    key = f"{made_with()} {alone!r} {framework!r}"
    workers = len(client.scheduler_info()["workers"])

    def submit(path: Path) -> Any:
        # the framework goes with every file: what is scattered is lost with its worker
        content = _content(path, settings)
        if isinstance(content, Quarantined):
            return _NotSent(content)
        return client.submit(
            work,
            content,
            str(path),
            key,
            alone,
            framework,
            pure=False,
            retries=RETRIES,
        )

    class Survived:
        def __init__(self, path: Path) -> None:
            self.path, self.future = path, submit(path)

        def result(self, tries: int = RETRIES) -> FileResult:
            try:
                done: FileResult = self.future.result()
                return done
            except KilledWorker:
                return FileResult(quarantined=(Quarantined(str(self.path), PARSER_CRASHED),))
            except FutureCancelledError as error:
                if tries and client.status == "running":
                    # the scheduler lost the result together with the worker that held it
                    self.future = submit(self.path)
                    return self.result(tries - 1)
                raise LifError(
                    "the cluster went away; what was read is kept: run again to go on"
                ) from error

    yield from bounded_map(paths, Survived, window=3 * workers)


@dataclass(frozen=True, slots=True)
class _NotSent:
    """Takes the place of a future for a file that was refused here."""

    refused: Quarantined

    def result(self) -> FileResult:
        return FileResult(quarantined=(self.refused,))


def _content(path: Path, settings: Settings) -> bytes | Quarantined:
    """The file's bytes, or why they are not sent: too large, gone, not to be opened."""
    try:
        return content_of(path, settings.max_file_mb)
    except UnreadableError as error:
        return Quarantined(str(path), error.reason)


def _check_workers(client: Any) -> None:
    found: dict[str, str] = client.run(made_with)
    if not found:
        raise LifError(
            "the Dask scheduler has no workers; start some with 'dask worker ADDRESS --nthreads 1'"
        )
    here = made_with()
    if others := [address for address, there in found.items() if there != here]:
        raise LifError(
            f"the worker {others[0]} has another lif_nlp or other models than this machine, "
            "so its labels would differ; install the same version there"
        )


def _bench(key: str, settings: Settings, framework: Framework) -> tuple[DocumentProcessor, Worker]:
    """The bench of this process, kept from file to file while settings stay the same."""
    if key not in _benches:
        for _, reader in _benches.values():
            reader.close()
        _benches.clear()
        processor = DocumentProcessor(settings, framework=framework)
        _benches[key] = (processor, Worker(settings, framework=framework))
    return _benches[key]
