"""A quote stands on its side only if its words bear the side out."""

import pytest

from lif_nlp.briefs.quoting.quotability import CONDITION
from lif_nlp.briefs.quoting.sides import (
    SURE_ALONE,
    side_of_heading,
    stands_on_its_side,
    tells_of_service,
)


@pytest.mark.parametrize(
    "text",
    [
        "The nurse rang the school again that afternoon.",
        "The family worker sat with him until four in the morning.",
        "The GP wrote to the health visitor after every change of medicine.",
        "Social workers know children well and visit them regularly.",
        "Teachers did not give up: they called at the home each Friday.",
    ],
)
def test_a_good_deed_or_praise_bears_out_a_strength(text):
    assert stands_on_its_side(text, "strength", 0.6)


@pytest.mark.parametrize(
    "text",
    [
        "Professionals allowed themselves to be reassured by a clean kitchen.",
        "Professionals colluded in the silence of the family.",
        "Her warmth made the worker's visits easy and regular.",
        "The worker thought that each visit had gone well.",
        "It is vital that nurses ring the ward the same day.",
        "The trust plans to visit every family weekly.",
        "The trust has since introduced a weekly visit by a nurse.",
        "Managers signed off up to sixty decisions and said that all was well.",
        "“Staff rang me every day and were good to me,” said the aunt.",
        "Early Help to treat each third request as a sign, promptly.",
        "Any nurse would have been reassured by so good a visit.",
        "Assessments were timely, although few were well written by workers.",
        "Is the Board confident that nurses visit weekly?",
        "The mother was good with the baby.",
    ],
)
def test_doubt_hope_plans_and_concessions_are_no_strength(text):
    assert not stands_on_its_side(text, "strength", 0.99)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("The aunt's calls were not recorded by the team.", True),
        ("Assessments are late and rarely reviewed.", True),
        ("Staff drove out each Friday and did not claim for the time.", False),
        ("No practitioner could have known what was in the other file.", False),
        ("The mother did not want to move.", False),
        ("Regular audits identify gaps in letters, which informs the training.", False),
        ("The nurse followed the form without ringing anyone for leave.", False),
        ("Leaders have responded to the lack of cots with a loan scheme.", False),
        ("A shared list means that records are read, so that they do not wait unduly.", False),
        ("An unread letter is a reason to ring, to be discussed with no delay.", False),
    ],
)
def test_a_shortfall_of_a_service_bears_out_a_problem(text, stands):
    assert stands_on_its_side(text, "problem", 0.7) is stands


def test_a_judgement_in_the_present_tense_stands_if_its_role_is_sure():
    text = "School leaders are equal partners in the safeguarding work of the area."
    assert stands_on_its_side(text, "strength", SURE_ALONE)
    assert not stands_on_its_side(text, "strength", SURE_ALONE - 0.01)
    assert not stands_on_its_side("The officers met the family in May.", "strength", 0.99)


def test_other_roles_pass():
    assert stands_on_its_side("Review the form.", "action", 0.5)


def test_a_heading_of_the_report_bears_out_a_strength_but_not_a_fault_that_is_none():
    said = "Every strategy discussion had a paediatrician in it."
    assert not stands_on_its_side(said, "strength", 0.6)
    assert stands_on_its_side(said, "strength", 0.6, is_headed=True)
    moved = "The move to the flat was settled within a week."
    assert not stands_on_its_side(moved, "problem", 0.95, is_headed=True)


def test_a_routine_question_asked_alone_is_no_fault():
    said = "The health visiting service asks a routine question when a mother is seen alone."
    assert not stands_on_its_side(said, "problem", 0.95)


def test_mostly_praise_is_no_fault():
    said = "The response is mostly effective, although the quality of interviews is not consistent."
    assert not stands_on_its_side(said, "problem", 0.95)


def test_the_innermost_heading_decides():
    assert side_of_heading("What went well > What got in the way") == "problem"


def test_the_effectiveness_of_something_is_no_praise_of_it():
    text = "Inspections look into the effectiveness of the response, which informed the offer."
    assert not stands_on_its_side(text, "strength", 0.9)


@pytest.mark.parametrize(
    "text",
    [
        "Plans are written as if fathers did not exist.",
        "Records are thin even if staff never rest.",
    ],
)
def test_as_if_and_even_if_are_no_conditions(text):
    assert CONDITION.sub("", text) == text


def test_what_young_people_do_is_no_judgement_of_a_service():
    assert not tells_of_service("Young people do not talk to the police.")
    assert not tells_of_service("Families rarely return calls from the school.")
    assert tells_of_service("Children do not get help from the school in time.")
