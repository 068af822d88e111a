"""Tiny invented grids, reviews and responses."""

import io

from lif_nlp.ledger_records import Grid, GridCell
from lif_nlp.records import Block, Document


def grid(*rows, name="Plan", fills=None, struck=None, hidden=False, around=""):
    """A sheet of text; `fills` and `struck` by (row, column), counted from 0."""
    fills, struck = fills or {}, struck or {}
    cells = tuple(
        tuple(
            GridCell(text, fills.get((at, place), ""), struck.get((at, place), ""))
            for place, text in enumerate(row)
        )
        for at, row in enumerate(rows)
    )
    return Grid(name, cells, tuple(range(1, len(rows) + 1)), hidden=hidden, around=around)


HEADER = ("Ref", "Recommendation", "Action", "Lead", "Target date", "RAG", "Progress")


def document(doc_id, title, *paragraphs, published="", area="", heading=()):
    """A document of paragraphs; one that begins with "#" is a heading for those below it."""
    text, blocks, above = "", [], tuple(heading)
    for paragraph in paragraphs:
        is_heading = paragraph.startswith("#")
        words = paragraph.removeprefix("#").strip()
        start = len(text)
        text += words + "\n"
        kind = "heading" if is_heading else "paragraph"
        blocks.append(Block(start, start + len(words), 1, kind, () if is_heading else above))
        if is_heading:
            above = (words,)
    return Document(
        doc_id, f"{title}.docx", title, text, tuple(blocks), 1, published=published, area=area
    )


REVIEW = document(
    "d-review",
    "Local review: Child Heron",
    "Saltmere Safeguarding Children Partnership. Heron was two. Nobody saw Heron alone, and "
    "so Heron, as a neighbour said of Heron, waited.",
    "# Recommendations",
    "Recommendation 1: The Partnership should replace the two bruising forms with one pathway.",
    "Recommendation 2: The Trust should record the father at the booking appointment.",
    "Recommendation 3: Schools should ring the duty desk on the second day of absence.",
    published="2024-01",
    area="Saltmere",
)


def workbook(rows, *, fills=None, strike=(), merge="", hide=(), title="Plan"):
    """Bytes of an .xlsx file; `fills` by cell name, `strike` cell names, `hide` row numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for name, colour in (fills or {}).items():
        sheet[name].fill = PatternFill("solid", fgColor=colour)
    for name in strike:
        sheet[name].font = Font(strike=True)
    for number in hide:
        sheet.row_dimensions[number].hidden = True
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
