"""Reading and labelling in a worker, in such a way that a bad file costs only itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lif_nlp.records import Document, Quarantined
from lif_nlp.runtime.processor import LabelledDocument, Source
from lif_nlp.runtime.worker import Worker, WorkerEndedError

T = TypeVar("T")

_log = logging.getLogger(__name__)

LABELLING_FACTOR = 15
"""Labelling one document may take this many times `Settings.seconds_per_file`: half an hour by
default.  A book takes a minute or two, so only a fault takes longer.  Chosen by judgement."""

GRACE_SECONDS = 5.0
"""Seconds beyond `Settings.seconds_per_file` after which a worker is killed.  The reader stops
by itself when its time is up and keeps what it has read; only one that hangs is killed."""

PARSER_CRASHED = (
    "the parser crashed (damaged or malicious file, or out of memory); "
    "open the file, save a new copy and add that"
)


def guarded_read(worker: Worker, source: Source) -> list[Document | Quarantined]:
    """What the worker reads in a file; one that ends it, or takes too long, is quarantined."""
    name = str(source) if isinstance(source, Path) else source[1]
    limit = worker.settings.seconds_per_file
    try:
        return _try_twice(lambda: worker.read(source, seconds=limit + GRACE_SECONDS))
    except WorkerEndedError as error:
        _log.warning("%s: quarantined, because its worker was %s", name, error)
        late = (
            f"reading took longer than {limit:g} seconds; "
            "raise seconds_per_file in lif.toml if you trust the file"
        )
        return [Quarantined(name, late if error.late else PARSER_CRASHED)]


def guarded_label(worker: Worker, item: Document | Quarantined) -> LabelledDocument | Quarantined:
    """The document labelled by the worker; one that ends it, or takes too long, is quarantined.

    What is quarantined already is returned unchanged.
    """
    if isinstance(item, Quarantined):
        return item
    seconds = LABELLING_FACTOR * worker.settings.seconds_per_file
    try:
        return _try_twice(lambda: worker.label(item, seconds=seconds))
    except WorkerEndedError as error:
        _log.warning("%s: quarantined, because its worker was %s", item.doc_id, error)
        late = (
            f"labelling took longer than {seconds:g} seconds; split the document, or raise "
            "seconds_per_file in lif.toml"
        )
        return Quarantined(item.source, late if error.late else PARSER_CRASHED, item.doc_id)


def _try_twice(request: Callable[[], T]) -> T:
    """The answer to a request, which is repeated once if the worker died.

    Mostly something else killed it (the machine was short of memory), and the file is sound.
    A request that ran out of time is not repeated.
    """
    try:
        return request()
    except WorkerEndedError as error:
        # What was too slow once will be again; what died may have been killed for want of memory.
        if error.late:
            raise
        return request()
