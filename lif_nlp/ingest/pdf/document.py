"""PDF bytes -> Reading: tags joined with fonts, furniture dropped, sentences made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.limits import Deadline
from lif_nlp.ingest.pdf.chunks import Chunk, chunks_of_page
from lif_nlp.ingest.pdf.footnote_marks import take_note_marks
from lif_nlp.ingest.pdf.ocr import OcrPage, ocr_is_ready, read_scan
from lif_nlp.ingest.pdf.page import Segment, page_segments
from lif_nlp.ingest.pdf.running_headers import split_furniture
from lif_nlp.ingest.pdf.structure import pieces_of
from lif_nlp.ingest.pdf.unstyled_headings import head_lone_lines
from lif_nlp.ingest.pdf.untagged_tables import with_tables
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact, SkippedPart

MAX_PAGES = 2_000
"""More pages than this are no single report; the file is quarantined."""

_NO_PAGES = re.compile(rb"/Type\s*/Pages\b[^>]{0,80}/Count\s+0\b")
_SCAN = "none of the {} pages holds text, so it is a scan"
_GET_OCR = (
    "install the program tesseract and the Python package pytesseract, or ask for the original"
)


def read_pdf(content: bytes, source: str, *, deadline: Deadline | None = None) -> Reading:
    """What a PDF says, in reading order; raises UnreadableError for a broken one."""
    pdf = _open(content, source)
    try:
        if not 0 < len(pdf) <= MAX_PAGES:
            raise UnreadableError(
                source,
                f"the PDF has {len(pdf)} pages, 1 to {MAX_PAGES} are read",
                "split it into its reports",
            )
        pages = [_segments(pdf, index, deadline) for index in range(len(pdf))]
        empty = [number for number, page in enumerate(pages, 1) if not page]
        if len(empty) == len(pages) and not ocr_is_ready():
            raise UnreadableError(source, _SCAN.format(len(pages)), _GET_OCR)
        scans = _scans(pdf, empty, deadline)
        sizes = [pdf.get_page_size(index) for index in range(len(pdf))]
        title = _title(pdf)
    finally:
        pdf.close()
    return _reading(pages, sizes, title, scans)


def _title(pdf: Any) -> str:
    """The title among the file's properties, "" where there is none that can be decoded."""
    try:
        return str(pdf.get_metadata_value("Title") or "")
    except UnicodeDecodeError:
        return ""


def _segments(pdf: Any, index: int, deadline: Deadline | None) -> list[Segment]:
    if deadline:
        deadline.check()
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError:  # a page that cannot be loaded counts as one without text
        return []
    try:
        return list(page_segments(page))
    finally:
        page.close()


def _scans(pdf: Any, empty: list[int], deadline: Deadline | None) -> dict[int, OcrPage]:
    """Words of the pages without text, by page number, where Tesseract is installed."""
    scans: dict[int, OcrPage] = {}
    if not empty or not ocr_is_ready():
        return scans
    for number in empty:
        if deadline:
            deadline.check()
        found = read_scan(pdf[number - 1])
        if found.segments:
            scans[number] = found
    return scans


def _open(content: bytes, source: str) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # PDFium sets no error here, so that of an earlier file would still be told.
        if _NO_PAGES.search(content):
            raise UnreadableError(source, "the PDF has no pages", "fetch the file again") from error
        if "password" in str(error).lower():
            raise UnreadableError(
                source, "the PDF asks for a password", "save a copy without the password"
            ) from error
        raise UnreadableError(
            source, "the PDF is damaged or cut short", "fetch the file again"
        ) from error


def _reading(
    pages: list[list[Segment]],
    sizes: list[tuple[float, float]],
    title: str,
    scans: dict[int, OcrPage],
) -> Reading:
    empty = [number for number, page in enumerate(pages, 1) if not page]
    for number, scan in scans.items():
        pages[number - 1] = list(scan.segments)
    # Marks go first: the number of a note alone at the foot looks like a page number.
    told = [take_note_marks(page, number) for number, page in enumerate(pages, 1)]
    kept, furniture = split_furniture([words for words, _ in told], sizes)
    chunks: list[Chunk] = []
    for number, page in enumerate(with_tables(kept), 1):
        chunks += chunks_of_page(page, number)
    return Reading(
        pieces=tuple(head_lone_lines(list(pieces_of(chunks)))),
        pages=len(pages),
        dropped=(*furniture, *(mark for _, marks in told for mark in marks)),
        unused=tuple(
            SkippedPart(f"page {number}", "no text on the page (blank, or a picture)")
            for number in empty
            if number not in scans
        ),
        facts=tuple(_page_facts(empty, scans)),
        title=title,
    )


def _page_facts(empty: list[int], scans: dict[int, OcrPage]) -> Iterator[Fact]:
    if empty:
        yield Fact("pages_without_text", str(len(empty)))
    for number, page in scans.items():
        yield Fact("ocr_confidence", f"{page.confidence:.2f}", "read by Tesseract", number)
