"""A brief as Markdown, for wikis, e-mail and further editing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lif_nlp.briefs.writers.branding import BriefBranding, cite, printed
from lif_nlp.briefs.writers.line_parts import form_columns, group_by_kind, split_lead, split_point
from lif_nlp.circulation import for_whom
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SIGNS = re.compile(r"[\\`*_<>\[\]|~]|&(?=#?\w+;)")


def as_markdown(brief: Brief, branding: BriefBranding) -> bytes:
    """The brief in UTF-8; charts stand as tables of their figures."""
    lines = [f"# {literal(brief.title)}", ""]
    head = [branding.partnership, english.day(brief.created), brief.audience, branding.contact]
    head.append(for_whom(is_unpublished=brief.is_unpublished))
    lines += [" · ".join(part for part in head if part), ""]
    for caution in brief.cautions:
        lines += [f"> **Please note.** {literal(caution)}", ">"]
    # The last ">" would join the quotation to what follows.
    lines[-1] = ""
    if brief.card:
        lines += ["## Who to call, and what to use here", ""]
        lines += [*(f"- **{literal(name)}:** {text}" for name, text, _ in brief.card), ""]
    for number, section in enumerate(brief.sections, start=1):
        lines += [f"## {number}. {literal(section.heading)}", ""]
        for kind, claims in group_by_kind(section.claims):
            lines += [*_claims(kind, claims, branding), ""]
    for chart in brief.charts:
        lines += [f"### {literal(chart.title)}", "", *_table(chart), ""]
    run = [f"Run {brief.run_id}."] if brief.run_id else []
    lines += ["---", "", *(f"_{literal(note)}_  " for note in (*brief.methods, *run))]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")


def _claims(kind: str, claims: list[Claim], branding: BriefBranding) -> Iterator[str]:
    for number, claim in enumerate(claims, start=1):
        if kind == "quote":
            for one in claim.evidence:
                source, link = literal(cite(one)), branding.page_link(one)
                citation = f"[{source}]({link})" if link else source
                below = [f"> — {citation}"] if source else []
                yield from (f"> “{literal(printed(one))}”{'  ' * bool(below)}", *below, "")
        elif kind == "point":
            name, counts = (literal(part) for part in split_point(claim.text))
            yield from (f"**{name}:** {counts}", "")
        elif kind == "question":
            yield f"{number}. {literal(claim.text)}"
        elif kind == "action":
            first, rest = (literal(part) for part in split_lead(claim.text))
            yield f"- **{first}:** {rest}" if first else f"- {rest}"
        elif kind == "form":
            heads = form_columns(claim.text)
            yield from (_row(heads), _row(["---"] * len(heads)), _row([" "] * len(heads)))
        else:
            yield from (literal(claim.text), "")


def literal(text: str) -> str:
    """A report's words with the signs of Markdown and HTML set to be read as themselves.

    >>> print(literal("Plans *and* <b>notes</b>"))
    Plans \\*and\\* \\<b\\>notes\\</b\\>
    """
    return _SIGNS.sub(lambda found: "\\" + found.group(), text)


def _table(chart: Chart) -> list[str]:
    rows = [_row([str(cell) for cell in row]) for row in chart.rows]
    return [_row(list(chart.columns)), _row(["---"] * len(chart.columns)), *rows]


def _row(values: list[str]) -> str:
    return f"| {' | '.join(literal(value) for value in values)} |"
