"""A drawing for a board of what comes back: learning points by reports and years."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from lif_nlp.colour import contrast_with_white, mix
from lif_nlp.records import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.4
"""Inches: the text of an A4 page, as in `board_chart`."""

YEARS_FROM = 5
"""Place of the first year among the columns of the chart."""

_NAME = 36
"""Letters of a point's name in one line; points have longer names than themes."""

_BARS = 1.0
"""Length of the longest bar, in which all other measures here are given."""

_GAP = 0.42
"""Room for the figures at the end of a bar; a bar of all reports is as long as `_BARS`."""
_STEP = 0.1
"""From one year's box to the next."""

_BOX = 0.084
"""Width of a box, a sixth less than a step, so that years stay apart."""

_LEAST = 0.2
"""Share of the accent in the palest box, so that one report in many is still seen."""
_DARK = "#333333"
_EMPTY = "#ededed"
_LIGHT_FROM = 3.0
"""Contrast of a box with white from which its number is white (WCAG, large text)."""
_TOLD = (
    "Bars and figures: reports that state the point, of those of a kind that could have; a report "
    "counts once.\nBoxes: reports of that year that state it; the darker, the larger their share. "
    "Pale and empty: none of that\nyear's reports. No box: no such report that year."
)


def height(chart: Chart) -> float:
    """Inches that the drawing needs."""
    return 1.1 + 0.4 * len(chart.rows)


def draw(axes: Axes, chart: Chart, accent: str, ink: str) -> None:
    """One line per point: its name, a bar with its count, and a box for each year.

    Rows: name, reports, reports that could, share, likely range, then for each year "n of m",
    or nothing where no report could.
    """
    rows = list(reversed(chart.rows))
    years = chart.columns[YEARS_FROM:]
    most = max((int(str(row[1])) for row in rows), default=1) or 1
    for y, row in enumerate(rows):
        count = int(str(row[1]))
        length = _BARS * count / most
        axes.barh(y, length, height=0.52, color=accent)
        axes.text(length + 0.02, y, f"{count} of {row[2]}", va="center", weight="bold")
        for place, cell in enumerate(row[YEARS_FROM:]):
            if cell:
                _box(axes, _BARS + _GAP + place * _STEP, y, str(cell), accent)
    top = len(rows) - 0.42
    # Beside the axis, which would strike it through.
    axes.text(0.02, top, "reports", va="bottom", color=ink)
    for place, year in enumerate(years):
        middle = _BARS + _GAP + place * _STEP + _BOX / 2
        axes.text(middle, top, year[-2:], va="bottom", ha="center", color=ink)
    axes.set_yticks(range(len(rows)), [_short(str(row[0])) for row in rows])
    axes.set_xlim(0, _BARS + _GAP + max(len(years), 1) * _STEP)
    axes.set_ylim(-0.6, len(rows) + 0.1)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color=ink, linewidth=0.8)
    figure: Any = axes.figure
    figure.supxlabel(_TOLD, x=0.01, ha="left", fontsize=7.5)


def _box(axes: Axes, x: float, y: int, cell: str, accent: str) -> None:
    from matplotlib.patches import Rectangle

    count, able = (int(part) for part in cell.split(" of "))
    shade = mix("#ffffff", accent, _LEAST + (1 - _LEAST) * count / able) if count else _EMPTY
    axes.add_patch(Rectangle((x, y - 0.28), _BOX, 0.56, facecolor=shade, edgecolor="none"))
    if count:
        light = contrast_with_white(shade) >= _LIGHT_FROM
        axes.text(x + _BOX / 2, y, str(count), ha="center", va="center",
                  color="white" if light else _DARK)  # fmt: skip


def _short(name: str) -> str:
    """A name on one line or two even ones, cut only where they do not hold it."""
    # Half the name and a word: the second line is then not one word alone.
    width = _NAME if len(name) <= _NAME else min(_NAME, max(len(name) // 2 + 6, _NAME // 2))
    return textwrap.fill(name, width, max_lines=2, placeholder=" …")
