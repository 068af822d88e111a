"""What a frame must have in common with its table in `lif_nlp.schema`."""

import pandas as pd
from pandas.api import types

from lif_nlp.schema import SCORE_PREFIX, TABLES

_HAS_TYPE = {
    "integer": types.is_integer_dtype,
    "number": types.is_float_dtype,
    "boolean": types.is_bool_dtype,
    "text": lambda cells: all(isinstance(cell, str) for cell in cells),
    "list": lambda cells: all(isinstance(cell, tuple | list | dict) for cell in cells),
}


def assert_follows_schema(frame: pd.DataFrame, table: str) -> None:
    """The columns are exactly the schema's, in order, each of its type."""
    names = [name for name in frame.columns if not str(name).startswith(SCORE_PREFIX)]
    assert names == list(TABLES[table].names)
    for column in TABLES[table].columns:
        assert _HAS_TYPE[column.dtype](frame[column.name]), (table, column, frame[column.name])
