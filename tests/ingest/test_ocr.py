"""Scans are read if Tesseract is installed, with its confidence."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.pdf.document import read_pdf
from lif_nlp.ingest.pdf.ocr import ocr_is_ready
from tests.ingest.makers import Line, make_pdf


def scan_of(content: bytes) -> bytes:
    """The same PDF as a picture of itself."""
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("L")
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=144)
    return out.getvalue()


@pytest.mark.skipif(not ocr_is_ready(), reason="needs tesseract and pytesseract")
def test_a_scan_is_read_like_a_text_page_with_its_confidence() -> None:
    lines = [
        Line("The school rang the family on the first day of", 700),
        Line("the absence and wrote it down.", 686),
    ]
    reading = read_pdf(scan_of(make_pdf([lines])), "scan.pdf")
    assert [piece.text for piece in reading.pieces] == [
        "The school rang the family on the first day of the absence and wrote it down."
    ]
    facts = {fact.name: fact.value for fact in reading.facts}
    assert facts["pages_without_text"] == "1"
    assert float(facts["ocr_confidence"]) > 0.8
    assert reading.skipped == ()


@pytest.mark.skipif(not ocr_is_ready(), reason="needs tesseract and pytesseract")
def test_a_scan_in_which_no_word_is_seen_says_what_to_do() -> None:
    with pytest.raises(UnreadableError, match="no word could be read in them; ask for the orig"):
        read_pdf(scan_of(make_pdf([[]])), "scan.pdf")
