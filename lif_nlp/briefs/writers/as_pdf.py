"""A brief as a tagged PDF, printed from its web page."""

from __future__ import annotations

from lif_nlp.briefs.writers.as_html import as_html
from lif_nlp.briefs.writers.branding import BriefBranding
from lif_nlp.briefs.writers.browser import find_browser, print_page
from lif_nlp.errors import MissingExtraError
from lif_nlp.records import Brief


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
    page = HTML(string=html.decode("utf-8"), url_fetcher=own)
    return bytes(page.write_pdf(pdf_variant="pdf/ua-1"))
