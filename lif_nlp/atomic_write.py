"""Atomic writing of files: a reader sees the old content or the new, never half of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from warnings import warn

from lif_nlp.errors import LifWarning

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries to rename or delete a file.  On Windows a virus scanner or an indexer
holds a new file for a moment, and both fail until it lets go.  Chosen by judgement."""

MOST_NAMES = 99
"""Names tried where a file is open in another program, from "name (2)" on."""


def remove_parts(folder: Path) -> int:
    """Remove what killed processes left of unfinished files, at any depth; returns how many.

    Only for a folder in which no other process writes.
    """
    parts = [path for path in folder.rglob(".*.part") if path.is_file()]
    for path in parts:
        # one that another program holds goes with a later run
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return len(parts)


def write_atomically(path: Path, content: bytes | memoryview, *, durable: bool = False) -> None:
    """Write `content` to `path` whole or not at all; missing folders are created.

    The content goes into a hidden file in the same folder, which then replaces `path`: a
    rename is atomic only within one file system.

    Parameters
    ----------
    path
        File to create or replace.
    content
        Its bytes.
    durable
        Also wait until the bytes are on the disk (fsync) before the rename, so that they
        survive a power cut. Slower; for files that a database row points to.

    Raises
    ------
    OSError
        When the file cannot be written; nothing is left behind, and an older file stays.
    """
    # The process id keeps two processes that write the same file from sharing a partial one.
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        patiently(lambda: partial.replace(path))
    except OSError as error:
        # people know the file, not the part of it
        error.filename = str(path)
        error.filename2 = None
        raise
    finally:
        with suppress(OSError):
            patiently(lambda: partial.unlink(missing_ok=True))


def write_even_if_open(path: Path, content: bytes | memoryview) -> Path:
    """Write `content` to `path`, or beside it if another program has `path` open.

    On Windows a file that is open in Word or Excel cannot be replaced.  The content is then
    written as "name (2)", with a LifWarning that names both.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    OSError
        When nothing can be written to the folder.
    """
    try:
        write_atomically(path, content)
    except PermissionError:
        if not path.is_file():
            raise
        for number in range(2, MOST_NAMES + 1):
            other = path.with_stem(f"{path.stem} ({number})")
            try:
                write_atomically(other, content)
            except PermissionError:
                # open too, or nothing may be written here at all
                if not other.is_file():
                    raise
                continue
            warn(
                f"{path}: open in another program, so the new one is {other.name}; close it and "
                "run again to have it under its own name",
                LifWarning,
                stacklevel=2,
            )
            return other
        raise
    return path


def patiently(step: Callable[[], object]) -> None:
    """Rename or delete a file; tries again for a moment while another program holds it.

    Raises
    ------
    PermissionError
        When it is still held after the last of `WAITS`.
    """
    for seconds in WAITS:
        try:
            step()
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    step()
