"""Vectors by text: stored once per text and encoder, in .npy files beside the database.

A shard is written under a temporary name, moved into place, and only then noted
in the database; a crash in between leaves a file that nothing points to.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from lif_nlp.ids import text_key
from lif_nlp.protocols import Encode, Encoder, Vectors
from lif_nlp.store.connect import transaction


def stored_encode(db: sqlite3.Connection, folder: Path, encoder: Encoder) -> Encode:
    """An `encode` that asks the store first, so that no text is encoded twice."""
    make = f"{encoder.name}@{encoder.revision}"

    def encode(texts: Sequence[str]) -> Vectors:
        keys = [text_key(text) for text in texts]
        known = _places(db, make, keys)
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if fresh:
            _add_shard(db, folder, make, list(fresh), encoder.encode(list(fresh.values())))
            known = _places(db, make, keys)
        return _gather(folder, [known[key] for key in keys], encoder.dim)

    return encode


def _places(db: sqlite3.Connection, make: str, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    unique = list(dict.fromkeys(keys))
    for begin in range(0, len(unique), 500):
        part = unique[begin : begin + 500]
        rows = db.execute(
            "SELECT key, shard, row FROM vectors WHERE encoder = ? AND key IN "
            f"({','.join('?' * len(part))})",
            (make, *part),
        )
        found.update({key: (shard, row) for key, shard, row in rows})
    return found


def _add_shard(
    db: sqlite3.Connection, folder: Path, make: str, keys: list[str], rows: Vectors
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shard = f"{text_key(make)[:8]}-{text_key(' '.join(keys))}.npy"
    partial = folder / f"{shard}.{os.getpid()}.part"
    with partial.open("wb") as stream:
        np.save(stream, rows.astype(np.float32), allow_pickle=False)
    partial.replace(folder / shard)
    with transaction(db):
        db.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?, ?)",
            [(make, key, shard, row) for row, key in enumerate(keys)],
        )


def _gather(folder: Path, places: Sequence[tuple[str, int]], dim: int) -> Vectors:
    out = np.zeros((len(places), dim), dtype=np.float32)
    by_shard: dict[str, list[tuple[int, int]]] = {}
    for position, (shard, row) in enumerate(places):
        by_shard.setdefault(shard, []).append((position, row))
    for shard, pairs in by_shard.items():
        rows = np.load(folder / shard, mmap_mode="r", allow_pickle=False)
        positions, wanted = zip(*pairs, strict=True)
        out[list(positions)] = rows[list(wanted)]
    return out
