"""Boilerplate is marked, and findings are not."""

from __future__ import annotations

import pytest

from lif_nlp.ingest.boilerplate import mark_boilerplate
from lif_nlp.ingest.pieces import Piece

LONG = "Staff met the family at home each week and wrote down what the children said " * 2 + "."


def marks(pieces: list[Piece]) -> list[str]:
    return [piece.boilerplate for piece in mark_boilerplate(pieces)]


def heading(text: str, level: int = 1) -> Piece:
    return Piece(text, kind="heading", level=level)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("© Northmoor Partnership 2021", "publication notice"),
        ("T: 01632 960123", "contact details"),
        ("Inspection dates: 3 to 7 May 2021", "cover"),
        ("This review was carried out under section 16 of the Act.", "statutory wording"),
        ("You are under a duty to respond to this report within 56 days.", "statutory wording"),
        ("3. Leadership of the partnership Inadequate", "grade"),
        ("Help for children in need: Requires improvement to be good", "grade"),
        ("Overall effectiveness Good", "grade"),
        ("Supervision of new staff is Good", ""),
        ("The nursery's record of meals was good.", ""),
        ("An authority that requires improvement may do some things well.", "grade descriptors"),
        ("A service that requires staff to ring home is a good one.", ""),
        ("There are no areas for priority action", "nothing asked"),
        ("There were no areas for priority or immediate action.", "nothing asked"),
        ("No recommendations are made.", "nothing asked"),
        ("There was no action plan.", ""),
        ("No action was taken.", ""),
        ("There are no recommendations in the plan for the school.", ""),
        ("Skip to main content", "web page"),
        ("If you are worried about a child, call the helpline.", "web page"),
        ("Northmoor Partnership. Briefing no. 3, issued 4 May 2024.", "web page"),
        ("Menus for the week were agreed with him.", ""),
        ("Audits under section 11 of the Act have shown the board what staff need.", ""),
        ("Enquiries carried out under section 47 were prompt and thorough.", ""),
        ("The nurse told the school about it.", ""),
    ],
)
def test_notices_are_recognised_by_their_words(text: str, reason: str) -> None:
    assert marks([Piece(text)]) == [reason]


def test_lines_that_end_in_rising_page_numbers_are_contents() -> None:
    lines = [Piece("Introduction ..... 3"), Piece("Findings ..... 9"), Piece("Annex 21")]
    assert marks(lines) == ["contents"] * 3
    assert marks([Piece("He was seen in week 3"), Piece("He was 9"), Piece("It was 4")]) == [""] * 3


def test_a_section_of_names_ends_at_the_first_paragraph() -> None:
    pieces = [
        heading("Inspection team", 2),
        Piece("A. Person, lead inspector"),
        heading("Care Quality Commission", 3),
        Piece("B. Person"),
        heading("What we found about leaders and managers here", 3),
        Piece(LONG),
        Piece("Short words."),
    ]
    assert marks(pieces) == ["inspection team"] * 4 + ["", "", ""]


def test_letterhead_and_signature_of_a_letter_are_marked() -> None:
    pieces = [
        Piece("9 March 2021"), Piece("A. Person, Northmoor Council"), Piece("Dear partners"),
        Piece(LONG), Piece("Yours sincerely"), Piece("B. Person"), Piece("Chair"),
    ]  # fmt: skip
    assert marks(pieces) == ["letterhead"] * 3 + [""] + ["signature"] * 3


def test_the_town_between_two_lines_of_an_address_is_marked() -> None:
    pieces = [Piece("www.northmoor.example"), Piece("Northmoor"), Piece("T: 01632 960123")]
    assert marks(pieces) == ["contact details"] * 3


def test_a_list_number_without_words_carries_no_finding() -> None:
    pieces = [Piece(text) for text in ("1b", "II", "◼", "______", "I", "It rained.")]
    marked = [piece.boilerplate for piece in mark_boilerplate(pieces)]
    assert marked == ["no words"] * 5 + [""]


def test_descriptors_of_grades_are_no_findings() -> None:
    pieces = [heading("What our judgements mean", 2), Piece(LONG), heading("Findings", 2)]
    assert marks([*pieces, Piece(LONG)]) == ["grade descriptors"] * 2 + ["", ""]


def test_an_appended_letter_ends_at_the_next_part_of_the_report() -> None:
    pieces = [
        heading("Appendix B: Letter from the panel"),
        Piece("The panel found the report honest."),
        Piece("Yours sincerely"),
        Piece("Chair of the panel"),
        heading("Appendix C: Action plan"),
        Piece("Ring the home."),
    ]
    assert marks(pieces) == ["", "", "signature", "signature", "", ""]


def test_page_lines_of_web_copies_are_marked() -> None:
    pieces = [
        Piece("Page 3: Review of Child A1"),
        Piece("Page 4 of 9"),
        Piece("Page nine was lost"),
    ]
    assert marks(pieces) == ["web page", "web page", ""]
