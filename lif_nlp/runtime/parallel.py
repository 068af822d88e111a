"""Files -> documents with findings, in order: here, in worker processes, or on a cluster.

Files are always parsed in another process (`worker`).  With one job that process only
reads, one file ahead, and this one annotates; with more, each worker reads, encodes and
annotates, and only the writing is done here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from lif_nlp.config import Settings
from lif_nlp.records import Document, Quarantined
from lif_nlp.runtime.cpu import cores
from lif_nlp.runtime.processor import (
    DocumentProcessor,
    FileResult,
    LabelledDocument,
    Read,
    Source,
    as_done,
    finish,
)
from lif_nlp.runtime.worker import Worker, WorkerEndedError

T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)


class Submit(Protocol):
    """Gives work to the next idle worker; the result comes later."""

    def __call__(self, work: Callable[[Worker], T], /) -> Future[T]:
        """What `work` gives, once a worker was free for it."""
        ...


LABELLING_SECONDS = 1800.0
"""Labelling a document in a worker is given up after this; a book takes a minute or two."""

MAX_WORKERS = {"fast": 4, "accurate": 2}
"""Processes that are started unasked, by profile.

With "accurate" each takes up to 1.1 GB, and shares out the other cores among its threads.
"""

TASKS_PER_WORKER = 8
"""A process takes two or three seconds to start, which so many reports make good."""

GRACE_SECONDS = 5.0
"""A reader gives up by itself when its time is over; it is ended only so much later."""

PARSER_CRASHED = (
    "the program that reads it broke down (a damaged or hostile file, or too little memory); "
    "open the file, save it anew and add that"
)


class Future(Protocol[R_co]):
    """A result that comes later: a future of `concurrent.futures` or of Dask."""

    def result(self) -> R_co:
        """The result, once it is there."""
        ...


def worker_count(settings: Settings, tasks: int) -> int:
    """How many processes are worth their start for so many files or documents.

    As many as `settings.jobs` says; unless it says so, one for each core of `cores()`, at
    most `MAX_WORKERS`, and one for each `TASKS_PER_WORKER`.

    >>> worker_count(Settings(jobs=3), 100), worker_count(Settings(jobs=3), 2)
    (3, 2)
    """
    if settings.jobs:
        return min(settings.jobs, tasks)
    return min(cores(), MAX_WORKERS[settings.profile], -(-tasks // TASKS_PER_WORKER))


def process_sources(
    paths: Sequence[Path], settings: Settings, processor: DocumentProcessor
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with what it gave, in the order given, however many hands work on it."""
    if settings.cluster and paths:
        from lif_nlp.runtime.cluster import process_on_cluster

        yield from process_on_cluster(paths, settings)
        return
    workers = worker_count(settings, len(paths))
    if workers > 1:
        with _workers(settings, workers) as submit:
            read = bounded_map(
                paths, lambda path: submit(lambda w: guarded_read(w, path)), window=2 * workers
            )
            yield from _labelled(read, submit, window=4 * workers)
        return
    with _workers(settings, 1) as submit:
        ahead = bounded_map(paths, lambda path: submit(lambda w: guarded_read(w, path)), window=2)
        yield from ((path, finish(items, processor.label)) for path, items in ahead)


def _labelled(
    read: Iterable[tuple[Path, Read]], submit: Submit, *, window: int
) -> Iterator[tuple[Path, FileResult]]:
    """Each path with its documents labelled; a table of many reports is shared by all hands."""
    parts = (
        (path, item, place == len(items))
        for path, items in read
        for place, item in enumerate(items, start=1)
    )
    results: list[LabelledDocument | Quarantined] = []
    for (path, _, last), result in bounded_map(
        parts, lambda part: submit(lambda w: _label(w, part[1])), window=window
    ):
        results.append(result)
        if last:
            yield path, as_done(results)
            results = []


def label_documents(
    documents: Iterable[Document], settings: Settings, processor: DocumentProcessor, *, count: int
) -> Iterator[LabelledDocument | Quarantined]:
    """Stored documents, `count` of them, labelled anew in the order given."""
    workers = worker_count(settings, count)
    if workers < 2:
        yield from (processor.label(document) for document in documents)
        return
    with _workers(settings, workers) as submit:
        labelled = bounded_map(
            documents,
            lambda document: submit(lambda w: _label(w, document)),
            window=2 * workers,
        )
        yield from (result for _, result in labelled)


def bounded_map(
    tasks: Iterable[T], submit: Callable[[T], Future[R_co]], *, window: int
) -> Iterator[tuple[T, R_co]]:
    """Each task with its result, in order; at most `window` are under way, so memory is bounded."""
    waiting: deque[tuple[T, Future[R_co]]] = deque()
    for task in tasks:
        waiting.append((task, submit(task)))
        if len(waiting) >= window:
            first, result = waiting.popleft()
            yield first, result.result()
    while waiting:
        first, result = waiting.popleft()
        yield first, result.result()


def _ask(worker: Worker, what: str, argument: object, seconds: float) -> Any:
    """The worker's answer; where it ended by itself, a fresh one is asked once more.

    Most often something from outside ended it (the machine was short of memory), and
    the file is sound.
    """
    try:
        return worker.ask(what, argument, seconds=seconds)
    except WorkerEndedError as error:
        if error.late:
            raise
        return worker.ask(what, argument, seconds=seconds)


def guarded_read(worker: Worker, source: Source) -> Read:
    """What the worker reads in a file; one that ends it, or takes too long, is quarantined."""
    seconds = worker.settings.seconds_per_file
    try:
        read: Read = _ask(worker, "read", source, seconds + GRACE_SECONDS)
        return read
    except WorkerEndedError as error:
        late = (
            f"reading took longer than {seconds:g} seconds; "
            "raise seconds_per_file in lif.toml if the file is to be trusted"
        )
        name = str(source) if isinstance(source, Path) else source[1]
        return [Quarantined(name, late if error.late else PARSER_CRASHED)]


def _label(worker: Worker, item: Document | Quarantined) -> LabelledDocument | Quarantined:
    """The document labelled by the worker; one that ends it, or takes too long, is quarantined."""
    if isinstance(item, Quarantined):
        return item
    try:
        labelled: LabelledDocument | Quarantined = _ask(worker, "label", item, LABELLING_SECONDS)
        return labelled
    except WorkerEndedError as error:
        late = f"labelling took longer than {LABELLING_SECONDS:g} seconds; split the document"
        reason = late if error.late else PARSER_CRASHED
        return Quarantined(item.source, reason, item.doc_id)


@contextmanager
def _workers(settings: Settings, count: int) -> Iterator[Submit]:
    """A function that gives work to the next of `count` idle workers."""
    threads = max(1, cores() // count)
    workers = [Worker(settings, threads=threads) for _ in range(count)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def run(work: Callable[[Worker], R_co]) -> R_co:
        worker = idle.get()
        try:
            return work(worker)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(count) as pool:
            try:
                yield lambda work: pool.submit(run, work)
            finally:
                # leaving early must not wait for what nobody will use
                pool.shutdown(wait=False, cancel_futures=True)
                for worker in workers:
                    worker.end()
    finally:
        for worker in workers:
            worker.close()
