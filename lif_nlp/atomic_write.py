"""Atomic writing of files: a reader sees the old content or the new, never half of it."""

from __future__ import annotations

import os
from pathlib import Path


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
    path.parent.mkdir(parents=True, exist_ok=True)
    # The process id keeps two processes that write the same file from sharing a partial one.
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
