"""Rows of a printed table -> row pieces that keep their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lif_nlp.ingest.pieces import Piece

_ASKED = re.compile(
    r"recommend|action|finding|learning|strength|develop|improve|concern|what|comment|issue|evidence",
    re.IGNORECASE,
)


def row_pieces(rows: Sequence[Sequence[str]], pages: Sequence[int] = ()) -> Iterator[Piece]:
    """One piece for each row below the header; text is the row's words, cells its columns.

    A table has a header when its first row is short in every cell and another row
    follows.  Rows without words are left out.
    """
    header = _header(rows)
    for index, row in enumerate(rows):
        page = pages[index] if pages else 1
        words = [cell for cell in row if cell]
        if not words:
            continue
        if header and index == 0:
            yield Piece(" ".join(words), page, "table_row", boilerplate="table header")
            continue
        names = header or [f"column {place}" for place in range(1, len(row) + 1)]
        cells = tuple(
            (name, cell) for name, cell in zip(_padded(names, len(row)), row, strict=False) if cell
        )
        yield Piece(" ".join(words), page, "table_row", cells=cells)


def _header(rows: Sequence[Sequence[str]]) -> list[str]:
    if len(rows) < 2 or not all(rows[0]) or any(len(cell.split()) > 8 for cell in rows[0]):
        return []
    return list(rows[0])


def _padded(names: Sequence[str], length: int) -> list[str]:
    return [*names, *(f"column {place}" for place in range(len(names) + 1, length + 1))]
