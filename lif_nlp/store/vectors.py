"""Stores vectors by text, once per text and encoder, in .npy files beside the database.

A shard is written under a temporary name, flushed to disk, moved into place, and only then
recorded in the database.  A crash in between leaves a file that nothing refers to, and the
texts are encoded again.  A row that is missing after all (power loss, an interrupted purge)
is deleted and encoded again too.
"""

from __future__ import annotations

import io
import logging
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from lif_nlp.atomic_write import write_atomically
from lif_nlp.errors import traceback_of
from lif_nlp.ids import text_key
from lif_nlp.protocols import Encoder, Vectors
from lif_nlp.store.connect import transaction

_log = logging.getLogger(__name__)

SHARD_ROWS = 4096
"""Rows in a shard: new vectors are held in memory until there are this many, or until `flush`."""

T = TypeVar("T")

Place = tuple[str, int]
"""Shard and row of a stored vector."""


class StoredEncode:
    """An `Encode` that asks the store first, so that no text is encoded twice."""

    def __init__(self, db: sqlite3.Connection, folder: Path, encoder: Encoder) -> None:
        self._db = db
        self._folder = folder
        self._encoder = encoder
        self._make = f"{encoder.name}@{encoder.revision}"
        self._pending: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), float32; stored ones are not computed again."""
        keys = [text_key(text) for text in texts]
        out = np.zeros((len(keys), self._encoder.dim), dtype=np.float32)
        self._fill(out, keys)
        for block in _blocks(_empty_rows(out), SHARD_ROWS):
            self._encode(out, block, keys, texts)
        return out

    def remember(self, keys: Sequence[str], rows: Vectors) -> None:
        """Store vectors that a worker computed with the same encoder; stored ones are unchanged.

        `rows` has shape (len(keys), dim).
        """
        places = self._places(keys)
        for key, row in zip(keys, rows, strict=True):
            if key not in places:
                # Two reports of one batch may hold the same sentence.
                self._pending.setdefault(key, row)
        if len(self._pending) >= SHARD_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the vectors held in memory as one shard."""
        if not self._pending:
            return
        keys = list(self._pending)
        # Named by its content: two processes with the same new texts write the same file.
        shard = f"{text_key(self._make)[:8]}-{text_key(' '.join(keys))}.npy"
        # The file comes first: a row must never point at a shard that is not there.
        write_shard(self._folder / shard, np.stack(list(self._pending.values())))
        with transaction(self._db) as db:
            db.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?, ?)",
                [(self._make, key, shard, row) for row, key in enumerate(keys)],
            )
        self._pending.clear()

    def _encode(
        self, out: Vectors, rows: Sequence[int], keys: Sequence[str], texts: Sequence[str]
    ) -> None:
        """Encode the texts of these rows, each text once."""
        # By key, so that a sentence which stands in many reports is encoded once.
        text_of = {keys[row]: texts[row] for row in rows}
        vector_of = dict(zip(text_of, self._encoder.encode(list(text_of.values())), strict=True))
        out[list(rows)] = [vector_of[keys[row]] for row in rows]
        self._pending.update(vector_of)
        if len(self._pending) >= SHARD_ROWS:
            self.flush()

    def _fill(self, out: Vectors, keys: Sequence[str]) -> None:
        """Copy stored vectors into their rows; the others stay zero."""
        for position, key in enumerate(keys):
            if key in self._pending:
                out[position] = self._pending[key]
        missing_keys: list[str] = []
        for shard, pairs in self._by_shard(keys).items():
            positions, rows = (list(part) for part in zip(*pairs, strict=True))
            rows_read = read_rows(self._folder / shard, rows, self._encoder.dim)
            out[positions] = rows_read
            missing_keys += [keys[positions[n]] for n in _empty_rows(rows_read)]
        # Their shard is lost or damaged; without their rows the texts are encoded again.
        if missing_keys:
            with transaction(self._db) as db:
                db.executemany(
                    "DELETE FROM vectors WHERE encoder=? AND key=?",
                    [(self._make, key) for key in missing_keys],
                )

    def _by_shard(self, keys: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        places = self._places([key for key in keys if key not in self._pending])
        shards: dict[str, list[tuple[int, int]]] = {}
        for position, key in enumerate(keys):
            if key in places:
                shard, row = places[key]
                shards.setdefault(shard, []).append((position, row))
        return shards

    def _places(self, keys: Iterable[str]) -> Mapping[str, Place]:
        places: dict[str, Place] = {}
        # SQLite before 3.32 takes at most 999 parameters in one statement.
        for part in _blocks(list(dict.fromkeys(keys)), 500):
            rows = self._db.execute(
                "SELECT key, shard, row FROM vectors WHERE encoder = ? AND key IN "
                f"({','.join('?' * len(part))})",
                (self._make, *part),
            )
            places.update({key: (shard, row) for key, shard, row in rows})
        return places


def stored_vectors(
    db: sqlite3.Connection, folder: Path, texts: Sequence[str], encoder: str, dim: int
) -> Vectors:
    """Vectors that the store has, without loading what made them, shape (n, dim), float32.

    Of texts that no encoder of this name has seen, the row is zero.
    """
    keys = list(map(text_key, texts))
    out = np.zeros((len(keys), dim), dtype=np.float32)
    found: dict[str, Place] = {}
    for part in _blocks(list(dict.fromkeys(keys)), 500):
        rows = db.execute(
            "SELECT key, shard, row FROM vectors WHERE encoder LIKE ? AND key IN "
            f"({','.join('?' * len(part))})",
            (f"{encoder}@%", *part),
        )
        found.update({key: (shard, row) for key, shard, row in rows})
    for shard in sorted({shard for shard, _ in found.values()}):
        own = [at for at, key in enumerate(keys) if key in found and found[key][0] == shard]
        out[own] = read_rows(folder / shard, [found[keys[at]][1] for at in own], dim)
    return out


def write_shard(path: Path, rows: Vectors) -> None:
    """Write vectors to `path` atomically, and flush them to disk."""
    # np.save to a path hides the reason of a failure, such as a full disk
    content = io.BytesIO()
    np.save(content, rows, allow_pickle=False)
    write_atomically(path, content.getbuffer(), durable=True)


def read_rows(path: Path, rows: Sequence[int], dim: int) -> Vectors:
    """These rows of a shard, shape (len(rows), dim), float32; zeros where they cannot be read."""
    out = np.zeros((len(rows), dim), dtype=np.float32)
    try:
        # Mapped, so that only the pages with these rows are read.
        shard = np.load(path, mmap_mode="r", allow_pickle=False)
        inside = [n for n, row in enumerate(rows) if row < len(shard)]
        out[inside] = shard[[rows[n] for n in inside]]
    except (OSError, ValueError, EOFError) as error:
        _log.warning("%s: vectors are encoded again\n%s", path.name, traceback_of(error))
    return out


def _empty_rows(rows: npt.NDArray[np.float32]) -> list[int]:
    """Indices of rows without a vector: a vector has unit length, so it is never all zero.

    One with a number that is none (NaN, infinity) was damaged, and counts as missing.
    """
    return [int(n) for n in np.flatnonzero(~np.any(rows, axis=1) | ~np.isfinite(rows).all(axis=1))]


def _blocks(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    return (items[begin : begin + size] for begin in range(0, len(items), size))
