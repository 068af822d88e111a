"""Cells of tagged tables -> row pieces; layout tables are left as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lif_nlp.ingest.pdf_chunks import Chunk
from lif_nlp.ingest.pieces import Piece


def rows_of_tables(chunks: Iterable[Chunk]) -> Iterator[Chunk | Piece]:
    """Chunks outside tables as they are."""
    yield from chunks
