"""PDF bytes -> Reading: tags joined with fonts, furniture dropped, sentences made whole."""

from __future__ import annotations

from typing import Any

import pypdfium2

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.furniture import split_furniture
from lif_nlp.ingest.pdf_chunks import Chunk, chunks_of_page
from lif_nlp.ingest.pdf_page import Segment, page_segments
from lif_nlp.ingest.pdf_pieces import pieces_of
from lif_nlp.ingest.pieces import Reading
from lif_nlp.records import Fact, Unused

MAX_PAGES = 2_000
"""More pages than this are no single report; the file is quarantined."""


def read_pdf(content: bytes, source: str) -> Reading:
    """What a PDF says, in reading order; raises UnreadableError for a broken one."""
    pdf = _open(content, source)
    try:
        if not 0 < len(pdf) <= MAX_PAGES:
            raise UnreadableError(
                source,
                f"the PDF has {len(pdf)} pages, 1 to {MAX_PAGES} are read",
                "split it into its reports",
            )
        pages = [list(page_segments(pdf[index])) for index in range(len(pdf))]
        sizes = [pdf[index].get_size() for index in range(len(pdf))]
        title = str(pdf.get_metadata_value("Title") or "")
    finally:
        pdf.close()
    return _reading(pages, sizes, title, source)


def _open(content: bytes, source: str) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError(
                source, "the PDF asks for a password", "save a copy without the password"
            ) from error
        raise UnreadableError(
            source, "the PDF is damaged or cut short", "fetch the file again"
        ) from error


def _reading(
    pages: list[list[Segment]], sizes: list[tuple[float, float]], title: str, source: str
) -> Reading:
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == len(pages):
        raise UnreadableError(
            source,
            f"none of the {len(pages)} pages holds text, so it is a scan",
            "install the extra 'ocr' and the program tesseract, or ask for the original file",
        )
    kept, dropped = split_furniture(pages, sizes)
    chunks: list[Chunk] = []
    for number, page in enumerate(kept, 1):
        chunks += chunks_of_page(page, number)
    facts = (Fact("pages_without_text", str(len(empty))),) if empty else ()
    unused = tuple(Unused(f"page {number}", "no text on the page (a picture?)") for number in empty)
    return Reading(
        pieces=tuple(pieces_of(chunks)),
        pages=len(pages),
        dropped=tuple(dropped),
        unused=unused,
        facts=facts,
        title=title,
    )
