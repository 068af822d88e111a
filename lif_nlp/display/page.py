"""Small pieces of HTML: tables with captions, and charts with text alternatives."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

INK, ACCENT, PALE = "#333333", "#335c81", "#d9dee3"
_LETTERS = f'font-family="sans-serif" font-size="11" fill="{INK}"'
_TD = "text-align:left;vertical-align:top;padding:.35em .6em;white-space:normal"


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a caption and column headings; `rows` hold HTML, not plain text.

    The name of a column may wrap after each `_`: of ten long names the last would stand outside
    the page.

    >>> "<caption" in table("Themes", ["Name"], [["Recording"]])
    True
    """
    heads = "".join(
        f'<th scope="col" style="{_TD}">{escape(name).replace("_", "_<wbr>")}</th>'
        for name in columns
    )
    body = "".join(
        "<tr>" + "".join(f'<td style="{_TD}">{cell}</td>' for cell in row) + "</tr>" for row in rows
    )
    return (
        '<table style="border-collapse:collapse;max-width:60rem">'
        f'<caption style="text-align:left;font-weight:bold">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def unbroken(date: str) -> str:
    """A date as HTML that stays on one line.

    >>> unbroken("2021-03-09")
    '<span style="white-space:nowrap">2021-03-09</span>'
    """
    return f'<span style="white-space:nowrap">{escape(date)}</span>'


def sparkline(years: Sequence[int], counts: Sequence[int], *, width: int = 120) -> str:
    """Bars of `counts` by year, `width` pixels wide, with a text alternative.

    >>> 'alt="Reports by year. 2021: 1; 2022: 0"' in sparkline([2021, 2022], [1, 0])
    True
    """
    largest = max(counts, default=0) or 1
    figures = "; ".join(f"{year}: {count}" for year, count in zip(years, counts, strict=True))
    step = width / max(len(years), 1)
    bars = "".join(
        f'<rect x="{position * step:.1f}" y="{24 - 22 * count / largest - 1:.1f}" '
        f'width="{step * 0.8:.1f}" height="{22 * count / largest + 1:.1f}" '
        f'fill="{ACCENT if count else PALE}"/>'
        for position, count in enumerate(counts)
    )
    ends = f"{years[0]} to {years[-1]}" if years else ""
    picture = _picture(bars, width, 25, f"Reports by year. {figures}")
    return f'{picture}<br><small style="color:{INK}">{ends}</small>'


def balance_bars(strengths: int, problems: int, largest: int, *, width: int = 150) -> str:
    """Strengths (filled) and problems (outlined) as two bars with their figures.

    `largest` is the count whose bar fills `width` pixels.
    """
    scale = (width - 30) / max(largest, 1)
    alt = f"{strengths} strengths, {problems} problems"
    shapes = (
        f'<rect x="0" y="2" width="{strengths * scale:.1f}" height="12" fill="{ACCENT}"/>'
        f'<text x="{strengths * scale + 4:.1f}" y="12" {_LETTERS}>{strengths}</text>'
        f'<rect x="0.5" y="18.5" width="{problems * scale:.1f}" height="11" fill="none" '
        f'stroke="{INK}"/>'
        f'<text x="{problems * scale + 4:.1f}" y="28" {_LETTERS}>{problems}</text>'
    )
    return _picture(shapes, width, 34, alt)


def _picture(shapes: str, width: int, height: int, alt: str) -> str:
    """SVG shapes as an image with a text alternative.

    An image rather than inline SVG, which the style sheet of a notebook would distort.
    """
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{shapes}</svg>'
    )
    data = b64encode(svg.encode("utf-8")).decode("ascii")
    return (
        f'<img alt="{escape(alt)}" title="{escape(alt)}" width="{width}" height="{height}" '
        f'style="max-width:none;margin:0" src="data:image/svg+xml;base64,{data}">'
    )


def link(source: str, page: int, text: str) -> str:
    """`text` as a link to a page of a report, or plain if the file no longer exists."""
    path = Path(source)
    if not path.is_file():
        return escape(text)
    try:
        # Jupyter only opens files below its own folder, by relative path
        address = quote(Path(os.path.relpath(path)).as_posix())
    except ValueError:
        # on Windows there is no relative path to another drive
        address = path.resolve().as_uri()
    return f'<a href="{escape(address)}#page={page}" target="_blank">{escape(text)}</a>'
