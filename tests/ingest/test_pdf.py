"""PDFs: reading order, joins over pages, running headers, headings, with and without tags."""

from __future__ import annotations

import pytest

from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.pdf.document import read_pdf
from tests.ingest.makers import Line, make_pdf


def kinds(content: bytes) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in read_pdf(content, "report.pdf").pieces]


TAGS = pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "untagged"])


def page(lines: list[Line], tagged: bool) -> list[Line]:
    return lines if tagged else [Line(**{**vars_of(line), "tag": ""}) for line in lines]


def vars_of(line: Line) -> dict[str, object]:
    return {name: getattr(line, name) for name in Line.__dataclass_fields__}


@TAGS
def test_lines_of_a_paragraph_are_joined_and_headings_recognised(tagged: bool) -> None:
    lines = [
        Line("Key findings", 760, size=16, bold=True, tag="H1_1"),
        Line(
            "The school knew about the missed appointments and the home visits, but", 720, tag="P_1"
        ),
        Line("no one told the health visitor.", 706, tag="P_1"),
        Line(
            "Staff asked for help in March and were given it by the end of that week.",
            670,
            tag="P_2",
        ),
    ]
    assert kinds(make_pdf([page(lines, tagged)])) == [
        ("heading", "Key findings"),
        (
            "paragraph",
            "The school knew about the missed appointments and the home visits, but "
            "no one told the health visitor.",
        ),
        ("paragraph", "Staff asked for help in March and were given it by the end of that week."),
    ]


@TAGS
def test_each_bullet_is_one_piece_without_its_glyph(tagged: bool) -> None:
    lines = [
        Line("•", 700, x=72, tag="LI_1"),
        Line("Visits were made on time and were written up on the", 700, x=90, tag="LI_1"),
        Line("same day.", 686, x=90, tag="LI_1"),
        Line("•", 668, x=72, tag="LI_2"),
        Line("Plans were vague.", 668, x=90, tag="LI_2"),
    ]
    assert kinds(make_pdf([page(lines, tagged)])) == [
        ("bullet", "Visits were made on time and were written up on the same day."),
        ("bullet", "Plans were vague."),
    ]


@TAGS
def test_a_sentence_over_a_page_break_is_joined_and_has_a_page_turn(tagged: bool) -> None:
    first = [
        Line(
            "The panel heard that nobody had spoken with the boy on his own before", 120, tag="P_1"
        )
    ]
    second = [Line("the conference was held in June.", 760, tag="P_1")]
    reading = read_pdf(make_pdf([page(first, tagged), page(second, tagged)]), "report.pdf")
    (piece,) = reading.pieces
    assert piece.text == (
        "The panel heard that nobody had spoken with the boy on his own before "
        "the conference was held in June."
    )
    assert (piece.page, piece.turns) == (1, ((70, 2),))
    assert piece.text[70:].startswith("the conference")


def test_running_headers_footers_and_page_numbers_are_removed_and_listed() -> None:
    pages = [
        [
            Line("Northmoor Partnership report", 815, size=9),
            Line(f"Paragraph number {name} says something of its own here.", 500),
            Line(f"Page {number} of 3", 30, size=9),
        ]
        for number, name in enumerate(("one", "two", "three"), 1)
    ]
    reading = read_pdf(make_pdf(pages), "report.pdf")
    assert [piece.text for piece in reading.pieces] == [
        f"Paragraph number {name} says something of its own here."
        for name in ("one", "two", "three")
    ]
    assert {(item.kind, item.page) for item in reading.removed_text} == {
        (kind, number) for kind in ("running header", "page number") for number in (1, 2, 3)
    }


def test_a_footer_marked_as_artifact_is_removed_although_it_occurs_once() -> None:
    lines = [Line("Words of the report.", 500, tag="P_1"), Line("Draft 3", 30, artifact=True)]
    assert kinds(make_pdf([lines])) == [("paragraph", "Words of the report.")]


def test_a_number_in_a_cell_at_the_top_of_a_page_is_not_a_page_number() -> None:
    lines = [Line("7", 800, tag="TD_1"), Line("Words below it.", 500, tag="P_1")]
    assert ("paragraph", "7") in kinds(make_pdf([lines]))


def test_paragraph_numbers_become_data() -> None:
    lines = [
        Line(
            "4.12 Staff met the family twice before the summer holidays began that year.",
            700,
            tag="P_1",
        ),
        Line("4.13 The plan was shared.", 670, tag="P_2"),
    ]
    pieces = read_pdf(make_pdf([lines]), "report.pdf").pieces
    assert [(piece.number, piece.text[:5]) for piece in pieces] == [
        ("4.12", "Staff"),
        ("4.13", "The p"),
    ]


def test_footnotes_are_separated_from_the_sentence_they_interrupt() -> None:
    first = [
        Line(
            "The plan was written by the front door of the local authority and by the",
            120,
            tag="P_1",
        ),
        Line("1 A team of several agencies.", 60, size=8, tag="Note_1"),
    ]
    second = [Line("health visitor together.", 760, tag="P_1")]
    assert kinds(make_pdf([first, second])) == [
        (
            "paragraph",
            "The plan was written by the front door of the local authority and by the "
            "health visitor together.",
        ),
        ("note", "A team of several agencies."),
    ]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Safeguarding is everyone's work.", "safeguarding"),
        ("The safe-guarding lead.", "safe-guarding"),
        ("Nothing else.", "safe-guarding"),
    ],
)
def test_a_hyphen_at_a_line_end_follows_the_rest_of_the_document(other: str, expected: str) -> None:
    lines = [
        Line("Several of the agencies had no clear lead for safe-", 700, tag="P_1"),
        Line("guarding in that year.", 686, tag="P_1"),
        Line(other, 640, tag="P_2"),
    ]
    assert f"lead for {expected} in" in kinds(make_pdf([lines]))[0][1]


def test_a_bold_line_inside_a_tag_is_a_heading_of_what_follows() -> None:
    lines = [
        Line("Good practice", 700, bold=True, tag="P_1"),
        Line("The nurse went back three times and was let in on the third.", 686, tag="P_1"),
    ]
    assert [kind for kind, _ in kinds(make_pdf([lines]))] == ["heading", "paragraph"]


def test_labels_drawn_after_the_text_are_moved_before_it() -> None:
    lines = [
        Line("First thing that was learned.", 700, x=90, tag="LI_1"),
        Line("Second thing that was learned.", 680, x=90, tag="LI_2"),
        Line("•", 700, x=78, tag="LI_1"),
        Line("•", 680, x=78, tag="LI_2"),
    ]
    assert kinds(make_pdf([lines])) == [
        ("bullet", "First thing that was learned."),
        ("bullet", "Second thing that was learned."),
    ]


def test_pages_without_text_are_counted_and_listed() -> None:
    reading = read_pdf(make_pdf([[Line("Some words.", 500)], []]), "report.pdf")
    assert [(fact.name, fact.value) for fact in reading.facts] == [("pages_without_text", "1")]
    assert reading.pages == 2


def test_an_incomplete_file_is_refused() -> None:
    content = make_pdf([[Line("Some words.", 500)]])
    with pytest.raises(UnreadableError) as caught:
        read_pdf(content[:200], "half.pdf")
    assert str(caught.value) == "half.pdf: the PDF is damaged or incomplete; download it again"


def footnoted(tag: str) -> list[Line]:
    return [
        Line("Four children live in residential special schools,", 500, tag=tag),
        Line("3", 505, x=322, size=7, tag=tag),
        Line("of whom two live far from their home town.", 500, x=331, tag=tag),
        Line("3", 60, size=5, tag="Note_2" if tag else ""),
        Line("Schools that look after children all year.", 56, x=76, size=8)
        if not tag
        else Line("Schools that look after children all year.", 56, x=76, size=8, tag="Note_2"),
    ]


@pytest.mark.parametrize("tag", ["LI_1", ""], ids=["tagged", "untagged"])
def test_a_footnote_mark_is_removed_from_its_sentence_and_numbers_its_note(tag: str) -> None:
    reading = read_pdf(make_pdf([footnoted(tag)]), "report.pdf")
    assert [(piece.kind, piece.number, piece.text) for piece in reading.pieces] == [
        (
            "paragraph",
            "",
            "Four children live in residential special schools, of whom two live far "
            "from their home town.",
        ),
        ("note", "3", "Schools that look after children all year."),
    ]
    assert [(item.kind, item.text) for item in reading.removed_text] == [("footnote mark", "3")]


def test_a_raised_figure_after_a_unit_is_a_power() -> None:
    lines = [Line("The town covers 12 km", 500), Line("2", 505, x=195.6, size=7)]
    assert kinds(make_pdf([lines])) == [("paragraph", "The town covers 12 km2")]


def test_untagged_words_within_a_tagged_line_stay_in_its_sentence() -> None:
    lines = [
        Line("The visit was shared with the agencies", 500, tag="P_1"),
        Line("that knew the family", 500, x=281),
        Line("and with the school.", 486, tag="P_1"),
    ]
    assert kinds(make_pdf([lines])) == [
        (
            "paragraph",
            "The visit was shared with the agencies that knew the family and with the school.",
        )
    ]


@pytest.mark.parametrize(
    ("printed", "number"), [("41.Not all staff met.", "41"), ("28.) Staff met.", "28")]
)
def test_a_paragraph_number_without_a_space_is_recognised(printed: str, number: str) -> None:
    (piece,) = read_pdf(make_pdf([[Line(printed, 500)]]), "report.pdf").pieces
    assert piece.number == number
    assert piece.text.endswith("met.") and piece.text[0].isupper()


def test_the_bullet_of_an_empty_item_is_removed() -> None:
    lines = [
        Line("•", 700, x=72, tag="LI_1"),
        Line("Plans were vague. -", 700, x=90, tag="LI_1"),
        Line("•", 660, x=72, tag="LI_2"),
    ]
    assert kinds(make_pdf([lines])) == [("bullet", "Plans were vague.")]


def test_raised_letters_of_a_running_header_stay_in_their_word() -> None:
    page = [Line("2021 3", 800), Line("rd Quarter report", 806, x=109), Line("Words.", 500)]
    reading = read_pdf(make_pdf([page, page]), "report.pdf")
    assert {item.text for item in reading.removed_text} == {"2021 3rd Quarter report"}


CASE = (
    "A child of two was hurt at home in May and the county was told on the same day, "
    "so that the other children were seen and were safe by the evening."
)


@pytest.mark.parametrize(("count", "kind"), [(5, "heading"), (4, "paragraph")])
def test_names_alone_above_each_case_are_headings_if_there_are_several(
    count: int, kind: str
) -> None:
    names = ["Northmoor", "Eastleigh County", "Vale of Marl", "Saltby", "Wensford"][:count]
    lines = [
        line
        for place, name in enumerate(names)
        for line in (Line(name, 700 - 120 * place, size=6), Line(CASE, 660 - 120 * place, size=6))
    ]
    found = [(k, text) for k, text in kinds(make_pdf([lines])) if text in names]
    assert found == [(kind, name) for name in names]


def test_a_number_at_the_top_of_a_page_that_ends_a_sentence_stays_in_it() -> None:
    first = [
        Line(
            "98. Children do well and reach what is hoped for by the end of Key Stage",
            90,
            tag="LI_1",
        )
    ]
    second = [Line("4. However, not all of them do.", 760, tag="LI_2")]
    third = [Line("99. Staff know this.", 700, tag="LI_3")]
    pieces = read_pdf(make_pdf([first, [*second, *third]]), "report.pdf").pieces
    assert [(piece.number, piece.text[-40:]) for piece in pieces] == [
        ("98", "Key Stage 4. However, not all of them do."[-40:]),
        ("99", "Staff know this."),
    ]


def test_a_full_line_with_its_own_tag_continues_in_the_next() -> None:
    lines = [
        Line(
            "It changed. The responsibility for all of these services was passed on to Northmoor",
            700,
            tag="P_1",
        ),
        Line("ICB. The council and the ICB work together.", 686, tag="P_2"),
    ]
    assert [text[-60:] for _, text in kinds(make_pdf([lines]))] == [
        "passed on to Northmoor ICB. The council and the ICB work together."[-60:]
    ]


def test_full_lines_of_a_list_are_not_joined() -> None:
    lines = [
        Line(
            "Ann Lee, Director of Children and of Adult Social Care Services at Northmoor Co", 700
        ),
        Line("Ben May, Chair of the Safeguarding Partnership", 686),
    ]
    lines = [Line(**{**vars_of(line), "tag": f"P_{n}"}) for n, line in enumerate(lines)]
    assert len(kinds(make_pdf([lines]))) == 2


def test_a_heading_at_the_foot_of_a_page_holds_for_the_next() -> None:
    pages = []
    for number in range(1, 10):
        lines = [
            Line(f"The nurse rang the home {number} times and wrote down each answer.", 700),
            Line("She told the school what she had heard, and the school told the home.", 400),
        ]
        if number in (2, 5, 8):
            lines.append(Line("Areas for improvement", 60, bold=True, size=14))
        pages.append(lines)
    reading = read_pdf(make_pdf(pages), "letter.pdf")
    headings = [piece.page for piece in reading.pieces if piece.kind == "heading"]
    assert (headings, reading.removed_text) == ([2, 5, 8], ())


def test_a_header_in_bold_on_most_pages_is_removed() -> None:
    text = "The nurse rang the home {} times and wrote down each answer."
    pages = [
        [Line("Review of Child A1", 800, bold=True), Line(text.format(number), 500)]
        for number in range(1, 9)
    ]
    reading = read_pdf(make_pdf(pages), "letter.pdf")
    assert [item.kind for item in reading.removed_text] == ["running header"] * 8
