"""Further facts of a report: the child's age and harm, family, author, agencies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lif_nlp.framework.model import Agency
from lif_nlp.ingest.metadata.facts import find_further_facts
from lif_nlp.ingest.pieces import Piece


def details(lines: list[str], framework, *, title: str = "", kind: str = "cspr") -> dict[str, str]:
    pieces = [Piece(line) for line in lines]
    return {f.name: f.value for f in find_further_facts(pieces, kind, framework, title=title)}


@pytest.mark.parametrize(
    ("title", "line", "band"),
    [
        ("Serious case review: Sam", "Sam, aged seven weeks, was hurt.", "under 1"),
        ("Serious case review: Sam", "Sam was 15.", "10 to 15"),
        ("Serious case review: Sam", "Sam died at the age of eleven weeks.", "under 1"),
        ("Serious case review: Sam", "Sam was 17 years and 11 months old.", "16 to 17"),
        ("Serious case review: Sam", "Sam lived there. When he was fifteen he left.", "10 to 15"),
        ("Serious case review: Child K", "A boy of two called. Child K was nine then.", None),
        ("Serious case review: Twins A and B", "Twin A, aged four, was seen.", "1 to 4"),
        ("Serious case review: Sam", "His cousin was aged 11. Staff met them.", None),
        ("Serious case review", "This review concerns a boy of seven.", "5 to 9"),
        ("Serious case review: Sam", "Sam, aged 34, was the mother of a child aged 3.", None),
    ],
)
def test_the_age_is_that_of_the_child_in_the_title(
    title: str, line: str, band: str | None, framework
) -> None:
    assert details([line], framework, title=title).get("age_band") == band


def test_harm_is_found_in_the_title_and_the_first_pages(framework) -> None:
    lines = ["Neglect of a teenager", "He was hungry. Neglect was known.", "A knife was found."]
    assert details(lines, framework, title="Serious case review: Sam")["harm"] == "neglect"
    assert "harm" not in details(["Staff met."], framework, title="Serious case review: Sam")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("His mother met the lead reviewer twice.", "yes"),
        ("Her aunt read this report in draft.", "yes"),
        ("She met the facilitator at home.", "yes"),
        ("Mother contributed in two long talks. Father was invited and declined.", "yes"),
        ("His father was invited and declined.", "declined"),
        ("Parents complained, and staff told the review that it was late.", None),
    ],
)
def test_the_family_took_part_if_one_of_them_did(line: str, value: str | None, framework) -> None:
    assert details([line], framework).get("family_involvement") == value


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Independent lead reviewer: Rosa Tarn", "Rosa Tarn"),
        ("Lead reviewers: Dev Ash and Marta Quill", "Dev Ash and Marta Quill"),
        ("Facilitator: A. Quillan, with six agencies", "A. Quillan"),
        ("Independent chair and author: T. Averill", "T. Averill"),
        ("Lead inspector: Ann Lee Her Majesty’s Inspector", "Ann Lee"),
    ],
)
def test_the_author_is_named_as_printed(line: str, name: str, framework) -> None:
    assert details([line], framework)["author"] == name


def test_agencies_are_those_mentioned_repeatedly(framework) -> None:
    police = Agency("police", "Police", ("police",), ("PPU",), ("police officer",))
    schools = Agency("education", "Schools", ("school",))
    known = replace(framework, agencies=(police, schools))
    lines = ["The police came. A police officer and the PPU met her.", "One school knew."]
    assert details(lines, known)["agencies"] == "Police"


def test_harm_is_that_of_a_child(framework) -> None:
    adult = [
        "I investigated the death of Ann Lee, aged 84.",
        "A fracture and a fracture were seen.",
    ]
    child = ["I investigated the death of Ann Lee, aged 8.", "A fracture and a fracture were seen."]
    assert "harm" not in details(adult, framework, kind="pfd")
    assert details(child, framework, kind="pfd")["harm"] == "physical abuse"
