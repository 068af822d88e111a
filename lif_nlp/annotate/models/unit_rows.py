"""What models read of units: their vectors, and columns of features by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.unit_tokens import TokenizedUnit
from lif_nlp.protocols import Vectors


def vectors_of(units: Sequence[TokenizedUnit]) -> Vectors | None:
    """Vectors of the units, shape (units, d), or None if one has none."""
    rows = [unit.span._.vector for unit in units]
    return None if any(row is None for row in rows) else np.stack(rows)


def extra_rows(
    rows: Sequence[Sequence[float]] | Matrix, names: Sequence[str], columns: Sequence[str]
) -> Matrix:
    """The named columns of rows of features, shape (rows, columns).

    By name, since an older model may have been trained with other cues than today's; a
    column that no longer exists is 0.
    """
    # One column more, of zeros: where a name that is gone is sent.
    padded = np.zeros((len(rows), len(names) + 1), dtype=np.float32)
    padded[:, :-1] = rows
    return padded[:, _places(tuple(names), tuple(columns))]


@lru_cache(maxsize=32)
def _places(names: tuple[str, ...], columns: tuple[str, ...]) -> list[int]:
    """Place of each column among the names, or the place after the last."""
    places = {name: place for place, name in enumerate(names)}
    return [places.get(column, len(names)) for column in columns]
