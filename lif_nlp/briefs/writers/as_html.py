"""A brief as one self-contained web page, made to be printed on A4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from lif_nlp.briefs.sections.assemble import WRITTEN_ON
from lif_nlp.briefs.writers import charts, qr_codes
from lif_nlp.briefs.writers.branding import BriefBranding, cite, is_of_one, printed
from lif_nlp.briefs.writers.line_parts import (
    form_columns,
    group_by_kind,
    split_lead,
    split_point,
    with_addresses,
)
from lif_nlp.circulation import FOR_CIRCULATION, FOR_LEARNING_TEAM, for_whom
from lif_nlp.records import Brief, Chart, Section
from lif_nlp.text import english

_DARK_INK = "#dfe5ea"

_TEMPLATES = {"wheel": "wheel.html.j2"}
"""Kinds of brief with a page of their own form."""

_MOST_TIMES = 1.6
"""How many times as long a section may be as the one beside it; by judgement, on the sample's
briefs.  Larger, and a short one stands beside much white."""

_SPACE = 40
"""Letters that the space below a line is worth."""


def as_html(brief: Brief, branding: BriefBranding) -> bytes:
    """The page in UTF-8; it loads nothing from outside and runs no script."""
    page = environment().get_template(_TEMPLATES.get(brief.kind, "brief.html.j2"))
    text = page.render(
        brief=brief,
        branding=branding,
        pictures=[_pictures(chart, branding) for chart in brief.charts],
        codes=qr_codes.addresses(brief),
        of_one=is_of_one(brief),
    )
    return text.encode("utf-8")


def digest_html(digest: Mapping[str, object], partnership: str = "") -> str:
    """The page on what one round of watching brought, self-contained.

    Parameters
    ----------
    digest
        Plain values: `documents`, `quarantined`, `moves` and `briefs`.
    partnership
        Name for the head of the page.
    """
    return (
        environment().get_template("digest.html.j2").render(digest=digest, partnership=partnership)
    )


@cache
def environment() -> Environment:
    """The templates with the filters they use; everything is escaped."""
    templates = Environment(
        loader=PackageLoader("lif_nlp.briefs.writers", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    templates.filters.update(
        {
            "group_by_kind": group_by_kind,
            "cite": cite,
            "printed": printed,
            "split_lead": split_lead,
            "split_point": split_point,
            "with_addresses": with_addresses,
            "day": english.day,
            "some": english.some,
            "form_columns": form_columns,
            "section_rows": section_rows,
            "letters": _length,
            "qr_code": qr_codes.svg_uri,
        }
    )
    templates.globals["for_circulation"] = FOR_CIRCULATION
    templates.globals["for_whom"] = for_whom
    templates.globals["for_learning_team"] = FOR_LEARNING_TEAM
    templates.globals["written_on"] = WRITTEN_ON
    return templates


def section_rows(sections: Sequence[Section]) -> list[list[tuple[int, Section]]]:
    """Numbered sections, two to a row where they are of about one length.

    A section with a form has a row of its own, and so has one whose neighbour is far longer: side
    by side they would leave half the page empty.
    """
    rows: list[list[tuple[int, Section]]] = []
    for number, section in enumerate(sections, start=1):
        pairs = bool(rows) and len(rows[-1]) == 1 and _pairs(rows[-1][0][1], section)
        if not pairs:
            rows.append([])
        rows[-1].append((number, section))
    return rows


def _pairs(one: Section, other: Section) -> bool:
    """Whether two sections stand well side by side."""
    if any(claim.kind == "form" for section in (one, other) for claim in section.claims):
        return False
    shorter, longer = sorted(map(_length, (one, other)))
    return longer <= _MOST_TIMES * shorter


def _length(section: Section) -> int:
    """Letters of a section, each line counted with the space below it."""
    texts = [
        text
        for claim in section.claims
        for text in (claim.text, *(printed(e) for e in claim.evidence))
    ]
    return sum(len(text) + _SPACE for text in texts if text)


def _pictures(chart: Chart, branding: BriefBranding) -> dict[str, str]:
    if chart.kind == "table":
        return {}
    light = charts.svg(chart, branding.accent)
    dark = charts.recoloured(light, {branding.accent: branding.dark, charts.INK: _DARK_INK})
    return {"light": charts.data_uri(light), "dark": charts.data_uri(dark)}
