"""Pages that list many reviews: each item of a list is a piece, each review a heading."""

from __future__ import annotations

import pytest

from lif_nlp.ingest.label_lines import split_labelled_lists
from lif_nlp.ingest.pieces import WITHIN_SECTION, Piece, assemble
from lif_nlp.records import Document

ABSTRACT = (
    "Learning includes: advice went to mother only (who was tired; and alone); nobody asked "
    "who slept there; and the link worker rang every day."
)


def test_a_list_behind_a_label_is_split_outside_brackets() -> None:
    label, *items = split_labelled_lists([Piece(ABSTRACT)])
    assert (label.text, label.kind, label.level) == (
        "Learning includes:",
        "heading",
        WITHIN_SECTION,
    )
    assert [(item.text, item.under) for item in items] == [
        ("advice went to mother only (who was tired; and alone);", "Learning includes"),
        ("nobody asked who slept there;", "Learning includes"),
        ("and the link worker rang every day.", "Learning includes"),
    ]


def test_items_of_recommendations_are_bullets() -> None:
    pieces = split_labelled_lists([Piece("Recommendations: name a lead; ring home.")])
    assert [piece.kind for piece in pieces] == ["heading", "bullet", "bullet"]


@pytest.mark.parametrize(
    "text",
    [
        "Learning includes: advice that went to mother only.",
        "The learning is this: ring home; ask again.",
        "He was seen; he was well.",
    ],
)
def test_other_sentences_stay_whole(text: str) -> None:
    assert split_labelled_lists([Piece(text)]) == [Piece(text)]


def test_pages_turn_within_their_item() -> None:
    text = "Learning: first item; second item."
    piece = Piece(text, page=4, turns=((text.index("item."), 5),))
    _, first, second = split_labelled_lists([piece])
    assert (first.page, first.turns, second.page) == (4, (), 4)
    assert second.text[second.turns[0][0] :] == "item."


def test_lines_that_name_reviews_head_them_if_there_are_several() -> None:
    lines = [Piece("2025 – Northmoor – Child A"), Piece("He died."), Piece("2024 – Fenby – Mo")]
    pieces = split_labelled_lists(lines)
    assert [piece.kind for piece in pieces] == ["heading", "paragraph", "heading"]
    _, blocks = assemble(pieces)
    assert blocks[1].heading == ("2025 – Northmoor – Child A",)
    assert split_labelled_lists(lines[:2]) == lines[:2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Keywords: neglect, housing", "label and value"),
        ("Model: systems approach", "label and value"),
        ("Timescale: April 2023", "label and value"),
        ("Model: " + "the way in which the two services worked together " * 4, ""),
        ("Learning: staff did not ring.", ""),
    ],
)
def test_labels_of_filing_and_of_action_plans_carry_no_finding(text: str, reason: str) -> None:
    assert [piece.boilerplate for piece in split_labelled_lists([Piece(text)])] == [reason]


def test_a_text_file_of_abstracts_is_read_review_by_review(read_file) -> None:
    text = (
        "2025 – Northmoor – Child A\n\nDeath of a baby.\n\n" + ABSTRACT + "\n\n"
        "Model: systems approach\nKeywords: infants, sleep\n\n"
        "2024 – Fenby – Mo\n\nHarm to a boy.\n"
    )
    (document,) = read_file("abstracts.txt", text.encode())
    assert isinstance(document, Document)
    lines = [(document.slice(b.start, b.end), b.heading, b.boilerplate) for b in document.blocks]
    first = ("2025 – Northmoor – Child A",)
    assert lines[3] == (
        "advice went to mother only (who was tired; and alone);",
        (*first, "Learning includes"),
        "",
    )
    assert lines[6:8] == [
        ("Model: systems approach", first, "label and value"),
        ("Keywords: infants, sleep", first, "label and value"),
    ]
    assert lines[-1] == ("Harm to a boy.", ("2024 – Fenby – Mo",), "")
