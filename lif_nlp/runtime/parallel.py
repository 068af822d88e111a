"""Files to documents with findings, in order, in worker processes on this machine.

Files are always parsed in another process (`worker`).  With one worker, that process only
reads, one file ahead, and this process labels.  With several, each worker reads, encodes
and labels, and this process only writes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol, TypeVar

from lif_nlp.config import Settings
from lif_nlp.records import Document, Quarantined
from lif_nlp.runtime.cpu import cores
from lif_nlp.runtime.guarded import guarded_label, guarded_read
from lif_nlp.runtime.processor import (
    DocumentProcessor,
    FileResult,
    LabelledDocument,
    collect_results,
    label_all,
)
from lif_nlp.runtime.worker import Worker

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

MAX_WORKERS = {"fast": 4, "accurate": 2}
"""Workers that are started by default, at most, by profile.  With "accurate" each takes up to
1.1 GB, and its numeric libraries use the other cores (set when a run over 211 inspection
reports was measured, November 2026)."""

TASKS_PER_WORKER = 8
"""Files or documents for which one more worker is started.  Its start takes two to three
seconds, which fewer short reports would not repay.  Chosen by judgement, November 2026."""


class Future(Protocol[R_co]):
    """A result that is awaited; a future of `concurrent.futures` or of Dask is one."""

    def result(self) -> R_co:
        """The result; waits for it."""
        ...


class Submit(Protocol):
    """Hands a task to the next idle worker."""

    def __call__(self, task: Callable[[Worker], T], /) -> Future[T]:
        """The future result of `task`."""
        ...


def worker_count(settings: Settings, tasks: int) -> int:
    """How many worker processes to start for a number of files or documents.

    `settings.jobs` where it is set, else one for each core of `cores()`, at most
    `MAX_WORKERS`, and at most one for each `TASKS_PER_WORKER` tasks.

    >>> worker_count(Settings(jobs=3), 100), worker_count(Settings(jobs=3), 2)
    (3, 2)
    """
    if settings.jobs:
        return min(settings.jobs, tasks)
    return min(cores(), MAX_WORKERS[settings.profile], -(-tasks // TASKS_PER_WORKER))


def process_locally(
    paths: Sequence[Path], settings: Settings, processor: DocumentProcessor
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with its result, in the order given, whatever the number of workers.

    Parameters
    ----------
    paths
        Files to read.
    settings
        Settings of the run; `jobs` says how many workers.
    processor
        Labels in this process, where a single worker reads.
    """
    count = worker_count(settings, len(paths))
    with _start_workers(settings, max(1, count)) as submit:

        def submit_read(path: Path) -> Future[list[Document | Quarantined]]:
            return submit(lambda worker: guarded_read(worker, path))

        if count > 1:
            items = bounded_map(paths, submit_read, window=2 * count)
            yield from _label_in_workers(items, submit, window=4 * count)
        else:
            items = bounded_map(paths, submit_read, window=2)
            yield from ((path, label_all(documents, processor.label)) for path, documents in items)


def label_documents(
    documents: Iterable[Document], settings: Settings, processor: DocumentProcessor, *, count: int
) -> Iterator[LabelledDocument | Quarantined]:
    """Stored documents labelled again, in the order given.

    Parameters
    ----------
    documents
        The documents, which are loaded one by one.
    settings
        Settings of the run; `jobs` says how many workers.
    processor
        Labels in this process, where more workers are not worth their start.
    count
        Number of documents.
    """
    workers = worker_count(settings, count)
    if workers < 2:
        yield from (processor.label(document) for document in documents)
        return
    with _start_workers(settings, workers) as submit:
        results = bounded_map(
            documents,
            lambda document: submit(lambda worker: guarded_label(worker, document)),
            window=2 * workers,
        )
        yield from (result for _, result in results)


def bounded_map(
    tasks: Iterable[T], submit: Callable[[T], Future[R_co]], *, window: int
) -> Iterator[tuple[T, R_co]]:
    """Each task with its result, in the order of the tasks.

    At most `window` tasks are in progress or done and not yet yielded, so that memory does
    not grow with their number.
    """
    pending: deque[tuple[T, Future[R_co]]] = deque()
    for task in tasks:
        pending.append((task, submit(task)))
        # A long file at the front holds the others back rather than let results fill the memory.
        if len(pending) >= window:
            first, future = pending.popleft()
            yield first, future.result()
    while pending:
        first, future = pending.popleft()
        yield first, future.result()


def _label_in_workers(
    files: Iterable[tuple[Path, list[Document | Quarantined]]], submit: Submit, *, window: int
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with its documents labelled.

    Documents are handed out one by one, so that all workers share a table of many reports.
    """
    parts = (
        (path, item, number == len(items))
        for path, items in files
        for number, item in enumerate(items, start=1)
    )
    results: list[LabelledDocument | Quarantined] = []
    for (path, _, is_last), result in bounded_map(
        parts, lambda part: submit(lambda worker: guarded_label(worker, part[1])), window=window
    ):
        results.append(result)
        if is_last:
            yield path, collect_results(results)
            results = []


@contextmanager
def _start_workers(settings: Settings, count: int) -> Iterator[Submit]:
    """A function that hands a task to the next of `count` idle workers."""
    # All workers together use each core once; more threads only wait for each other.
    threads = max(1, cores() // count)
    workers = [Worker(settings, threads=threads) for _ in range(count)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def run(task: Callable[[Worker], R_co]) -> R_co:
        worker = idle.get()
        try:
            return task(worker)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(count) as pool:
            try:
                yield lambda task: pool.submit(run, task)
            finally:
                # A caller that stops early must not wait for results that nobody will use.
                pool.shutdown(wait=False, cancel_futures=True)
                for worker in workers:
                    worker.end()
    finally:
        for worker in workers:
            worker.close()
