"""The wheel says what the briefing says, on one page and on one slide."""

from io import BytesIO

import pytest

from lif_nlp.briefs import FORMATS, KINDS, resolve_branding, subject_of
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.config import Branding


@pytest.fixture(scope="module")
def made(material, framework):
    brief = KINDS["wheel"].compose(material, subject_of(material, priority="neglect"), EVERYONE)
    return brief, resolve_branding(brief, framework, Branding())


def test_it_has_the_boxes_that_show_something_and_names_no_pages_to_read(made):
    sections = made[0].sections
    assert len(sections) == 7
    assert not any("Read some in" in claim.text for part in sections for claim in part.claims)
    assert sum(claim.kind == "question" for claim in sections[-1].claims) == 2


def test_it_fills_one_page_and_one_slide(made):
    pptx = pytest.importorskip("pptx")
    pytest.importorskip("weasyprint")
    import pypdf

    assert len(pypdf.PdfReader(BytesIO(FORMATS["pdf"](*made))).pages) == 1
    [slide] = pptx.Presentation(BytesIO(FORMATS["pptx"](*made))).slides
    assert made[0].cautions[0] in slide.notes_slide.notes_text_frame.text
    assert len(slide.shapes) == 8
