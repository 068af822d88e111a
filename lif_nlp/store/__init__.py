"""The store: records in, records out, one SQLite file per workspace.

Write-ahead logging lets notebooks read while a batch writes; vectors lie in
`.npy` files beside the database; a document is committed whole or not at all.
"""

from lif_nlp.store.store import Store

__all__ = ["Store"]
