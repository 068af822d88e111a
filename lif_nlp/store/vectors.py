"""Vectors by text: stored once per text and encoder, in .npy files beside the database.

A shard is written under a temporary name, moved into place, and only then noted
in the database; a crash in between leaves a file that nothing points to, and the
texts are encoded again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lif_nlp.ids import text_key
from lif_nlp.protocols import Encoder, Vectors
from lif_nlp.store.connect import transaction

SHARD_ROWS = 4096
"""New vectors are held in memory until there are this many, or until `flush`."""


class StoredEncode:
    """An `Encode` that asks the store first, so that no text is encoded twice."""

    def __init__(self, db: sqlite3.Connection, folder: Path, encoder: Encoder) -> None:
        self._db = db
        self._folder = folder
        self._encoder = encoder
        self._make = f"{encoder.name}@{encoder.revision}"
        self._pending: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Vectors of `texts`, shape (n, dim), from the store where it has them."""
        keys = [text_key(text) for text in texts]
        known = self._places([key for key in keys if key not in self._pending])
        fresh = {
            key: text
            for key, text in zip(keys, texts, strict=True)
            if key not in known and key not in self._pending
        }
        if fresh:
            rows = self._encoder.encode(list(fresh.values()))
            self._pending.update(zip(fresh, rows, strict=True))
        out = self._gather(keys, known)
        if len(self._pending) >= SHARD_ROWS:
            self.flush()
        return out

    def flush(self) -> None:
        """Write the vectors held in memory as one shard."""
        if not self._pending:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        keys = list(self._pending)
        shard = f"{text_key(self._make)[:8]}-{text_key(' '.join(keys))}.npy"
        partial = self._folder / f"{shard}.{os.getpid()}.part"
        with partial.open("wb") as stream:
            np.save(stream, np.stack(list(self._pending.values())), allow_pickle=False)
        partial.replace(self._folder / shard)
        with transaction(self._db) as db:
            db.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?, ?)",
                [(self._make, key, shard, row) for row, key in enumerate(keys)],
            )
        self._pending.clear()

    def _places(self, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
        found: dict[str, tuple[str, int]] = {}
        unique = list(dict.fromkeys(keys))
        for begin in range(0, len(unique), 500):
            part = unique[begin : begin + 500]
            rows = self._db.execute(
                "SELECT key, shard, row FROM vectors WHERE encoder = ? AND key IN "
                f"({','.join('?' * len(part))})",
                (self._make, *part),
            )
            found.update({key: (shard, row) for key, shard, row in rows})
        return found

    def _gather(self, keys: Sequence[str], known: dict[str, tuple[str, int]]) -> Vectors:
        out = np.zeros((len(keys), self._encoder.dim), dtype=np.float32)
        by_shard: dict[str, list[tuple[int, int]]] = {}
        for position, key in enumerate(keys):
            if key in known:
                shard, row = known[key]
                by_shard.setdefault(shard, []).append((position, row))
            else:
                out[position] = self._pending[key]
        for shard, pairs in by_shard.items():
            rows = np.load(self._folder / shard, mmap_mode="r", allow_pickle=False)
            positions, wanted = zip(*pairs, strict=True)
            out[list(positions)] = rows[list(wanted)]
        return out
