"""Locks that give a workspace one writer at a time, and one watcher."""

from __future__ import annotations

import errno
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from lif_nlp.atomic_write import patiently
from lif_nlp.errors import StoreError, traceback_of

_log = logging.getLogger(__name__)

LOCK, HOLDER = ".lock", ".holder.json"
"""Lock of the writer, and the file that says who it is."""

WATCH_LOCK, WATCHER = ".watch.lock", ".watcher.json"
"""The same for the watcher, which writes only now and then."""

_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def workspace_lock(
    folder: Path, command: str, started: str, *, wait_seconds: float
) -> Iterator[None]:
    """Lock the workspace for writing within the block; readers are not affected.

    The lock belongs to the process, so one that is killed gives it up.

    Parameters
    ----------
    folder
        Folder of the workspace.
    command
        Command of `lif` that writes, for the message to others.
    started
        Time at which it started (ISO 8601), for the same message.
    wait_seconds
        How long to wait while another process has the lock.

    Raises
    ------
    StoreError
        When another process still has the lock, naming it; or when the disk is full.
    """
    advice = "wait until it is done, or raise wait_seconds in lif.toml"
    with _locked(folder, LOCK, HOLDER, (command, started), wait_seconds, advice):
        try:
            yield
        except OSError as error:
            # Any other fault is not explained by the disk, and keeps its traceback.
            if error.errno not in _DISK_FULL:
                raise
            raise StoreError(
                f"{folder}: the disk is full; what was read before is kept: "
                "free some space and run again"
            ) from error


@contextmanager
def watcher_lock(folder: Path) -> Iterator[None]:
    """Be the only watcher of the workspace within the block.

    Raises
    ------
    StoreError
        At once, when another process watches for this workspace.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    folder.mkdir(parents=True, exist_ok=True)
    advice = "only one watcher can run per workspace; stop it first if this one should take over"
    with _locked(folder, WATCH_LOCK, WATCHER, ("watch", started), 0, advice):
        yield


@contextmanager
def _locked(
    folder: Path,
    lock: str,
    holder: str,
    owner: tuple[str, str],
    wait_seconds: float,
    advice: str,
) -> Iterator[None]:
    """Hold the lock file and describe this process, its command and start, in `holder`."""
    description, guard = folder / holder, FileLock(folder / lock, timeout=wait_seconds)
    try:
        guard.acquire()
    except Timeout as error:
        raise StoreError(
            f"{folder}: the workspace is in use by {_describe(description)}; {advice}"
        ) from error
    try:
        command, started = owner
        content = {"command": command, "process": os.getpid(), "started": started}
        # Only said for people: the lock is the lock, and this file may be missing or half written.
        description.write_text(json.dumps(content), encoding="utf-8")
        yield
    finally:
        # On Windows another program, such as one that looks for viruses, may hold it for a moment.
        patiently(lambda: description.unlink(missing_ok=True))
        guard.release()


def _describe(holder: Path) -> str:
    """The process that has the lock, in words."""
    try:
        owner = json.loads(holder.read_text(encoding="utf-8"))
        return f"'lif {owner['command']}' (process {owner['process']}, since {owner['started']})"
    except (OSError, ValueError, KeyError) as error:
        # It has just ended, or has the lock but has not written the file yet.
        _log.debug("%s could not be read\n%s", holder, traceback_of(error))
        return "another process"
