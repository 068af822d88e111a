"""One writer at a time: who holds a workspace, and waiting for it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lif_nlp.errors import StoreError

LOCK, HOLDER = ".lock", ".holder.json"


@contextmanager
def hold(folder: Path, command: str, started: str, *, wait_seconds: float) -> Iterator[None]:
    """Hold the workspace while the block runs; readers go on reading.

    Waits up to `wait_seconds`, then raises StoreError that says who holds it.  The
    lock belongs to the process: one that is killed gives it up.
    """
    holder = folder / HOLDER
    try:
        with FileLock(folder / LOCK, timeout=wait_seconds):
            note = {"command": command, "process": os.getpid(), "started": started}
            holder.write_text(json.dumps(note), encoding="utf-8")
            yield
            holder.unlink(missing_ok=True)
    except Timeout as error:
        raise StoreError(
            f"{folder}: the workspace is in use by {_who(holder)}; wait until it is done, "
            "or raise wait_seconds in lif.toml"
        ) from error


def _who(holder: Path) -> str:
    try:
        note = json.loads(holder.read_text(encoding="utf-8"))
        return f"'lif {note['command']}' (process {note['process']}, since {note['started']})"
    except (OSError, ValueError, KeyError):
        return "another process"
