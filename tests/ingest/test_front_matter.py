"""Front matter of reviews carries no finding, and what looks like it stays."""

from __future__ import annotations

import pytest

from lif_nlp.ingest.front_matter import mark_front_matter
from lif_nlp.ingest.pieces import Piece

TEXT = Piece("The plan was shared with the school. Nobody told the surgery about it.")


def marks(*pieces: Piece) -> list[str]:
    return [piece.boilerplate for piece in mark_front_matter(pieces)]


def heading(text: str, level: int = 1) -> Piece:
    return Piece(text, kind="heading", level=level)


def test_lines_above_the_first_heading_are_the_cover() -> None:
    cover = [Piece("Northmoor Partnership"), Piece("Review of Child A1"), Piece("May 2021")]
    assert marks(*cover, heading("Findings"), TEXT) == ["cover"] * 3 + ["", ""]


def test_without_a_heading_or_after_a_sentence_there_is_no_cover() -> None:
    assert marks(Piece("Child A1"), TEXT) == ["", ""]
    assert marks(TEXT, Piece("No chronology"), heading("Learning"), TEXT) == [""] * 4


@pytest.mark.parametrize(
    "title",
    [
        "Methodology",
        "Terms of reference and method",
        "How the review was done",
        "How I did it",
        "Statement by Reviewers",
        "Scope of the review",
    ],
)
def test_sections_on_method_are_left_out_up_to_the_next_heading(title: str) -> None:
    pieces = marks(heading(title), TEXT, heading("Nobody rang", 2), TEXT)
    assert pieces == ["terms of reference"] * 2 + ["", ""]


@pytest.mark.parametrize("title", ["Analysis by terms of reference", "How agencies worked"])
def test_sections_that_answer_the_terms_of_reference_stay(title: str) -> None:
    assert marks(heading(title), TEXT) == ["", ""]


def test_a_section_too_long_for_its_heading_stays() -> None:
    assert marks(heading("Method"), *[TEXT] * 120) == [""] * 121


@pytest.mark.parametrize(
    "lead_in",
    [
        "The partnership asked the review to consider the following:",
        "The Panel agreed the following terms of reference:",
        "The key lines of enquiry were:",
    ],
)
def test_questions_that_a_review_was_asked_carry_no_finding(lead_in: str) -> None:
    terms = [
        Piece("Whether staff could challenge one another;", kind="bullet"),
        Piece("Was he seen alone?", kind="bullet"),
        Piece("Establish what was known.", kind="bullet"),
    ]
    assert marks(Piece(lead_in), *terms, TEXT) == ["terms of reference"] * 4 + [""]


@pytest.mark.parametrize(
    ("title", "lead_in"),
    [
        ("Findings", "The review leaves the Board with these questions to consider:"),
        ("Recommendations", "The panel agreed that the Board should consider:"),
        ("Main findings", "The local authority is required to address the following:"),
        ("Learning", "When you next review a plan, consider:"),
    ],
)
def test_questions_and_tasks_for_the_reader_stay(title: str, lead_in: str) -> None:
    ask = Piece("How do you know who lives there?", kind="bullet")
    assert marks(heading(title), Piece(lead_in), ask) == [""] * 3


def test_a_menu_repeats_headings_of_the_page() -> None:
    menu = [Piece("Nobody asked", kind="bullet"), Piece("What we recommend .... 9", kind="bullet")]
    body = [heading("Nobody asked", 2), TEXT, heading("What we recommend", 2), TEXT]
    assert marks(*menu, *body) == ["contents"] * 2 + [""] * 4
    assert marks(menu[0], TEXT, *body) == [""] * 6
