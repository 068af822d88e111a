"""What the cells of a tracker's column hold, whatever the column is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from lif_nlp.ledger.trackers.dates import dates_in
from lif_nlp.ledger_records import Grid

DATED_SHARE = 0.4
"""Share of a column's cells with dates, so that it tells when; "asap" and "TBC" stand beside."""

ANY_DAY = "2020-06-30"
"""A day by which a month without a year is known for a date; which one does not matter."""


_CODE = re.compile(
    r"^\W*(?:recommendations?|recs?|proposals?|points?|concerns?|challenges?)?\W*"
    r"[A-Z]{0,3}[ .-]?\d{1,2}"
    r"(?:[.-]\d+)*\s?(?:\(?[a-h]\)?|\([ivx]+\))?\W*$|^\W*\(?(?:[ivx]+|[a-h])\)?\W*$",
    re.IGNORECASE,
)
"""A cell that holds a printed number alone."""

CODE_SHARE = 0.6
"""Share of a column's filled cells that are numbers of a list, so that it names them."""

MIN_STEP_WORDS = 2.5
"""Mean words of a cell of a column of steps; names of bodies and dates are shorter."""

DIFFERENT_SHARE = 0.6
"""Share of a column's filled cells that differ: hardly a step stands twice in a plan."""

MAX_STATUS_WORDS = 6
"""Words of a cell of status; news are longer."""

TELLING_SHARE = 0.5
"""Share of a column's cells that tell of progress, so that it is one of progress."""


def cells_below(grid: Grid, header: int, index: int) -> list[str]:
    """The filled cells of a column below the header row."""
    return [
        row[index].text for row in grid.rows[header + 1 :] if index < len(row) and row[index].text
    ]


def dated_share(grid: Grid, header: int, index: int) -> float:
    """The share (0..1) of a column's filled cells that have a date."""
    filled = cells_below(grid, header, index)
    return sum(bool(dates_in(cell, ANY_DAY)) for cell in filled) / len(filled) if filled else 0.0


def code_share(grid: Grid, header: int, index: int) -> float:
    """The share (0..1) of a column's filled cells that hold a printed number alone."""
    filled = cells_below(grid, header, index)
    return sum(bool(_CODE.match(cell)) for cell in filled) / len(filled) if filled else 0.0


def column_of_codes(grid: Grid, header: int, taken: Collection[int]) -> int | None:
    """The first column without a role that holds numbers of a list."""
    return next(
        (
            index for index in range(len(grid.rows[header]))
            if index not in taken and code_share(grid, header, index) >= CODE_SHARE
        ),
        None,
    )  # fmt: skip


def column_of_steps(
    grid: Grid, header: int, taken: Collection[int], tells: Callable[[str], bool]
) -> int | None:
    """The column without a role whose cells read like steps, the longest of them, or None.

    Steps are several words each, hardly one stands twice, and they are neither dates nor news.
    """
    means: dict[int, float] = {}
    for index in range(len(grid.rows[header])):
        filled = cells_below(grid, header, index)
        if index in taken or len(filled) < 2 or len(set(filled)) < DIFFERENT_SHARE * len(filled):
            continue
        mean = sum(len(cell.split()) for cell in filled) / len(filled)
        news = sum(map(tells, filled)) / len(filled)
        if (
            mean >= MIN_STEP_WORDS
            and news < TELLING_SHARE
            and dated_share(grid, header, index) < DATED_SHARE
        ):
            means[index] = mean
    return max(means, key=lambda index: means[index], default=None)


def telling_column(
    grid: Grid,
    header: int,
    taken: set[int],
    tells: Callable[[str], bool],
    max_words: int | None = None,
) -> int | None:
    """The column without a role most of whose cells say how far a step has got.

    With `max_words`, only one whose cells are that short: "Shut because: embedded".
    """
    best: tuple[float, int] | None = None
    for index in range(len(grid.rows[header])):
        cells = cells_below(grid, header, index)
        # a column of dates tells when, even where the dates are of the end
        if max_words and any(
            len(cell.split()) > max_words or dates_in(cell, ANY_DAY) for cell in cells
        ):
            continue
        share = sum(map(tells, cells)) / len(cells) if cells and index not in taken else 0.0
        if share >= TELLING_SHARE and (best is None or share > best[0]):
            best = share, index
    return best[1] if best else None


def are_short(grid: Grid, header: int, index: int) -> bool:
    """Whether most cells of a column are a name or a reference."""
    cells = cells_below(grid, header, index)
    return bool(cells) and sum(len(cell.split()) <= 3 for cell in cells) * 2 > len(cells)
