"""Codes to scan stand beside the card's web pages, and only where they can be drawn."""

import pytest

from lif_nlp.briefs.writers import qr_codes
from lif_nlp.local_card import Card
from lif_nlp.optional_imports import block_imports
from lif_nlp.records import Brief, Claim, Section

PAGES = [f"https://x.example/{n}" for n in range(5)]
BRIEF = Brief(
    "newsletter", "newsletter", "", "Learning",
    (Section("This week", (Claim("action", f"Read on: the briefing, {PAGES[4]}"),)),),
    card=(("By day", "01632 960001", "tel:01632960001"),
          *((f"Page {n}", PAGES[n], PAGES[n]) for n in range(4)),
          ("Again", PAGES[0], PAGES[0])),
)  # fmt: skip


def test_pages_of_lines_come_first_and_telephones_have_no_code():
    pytest.importorskip("segno")
    found = qr_codes.addresses(BRIEF)
    assert found == [("Read on", PAGES[4]), *((f"Page {n}", PAGES[n]) for n in range(3))]
    assert qr_codes.png(PAGES[0]).startswith(b"\x89PNG")
    assert qr_codes.svg_uri(PAGES[0]).startswith("data:image/svg+xml")
    assert qr_codes.png(PAGES[0]) != qr_codes.png(PAGES[1])


def test_without_the_package_addresses_are_printed_without_codes():
    with block_imports("segno"):
        assert qr_codes.addresses(BRIEF) == []


def test_a_newsletter_leads_to_its_briefing_and_every_format_shows_the_codes(make):
    pytest.importorskip("segno")
    docx, pptx = pytest.importorskip("docx"), pytest.importorskip("pptx")
    page, word, deck = make(
        priority="neglect",
        kind="newsletter",
        formats=("html", "docx", "pptx"),
        card=Card(briefs="https://x.example/learning/", procedures="https://x.example/p"),
    )
    leads_to = "https://x.example/learning/seven-minute-priority-neglect.html"
    assert f'<a href="{leads_to}">' in page.read_text("utf-8")
    named = [f"Code that leads to {address}" for address in (leads_to, "https://x.example/p")]
    assert all(f'alt="{name}"' in page.read_text("utf-8") for name in named)
    shown = [picture._inline.docPr.get("descr") for picture in docx.Document(word).inline_shapes]
    assert shown == named
    pictures = [
        shape._element._nvXxPr.cNvPr.get("descr")
        for slide in pptx.Presentation(deck).slides
        for shape in slide.shapes
        if shape.shape_type == 13
    ]
    assert pictures == named
