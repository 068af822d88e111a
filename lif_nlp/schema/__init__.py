"""Every table's columns, written once: name, type and meaning.

The store's frames, the synthesis, exports, `Workspace.explain` and the tests all read
this module.  A column name that several tables share has one meaning in `model.SHARED`;
where a table means something else by it, the table says so itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from lif_nlp.schema.answers import ANSWERS
from lif_nlp.schema.ledger import LEDGER
from lif_nlp.schema.model import COUNTS, DTYPES, LIKELY, SHARES, Column, Table
from lif_nlp.schema.stored import STORED
from lif_nlp.schema.synthesis import SYNTHESIS

SCORE_PREFIX = "score_"
"""Findings also have one score column, `score_<layer>_<code>`, for each score that occurs."""

TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (*STORED, *SYNTHESIS, *ANSWERS, *LEDGER)}
)
"""Every table by name."""


def column_names(table: str) -> tuple[str, ...]:
    """Names of a table's columns, in order.

    >>> column_names("assignments")
    ('finding_id', 'theme_id', 'confidence', 'by')
    """
    return TABLES[table].names


def make_frame(table: str, rows: Iterable[Iterable[Any]] = ()) -> pd.DataFrame:
    """A frame with a table's columns; one without rows has their types too.

    >>> make_frame("assignments").dtypes["confidence"]
    dtype('float64')
    """
    columns = TABLES[table].columns
    frame = pd.DataFrame(list(rows), columns=[column.name for column in columns])
    if len(frame):
        return frame
    # Without rows pandas takes every column for objects, with which nobody can reckon.
    return frame.astype({column.name: DTYPES[column.dtype] for column in columns})


def describe(table: str, columns: Iterable[str]) -> list[tuple[str, str]]:
    """Each of these columns of a table with its meaning; empty for an unknown one.

    >>> describe("findings", ["score_theme_recording"])
    [('score_theme_recording', 'confidence in the label theme recording, 0 to 1')]
    """
    descriptions = {column.name: column.description for column in TABLES[table].columns}
    return [(name, descriptions.get(name) or _describe_score(name)) for name in columns]


def _describe_score(name: str) -> str:
    layer, _, code = name.removeprefix(SCORE_PREFIX).partition("_")
    if not name.startswith(SCORE_PREFIX):
        return ""
    return f"confidence in the label {layer} {code}, 0 to 1"


__all__ = [
    "COUNTS",
    "DTYPES",
    "LIKELY",
    "SHARES",
    "TABLES",
    "Column",
    "Table",
    "column_names",
    "describe",
    "make_frame",
]
