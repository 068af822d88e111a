"""Word, OpenDocument, web pages, text, messages and archives."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from lif_nlp.ingest.formats.html import read_html
from lif_nlp.ingest.formats.odt import read_odt
from lif_nlp.ingest.formats.text import read_text
from lif_nlp.records import Document, Quarantined
from tests.ingest.makers import Line, make_docx, make_odt, make_pdf, make_zip

TEXT = b"""LEARNING REVIEW: SAM

1. Good practice

1.1 The school rang on the same day and
wrote down what Sam said.

- seen alone
- asked what he wanted

\x0cNext page begins here with a full sentence.
"""


def test_plain_text_has_headings_numbers_bullets_and_pages() -> None:
    pieces = read_text(TEXT, "review.txt").pieces
    assert [(p.kind, p.number, p.text, p.page) for p in pieces] == [
        ("heading", "", "LEARNING REVIEW: SAM", 1),
        ("heading", "1", "Good practice", 1),
        ("paragraph", "1.1", "The school rang on the same day and wrote down what Sam said.", 1),
        ("bullet", "", "seen alone", 1),
        ("bullet", "", "asked what he wanted", 1),
        ("paragraph", "", "Next page begins here with a full sentence.", 2),
    ]


def test_markdown_marks_are_removed() -> None:
    pieces = read_text(b"## Findings\n\nStaff **did** listen.\n", "a.md", markdown=True).pieces
    assert [(p.kind, p.level, p.text) for p in pieces] == [
        ("heading", 2, "Findings"),
        ("paragraph", 0, "Staff did listen."),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "It’s late.".encode(),
        "It’s late.".encode("cp1252"),
        "It’s late.".encode("utf-16"),
        "It’s late.".encode().decode("cp1252").encode("utf-8"),
    ],
    ids=["utf-8", "windows", "utf-16", "mojibake"],
)
def test_every_encoding_gives_the_same_text(content: bytes) -> None:
    assert read_text(content, "a.txt").pieces[0].text == "It’s late."


PAGE = b"""<html><head><title>Review</title><style>p{}</style></head><body>
<nav>Home | News</nav><main><h1>Learning review</h1><p>Staff <b>met</b> twice.</p>
<ul><li>First<ul><li>Inner</li></ul></li><li><p>Second</p></li></ul>
<table><tr><td><p>A box with a case in it.</p></td></tr></table>
<table><tr><th>Recommendation</th><th>Owner</th></tr>
<tr><td>All schools should ring on the first day of absence.</td><td>Heads</td></tr></table>
<script>alert(1)</script></main><footer>Cookies</footer></body></html>"""


def test_a_web_page_gives_its_main_content_only() -> None:
    pieces = read_html(PAGE, "a.html").pieces
    assert [(p.kind, p.level, p.text) for p in pieces if not p.boilerplate] == [
        ("heading", 1, "Learning review"),
        ("paragraph", 0, "Staff met twice."),
        ("bullet", 0, "First"),
        ("bullet", 1, "Inner"),
        ("bullet", 0, "Second"),
        ("paragraph", 0, "A box with a case in it."),
        ("table_row", 0, "All schools should ring on the first day of absence."),
    ]
    assert pieces[-1].cells == (
        ("Recommendation", "All schools should ring on the first day of absence."),
        ("Owner", "Heads"),
    )


def test_a_word_file_gives_headings_lists_and_table_rows(read_file) -> None:
    content = make_docx(
        [
            ("Title", "Local child safeguarding practice review: Child T"),
            ("Heading 1", "1. Findings"),
            ("Normal", "Staff were not asked."),
            ("List Bullet", "seen alone"),
        ],
        [
            ["Recommendation", "Owner"],
            ["The partnership should ask staff what they need.", "Chair"],
        ],
    )
    (document,) = read_file("review.docx", content)
    assert isinstance(document, Document)
    words = [(b.kind, b.heading, document.slice(b.start, b.end)) for b in document.blocks]
    assert words[1:] == [
        ("heading", (), "Findings"),
        ("paragraph", ("Findings",), "Staff were not asked."),
        ("bullet", ("Findings",), "seen alone"),
        ("table_row", ("Findings",), "Recommendation Owner"),
        ("table_row", ("Findings",), "Chair"),
        (
            "table_row",
            ("Findings", "Recommendation"),
            "The partnership should ask staff what they need.",
        ),
    ]
    assert (document.title, document.review_type) == (
        "Local child safeguarding practice review: Child T",
        "cspr",
    )


def test_word_pages_are_those_that_word_saved(tmp_path) -> None:
    from lif_nlp.ingest.formats.docx import read_docx

    plain = make_docx([("Normal", "First page words."), ("Normal", "BREAKSecond page words.")])
    members = _members(plain)
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"<w:t>BREAK", b"<w:lastRenderedPageBreak/><w:t>"
    )
    pieces = read_docx(make_zip(members), "a.docx").pieces
    assert [(p.text, p.page) for p in pieces] == [
        ("First page words.", 1),
        ("Second page words.", 2),
    ]


def _members(content: bytes) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_an_opendocument_text_keeps_levels_notes_and_rows() -> None:
    body = """<text:h text:outline-level="2">2.1 Findings</text:h>
    <text:p>Staff<text:s/>met<text:note><text:note-body><text:p>See annex.</text:p>
    </text:note-body></text:note> once.</text:p>
    <text:list><text:list-item><text:p>seen alone</text:p></text:list-item></text:list>
    <text:soft-page-break/>
    <table:table><table:table-row><table:table-cell><text:p>Action</text:p></table:table-cell>
    <table:table-cell><text:p>By when</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell>
    <text:p>Ring the family within one day of absence.</text:p></table:table-cell>
    <table:table-cell><text:p>May</text:p></table:table-cell></table:table-row></table:table>"""
    pieces = read_odt(make_odt(body), "a.odt").pieces
    assert [(p.kind, p.number, p.text, p.page) for p in pieces] == [
        ("heading", "2.1", "Findings", 1),
        ("paragraph", "", "Staff met once.", 1),
        ("note", "", "See annex.", 1),
        ("bullet", "", "seen alone", 1),
        ("table_row", "", "Action By when", 2),
        ("table_row", "", "May", 2),
        ("table_row", "", "Ring the family within one day of absence.", 2),
    ]


def test_a_message_is_read_by_its_own_charset_not_that_of_its_page(read_file) -> None:
    page = '<meta charset="utf-8"><p>It’s late for Chloë, who was seen at her café.</p>'
    message = EmailMessage()
    message.set_content(page, subtype="html", charset="windows-1252")
    (document,) = read_file("mail.eml", message.as_bytes())
    assert isinstance(document, Document)
    assert document.text.startswith("It’s late for Chloë")
    message.set_content(page.replace("utf-8", "windows-1252"), subtype="html", charset="utf-8")
    (document,) = read_file("mail.eml", message.as_bytes())
    assert isinstance(document, Document)
    assert document.text.startswith("It’s late for Chloë")


def test_a_message_gives_its_text_and_its_attachments(read_file) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = (
        "Audit results",
        "a@b.example",
        "c@d.example",
    )
    message.set_content("Please read the attached practice review before Friday.")
    message.add_attachment(
        make_pdf([[Line("The school knew.", 500)]]),
        maintype="application",
        subtype="pdf",
        filename="r.pdf",
    )
    documents = read_file("mail.eml", message.as_bytes())
    assert [d.text for d in documents] == [
        "Please read the attached practice review before Friday.",
        "The school knew.",
    ]
    assert documents[1].source.endswith("mail.eml!/r.pdf")


def test_an_archive_gives_its_reports_and_refuses_nested_archives(read_file) -> None:
    inner = make_zip({"x.txt": b"Words that stay unread."})
    content = make_zip({"b.txt": b"The nurse asked.", "a.zip": inner, "__MACOSX/b.txt": b"\x00"})
    first, second = read_file("reports.zip", content)
    assert isinstance(first, Quarantined)
    assert first.reason == "an archive or message inside another; unpack it and add the folder"
    assert isinstance(second, Document)
    assert second.text == "The nurse asked."


def _paths(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    return [(document.slice(b.start, b.end), b.heading) for b in document.blocks]


def test_a_box_keeps_its_title_for_its_own_words_only(read_file) -> None:
    page = (
        "<html><h1>A review</h1><h2>Findings</h2><p>Nobody rang.</p>"
        "<table><tr><td><p><b>What his mother said</b></p><p>I told them twice.</p></td></tr>"
        "</table><p>The letters lay unread.</p>"
    )
    (document,) = read_file("review.html", page.encode())
    assert _paths(document)[2:] == [
        ("Nobody rang.", ("Findings",)),
        ("What his mother said", ("Findings",)),
        ("I told them twice.", ("Findings", "What his mother said")),
        ("The letters lay unread.", ("Findings",)),
    ]


def test_a_short_line_in_bold_heads_the_text_below_it(read_file) -> None:
    page = (
        "<html><h1>A review</h1><h2>Analysis</h2><p><strong>Many professionals</strong></p>"
        "<p>No one led.</p>"
        "<p><b>No one led.</b></p><p>Staff met <b>once</b></p>"
    )
    (document,) = read_file("review.html", page.encode())
    assert [(b.kind, b.heading) for b in document.blocks][2:] == [
        ("heading", ("Analysis",)),
        *[("paragraph", ("Analysis", "Many professionals"))] * 3,
    ]


def test_cells_stand_under_the_name_of_a_column_of_strengths_or_gaps(read_file) -> None:
    table = [
        ["Area", "Working well", "Needs to develop"],
        ["Weights", "school nurses weighed five of six", "clinics: standard letter / discharge"],
        ["Voice", "Asked each time.", "no views in three of four files"],
    ]
    (document,) = read_file("audit.docx", make_docx([("Heading 1", "Audit")], table))
    rows = [(document.slice(b.start, b.end), b.heading[-1]) for b in document.blocks if b.cells]
    assert rows == [
        ("school nurses weighed five of six", "Working well"),
        ("clinics: standard letter / discharge", "Needs to develop"),
        ("Asked each time.", "Working well"),
        ("no views in three of four files", "Needs to develop"),
    ]


def test_a_grid_of_boxes_is_read_box_by_box(read_file) -> None:
    cells = [
        ("1. What happened", "Kit was seven.", "Nobody rang."),
        ("2. What worked well?", "The nursery weighed him."),
    ]
    boxes = "".join(f"<td>{''.join(f'<p>{line}</p>' for line in cell)}</td>" for cell in cells)
    page = f"<html><h1>A briefing</h1><table><tr>{boxes}</tr></table></html>"
    (document,) = read_file("briefing.html", page.encode())
    assert _paths(document)[1:] == [
        ("What happened", ()),
        ("Kit was seven.", ("What happened",)),
        ("Nobody rang.", ("What happened",)),
        ("What worked well?", ()),
        ("The nursery weighed him.", ("What worked well?",)),
    ]


def test_a_bold_item_of_a_list_stays_an_item(read_file) -> None:
    page = "<html><h1>A briefing</h1><ul><li><b>Ring the home</b></li><li>Ask</li></ul></html>"
    (document,) = read_file("briefing.html", page.encode())
    assert [block.kind for block in document.blocks][1:] == ["bullet", "bullet"]


def test_last_year_and_this_year_are_columns_of_text(read_file) -> None:
    table = [
        ["What we looked for", "Last year", "This year"],
        ["Alone", "Two of ten.", "Six of ten, and in two the worker came back the same week."],
        ["Advice", "Given late, by email, in four of ten files.", "Given within the day in nine."],
    ]
    (document,) = read_file("audit.docx", make_docx([("Heading 1", "Audit")], table))
    rows = [(document.slice(b.start, b.end), b.heading[-1]) for b in document.blocks if b.cells]
    assert rows == [
        ("Two of ten.", "Last year"),
        ("Six of ten, and in two the worker came back the same week.", "This year"),
        ("Given late, by email, in four of ten files.", "Last year"),
        ("Given within the day in nine.", "This year"),
    ]


@pytest.mark.parametrize("name", ["copy.html", "copy.txt", "copy.docx"])
def test_spaced_capitals_of_a_copied_heading_are_closed_up(read_file, name: str) -> None:
    words = ["A review of Child A1", "K E Y  F I N D I N G S", "Staff rang."]
    content = {
        "copy.html": "<html><h1>{}</h1><h2>{}</h2><p>{}</p></html>".format(*words).encode(),
        "copy.txt": "\n\n".join(words).encode(),
        "copy.docx": make_docx(list(zip(("Title", "Heading 1", "Normal"), words, strict=True))),
    }[name]
    (document,) = read_file(name, content)
    assert _paths(document)[-1] == ("Staff rang.", ("KEY FINDINGS",))


def test_points_without_a_full_stop_are_bullets_under_their_heading(read_file) -> None:
    page = (
        "<html><h1>A briefing</h1><h2>Good practice</h2><p>Same-day call</p><p>One lead</p>"
        "<h2>What happened</h2><p>A short line</p><p>Staff met the family.</p></html>"
    )
    (document,) = read_file("briefing.html", page.encode())
    kinds = [(document.slice(b.start, b.end), b.kind) for b in document.blocks]
    assert kinds[2:4] == [("Same-day call", "bullet"), ("One lead", "bullet")]
    assert kinds[5:] == [("A short line", "paragraph"), ("Staff met the family.", "paragraph")]


def test_a_row_of_an_action_plan_is_one_action_and_its_status_a_label(read_file) -> None:
    table = [
        ["No", "Action", "Owner", "By", "RAG"],
        ["1", "Audit 30 records for the use of interpreters.", "Named nurse", "May", "GREEN"],
        ["2", "Name a lead on the front sheet of each record.", "Chair", "June", "COMPLETE"],
    ]
    (document,) = read_file("plan.docx", make_docx([("Heading 1", "Plan")], table))
    rows = [(b.boilerplate, document.slice(b.start, b.end)) for b in document.blocks][-4:]
    assert rows == [
        ("row label", "1 Named nurse May GREEN"),
        ("", "Audit 30 records for the use of interpreters."),
        ("row label", "2 Chair June COMPLETE"),
        ("", "Name a lead on the front sheet of each record."),
    ]
    assert document.blocks[-1].heading[-1] == "Action"
    assert ("RAG", "COMPLETE") in document.blocks[-1].cells
