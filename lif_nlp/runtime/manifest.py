"""The record of a run: inputs with hashes, versions, settings, seed and counts."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from uuid import uuid4

from lif_nlp import about
from lif_nlp.atomic_write import write_atomically
from lif_nlp.model_files import model_hashes
from lif_nlp.runtime.locks import workspace_lock
from lif_nlp.runtime.session import Session

PACKAGES = (
    "bertopic", "hdbscan", "numpy", "pandas", "pypdfium2", "scikit-learn",
    "sentence-transformers", "spacy", "torch", "umap-learn",
)  # fmt: skip


@dataclass
class Run:
    """One run while it goes on; `inputs` and `results` fill as stages report."""

    run_id: str
    command: str
    started: str
    inputs: dict[str, str] = field(default_factory=dict)
    results: dict[str, object] = field(default_factory=dict)


@contextmanager
def record_run(session: Session, command: str) -> Iterator[Run]:
    """A run that is noted in the ledger and, once done, in `manifest/<run_id>.json`.

    The workspace is held while it goes on; raises StoreError when another process
    holds it for too long.  A run that fails leaves its line in the ledger, with no
    finishing time.
    """
    store, started = session.store, _now()
    stamp = started[:19].replace(":", "").replace("-", "")
    run = Run(f"{stamp}-{uuid4().hex[:6]}", command, started)
    with workspace_lock(store.folder, command, started, wait_seconds=session.settings.wait_seconds):
        store.save_run(run.run_id, command, started, "", {})
        yield run
        finished = _now()
        manifest = _manifest(session, run, finished)
        write_atomically(
            store.folder / "manifest" / f"{run.run_id}.json",
            json.dumps(manifest, indent=1, ensure_ascii=False).encode("utf-8"),
        )
        store.save_run(run.run_id, command, started, finished, manifest)


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
    """The whole revision, with its precision, where this process loaded the encoder."""
    loaded = "encoder" in vars(session)
    return session.encoder.revision if loaded else session.encoder_revision


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
