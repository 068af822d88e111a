"""Small numbers and rare combinations: what tells of few children though it names none.

Counts below a bound are not shown, nor others from which they could be reckoned.  Of a
combination that few share (age band, place, kind of harm, year), the rarest part is held
back until enough share the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

_STEP = 1
"""Least width of the range in which a hidden count may lie: children are whole."""


def hide_small_counts(counts: pd.DataFrame, least: int) -> pd.DataFrame:
    """A table of counts without those from 1 to `least` - 1, safe against subtraction.

    Further counts are hidden until the sums of rows and columns, which a reader may know from
    elsewhere, leave a range for each hidden one that reaches `least`.  Noughts stay.

    Parameters
    ----------
    counts
        Whole numbers; areas as rows, for instance, and kinds of harm as columns.
    least
        Smallest count that may be shown.

    Returns
    -------
    pandas.DataFrame
        The same table as Int64, with missing values where a count is hidden.

    >>> table = pd.DataFrame({"neglect": [2, 7], "other": [9, 8]}, index=["Saltby", "Norhaven"])
    >>> int(hide_small_counts(table, 5).isna().to_numpy().sum())
    4
    """
    values = counts.to_numpy(dtype=np.int64)
    hidden = (values > 0) & (values < least)
    while (cell := _weak_cell(values, hidden, least)) is not None:
        _hide_next(values, hidden, cell)
    shown = counts.astype("Int64")
    return shown.mask(pd.DataFrame(hidden, index=counts.index, columns=counts.columns))


def hold_back_rare(rows: pd.DataFrame, parts: Sequence[str], least: int) -> pd.DataFrame:
    """The rows with their rarest parts emptied until each combination is shared.

    Parameters
    ----------
    rows
        One row per child or case.
    parts
        Columns of text that together may tell who somebody is.
    least
        Rows that must share what is left of a combination.

    >>> rows = pd.DataFrame({"area": ["Saltby"] * 3 + ["Norhaven"], "harm": ["neglect"] * 4})
    >>> hold_back_rare(rows, ["area", "harm"], 3)["area"].tolist()
    ['Saltby', 'Saltby', 'Saltby', '']
    """
    names = list(parts)
    whole = rows[names].fillna("").astype(str)
    frequency = pd.DataFrame({name: whole[name].map(whole[name].value_counts()) for name in names})
    left = whole.copy()
    for _ in names:
        sharing = _sharing(whole, left)
        rare = sharing.lt(least) & _is_shown(left).any(axis=1)
        if not rare.any():
            break
        # an empty part cannot be emptied again
        rarest = frequency.where(_is_shown(left))[rare].astype(float).idxmin(axis=1)
        for name in names:
            left.loc[rarest.index[rarest.eq(name)], name] = ""
    return rows.assign(**{name: left[name] for name in names})


def _is_shown(left: pd.DataFrame) -> pd.DataFrame:
    return left.map(bool)


def _sharing(whole: pd.DataFrame, left: pd.DataFrame) -> pd.Series:
    """For each row, how many rows have the same parts as those it still shows."""
    # A row that shows nothing is shared by all.
    sharing = pd.Series(len(whole), index=whole.index)
    shows = _is_shown(left)
    for kept, group in shows.groupby(list(shows.columns)):
        names = [name for name, is_kept in zip(shows.columns, kept, strict=True) if is_kept]
        if names:
            sizes = whole.groupby(names)[names[0]].transform("size")
            sharing[group.index] = sizes[group.index]
    return sharing


def _weak_cell(values: np.ndarray, hidden: np.ndarray, least: int) -> tuple[int, int] | None:
    """A hidden count that subtraction finds again, by row and column, or None."""
    # Nothing is left to hide, and nothing to reckon from.
    if hidden.all():
        return None
    for row, column in np.argwhere(hidden & (values < least)):
        if _is_found(values, hidden, (int(row), int(column)), least):
            return int(row), int(column)
    return None


def _is_found(values: np.ndarray, hidden: np.ndarray, cell: tuple[int, int], least: int) -> bool:
    """Whether the sums of rows and columns tell a hidden count, or that it is a small one."""
    low, high = count_range(values, hidden, cell)
    return high - low < _STEP or high < least


def count_range(
    values: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]
) -> tuple[float, float]:
    """What a reader who knows all sums and all shown counts can tell of a hidden one.

    The bounds come from linear programming over the hidden counts, none of them negative.
    """
    from scipy.optimize import linprog

    places = np.argwhere(hidden)
    known = np.where(hidden, 0, values)
    lines, sums = [], []
    for axis in (0, 1):
        for number in np.unique(places[:, axis]):
            lines.append((places[:, axis] == number).astype(float))
            line = values[number] if axis == 0 else values[:, number]
            known_cells = known[number] if axis == 0 else known[:, number]
            sums.append(float(line.sum() - known_cells.sum()))
    target = (places == np.array(cell)).all(axis=1).astype(float)
    ends = [
        linprog(sign * target, A_eq=np.array(lines), b_eq=np.array(sums), bounds=(0, None))
        for sign in (1, -1)
    ]
    return float(ends[0].fun), float(-ends[1].fun)


def _hide_next(values: np.ndarray, hidden: np.ndarray, cell: tuple[int, int]) -> None:
    """Hide one more count: in the row or column of a cell, or anywhere when both are hidden."""
    row, column = cell
    places = [(int(i), int(j)) for i, j in np.argwhere(~hidden)]
    near = [place for place in places if place[0] == row or place[1] == column]
    # a nought hides nothing if another count can
    best = min(near or places, key=lambda place: (values[place] == 0, values[place]))
    hidden[best] = True
