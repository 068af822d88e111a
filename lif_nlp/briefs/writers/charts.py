"""Charts drawn with matplotlib, plain enough to read in grey and without colour vision."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lif_nlp.briefs.writers import board_chart, points_chart
from lif_nlp.records import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH = 4.6
"""Inches: half a page, beside text."""

_WIDE = {"problem_strength_balance": board_chart, "points": points_chart}
"""Drawings of a whole page's width, each in a file of its own."""

INK = "#333333"

_UNIT_SIZE = 8
"""Points of the line below or beside the figures that says what is counted."""


def svg(chart: Chart, accent: str, ink: str = INK) -> bytes:
    """The chart as SVG on a clear ground; text and axes are drawn in `ink`."""
    return _drawn(chart, accent, ink, "svg")


def recoloured(picture: bytes, colours: Mapping[str, str]) -> bytes:
    """The same SVG in other colours, so that a chart is drawn once for light and for dark."""
    text = picture.decode("utf-8")
    for old, new in colours.items():
        text = text.replace(old, new)
    return text.encode("utf-8")


def png(chart: Chart, accent: str, ink: str = INK) -> bytes:
    """The chart as PNG at 220 dots per inch on a clear ground."""
    return _drawn(chart, accent, ink, "png")


def data_uri(picture: bytes) -> str:
    """An SVG picture as a data URI for an `img` element."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture).decode("ascii")


def _drawn(chart: Chart, accent: str, ink: str, form: str) -> bytes:
    import matplotlib
    from matplotlib.figure import Figure

    style: Any = {  # matplotlib types the keys as a list of literals
        "svg.hashsalt": chart.title,  # same figures, same bytes
        "svg.fonttype": "none",  # words stay words: sharp, small, in the reader's own font
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": ink,
        "axes.labelcolor": ink,
        "xtick.color": ink,
        "ytick.color": ink,
        "hatch.linewidth": 0.7,
    }
    with matplotlib.rc_context(style):
        height = 0.75 + 0.38 * len(chart.rows) if chart.kind != "trend" else 2.1
        width = _WIDTH
        if wide := _WIDE.get(chart.kind):
            width, height = wide.WIDTH, wide.height(chart)
        # Not by pyplot, which keeps every figure in memory and asks for a display.
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
        draw = wide.draw if wide else {"trend": _trend, "balance": _balance}.get(chart.kind, _bars)
        draw(axes, chart, accent, ink)
        for side in axes.spines.values():
            side.set_visible(False)
        out = BytesIO()
        # Without the date of drawing, so that the same figures give the same bytes.
        metadata = {"Date": None} if form == "svg" else None
        figure.savefig(out, format=form, transparent=True, dpi=220, metadata=metadata)
    return out.getvalue()


def _balance(axes: Axes, chart: Chart, accent: str, ink: str) -> None:
    """Problems to the left, hatched; strengths to the right, solid."""
    rows = [(str(r[0]), int(str(r[1])), int(str(r[2]))) for r in reversed(chart.rows)]
    at = range(len(rows))
    axes.barh(at, [-bad for _, _, bad in rows], color="none", edgecolor=ink, hatch="/////",
              linewidth=0.8, height=0.62)  # fmt: skip
    axes.barh(at, [good for _, good, _ in rows], color=accent, height=0.62)
    widest = max(max(good, bad) for _, good, bad in rows) or 1
    for y, (_, good, bad) in zip(at, rows, strict=True):
        axes.text(-bad - widest * 0.04, y, str(bad), ha="right", va="center")
        axes.text(good + widest * 0.04, y, str(good), ha="left", va="center")
    axes.set_yticks(list(at), [_short(name) for name, _, _ in rows])
    axes.set_xlim(-widest * 1.25, widest * 1.25)
    axes.set_ylim(-0.6, len(rows) - 0.1)
    axes.axvline(0, color=ink, linewidth=0.8)
    axes.set_xticks([])
    axes.set_xlabel("number of findings", fontsize=_UNIT_SIZE)
    axes.tick_params(axis="y", length=0)
    top = len(rows) - 0.42
    axes.text(-widest * 0.04, top, "problems", ha="right", va="bottom", weight="bold")
    axes.text(widest * 0.04, top, "strengths", ha="left", va="bottom", weight="bold")


def _trend(axes: Axes, chart: Chart, accent: str, ink: str) -> None:
    """Share per period as dots, with its likely range as a line."""
    labels = [str(row[0]) for row in chart.rows]
    shares = [_number(row[3]) for row in chart.rows]
    ranges = [[_number(part) for part in str(row[4]).split(" to ")] for row in chart.rows]
    for x, (low, high) in enumerate(ranges):
        axes.plot([x, x], [low, high], color=accent, linewidth=5, alpha=0.35,
                  solid_capstyle="round")  # fmt: skip
    axes.plot(range(len(labels)), shares, color=ink, linewidth=0.8, linestyle=":")
    axes.plot(range(len(labels)), shares, "o", color=accent, markersize=7)
    for x, share in enumerate(shares):
        axes.annotate(f"{share:.0f}%", (x, share), textcoords="offset points", xytext=(7, -11))
    counts = [f"{label}\n{row[1]} of {row[2]}" for label, row in zip(labels, chart.rows,
                                                                    strict=True)]  # fmt: skip
    axes.set_xticks(range(len(labels)), counts, fontsize=8)
    axes.set_xlim(-0.4, len(labels) - 0.4)
    axes.set_ylim(-4, 104)
    axes.set_yticks([0, 50, 100], ["0%", "50%", "100%"])
    axes.set_ylabel("share of reports", fontsize=_UNIT_SIZE)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=ink, alpha=0.18, linewidth=0.6)


def _bars(axes: Axes, chart: Chart, accent: str, ink: str) -> None:
    """One bar per row: its name and a count."""
    rows = [(str(row[0]), float(str(row[1]))) for row in reversed(chart.rows)]
    axes.barh(range(len(rows)), [value for _, value in rows], color=accent, height=0.62)
    widest = max((value for _, value in rows), default=1.0) or 1.0
    for y, (_, value) in enumerate(rows):
        axes.text(value + widest * 0.02, y, f"{value:g}", va="center")
    axes.set_yticks(range(len(rows)), [_short(name) for name, _ in rows])
    axes.set_xlim(0, widest * 1.15)
    axes.set_xticks([])
    axes.set_xlabel(f"number of {chart.columns[1].lower()}", fontsize=_UNIT_SIZE)
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color=ink, linewidth=0.8)


def _number(told: object) -> float:
    return float(str(told).rstrip("%"))


def _short(name: str, most: int = 26) -> str:
    """A name on one line or two, cut only where two do not hold it."""
    return textwrap.fill(name, most, max_lines=2, placeholder="…")
