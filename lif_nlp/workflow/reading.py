"""Files -> documents, one after the other or in several processes.

PDFium is not safe in threads, so `jobs` means processes, started afresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from lif_nlp.config import Settings
from lif_nlp.framework import load_framework
from lif_nlp.records import Document, Quarantined

Read = list[Document | Quarantined]


def read_sources(paths: Sequence[Path], settings: Settings) -> Iterator[tuple[Path, Read]]:
    """Each path with what it held, in the order given."""
    if settings.jobs == 1 or len(paths) < 2:
        yield from ((path, read_one(path, settings)) for path in paths)
        return
    workers = min(settings.jobs, len(paths))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from zip(paths, pool.map(read_one, paths, [settings] * len(paths)), strict=True)


def read_one(path: Path, settings: Settings) -> Read:
    """The documents that one file holds, or why there are none."""
    from lif_nlp.ingest import read

    return list(read(path, framework=load_framework(settings.framework), settings=settings))
