"""Plans that stand in a document: tables of pages and PDF files, and lists of labelled lines.

A sheet brings its cells; here they are put together again from what was read, so that a plan on
a web page is followed like one in a workbook.  Colours are not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lif_nlp.ledger.trackers.columns import role_of
from lif_nlp.ledger_records import Grid, GridCell
from lif_nlp.records import Document

_LABEL = re.compile(
    r"^[\s>*•–-]*(?P<label>[A-Z][A-Za-z’' /()-]{1,28}?)[\s*]*[:–][\s*]*(?P<value>.*)$"
)
_ITEM = re.compile(
    r"^[\s#*•-]*(?:action|step|item|recommendation|rec\.?)\s*(?P<number>[A-Z]{0,3}\d[\d.]*[a-h]?)[\s*:.]*$",
    re.IGNORECASE,
)
"""A line that names a recommendation or a step, above what is told of it."""

MIN_ITEMS = 2
"""Items that make a list of labelled lines a plan."""

MIN_LABELS = 3
"""Labels that its items have; fewer are any text with colons."""


def table_grids(document: Document) -> list[Grid]:
    """The tables of a document as grids, the names of the columns in the first row."""
    tables: dict[tuple[str, ...], dict[tuple[tuple[str, str], ...], None]] = {}
    current: tuple[str, ...] = ()
    for block in document.blocks:
        if not block.cells:
            current = current if block.kind == "table_row" else ()
            continue
        names = tuple(name for name, _ in block.cells)
        # A blank cell is left out of its row, so each row of a table may lack names of others.
        if 2 * len(set(names) & set(current)) >= max(len(names), len(current)):
            whole = _in_order(current, names)
            if whole != current:
                tables[whole] = {**tables.get(whole, {}), **tables.pop(current)}
            current = whole
        elif not set(names) <= set(current):
            current = names
        tables.setdefault(current, {})[block.cells] = None
    around = "\n".join(
        document.text[block.start : block.end] for block in document.blocks if not block.cells
    )
    return [
        _grid(f"table {place}", names, [dict(row) for row in rows], around)
        for place, (names, rows) in enumerate(tables.items(), 1)
    ]


def _in_order(names: tuple[str, ...], others: Sequence[str]) -> tuple[str, ...]:
    """Names of both, each new one behind that which it follows.

    >>> _in_order(("Action", "Status"), ("Ref", "Action", "Lead"))
    ('Ref', 'Action', 'Lead', 'Status')
    """
    result = list(names)
    for place, name in enumerate(others):
        if name not in result:
            result.insert(result.index(others[place - 1]) + 1 if place else 0, name)
    return tuple(result)


def line_grids(lines: Sequence[str]) -> list[Grid]:
    """A list of labelled lines ("Lead: Trust", "Status: done") as a grid; none where it is none.

    >>> plan = "Recommendation 1,Action: Write it,Lead: Trust,Status: done".split(",")
    >>> again = "Recommendation 2,Action: Send it,Lead: Trust,Status: begun".split(",")
    >>> [[cell.text for cell in row] for row in line_grids([*plan, *again])[0].rows]
    [['Recommendation', 'Action', 'Lead', 'Status'], ['1', 'Write it', 'Trust', 'done'], \
['2', 'Send it', 'Trust', 'begun']]
    """
    items: list[dict[str, str]] = []
    around: list[str] = []
    number = label = ""
    for line in lines:
        item, match = _ITEM.match(line), _LABEL.match(line)
        name = match["label"].strip() if match else ""
        if item:
            number, label = item["number"], ""
        elif match and role_of(name) != "other" and "plan" not in name.lower():
            if not items or name in items[-1] or (number and items[-1].get(OF) != number):
                items.append({OF: number} if number else {})
            label = name
            items[-1][label] = match["value"].strip()
        elif line.strip() and items and label:
            items[-1][label] = f"{items[-1][label]} {line.strip()}".strip()
        elif line.strip():
            around.append(line.strip())
        else:
            label = ""
    items = [item for item in items if len(set(item) - {OF}) >= MIN_LABELS]
    if len(items) < MIN_ITEMS:
        return []
    names = tuple(dict.fromkeys(name for item in items for name in item))
    return [_grid("list", names, items, "\n".join(around))]


OF = "Recommendation"
"""Name of the column of the numbers that stand above the items of a list."""


def tells_progress(grid: Grid) -> bool:
    """Whether a table has columns of steps or dates and of status, news or ends.

    A response may have a column "position", but says neither step nor date in one of its own.
    """
    roles = {role_of(cell.text) for cell in grid.rows[0]}
    return bool(roles & {"status", "progress", "done"}) and bool(roles & {"action", "due"})


def _grid(name: str, names: Sequence[str], rows: Sequence[dict[str, str]], around: str) -> Grid:
    cells = tuple(tuple(GridCell(row.get(column, "")) for column in names) for row in rows)
    header = tuple(GridCell(column) for column in names)
    return Grid(name, (header, *cells), tuple(range(len(rows) + 1)), around=around)
