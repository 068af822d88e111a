"""An open database of a workspace: write-ahead log, foreign keys, up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lif_nlp.errors import StoreError
from lif_nlp.store.migrations import MIGRATIONS, migrate

DATABASE = "learning.db"
BUSY_SECONDS = 60.0


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to the workspace in `folder`, which is made when missing.

    In WAL mode a notebook reads while a batch writes.  Raises StoreError when the
    folder cannot be used or the database was made by a newer version.
    """
    path = folder / DATABASE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        # what is purged is overwritten, not only unlinked
        connection.execute("PRAGMA secure_delete=ON")
        _refuse_newer(connection, path)
        migrate(connection)
    except (OSError, sqlite3.DatabaseError) as error:
        raise StoreError(
            f"{path}: the workspace cannot be opened ({error}); "
            "check that the folder is writable and that the file is a lif_nlp workspace"
        ) from error
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: what is written inside is committed whole, or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "migrations" not in tables:
        return
    known = {name for name, _ in MIGRATIONS}
    newer = [n for (n,) in connection.execute("SELECT name FROM migrations") if n not in known]
    if newer:
        raise StoreError(
            f"{path}: made by a newer lif_nlp (step '{newer[0]}'); update lif_nlp and try again"
        )
