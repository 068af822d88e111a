"""Reads PDF files: text with its structure tags, without running headers, in whole sentences."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2

from lif_nlp.errors import UnreadableError, traceback_of
from lif_nlp.ingest.limits import Deadline
from lif_nlp.ingest.pdf.chunks import Chunk, build_chunks
from lif_nlp.ingest.pdf.footnote_marks import remove_footnote_marks
from lif_nlp.ingest.pdf.ocr import OcrPage, ocr_is_ready, read_scan
from lif_nlp.ingest.pdf.page import Segment, page_segments
from lif_nlp.ingest.pdf.running_headers import remove_running_headers
from lif_nlp.ingest.pdf.structure import build_pieces, promote_unstyled_headings
from lif_nlp.ingest.pdf.untagged_tables import detect_tables
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact, SkippedPart

_log = logging.getLogger(__name__)

MAX_PAGES = 2_000
"""Pages of one file; a longer one is not a single report and would take minutes. Chosen by
judgement (November 2026)."""

_NO_PAGES_PATTERN = re.compile(rb"/Type\s*/Pages\b[^>]{0,80}/Count\s+0\b")
_NO_PAGES = ("the PDF has no pages", "download it again")
_SCAN = "none of the {} pages contains text, so it is probably a scan"
_GET_OCR = (
    "install the program tesseract and the Python package pytesseract, or ask for the original"
)
_NOTHING_SEEN = "all pages are pictures or blank, and no word could be read in them"
_GET_ORIGINAL = "ask for the original, or scan it again, straight and at 300 dots per inch"


def read_pdf(content: bytes, source: str, *, deadline: Deadline | None = None) -> Reading:
    """The text of a PDF, in reading order.

    Parameters
    ----------
    content, source
        The file, and its path for messages.
    deadline
        Checked before each page.

    Raises
    ------
    UnreadableError
        For a file that is damaged, encrypted, empty, too long or too slow, and for a scan if
        Tesseract is not installed or sees no word in it.
    """
    pdf = _open(content, source)
    try:
        if not len(pdf):
            raise UnreadableError(source, *_NO_PAGES)
        if len(pdf) > MAX_PAGES:
            raise UnreadableError(
                source,
                f"the PDF has {len(pdf)} pages, more than the limit of {MAX_PAGES}",
                "split it into separate reports",
            )
        pages = [_segments(pdf, index, deadline) for index in range(len(pdf))]
        empty = [number for number, page in enumerate(pages, 1) if not page]
        if len(empty) == len(pages) and not ocr_is_ready():
            raise UnreadableError(source, _SCAN.format(len(pages)), _GET_OCR)
        scans = _scans(pdf, empty, deadline)
        if len(empty) == len(pages) and not scans:
            raise UnreadableError(source, _NOTHING_SEEN, _GET_ORIGINAL)
        sizes = [pdf.get_page_size(index) for index in range(len(pdf))]
        title = _title(pdf)
    finally:
        pdf.close()
    return _reading(pages, sizes, title, scans)


def _title(pdf: Any) -> str:
    """The title in the file's properties, empty if there is none or it cannot be decoded."""
    try:
        return str(pdf.get_metadata_value("Title") or "")
    except UnicodeDecodeError as error:
        _log.info("title not decoded\n%s", traceback_of(error))
        return ""


def _segments(pdf: Any, index: int, deadline: Deadline | None) -> list[Segment]:
    if deadline:
        deadline.check()
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError as error:  # a damaged page counts as one without text
        _log.warning("page %d: not loaded\n%s", index + 1, traceback_of(error))
        return []
    try:
        return list(page_segments(page))
    finally:
        page.close()


def _scans(pdf: Any, empty: list[int], deadline: Deadline | None) -> dict[int, OcrPage]:
    """OCR of the pages without text, by page number; empty if Tesseract is not installed."""
    scans: dict[int, OcrPage] = {}
    if not empty or not ocr_is_ready():
        return scans
    for number in empty:
        if deadline:
            deadline.check()
        scan = read_scan(pdf[number - 1])
        if scan.segments:
            scans[number] = scan
    return scans


def _open(content: bytes, source: str) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # For a file without pages PDFium sets no error of its own, so the message would be
        # the one of an earlier file.
        if _NO_PAGES_PATTERN.search(content):
            raise UnreadableError(source, *_NO_PAGES) from error
        if "password" in str(error).lower():
            raise UnreadableError(
                source, "the PDF is password-protected", "save a copy without the password"
            ) from error
        raise UnreadableError(
            source, "the PDF is damaged or incomplete", "download it again"
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
    # Footnote marks go first: a note's number alone at the foot looks like a page number.
    without_marks = [remove_footnote_marks(page, number) for number, page in enumerate(pages, 1)]
    body, headers = remove_running_headers([segments for segments, _ in without_marks], sizes)
    chunks: list[Chunk] = []
    for number, page in enumerate(detect_tables(body), 1):
        chunks += build_chunks(page, number)
    return Reading(
        pieces=tuple(promote_unstyled_headings(list(build_pieces(chunks)))),
        pages=len(pages),
        removed_text=(*headers, *(mark for _, marks in without_marks for mark in marks)),
        skipped=tuple(
            SkippedPart(f"page {number}", "the page has no text (it is blank or a picture)")
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
