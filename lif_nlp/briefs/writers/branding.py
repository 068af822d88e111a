"""How a brief looks: accent colour, partnership, logo, and how a source is cited."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lif_nlp.briefs.subjects import DEFAULT_ACCENT
from lif_nlp.colour import darken, mix
from lif_nlp.config import Branding
from lif_nlp.errors import ConfigError
from lif_nlp.framework.model import Framework
from lif_nlp.records import Brief, Evidence
from lif_nlp.text import english

_TITLE_WORDS = 14
"""Longer titles are shortened where a source is cited under its quote."""

_CONTRAST = 5.5
"""Contrast of white text on the accent colour; WCAG asks for 4.5, and small print reads better
with more."""

_MIME = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class BriefBranding:
    """What a renderer needs beside the brief: colours, names, logo, template.

    `accent` is always a dark colour on which white reads; `light` and `dark` are
    the same hue for tints on white and for text on a dark page.  `reports` is the web folder
    of the reports, from the local card.
    """

    accent: str
    light: str
    dark: str
    partnership: str
    contact: str
    logo: Path | None = None
    template: Path | None = None
    reports: str = ""

    def page_link(self, one: Evidence) -> str:
        """Address of the page that a quote stands on; empty if the card names no web folder."""
        if not (self.reports and one.file):
            return ""
        page = f"#page={one.page}" if one.has_pages else ""
        return f"{self.reports.rstrip('/')}/{quote(one.file)}{page}"

    def logo_uri(self) -> str:
        """The logo as a data URI, or empty; raises ConfigError if it cannot be used."""
        if self.logo is None:
            return ""
        kind = _MIME.get(self.logo.suffix.lower())
        if kind is None or not self.logo.is_file():
            raise ConfigError(
                f"lif.toml: branding.logo is {self.logo}, which is not an existing PNG, JPEG or "
                "SVG file; correct the path and run again"
            )
        return f"data:{kind};base64,{base64.b64encode(self.logo.read_bytes()).decode('ascii')}"


def resolve_branding(
    brief: Brief, framework: Framework, branding: Branding, accent: str = "", reports: str = ""
) -> BriefBranding:
    """The branding of one brief: a priority's colour wins, then the partnership's, then ours."""
    priority = {p.id: p.colour for p in framework.priorities}.get(brief.priority, "")
    colour = darken(priority or accent or branding.accent or DEFAULT_ACCENT, _CONTRAST)
    return BriefBranding(
        accent=colour,
        light=mix(colour, "#ffffff", 0.90),
        dark=mix(colour, "#ffffff", 0.55),
        partnership=branding.partnership or framework.partnership,
        contact=branding.contact,
        logo=branding.logo,
        template=branding.template,
        reports=reports,
    )


def cite(one: Evidence) -> str:
    """Where a quote stands, as printed under it: report, date, page, paragraph.

    Of a quote whose place is told under a later one only what is spelt out.

    >>> cite(Evidence("f", "d", 0, 4, "Text", "A review", 3, 3, "4.2", "2021-03-09"))
    'A review, 9 March 2021, page 3, paragraph 4.2'
    >>> cite(Evidence("f", "d", 0, 4, "Text", "An audit", 1, 1, "row 8"))
    'An audit, page 1, row 8'
    >>> cite(Evidence("f", "d", 0, 4, "Text", "A review", 3, paragraph="4.2", has_pages=False))
    'A review, paragraph 4.2'
    """
    if not one.is_cited:
        return one.spelt_out
    title = _short_title(one.title)
    page = f"page {one.page}"
    if one.page_end > one.page:
        page = f"pages {one.page} and {one.page_end}"
    parts = [title, english.day(one.published), page if one.has_pages else ""]
    place = one.paragraph if one.paragraph.startswith("row ") else f"paragraph {one.paragraph}"
    parts.append(place if one.paragraph else "")
    source = ", ".join(part for part in parts if part)
    return f"{source}. {one.spelt_out}" if one.spelt_out else source


def _short_title(title: str) -> str:
    """A title that fits on a line: without what follows "for", or without its middle.

    >>> _short_title("Inspection of the services for children in need of help, children looked "
    ...              "after and care leavers: Saltby")
    'Inspection of the services: Saltby'
    """
    words = title.split()
    if len(words) <= _TITLE_WORDS:
        return title
    head, _, place = title.rpartition(": ")
    kind, is_for, _ = head.partition(" for ")
    if is_for and len(place.split()) <= _PLACE_WORDS:
        return f"{kind}: {place}"
    # The place stands last in most titles, so the middle is what can go.
    return " ".join([*words[:4], "…", *words[-3:]])


_PLACE_WORDS = 5
"""Words of the longest place that stands last in a title."""


def is_of_one(brief: Brief) -> bool:
    """Whether a brief is on one report, which has its own sizes and an id with its own words."""
    return "-report-" in brief.brief_id


def printed(one: Evidence) -> str:
    """The words of a quote as a brief prints them."""
    return one.bracketed or one.quote
