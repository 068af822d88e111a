"""A drawing for a board: of each theme, in how many reports problems outweigh strengths."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lif_nlp.records import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.4
"""Inches: the text of an A4 page between margins of half an inch or so."""

_PALE = 0.22
"""Share of the accent left in the palest bar: below that it is lost on a projector."""

_NAME = 30
"""Letters of a theme's name in one line; longer names are set in two."""

_NUMBERED = (0, 2)
"""Parts of a bar that are plain, so that a number can be read on them."""

_ROOM = 0.05
"""Share of the longest bar from which a part is wide enough for its number."""

_DARK = "#333333"
_TOLD = (
    "Each bar shows all reports. A report counts once for a theme, by whether it describes more "
    "problems or more strengths.\nProblems outweigh: share of the reports that mention the theme, "
    "with its likely (95%) range in brackets."
)


def height(chart: Chart) -> float:
    """Inches that the drawing needs."""
    return 1.6 + 0.37 * len(chart.rows)


def draw(axes: Axes, chart: Chart, accent: str, ink: str) -> None:
    """One bar per theme, as long as there are reports; told apart by shade and hatching.

    Rows: name, reports with more problems, with as many of both, with more strengths,
    without either, share of the first among those that speak of it, and its range.
    """
    # matplotlib draws the first row at the bottom.
    rows = list(reversed(chart.rows))
    parts = [[int(str(row[place])) for row in rows] for place in range(1, 5)]
    total = max((sum(int(str(n)) for n in row[1:5]) for row in rows), default=1) or 1
    left = [0] * len(rows)
    for place, (counts, branding) in enumerate(zip(parts, _looks(accent, ink), strict=True)):
        axes.barh(range(len(rows)), counts, left=left, height=0.66,
                  label=chart.columns[place + 1], **branding)  # fmt: skip
        # hatching and outlines leave no ground for a number
        if place in _NUMBERED:
            _number(axes, left, counts, total * _ROOM, "white" if place == 0 else _DARK)
        left = [start + count for start, count in zip(left, counts, strict=True)]
    for y, row in enumerate(rows):
        axes.text(total * 1.03, y, str(row[5]), va="center", weight="bold")
        axes.text(total * 1.12, y, f"({row[6]})", va="center")
    axes.text(total * 1.03, len(rows) - 0.45, "problems outweigh\n(likely range)", va="bottom")
    axes.set_yticks(range(len(rows)), [textwrap.fill(str(row[0]), _NAME) for row in rows])
    axes.set_xlim(0, total * 1.36)
    axes.set_ylim(-0.6, len(rows) + 0.35)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    figure: Any = axes.figure
    figure.legend(loc="outside upper left", ncols=4, frameon=False, handlelength=1.3,
                  columnspacing=1.2, title=chart.title, alignment="left",
                  title_fontproperties={"weight": "bold", "size": 10.5})  # fmt: skip
    figure.supxlabel(_TOLD, x=0.01, ha="left", fontsize=7.5)


def _looks(accent: str, ink: str) -> tuple[dict[str, Any], ...]:
    from matplotlib.colors import to_hex, to_rgb

    # mixed with white, not see-through: some programs show what is see-through as full colour
    red, green, blue = (1 - _PALE * (1 - part) for part in to_rgb(accent))
    pale = to_hex((red, green, blue))
    return (
        {"color": accent},
        {"facecolor": "none", "edgecolor": accent, "hatch": "/////", "linewidth": 0.6},
        {"facecolor": pale, "edgecolor": accent, "linewidth": 0.6},
        {"facecolor": "none", "edgecolor": ink, "linewidth": 0.5, "linestyle": ":"},
    )


def _number(
    axes: Axes, left: Sequence[int], counts: Sequence[int], least: float, colour: str
) -> None:
    """The counts inside the parts of the bars that are wide enough for them."""
    for y, (start, count) in enumerate(zip(left, counts, strict=True)):
        if count >= least:
            axes.text(start + count / 2, y, str(count), ha="center", va="center", color=colour)
