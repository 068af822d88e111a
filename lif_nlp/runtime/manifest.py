"""Records a run: its inputs with hashes, versions, settings, seed and counts."""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from uuid import uuid4

from lif_nlp import about
from lif_nlp.atomic_write import remove_parts, write_atomically
from lif_nlp.errors import traceback_of
from lif_nlp.model_files import model_hashes
from lif_nlp.runtime.locks import workspace_lock
from lif_nlp.runtime.log import log_to_workspace
from lif_nlp.runtime.session import Session

_log = logging.getLogger(__name__)

PACKAGES = (
    "bertopic", "hdbscan", "numpy", "pandas", "pypdfium2", "scikit-learn",
    "sentence-transformers", "spacy", "torch", "umap-learn",
)  # fmt: skip
"""Packages whose versions can change a result, and so stand in every manifest."""


@dataclass
class Run:
    """One run in progress.

    Attributes
    ----------
    run_id
        Start time and six random digits, such as "20261129T210711-3fa1c2".
    command
        Command of `lif`, or the method of `Workspace`, that started it.
    started
        Start time (ISO 8601, UTC).
    inputs
        Path of each source and its SHA-256, filled by the stages.
    results
        Figures of each stage, filled by the stages.
    """

    run_id: str
    command: str
    started: str
    inputs: dict[str, str] = field(default_factory=dict)
    results: dict[str, object] = field(default_factory=dict)


@contextmanager
def record_run(session: Session, command: str) -> Iterator[Run]:
    """A run, recorded in the table `runs` and, once done, in `manifest/<run_id>.json`.

    The workspace is locked within the block, and what is logged goes to its `lif.log`.  A
    run that fails leaves its row in `runs`, without a finishing time, and its traceback in
    the log.

    Raises
    ------
    StoreError
        When another process has the lock for longer than `settings.wait_seconds`.
    """
    store, start_time = session.store, _now()
    # It becomes the name of a file, and Windows allows no colon there.
    stamp = start_time[:19].replace(":", "").replace("-", "")
    run = Run(f"{stamp}-{uuid4().hex[:6]}", command, start_time)
    with (
        workspace_lock(
            store.folder, command, start_time, wait_seconds=session.settings.wait_seconds
        ),
        log_to_workspace(store.folder),
    ):
        _log.info("run %s: %s started, lif_nlp %s", run.run_id, command, about.__version__)
        # Safe only here: with the lock, nobody else can be writing a file in this folder.
        if parts := remove_parts(store.folder):
            _log.info("removed %d unfinished files of a run that was killed", parts)
        store.finish_purge()
        # Without an end until it is done, so that a killed run can be told from a finished one.
        store.save_run(run.run_id, command, start_time, "", {})
        try:
            yield run
        except BaseException as error:
            _log.error("run %s: stopped\n%s", run.run_id, traceback_of(error))
            raise
        end_time = _now()
        manifest = _manifest(session, run, end_time)
        write_atomically(
            store.folder / "manifest" / f"{run.run_id}.json",
            json.dumps(manifest, indent=1, ensure_ascii=False).encode("utf-8"),
        )
        store.save_run(run.run_id, command, start_time, end_time, manifest)
        _log.info("run %s: done, %s", run.run_id, json.dumps(manifest["counts"]))


def _manifest(session: Session, run: Run, finished: str) -> Mapping[str, object]:
    return {
        "run_id": run.run_id,
        "command": run.command,
        "started": run.started,
        "finished": finished,
        "lif_nlp": about.__version__,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "framework": session.framework.name,
        "framework_hash": session.framework_hash,
        "models": {} if session.settings.rules_only else model_hashes(),
        "encoder": session.encoder_name,
        "encoder_revision": _encoder_revision(session),
        "settings": session.settings.model_dump(mode="json"),
        "seed": session.settings.seed,
        "inputs": run.inputs,
        "counts": session.store.counts(),
        "results": run.results,
    }


def _encoder_revision(session: Session) -> str:
    """The full revision, with its precision, if this process loaded the encoder."""
    is_loaded = "encoder" in vars(session)
    return session.encoder.revision if is_loaded else session.encoder_revision


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
