"""One writer at a time: who holds a workspace, and waiting for it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from lif_nlp.errors import StoreError

LOCK, HOLDER = ".lock", ".holder.json"
WATCH_LOCK, WATCHER = ".watch.lock", ".watcher.json"

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def workspace_lock(
    folder: Path, command: str, started: str, *, wait_seconds: float
) -> Iterator[None]:
    """Hold the workspace while the block runs; readers go on reading.

    Waits up to `wait_seconds`, then raises StoreError that says who holds it.  The
    lock belongs to the process: one that is killed gives it up.  Also raises
    StoreError where the disk is full, with what to do.
    """
    advice = "wait until it is done, or raise wait_seconds in lif.toml"
    with _held(folder, LOCK, HOLDER, (command, started), wait_seconds, advice):
        try:
            yield
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            raise StoreError(
                f"{folder}: the disk is full; what was read before is kept: "
                "free space and run again"
            ) from error


@contextmanager
def watcher_lock(folder: Path) -> Iterator[None]:
    """Watch for this workspace alone; raises StoreError at once where another process does."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    folder.mkdir(parents=True, exist_ok=True)
    advice = "one is enough: stop it first if this one shall take its place"
    with _held(folder, WATCH_LOCK, WATCHER, ("watch", started), 0, advice):
        yield


@contextmanager
def _held(
    folder: Path,
    lock: str,
    holder: str,
    who: tuple[str, str],
    wait_seconds: float,
    advice: str,
) -> Iterator[None]:
    note, guard = folder / holder, FileLock(folder / lock, timeout=wait_seconds)
    try:
        guard.acquire()
    except Timeout as error:
        raise StoreError(f"{folder}: the workspace is in use by {_who(note)}; {advice}") from error
    try:
        command, started = who
        written = {"command": command, "process": os.getpid(), "started": started}
        note.write_text(json.dumps(written), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        guard.release()


def _who(holder: Path) -> str:
    try:
        note = json.loads(holder.read_text(encoding="utf-8"))
        return f"'lif {note['command']}' (process {note['process']}, since {note['started']})"
    except (OSError, ValueError, KeyError):
        return "another process"
