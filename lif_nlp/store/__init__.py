"""The store: reads and writes records, one SQLite file per workspace.

Write-ahead logging lets notebooks read while a batch writes.  Vectors are in `.npy` files
beside the database.  A document is committed whole or not at all.
"""

from lif_nlp.store.store import Store

__all__ = ["Store"]
