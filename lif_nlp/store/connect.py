"""Opens the database of a workspace: write-ahead log, foreign keys, migrated."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from lif_nlp.errors import StoreError
from lif_nlp.store.migrations import MIGRATIONS, migrate

DATABASE = "learning.db"
BUSY_SECONDS = 60.0
_OPENING = ".opening.lock"


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to the workspace in `folder`, which is created if missing.

    In WAL mode a notebook can read while a batch writes.  Raises StoreError if the folder
    cannot be used or the database was made by a newer version.
    """
    path = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        _prepare(connection)
        if _missing_steps(connection, path):
            # two processes that open a new workspace at the same time must not both migrate it
            with FileLock(folder / _OPENING, timeout=BUSY_SECONDS):
                connection.execute("PRAGMA journal_mode=WAL")
                migrate(connection)
    except (OSError, sqlite3.DatabaseError, Timeout) as error:
        raise StoreError(
            f"{path}: the workspace cannot be opened ({error}); "
            "check that the folder is writable and that the file is a lif_nlp workspace"
        ) from error
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Commit everything written in the block, or nothing.

    Raises StoreError if the disk is full or cannot be written; earlier commits stay.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            # SQLite rolls back by itself when the disk is full
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"the workspace cannot be written ({error}); what was read before is kept: "
            "free space on the disk, check that no other program holds it, and run again"
        ) from error


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    # overwrite purged data instead of only unlinking it
    connection.execute("PRAGMA secure_delete=ON")


def _missing_steps(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether migrations are missing; raises StoreError if there are ones from a newer version."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "migrations" not in tables:
        return True
    done = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    names = {name for name, _ in MIGRATIONS}
    if newer := sorted(done - names):
        raise StoreError(
            f"{path}: made by a newer lif_nlp (step '{newer[0]}'); update lif_nlp and try again"
        )
    return bool(names - done)
