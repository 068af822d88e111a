"""A brief as a tagged PDF, printed from its web page."""

from __future__ import annotations

from typing import Any

from lif_nlp.briefs.writers.as_html import as_html
from lif_nlp.briefs.writers.branding import BriefBranding, is_of_one
from lif_nlp.briefs.writers.browser import find_browser, print_page
from lif_nlp.errors import MissingExtraError
from lif_nlp.records import Brief

_SIZE, _CLOSER = 10.0, 9.2
"""Points of the print, and of the closer print by which a last page of a few lines is saved."""

_SMALLER = (8.7, 8.3)
"""Points tried where a brief would else take more pages than its kind promises."""

_SHORT = 3
"""Boxes up to which a seven-minute briefing is on one page."""

_PAGES = {"seven-minute": 2, "summary": 1, "newsletter": 1, "board": 1}
"""Pages that a kind of brief promises its readers."""


def as_pdf(brief: Brief, branding: BriefBranding) -> bytes:
    """The PDF's bytes, tagged: by WeasyPrint as PDF/UA-1, else by a browser of the machine.

    Raises MissingExtraError, with the install line, when there is neither.
    """
    html = as_html(brief, branding)
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:  # OSError: Pango is not on this machine
        browser = find_browser()
        if browser and (printed := print_page(browser, html)):
            return printed
        raise MissingExtraError(
            "weasyprint", "pdf", "A PDF brief, where there is no Edge, Chrome or Chromium,"
        ) from error
    own = URLFetcher(allowed_protocols=["data"])  # nothing from outside the page is read

    def printed_at(size: float) -> Any:
        style = f"<style>@media print {{ html.{brief.kind} {{ font-size: {size}pt }} }}</style>"
        text = html.decode("utf-8").replace("</head>", f"{style}</head>", 1)
        return HTML(string=text, url_fetcher=own).render(pdf_variant="pdf/ua-1")

    document = printed_at(_SIZE)
    # A brief on one report has its own sizes, and fits its boxes to them.
    if is_of_one(brief):
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
    if len(document.pages) > 1:
        closer = printed_at(_CLOSER)
        document = closer if len(closer.pages) < len(document.pages) else document
    # A version of signs and steps for one service is a page.
    is_short = brief.kind == "seven-minute" and len(brief.sections) <= _SHORT
    promised = 1 if is_short else _PAGES.get(brief.kind, len(document.pages))
    for size in _SMALLER if len(document.pages) > promised else ():
        smaller = printed_at(size)
        # Small print that needs the further page all the same would be worse twice.
        if len(smaller.pages) <= promised:
            document = smaller
            break
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
