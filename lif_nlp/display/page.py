"""Small pieces of HTML: tables with captions, bars and lines with words beside them."""

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
    """A table with a caption and column heads; cells are HTML already.

    >>> "<caption" in table("Themes", ["Name"], [["Recording"]])
    True
    """
    heads = "".join(f'<th scope="col" style="{_TD}">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_TD}">{cell}</td>' for cell in row) + "</tr>" for row in rows
    )
    return (
        '<table style="border-collapse:collapse;max-width:60rem">'
        f'<caption style="text-align:left;font-weight:bold">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def sparkline(years: Sequence[int], counts: Sequence[int], *, width: int = 120) -> str:
    """Bars of counts by year; the words for it stand in its label.

    >>> 'alt="Reports by year. 2021: 1; 2022: 0"' in sparkline([2021, 2022], [1, 0])
    True
    """
    most = max(counts, default=0) or 1
    told = "; ".join(f"{year}: {count}" for year, count in zip(years, counts, strict=True))
    step = width / max(len(years), 1)
    bars = "".join(
        f'<rect x="{place * step:.1f}" y="{24 - 22 * count / most - 1:.1f}" '
        f'width="{step * 0.8:.1f}" height="{22 * count / most + 1:.1f}" '
        f'fill="{ACCENT if count else PALE}"/>'
        for place, count in enumerate(counts)
    )
    ends = f"{years[0]} to {years[-1]}" if years else ""
    picture = _picture(bars, width, 25, f"Reports by year. {told}")
    return f'{picture}<br><small style="color:{INK}">{ends}</small>'


def two_sides(strengths: int, problems: int, most: int, *, width: int = 150) -> str:
    """Strengths (filled) and problems (outlined) as two bars, with the figures."""
    scale = (width - 30) / max(most, 1)
    told = f"{strengths} strengths, {problems} problems"
    drawn = (
        f'<rect x="0" y="2" width="{strengths * scale:.1f}" height="12" fill="{ACCENT}"/>'
        f'<text x="{strengths * scale + 4:.1f}" y="12" {_LETTERS}>{strengths}</text>'
        f'<rect x="0.5" y="18.5" width="{problems * scale:.1f}" height="11" fill="none" '
        f'stroke="{INK}"/>'
        f'<text x="{problems * scale + 4:.1f}" y="28" {_LETTERS}>{problems}</text>'
    )
    return _picture(drawn, width, 34, told)


def _picture(drawn: str, width: int, height: int, told: str) -> str:
    """An image with its words; drawn inline, the style of a notebook would distort it."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{drawn}</svg>'
    )
    data = b64encode(svg.encode("utf-8")).decode("ascii")
    return (
        f'<img alt="{escape(told)}" title="{escape(told)}" width="{width}" height="{height}" '
        f'style="max-width:none;margin:0" src="data:image/svg+xml;base64,{data}">'
    )


def link(source: str, page: int, words: str) -> str:
    """A link to a page of a report where its file is still there, else the words alone."""
    path = Path(source)
    if not path.is_file():
        return escape(words)
    try:
        # Jupyter opens files below its own folder by their relative path
        address = quote(Path(os.path.relpath(path)).as_posix())
    except ValueError:
        address = path.resolve().as_uri()
    return f'<a href="{escape(address)}#page={page}" target="_blank">{escape(words)}</a>'
