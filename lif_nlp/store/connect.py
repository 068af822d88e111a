"""Opens the database of a workspace: its journal, foreign keys, migrations."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock, Timeout

from lif_nlp.errors import StoreError
from lif_nlp.store.folder_kind import FolderKind, folder_kind
from lif_nlp.store.migrations import MIGRATIONS, migrate

DATABASE = "learning.db"
BUSY_SECONDS = 60.0
"""How long to wait for another program that writes to the database: a run holds it for seconds at a
time, longer on a slow or shared disk. Chosen by judgement."""

_OPENING = ".opening.lock"


JOURNALS: Mapping[FolderKind, str] = MappingProxyType(
    {"local": "WAL", "network": "DELETE", "synchronised": "DELETE"}
)
"""SQLite's journal by kind of folder: the write-ahead log where readers and a writer can share
memory, else the rollback journal, with which they wait for each other."""


def connect(folder: Path, *, kind: FolderKind | None = None) -> sqlite3.Connection:
    """A connection to the workspace in `folder`, which is created if missing.

    In WAL mode a notebook can read while a batch writes; on a network drive or in a
    synchronised folder the rollback journal is used instead.  A workspace that this process
    cannot write to is opened for reading.

    Parameters
    ----------
    folder
        Folder of the workspace.
    kind
        Kind of the folder; found out when None.

    Raises
    ------
    StoreError
        If the folder cannot be used, or the database was made by a newer version.
    """
    path = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Without an isolation level, transactions begin and end where `transaction` says, not where
        # Python's own rules would have it.
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        _prepare(connection)
        journal = JOURNALS[kind or folder_kind(folder)]
        if _missing_steps(connection, path):
            # two processes that open a new workspace at the same time must not both migrate it
            with FileLock(folder / _OPENING, timeout=BUSY_SECONDS):
                _set_journal(connection, journal)
                migrate(connection)
        elif journal != "WAL":
            # A workspace that was made on a local disk may have been moved here.
            _set_journal(connection, journal)
    except (OSError, sqlite3.DatabaseError, UnicodeDecodeError, Timeout) as error:
        # A folder on a share that may only be read can still be looked at.
        if readable := _connect_for_reading(path):
            return readable
        raise StoreError(
            f"{path}: the workspace cannot be opened ({error}); "
            "check that the folder is writable and that the file is a lif_nlp workspace"
        ) from error
    return connection


def _set_journal(connection: sqlite3.Connection, journal: str) -> None:
    """Use a journal from now on, unless the database has it already."""
    (current,) = connection.execute("PRAGMA journal_mode").fetchone()
    # A change needs the file for oneself, so none is made without need.
    if str(current).upper() != journal:
        connection.execute(f"PRAGMA journal_mode={journal}")


def _connect_for_reading(path: Path) -> sqlite3.Connection | None:
    """A connection that only reads; None if there is nothing whole to read.

    SQLite cannot open a database in WAL mode in a folder that it cannot write to, unless it is
    told that nobody writes.  Then it does not read the log, so the log must be empty.
    """
    log = path.with_name(f"{path.name}-wal")
    # What is still in the write-ahead log cannot be read without writing, and would be missed.
    if not path.is_file() or (log.is_file() and log.stat().st_size):
        return None
    # Without `immutable` SQLite makes files for its locks, which a read-only folder refuses.
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
        connection.execute("PRAGMA query_only=ON")
        is_whole = not _missing_steps(connection, path)
    except sqlite3.DatabaseError:
        return None
    return connection if is_whole else None


def is_read_only(connection: sqlite3.Connection, folder: Path) -> bool:
    """Whether the connection to the workspace in `folder` can only read."""
    (only_queries,) = connection.execute("PRAGMA query_only").fetchone()
    return bool(only_queries) or not os.access(folder / DATABASE, os.W_OK)


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
    # SQLite leaves them off unless each connection asks for them.
    connection.execute("PRAGMA foreign_keys=ON")
    # A power cut may then lose the last commit of a write-ahead log, but never harms the file, and
    # a commit does not wait for the disk.
    connection.execute("PRAGMA synchronous=NORMAL")
    # overwrite purged data instead of only unlinking it
    connection.execute("PRAGMA secure_delete=ON")


def _missing_steps(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether migrations are missing; raises StoreError if there are ones from a newer version."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "migrations" not in tables:
        return True
    applied_names = {name for (name,) in connection.execute("SELECT name FROM migrations")}
    names = {name for name, _ in MIGRATIONS}
    if newer := sorted(applied_names - names):
        raise StoreError(
            f"{path}: made by a newer lif_nlp (step '{newer[0]}'); update lif_nlp and try again"
        )
    return bool(names - applied_names)
