"""Tiny files of every kind, made from invented words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One printed line; `tag` names its structure element ("P1"), empty for an untagged one."""

    text: str
    y: float
    x: float = 72
    size: float = 12
    bold: bool = False
    tag: str = ""
    artifact: bool = False


def make_pdf(pages: list[list[Line]]) -> bytes:
    """A small PDF with the given lines, tagged where they say so."""
    tagged = any(line.tag for page in pages for line in page)
    objects: dict[int, bytes] = {
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold "
        b"/Encoding /WinAnsiEncoding >>",
    }
    number = 10
    kids, elements, parents = [], [], []
    for index, page in enumerate(pages):
        page_number, content_number = number, number + 1
        number += 2
        content, marks, number = _content(page, page_number, number, objects, elements)
        parents.append(f"{index} [{' '.join(marks)}]")
        kids.append(f"{page_number} 0 R")
        objects[page_number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /StructParents {index} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {content_number} 0 R >>"
        ).encode()
        objects[content_number] = _stream(content)
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(pages)} >>".encode()
    tree = "/StructTreeRoot 5 0 R /MarkInfo << /Marked true >>" if tagged else ""
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {tree} >>".encode()
    if tagged:
        objects[5] = (
            f"<< /Type /StructTreeRoot /K 6 0 R /ParentTree << /Nums [{' '.join(parents)}] >> >>"
        ).encode()
        objects[6] = (
            f"<< /Type /StructElem /S /Document /P 5 0 R /K [{' '.join(elements)}] >>".encode()
        )
    return _file(objects)


def _content(
    page: list[Line], page_number: int, number: int, objects: dict[int, bytes], elements: list[str]
) -> tuple[str, list[str], int]:
    parts, marks, by_tag = [], [], {}
    for line in page:
        words = line.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if line.bold else "F1"
        text = f"BT /{font} {line.size} Tf {line.x} {line.y} Td ({words}) Tj ET"
        if line.artifact:
            text = f"/Artifact BMC {text} EMC"
        elif line.tag:
            if line.tag not in by_tag:
                by_tag[line.tag] = number
                elements.append(f"{number} 0 R")
                number += 1
            mark = len(marks)
            marks.append(f"{by_tag[line.tag]} 0 R")
            text = f"/{line.tag.rstrip('0123456789') or 'P'} << /MCID {mark} >> BDC {text} EMC"
        parts.append(text)
    for tag, element in by_tag.items():
        mine = " ".join(str(m) for m, owner in enumerate(marks) if owner == f"{element} 0 R")
        kind = tag.split("_")[0]
        objects[element] = (
            f"<< /Type /StructElem /S /{kind} /P 6 0 R /Pg {page_number} 0 R /K [{mine}] >>"
        ).encode()
    return "\n".join(parts), marks, number


def _stream(content: str) -> bytes:
    data = content.encode("cp1252")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: dict[int, bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
    start = out.tell()
    top = max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % top)
    for number in range(1, top):
        place, kind = (places[number], b"n") if number in places else (0, b"f")
        out.write(b"%010d 00000 %s \n" % (place, kind))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (top, start))
    return out.getvalue()


def make_zip(members: dict[str, bytes]) -> bytes:
    """A ZIP of the given members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_xlsx(sheets: dict[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook of the given rows."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_docx(paragraphs: list[tuple[str, str]], table: list[list[str]] | None = None) -> bytes:
    """A Word file of (style, words) and, below, a table."""
    import docx

    document = docx.Document()
    for style, words in paragraphs:
        document.add_paragraph(words, style=style)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, words in zip(grid.add_row().cells, row, strict=True):
                cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_ODT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0">
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""


def make_odt(body: str) -> bytes:
    """An OpenDocument text with the given body elements."""
    return make_zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": _ODT.format(body=body).encode(),
        }
    )
