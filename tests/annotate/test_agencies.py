"""Agencies: the longest name wins, abbreviations need company, the actor stands apart."""

from __future__ import annotations

import pytest

from lif_nlp.annotate.components.agencies import ACTOR, AgencyFinder
from lif_nlp.framework import load_framework

FINDER = AgencyFinder(load_framework())


def named(text: str) -> list[tuple[str, str]]:
    return [(mark.code, text[mark.start : mark.end]) for mark in FINDER.find(text)]


def actors(text: str) -> list[str]:
    return [mark.code for mark in FINDER.find(text) if mark.note == ACTOR]


def test_longest_name_at_a_place_wins():
    assert named("The school nurse rang.") == [("health_community", "school nurse")]
    assert named("Adult social care replied.") == [("adult_services", "Adult social care")]


def test_plurals_possessives_and_curly_apostrophes_are_one_name():
    assert named("Children’s social care and the midwives’ notes") == [
        ("social_care", "Children’s social care"),
        ("maternity", "midwives"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("She was seen in ED by a nurse after the injury.", "acute_health"),
        ("The AP offered him a place after his exclusion from school.", "education"),
        ("The SW visited on Monday.", "social_care"),
        ("A referral was made to the ASC team for support in adulthood.", "adult_services"),
        ("The front door received the contact.", "mash"),
        ("The GP surgery sent a letter.", "gp"),
        ("A Prevent referral was made.", "partnership"),
    ],
)
def test_ambiguous_name_counts_in_its_context(text, code):
    assert code in [c for c, _ in named(text)]


@pytest.mark.parametrize(
    "text",
    [
        "She was treated for an ED and bulimia.",
        "He had surgery to repair his hand.",
        "Nobody opened the front door of the flat.",
        "It was hoped that this would prevent harm.",
        "ASC and ADHD had been diagnosed.",
        "The Royal College of Surgeons wrote.",
        "Leaders could not judge whether it helped; council tax was owed.",
    ],
)
def test_ambiguous_name_in_another_context_is_no_agency(text):
    assert named(text) == []


def test_subject_of_the_verb_is_the_actor_and_the_rest_are_named():
    text = "The police did not share the report with the school."
    assert actors(text) == ["police"]
    assert [code for code, _ in named(text)] == ["police", "education"]


def test_agent_of_a_passive_is_the_actor():
    text = "The health visitor was not told by the police that he had moved."
    assert actors(text) == ["police"]


def test_partners_in_one_act_are_both_actors():
    assert actors("Police and children's social care agreed a plan.") == ["police", "social_care"]


def test_addressee_of_a_referral_does_not_act():
    assert actors("A referral to children's social care was made by the school.") == ["education"]


def test_what_an_agency_did_is_its_act():
    assert actors("The school's response was prompt.") == ["education"]


def test_codes_of_staff_are_roles_and_not_names_of_their_own():
    assert named("SW4 rang HV2, and MW1 told GP3.") == [
        ("social_care", "SW"),
        ("health_community", "HV"),
        ("maternity", "MW"),
        ("gp", "GP"),
    ]
    assert named("AG1 lived with MH and FH in Area B2.") == []
