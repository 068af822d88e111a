"""Reports as DOCX with real styles, page fields and footnotes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from sample_corpus.archive import timeless
from sample_corpus.source import FICTION, Meta, Piece, Report, Run, cover_lines, plain

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "/word/footnotes.xml"


def build_docx(report: Report) -> bytes:
    """The report as DOCX with real styles, page fields and footnotes."""
    from docx import Document
    from docx.shared import Cm, Pt

    meta, doc = report.meta, Document()
    styles = doc.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(10.5)
    numbered = styles.add_style("Numbered Paragraph", 1)
    numbered.base_style = styles["Normal"]
    numbered.paragraph_format.left_indent = Cm(1.2)
    numbered.paragraph_format.first_line_indent = Cm(-1.2)
    section = doc.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = meta.get("header", "")
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{FICTION}    Page ")
    field_run(footer, "PAGE")
    docx_cover(doc, meta)
    for piece in report.pieces:
        docx_piece(doc, piece, report)
    docx_footnotes(doc, report)
    props = doc.core_properties
    props.title, props.author = meta["title"], meta["publisher"]
    props.created = props.modified = datetime.fromisoformat(meta["published"])
    props.last_modified_by, props.revision = meta["publisher"], 1
    out = io.BytesIO()
    doc.save(out)
    return timeless(out.getvalue())


def field_run(par: Any, code: str, shown: str = "1") -> None:
    """Add a Word field, such as PAGE, with the text it last showed."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    element.append(run)
    par._p.append(element)


def docx_cover(doc: Any, meta: Meta) -> None:
    """Publisher, title, lines and the fiction statement."""
    doc.add_paragraph(meta["publisher"]).runs[0].bold = True
    doc.add_paragraph(meta["title"], style="Title")
    for line in cover_lines(meta):
        doc.add_paragraph(line, style="Subtitle" if line == meta.get("subtitle") else None)
    doc.add_paragraph(f"FICTION. {FICTION}.").runs[0].italic = True
    if meta.get("look", "report") == "report":
        doc.add_page_break()


def docx_piece(doc: Any, piece: Piece, report: Report) -> None:
    """Add one piece to the document."""
    if piece.kind == "heading":
        docx_runs(doc.add_heading(level=piece.level), piece.runs)
    elif piece.kind == "paragraph":
        par = doc.add_paragraph(style="Numbered Paragraph" if piece.number else None)
        if piece.number:
            par.add_run(f"{piece.number}\t")
        docx_runs(par, piece.runs)
    elif piece.kind in ("bullets", "numbers", "box"):
        style = {"bullets": "List Bullet", "numbers": "List Number", "box": "Intense Quote"}
        for row in piece.rows:
            docx_runs(doc.add_paragraph(style=style[piece.kind]), row[0])
    elif piece.kind == "table":
        docx_table(doc, piece)
    elif piece.kind == "pagebreak":
        doc.add_page_break()
    else:
        doc.add_paragraph("Contents").runs[0].bold = True
        tops = [plain(p.runs) for p in report.pieces if p.kind == "heading" and p.level == 1]
        field_run(doc.add_paragraph(), 'TOC \\o "1-1" \\n', "; ".join(tops))


def docx_table(doc: Any, piece: Piece) -> None:
    """Add a table, its first row marked as the repeating header."""
    from docx.oxml import OxmlElement

    table = doc.add_table(rows=0, cols=len(piece.rows[0]), style="Table Grid")
    for place, row in enumerate(piece.rows):
        line = table.add_row()
        for cell, runs in zip(line.cells, row, strict=True):
            heading = [Run(r.text, True, r.italic, r.note) for r in runs]
            docx_runs(cell.paragraphs[0], runs if place else heading)
        if not place:
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    doc.add_paragraph()


def docx_runs(par: Any, runs: Sequence[Run]) -> None:
    """Add runs to a paragraph, footnote references included."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for run in runs:
        if run.text:
            added = par.add_run(run.text)
            # None, not False: False would switch off what the style says.
            added.bold, added.italic = run.bold or None, run.italic or None
        if run.note:
            mark = OxmlElement("w:footnoteReference")
            mark.set(qn("w:id"), str(run.note))
            host = par.add_run()
            host.font.superscript = True
            host._r.append(mark)


def docx_footnotes(doc: Any, report: Report) -> None:
    """Attach the footnotes part, which python-docx does not write itself."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    if not report.notes:
        return
    items = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:t xml:space="preserve">{escape(plain(runs))}</w:t>'
        "</w:r></w:p></w:footnote>"
        for n, runs in report.notes.items()
    )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{items}</w:footnotes>'
    part = Part(PackURI(FOOTNOTES), CONTENT_TYPE.WML_FOOTNOTES, blob.encode(), doc.part.package)
    doc.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
