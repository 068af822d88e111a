"""Reading, encoding and labelling on a Dask cluster; this process does the writing.

The bytes of a file are sent to the workers, so they need no shared disk.  They do need the
same lif_nlp and models, which is checked.  If a worker dies, Dask gives its file to another;
a file that ends several workers is quarantined.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from lif_nlp import about
from lif_nlp.config import Settings
from lif_nlp.errors import LifError, MissingExtraError, UnreadableError, traceback_of
from lif_nlp.framework import Framework, load_framework
from lif_nlp.ingest.reader import read_content
from lif_nlp.model_files import model_hashes
from lif_nlp.records import Quarantined
from lif_nlp.runtime.guarded import PARSER_CRASHED, guarded_read
from lif_nlp.runtime.log import LogLine, collect_log, log_level, relay
from lif_nlp.runtime.parallel import bounded_map
from lif_nlp.runtime.processor import DocumentProcessor, FileResult, label_all
from lif_nlp.runtime.worker import Worker

_log = logging.getLogger(__name__)

RETRIES = 2
"""How often a file is tried again after its worker died.  A file that ends three workers is
more likely to be the cause than the machines.  Chosen by judgement."""

TASKS_IN_PROGRESS = 3
"""Files in progress for each worker of the cluster: one being read, the others on their way,
so that no worker waits and their bytes do not fill the memory here.  Chosen by judgement."""

CONNECT_SECONDS = 10.0
"""How long to wait for the scheduler: a second is usual, also between two buildings, and who
mistyped its address should not wait for long.  Chosen by judgement."""

_busy = Lock()
_processors: dict[str, tuple[DocumentProcessor, Worker]] = {}


def process_on_cluster(
    paths: Sequence[Path], settings: Settings
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with its result, in the order given.

    Parameters
    ----------
    paths
        Files to read, on this machine.
    settings
        Settings of the run; `cluster` is the address of the Dask scheduler.

    Raises
    ------
    MissingExtraError
        When Dask is not installed.
    LifError
        When no scheduler answers, it has no workers, or a worker has another lif_nlp or
        other models.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError("distributed", "cluster", "--cluster") from error
    connect: Any = distributed.Client
    try:
        client = connect(settings.cluster, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise LifError(
            f"no Dask scheduler answers at '{settings.cluster}'; start one with 'dask scheduler' "
            "and workers with 'dask worker ADDRESS --nthreads 1'"
        ) from error
    with client:
        _check_workers(client)
        yield from _process(client, paths, settings)


def version_and_models() -> str:
    """Version and model hashes of the lif_nlp that runs here, as one line."""
    return " ".join([about.__version__, *model_hashes().values()])


def process_file(
    content: bytes, source: str, key: str, settings: Settings, framework: Framework, level: int
) -> tuple[FileResult, list[LogLine]]:
    """The result of one file, and what was logged; runs on a worker of the cluster.

    One file at a time in a process, however many threads the worker has: neither the
    encoder nor the annotator can be shared.

    Parameters
    ----------
    content, source
        Bytes of the file, and its path on the machine that sent it.
    key
        Changes with version, models, settings and framework; see `_processor`.
    settings, framework
        What to read and label with.
    level
        Log level of the sending process.
    """
    # The annotator keeps state while it labels a document, so threads take turns.
    with _busy, collect_log(level) as lines:
        processor, reader = _processor(key, settings, framework)
        return label_all(guarded_read(reader, (content, source)), processor.label), lines


def _process(
    client: Any, paths: Sequence[Path], settings: Settings
) -> Iterator[tuple[Path, FileResult]]:
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    framework = load_framework(settings.framework)
    # A worker must neither send its file on to a cluster nor start workers, and has no file of the
    # framework: it gets the framework itself.
    local = settings.model_copy(update={"cluster": "", "jobs": 1, "framework": None})
    key = f"{version_and_models()} {local!r} {framework!r}"
    workers = len(client.scheduler_info()["workers"])

    def submit(path: Path) -> Any:
        content = _content(path, settings)
        if isinstance(content, Quarantined):
            return _NotSent(content)
        # The framework goes with every file: scattered data is lost with its worker.
        return client.submit(
            process_file,
            content,
            str(path),
            key,
            local,
            framework,
            log_level(),
            # To Dask, a file that is sent again after its result was lost must be a new task.
            pure=False,
            retries=RETRIES,
        )

    class RetriedFuture:
        def __init__(self, path: Path) -> None:
            self.path, self.future = path, submit(path)

        def result(self, tries: int = RETRIES) -> FileResult:
            try:
                result: FileResult
                result, lines = self.future.result()
                relay(lines)
                return result
            except KilledWorker:
                _log.warning("%s: quarantined, because it ended several workers", self.path)
                return FileResult(quarantined=(Quarantined(str(self.path), PARSER_CRASHED),))
            except FutureCancelledError as error:
                _log.warning("%s: its result was lost\n%s", self.path, traceback_of(error))
                if tries and client.status == "running":
                    # The scheduler lost the result together with the worker that held it.
                    self.future = submit(self.path)
                    return self.result(tries - 1)
                raise LifError(
                    "the connection to the cluster was lost; what was read so far is kept: "
                    "run again to continue"
                ) from error

    yield from bounded_map(paths, RetriedFuture, window=TASKS_IN_PROGRESS * workers)


@dataclass(frozen=True, slots=True)
class _NotSent:
    """Takes the place of a future for a file that was refused on this machine."""

    refused: Quarantined

    def result(self) -> tuple[FileResult, list[LogLine]]:
        return FileResult(quarantined=(self.refused,)), []


def _content(path: Path, settings: Settings) -> bytes | Quarantined:
    """The file's bytes, or the reason why they are not sent (too large, missing, no access)."""
    try:
        return read_content(path, settings.max_file_mb)
    except UnreadableError as error:
        _log.warning("%s: not sent\n%s", path, traceback_of(error))
        return Quarantined(str(path), error.reason)


def _check_workers(client: Any) -> None:
    """Raise LifError unless there are workers, all with the lif_nlp and models of this machine."""
    there: dict[str, str] = client.run(version_and_models)
    if not there:
        raise LifError(
            "the Dask scheduler has no workers; start some with 'dask worker ADDRESS --nthreads 1'"
        )
    here = version_and_models()
    if others := [address for address, version in there.items() if version != here]:
        raise LifError(
            f"the worker {others[0]} has another lif_nlp or other models than this machine, "
            "so its labels would differ; install the same version there"
        )


def _processor(
    key: str, settings: Settings, framework: Framework
) -> tuple[DocumentProcessor, Worker]:
    """The processor and reader of this process, kept from file to file while `key` stays."""
    if key not in _processors:
        for _, reader in _processors.values():
            reader.close()
        _processors.clear()
        processor = DocumentProcessor(settings, framework=framework)
        _processors[key] = (processor, Worker(settings, framework=framework))
    return _processors[key]
