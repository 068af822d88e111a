"""Quotations of findings for a notebook: shortened, escaped, with report and page."""

from __future__ import annotations

from html import escape

import pandas as pd

from lif_nlp.display import page

_QUOTE_WORDS = 45
"""Longer quotations are cut, so that a row fits on a screen.  Chosen by judgement."""

_QUOTE_STYLE = f"margin:0 0 .5em 0;border-left:3px solid {page.PALE};padding-left:.5em"


def quotes(findings: pd.DataFrame | None) -> str:
    """Findings (columns text, source, title, page) as quotations, in HTML."""
    if findings is None or findings.empty:
        return ""
    return "".join(
        f'<blockquote style="{_QUOTE_STYLE}">'
        f"“{escape(_shorten(str(row['text'])))}” <small>"
        + page.link(str(row["source"]), int(row["page"]), f"{row['title']}, page {row['page']}")
        + "</small></blockquote>"
        for row in findings.to_dict("records")
    )


def _shorten(text: str) -> str:
    words = text.split()
    return text if len(words) <= _QUOTE_WORDS else " ".join(words[:_QUOTE_WORDS]) + " …"
