"""A brief as an editable Word document: A4, real styles, alt texts, header rows."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lif_nlp.briefs.writers import charts, qr_codes
from lif_nlp.briefs.writers.branding import BriefBranding, cite, printed
from lif_nlp.briefs.writers.line_parts import (
    form_columns,
    split_lead,
    split_point,
    with_addresses,
)
from lif_nlp.briefs.writers.word_styles import from_template, set_up
from lif_nlp.circulation import for_whom
from lif_nlp.records import Brief, Chart, Claim, Section
from lif_nlp.text import english

if TYPE_CHECKING:
    from docx.document import Document as Word


_CHART_WIDTH = 10.5
"""Centimetres; at 13 two charts pushed the last lines of a two-page briefing on to a third."""


def as_docx(brief: Brief, branding: BriefBranding) -> bytes:
    """The document's bytes; the body stands in two columns, figures in one."""
    import docx

    word = from_template(branding.template) if branding.template else docx.Document()
    if branding.template is None:
        set_up(word, branding)
    _properties(word, brief, branding)
    _head(word, brief, branding)
    _columns(word, 2)
    for number, section in enumerate(brief.sections, start=1):
        _section(word, number, section, branding)
    _columns(word, 1)
    for claim in (c for s in brief.sections for c in s.claims if c.kind == "form"):
        heads = form_columns(claim.text)
        word.add_heading("Our action", level=2)
        _table(word, [heads, [""] * len(heads)])
    for chart in brief.charts:
        _chart(word, chart, branding)
    word.add_heading("How this was made", level=2)
    run = [f"Run {brief.run_id}."] if brief.run_id else []
    for note in (*brief.methods, *run):
        word.add_paragraph(note, style="Caption")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _properties(word: Word, brief: Brief, branding: BriefBranding) -> None:
    from datetime import datetime

    properties = word.core_properties
    properties.title, properties.author, properties.language = (
        brief.title,
        branding.partnership,
        "en-GB",
    )
    properties.subject, properties.comments = brief.subject, f"lif_nlp, run {brief.run_id}"
    if brief.created:
        # Fixed times keep the same brief the same bytes.
        properties.created = properties.modified = datetime.fromisoformat(brief.created)


def _head(word: Word, brief: Brief, branding: BriefBranding) -> None:
    from docx.shared import Cm

    if branding.logo and branding.logo.suffix.lower() != ".svg":
        branding.logo_uri()  # refuses a logo that is not there
        picture = word.add_picture(str(branding.logo), height=Cm(1.6))
        _alt(picture, branding.partnership)
    kind, _, subject = brief.title.partition(": ")
    word.add_paragraph(subject or kind, style="Title")
    parts = [kind if subject else "", brief.audience and f"for {brief.audience}"]
    parts += [branding.partnership, english.day(brief.created), branding.contact]
    parts.append(for_whom(is_unpublished=brief.is_unpublished))
    word.add_paragraph(" · ".join(part for part in parts if part), style="Subtitle")
    for caution in brief.cautions:
        word.add_paragraph(caution, style="Quote")
    if brief.card:
        word.add_heading("Who to call, and what to use here", level=2)
        table = _table(word, [["For", "Number or page"], *([name, ""] for name, *_ in brief.card)])
        for row, (_, text, address) in zip(table.rows[1:], brief.card, strict=True):
            _linked(row.cells[1].paragraphs[0], text or address, address)
        _codes(word, brief)


def _codes(word: Word, brief: Brief) -> None:
    """Codes to scan, side by side in a table without lines, each with what it leads to."""
    from docx.shared import Cm

    codes = qr_codes.addresses(brief)
    if not codes:
        return
    row = word.add_table(rows=1, cols=len(codes)).rows[0]
    for cell, (name, address) in zip(row.cells, codes, strict=True):
        picture = (
            cell.paragraphs[0].add_run().add_picture(BytesIO(qr_codes.png(address)), width=Cm(2.4))
        )
        _alt(picture, f"Code that leads to {address}")
        cell.add_paragraph(name, style="Caption")


def _columns(word: Word, number: int) -> None:
    """Begin a part of the page with this many columns."""
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    part = word.add_section(WD_SECTION.CONTINUOUS)
    columns = part._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(number))
    columns.set(qn("w:space"), "420")


def _section(word: Word, number: int, section: Section, branding: BriefBranding) -> None:
    heading = word.add_heading(f"{number}. {section.heading}", level=1)
    heading.paragraph_format.page_break_before = section.has_own_page
    for kind, claims in groupby(section.claims, key=lambda claim: claim.kind):
        lines = list(claims)
        if kind == "quote":
            _quotes(word, lines, branding)
        elif kind == "point":
            _points(word, lines)
        elif kind == "question":
            _questions(word, lines)
        elif kind == "action":
            _actions(word, lines)
        elif kind != "form":  # a form is wider than a column and stands below
            for claim in lines:
                paragraph = word.add_paragraph()
                _led(paragraph, claim.text)
                # A line with figures leads the quote below it.
                paragraph.paragraph_format.keep_with_next = claim.kind == "count"


def _points(word: Word, claims: list[Claim]) -> None:
    """Each learning point in bold with its counts, never parted from the quote below it."""
    from docx.shared import Pt

    for claim in claims:
        name, counts = split_point(claim.text)
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{name}: " if name else "").bold = True
        paragraph.add_run(counts).font.size = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = Pt(4)


def _quotes(word: Word, claims: list[Claim], branding: BriefBranding) -> None:
    from docx.shared import Cm

    for claim in claims:
        for one in claim.evidence:
            word.add_paragraph(f"“{printed(one)}”", style="Quote")
            if not cite(one):
                continue
            source = word.add_paragraph(style="Caption")
            _linked(source, cite(one), branding.page_link(one))
            source.paragraph_format.left_indent = Cm(0.35)


def _linked(paragraph: Any, text: str, address: str) -> None:
    """The text, as a link if there is an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(text)
    if address:
        key = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), key)
        # python-docx has no links of its own, so the run is moved into one by hand.
        run._r.addprevious(link)
        link.append(run._r)
        run.underline = True


def _questions(word: Word, claims: list[Claim]) -> None:
    # Word counts on through a document: without a list of its own the second box begins at 4.
    number = _new_numbering(word)
    for claim in claims:
        paragraph = word.add_paragraph(claim.text, style="List Number")
        if number is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number


def _new_numbering(word: Word) -> int | None:
    """Id of a list that begins at 1, like the style's own; None where the style has no numbers."""
    properties = word.styles["List Number"].element.pPr
    if properties is None or properties.numPr is None or properties.numPr.numId is None:
        return None
    numbering: Any = word.part.numbering_part.element
    style = next((n for n in numbering.num_lst if n.numId == properties.numPr.numId.val), None)
    if style is None:
        return None
    new_list = numbering.add_num(style.abstractNumId.val)
    new_list.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(new_list.numId)


def _actions(word: Word, claims: list[Claim]) -> None:
    for claim in claims:
        _led(word.add_paragraph(style="List Bullet"), claim.text)


def _led(paragraph: Any, text: str) -> None:
    """The text with its lead word, if it has one, in bold."""
    first, rest = split_lead(text)
    if first:
        paragraph.add_run(f"{first}: ").bold = True
    for piece, is_link in with_addresses(rest):
        _linked(paragraph, piece, piece if is_link else "")


def _chart(word: Word, chart: Chart, branding: BriefBranding) -> None:
    from docx.shared import Cm

    word.add_heading(chart.title, level=2)
    if chart.kind != "table":
        # A bitmap: Word before 2016 shows no SVG.
        picture = word.add_picture(
            BytesIO(charts.png(chart, branding.accent)), width=Cm(_CHART_WIDTH)
        )
        _alt(picture, chart.alt)
        return
    _table(word, [list(chart.columns), *([str(cell) for cell in row] for row in chart.rows)])


def _table(word: Word, rows: list[list[str]]) -> Any:
    """A grid whose first row is marked as its header and repeated on each page."""
    from docx.oxml import OxmlElement

    table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    # the id itself: giving the style has python-docx search all styles for each cell
    caption = word.styles["Caption"].style_id
    for at, values in enumerate(rows):
        row = table.add_row()
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
            cell.paragraphs[0]._p.style = caption
            cell.paragraphs[0].runs[0].bold = at == 0
        # The mark by which Word repeats the row on each page, and readers for blind people find it.
        if at == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    word.add_paragraph(style="Caption")
    return table


def _alt(picture: Any, text: str) -> None:
    picture._inline.docPr.set("descr", text)
