"""Priorities: real evidence counts, near-misses and long lists do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lif_nlp.annotate.enumeration import listed_with, sentence_spans
from lif_nlp.annotate.priorities import UNCERTAIN, PriorityFinder
from lif_nlp.framework import load_framework
from lif_nlp.framework.model import Priority

FRAMEWORK = load_framework()
FINDER = PriorityFinder(FRAMEWORK)


def given(text: str) -> list[str]:
    return [mark.code for mark in FINDER.find(text) if mark.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Chronic neglect was not recognised for two years.", "neglect"),
        ("Emotional abuse and neglect were named in the plan.", "neglect"),
        ("The toddler was hungry at every visit.", "neglect"),
        ("He was not brought to seven hospital appointments.", "neglect"),
        ("The children had to fend for themselves at weekends.", "neglect"),
        ("Home conditions were poor and the children unkempt.", "neglect"),
        ("Harmful sexual behaviour by the older boy was handled as discipline.", "sexual_harm"),
        ("Risks of sexual and criminal exploitation were mapped.", "sexual_harm"),
        ("Intimate images of the girl were passed round.", "sexual_harm"),
        ("A registered sex offender had moved into the home.", "sexual_harm"),
        ("Children are victims of domestic abuse in their own right.", "domestic_abuse"),
        ("His coercive control of the mother went unseen.", "domestic_abuse"),
        ("The MARAC listed the children as also present.", "domestic_abuse"),
        ("She was frightened of her partner and the family fled to a refuge.", "domestic_abuse"),
        ("He had strangled her in front of the twins.", "domestic_abuse"),
    ],
)
def test_evidence_gives_the_priority(text, priority):
    assert priority in given(text)


@pytest.mark.parametrize(
    "text",
    [
        "The criteria ask whether abuse or neglect of a child is known.",
        "Staff protect children from abuse and neglect.",
        "The jury found that neglect contributed to his death.",
        "His death was contributed to by neglect by the hospital.",
        "The policy on self-neglect was reviewed.",
        "The nurse neglected to record the call.",
        "Transport is a neglected area of practice.",
        "The baby had failure to thrive.",
        "Progress was not good enough.",
        "Criminal exploitation and county lines were well understood.",
        "She attended a sexual health clinic.",
        "Sexual orientation was recorded.",
        "The dog grooming parlour was closed.",
        "Serious youth violence rose by a tenth.",
        "Infection control staff and domestic staff were trained.",
        "The agency indicated the report, naming the father as the perpetrator.",
    ],
)
def test_near_miss_gives_none(text):
    assert given(text) == []


def test_harm_in_a_list_of_three_counts_and_in_a_longer_one_goes_to_review():
    assert given("Courses covered neglect, gangs and housing.") == ["neglect"]
    marks = FINDER.find("Courses covered neglect, gangs, radicalisation, housing and debt.")
    assert [(mark.code, mark.by) for mark in marks] == [("neglect", "rule:long-list")]
    assert UNCERTAIN[0] <= marks[0].score < UNCERTAIN[1]


def test_one_mark_per_priority_points_at_its_words_and_names_the_sub_area():
    text = "The plan was late. Sexual exploitation by older men was not considered."
    (mark,) = FINDER.find(text)
    assert text[mark.start : mark.end].lower().startswith("sexual exploitation")
    assert mark.note in {area.id for area in FRAMEWORK.priority("sexual_harm").sub_areas}


def test_adults_in_a_coroners_report_are_not_children():
    assert (
        given("Mrs Ashdown, a resident of a nursing home, had weight loss and malnutrition.") == []
    )


def test_priority_added_by_a_partnership_works_by_phrases_and_near_misses():
    own = Priority(
        "online_harm", "Online harm", "Harm online.", ("online harm", "chat room"), ("online form",)
    )
    finder = PriorityFinder(replace(FRAMEWORK, priorities=(own,)))
    assert [m.code for m in finder.find("He met them in a chat room.")] == ["online_harm"]
    assert finder.find("She filled in an online form.") == []


def test_the_clause_that_leads_into_a_list_is_part_of_its_first_item():
    text = "Workers know the impact of neglect, debt and drugs."
    assert listed_with(text, 27, 34) == (
        "Workers know the impact of neglect",
        "debt",
        "drugs.",
    )


def test_children_and_families_are_one_thing():
    text = "neglect, children and families, debt"
    assert listed_with(text, 0, 7) == ("neglect", "children and families", "debt")


def test_sentences_end_at_bullets_and_semicolons_too():
    text = "One thing; two things\n• Three"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["One thing", "two things", "Three"]
