"""A brief as one self-contained web page, made to be printed on A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from lif_nlp.briefs.readability import count_words, reading_age
from lif_nlp.briefs.writers import charts
from lif_nlp.briefs.writers.branding import BriefBranding, cite
from lif_nlp.records import Brief, Chart, Claim, Section
from lif_nlp.text import english

_DARK_INK = "#dfe5ea"

_LEAD_WORDS = 11
"""Words before a colon that still head a line: "Someone says that it happened to them"."""


def as_html(brief: Brief, branding: BriefBranding) -> bytes:
    """The page in UTF-8; it loads nothing from outside and runs no script."""
    page = environment().get_template("brief.html.j2")
    text = page.render(
        brief=brief,
        branding=branding,
        pictures=[_pictures(chart, branding) for chart in brief.charts],
        reading_age=reading_age(brief),
        words=count_words(brief),
    )
    return text.encode("utf-8")


@cache
def environment() -> Environment:
    """The templates with the filters they use; everything is escaped."""
    made = Environment(
        loader=PackageLoader("lif_nlp.briefs.writers", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters.update(
        {
            "group_by_kind": group_by_kind,
            "cite": cite,
            "split_lead": split_lead,
            "split_point": split_point,
            "day": english.day,
            "some": english.some,
            "form_columns": form_columns,
            "section_rows": section_rows,
        }
    )
    return made


def group_by_kind(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """Claims in order, neighbours of the same kind together."""
    return [(kind, list(group)) for kind, group in groupby(claims, key=lambda claim: claim.kind)]


def section_rows(sections: Sequence[Section]) -> list[list[tuple[int, Section]]]:
    """Numbered sections two to a row; one that holds a form, or is left over, has its own."""
    rows: list[list[tuple[int, Section]]] = []
    for number, section in enumerate(sections, start=1):
        wide = any(claim.kind == "form" for claim in section.claims)
        if wide or not rows or len(rows[-1]) == 2 or _wide(rows[-1]):
            rows.append([])
        rows[-1].append((number, section))
    return rows


def _wide(row: list[tuple[int, Section]]) -> bool:
    return any(claim.kind == "form" for _, section in row for claim in section.claims)


def split_lead(text: str, most_words: int = _LEAD_WORDS) -> tuple[str, str]:
    """A lead word ("Stop") and what follows its colon; no lead where there is none.

    A lead has `most_words` words at most.

    >>> split_lead("Stop: assuming.")
    ('Stop', 'assuming.')
    """
    first, colon, rest = text.partition(": ")
    return (first, rest) if colon and len(first.split()) <= most_words else ("", text)


def split_point(text: str) -> tuple[str, str]:
    """A learning point's name, and its reports and years.

    >>> split_point("Plans are vague: what must change: 4 of 9 reports, 2019.")
    ('Plans are vague: what must change', '4 of 9 reports, 2019.')
    """
    name, _, counts = text.rpartition(": ")
    return name, counts


def form_columns(text: str) -> list[str]:
    """The column heads of an empty form."""
    return [cell.strip() for cell in text.split("|")]


def _pictures(chart: Chart, branding: BriefBranding) -> dict[str, str]:
    if chart.kind == "table":
        return {}
    light = charts.svg(chart, branding.accent)
    dark = charts.recoloured(light, {branding.accent: branding.dark, charts.INK: _DARK_INK})
    return {"light": charts.data_uri(light), "dark": charts.data_uri(dark)}
