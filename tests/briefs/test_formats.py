import re
from io import BytesIO

import pytest

from lif_nlp.colour import contrast_with_white
from lif_nlp.config import Branding
from lif_nlp.errors import ConfigError, QuoteError, UnknownNameError
from tests.briefs.conftest import SENTENCES, SHARE, invented


@pytest.fixture
def page(make):
    return make(theme=SHARE)[0].read_text("utf-8")


def test_files_are_named_after_ids_and_no_temporary_is_left(make, tmp_path):
    paths = make(theme=SHARE, formats=("html", "md", "docx"))
    names = [path.name for path in paths]
    assert names == [f"seven-minute-theme-{SHARE}.{form}" for form in ("html", "md", "docx")]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_no_subject_gives_a_brief_for_every_priority_of_which_reports_say_enough(make):
    names = [path.stem for path in make(formats=("md",))]
    # On domestic abuse one box alone would show a quote.
    assert names == ["seven-minute-priority-neglect"]


def test_the_same_brief_is_the_same_bytes(make):
    once = [path.read_bytes() for path in make(theme=SHARE, formats=("html", "md"))]
    again = [path.read_bytes() for path in make(theme=SHARE, formats=("html", "md"))]
    assert once == again


def test_a_differing_quote_means_no_file(make, tmp_path, workspace):
    frames, texts = workspace
    wrong = {doc: text.replace("officers", "officials") for doc, text in texts.items()}
    with pytest.raises(QuoteError):
        make((frames, wrong), theme=SHARE)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "poem"}, r"^unknown kind of brief 'poem'; choose one of: seven-minute"),
        ({"formats": ("rtf",)}, r"^unknown format 'rtf'; choose one of: html, docx, md"),
    ],
)
def test_unknown_kinds_and_formats_are_refused(options, message, make):
    with pytest.raises(UnknownNameError, match=message):
        make(theme=SHARE, **options)


def test_the_page_loads_nothing_and_runs_nothing(page):
    assert not re.findall(r"(?:src|href|srcset)=\"(?!data:)", page)
    assert "<script" not in page and "@import" not in page


def test_the_page_is_marked_up_for_everyone(page):
    assert '<html lang="en-GB" class="seven-minute">' in page
    assert page.count("<h1>") == 1
    assert re.findall(r"<h2 id=\"h(\d)\"", page) == list("1234567")
    alts = re.findall(r"<img [^>]*alt=\"([^\"]*)\"", page)
    assert len(alts) == 2 and all(alts)  # the charts
    assert page.count("<thead>") == page.count("<table")


def test_words_of_a_report_are_escaped(make):
    row = list(SENTENCES[0])
    row[6] = "Officers rang <b>schools</b> about incidents & listened to what the children wanted."
    given = invented([tuple(row), *SENTENCES[5:]])
    page = make(given, theme=SHARE)[0].read_text("utf-8")
    assert "&lt;b&gt;schools&lt;/b&gt; about incidents &amp; listened" in page


def test_markdown_gives_quotes_with_their_source(make):
    text = make(theme=SHARE, formats=("md",))[0].read_text("utf-8")
    assert re.search(r"> “[^”]+”  \n> — Joint review [^\n]+, page \d, paragraph \d\.\d\n", text)


def test_word_has_real_headings_alt_texts_and_header_rows(make):
    import docx

    word = docx.Document(BytesIO(make(theme=SHARE, formats=("docx",))[0].read_bytes()))
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert len(heads) == 7 and heads[0] == "1. What it is, and why it matters"
    assert word.paragraphs[0].style.name == "Title"
    assert len(word.inline_shapes) == 2
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    assert len(word.tables) == 1  # the form; figures are drawn once, and their alt text holds them
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in word.tables)
    assert round(word.sections[0].page_width.cm, 1) == 21.0
    assert 'w:val="en-GB"' in word.styles.element.xml


def test_the_accent_of_a_partnership_is_darkened_until_white_reads_on_it(make):
    page = make(
        theme=SHARE, branding=Branding(accent="#ffe000", partnership="Norhaven Partnership")
    )
    text = page[0].read_text("utf-8")
    accent = re.search(r"--accent: (#[0-9a-f]{6})", text).group(1)
    assert contrast_with_white(accent) >= 5.5
    assert "Norhaven Partnership" in text


def test_a_logo_that_cannot_be_used_is_refused(make, tmp_path):
    with pytest.raises(
        ConfigError, match=r"^lif\.toml: branding\.logo is .*gone\.png, which is not an existing"
    ):
        make(theme=SHARE, branding=Branding(logo=tmp_path / "gone.png"))


def test_slides_have_titles_notes_and_editable_charts(make):
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation(str(make(theme=SHARE, formats=("pptx",))[0]))
    slides = list(deck.slides)
    assert len(slides) >= 10  # a title, seven boxes and two charts
    assert all(slide.shapes.title.text for slide in slides)
    assert all(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert "Plan for a team meeting: " in slides[0].notes_slide.notes_text_frame.text
    assert any(shape.has_chart for slide in slides for shape in slide.shapes)
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.01)


def test_speaker_notes_name_the_source_of_each_quote(make):
    pptx = pytest.importorskip("pptx")
    deck = pptx.Presentation(str(make(theme=SHARE, formats=("pptx",))[0]))
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert any("Sources:" in text and ", page 1" in text for text in notes)


def test_a_long_table_goes_on_over_further_slides(framework):
    pptx = pytest.importorskip("pptx")
    from lif_nlp.briefs import FORMATS, resolve_branding
    from lif_nlp.records import Brief, Chart

    rows = tuple((f"Theme {n}", n) for n in range(15))
    brief = Brief(
        "b",
        "training",
        "All",
        "Pack",
        (),
        (Chart("table", "Needs", ("Theme", "Reports"), rows, "x"),),
    )
    deck = pptx.Presentation(
        BytesIO(FORMATS["pptx"](brief, resolve_branding(brief, framework, Branding())))
    )
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) for table in tables] == [9, 8]
    assert {table.cell(0, 0).text for table in tables} == {"Theme"}


def test_a_pdf_is_tagged_and_has_two_pages(make):
    pytest.importorskip("weasyprint")
    import pypdfium2

    printed = pypdfium2.PdfDocument(make(theme=SHARE, formats=("pdf",))[0])
    assert pypdfium2.raw.FPDFCatalog_IsTagged(printed.raw)
    assert len(printed) <= 2


def test_a_chart_is_drawn_once_and_recoloured_for_dark_pages(make):
    import base64

    page = make(theme=SHARE, branding=Branding(accent="#117733"))[0].read_text("utf-8")
    dark, light = (
        base64.b64decode(found).decode("utf-8")
        for found in re.findall(r"src(?:set)?=\"data:image/svg\+xml;base64,([^\"]+)\"", page)[:2]
    )
    assert "#117733" in light and "#117733" not in dark
    assert "#333333" in light and "#333333" not in dark and "#dfe5ea" in dark
    assert ">strengths</text>" in light  # words, not drawn outlines


def test_no_two_slides_of_a_session_have_the_same_note(make):
    pptx = pytest.importorskip("pptx")
    (path,) = make(kind="session", priority="neglect", formats=("pptx",))
    slides = pptx.Presentation(path).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    titles = [slide.shapes.title.text for slide in slides]
    assert len(notes) == len(set(notes)) and all(notes)
    assert {"Before we begin", "Our action", "Form, before", "Form, after"} <= set(titles)
    assert not {"Handout"} & set(titles)


def test_numbers_of_questions_begin_anew_in_each_part_of_a_word_file(make):
    import docx

    (path,) = make(kind="session", priority="neglect", formats=("docx",))
    numbered = [p for p in docx.Document(path).paragraphs if p.style.name == "List Number"]
    lists = [paragraph._p.pPr.numPr.numId.val for paragraph in numbered]
    assert len(set(lists)) > 3


def test_the_local_card_stands_above_the_first_box_with_its_links(framework, workspace, tmp_path):
    from lif_nlp.briefs import BriefRequest
    from lif_nlp.local_card import Card
    from lif_nlp.workflow.make_brief import make_brief
    from lif_nlp.workflow.material_cache import MaterialCache

    frames, texts = workspace
    request = BriefRequest(priority="neglect", formats=("html",), out=tmp_path)
    cache, text_of = MaterialCache(frames, framework), texts.__getitem__
    card = Card(front_door="01632 960001")
    (file,) = make_brief(request, cache=cache, text_of=text_of, card=card, created="2026-01-05")
    page = file.path.read_text("utf-8")
    assert '<a href="tel:01632960001">01632 960001</a>' in page
    assert page.index('id="card"') < page.index('id="h1"')
    assert 'href="https' not in page
    wrong = Card(tools=({"name": "Profile", "on": ("fog",)},))
    with pytest.raises(ConfigError, match=r"^lif.toml: card.tools.1.on: there is no 'fog'"):
        make_brief(request, cache=cache, text_of=text_of, card=wrong, created="2026-01-05")


def test_a_quote_links_to_its_page_where_the_card_names_the_folder_of_reports(
    framework, workspace, tmp_path
):
    import docx

    from lif_nlp.briefs import BriefRequest
    from lif_nlp.local_card import Card
    from lif_nlp.workflow.make_brief import make_brief
    from lif_nlp.workflow.material_cache import MaterialCache

    frames, texts = workspace
    request = BriefRequest(priority="neglect", formats=("html", "md", "docx"), out=tmp_path)
    page, text, word = (
        file.path
        for file in make_brief(
            request,
            cache=MaterialCache(frames, framework),
            text_of=texts.__getitem__,
            card=Card(reports="https://harrowmere.example/reviews/"),
            created="2026-01-05",
        )
    )
    link = r"https://harrowmere\.example/reviews/d-\d\d\.pdf#page=1"
    assert re.search(f'<a href="{link}">Joint review', page.read_text("utf-8"))
    assert re.search(rf"> — \[Joint review [^]]+\]\({link}\)", text.read_text("utf-8"))
    targets = [rel.target_ref for rel in docx.Document(word).part.rels.values() if rel.is_external]
    assert "tel:999" in targets and any(re.fullmatch(link, target) for target in targets)


def test_advice_stands_on_three_cards_and_questions_are_numbered_on(make):
    pptx = pytest.importorskip("pptx")
    (path,) = make(kind="session", priority="neglect", formats=("pptx",))
    slides = {s.shapes.title.text: s for s in pptx.Presentation(path).slides}
    cards = next(slide for title, slide in slides.items() if title.endswith("One thing to change"))
    texts = [shape.text_frame.text for shape in cards.shapes if shape.has_text_frame]
    assert [text.split("\n")[0] for text in texts[1:4]] == ["Stop", "Start", "Keep"]
    asked = slides[f"{cards.shapes.title.text} (continued)"].shapes[1]._element.xml
    assert 'startAt="1"' in asked and 'startAt="3"' in asked
