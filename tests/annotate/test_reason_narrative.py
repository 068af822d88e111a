"""Reasons without "because": their kind, and a family's own reasons beside them."""

import pytest


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("With no interpreter on shift, the visit went ahead in English.", ""),
        ("Each agency took it that another had rung.", "belief"),
        ("The form had no box for a father.", "systems"),
        ("Behind the wait for a visit lay a reorganisation.", ""),
        ("It had become normal to close the case after missed letters.", "culture"),
        ("The nurse was covering three patches.", "workload"),
        ("Consent was thought to be needed for the referral.", "belief"),
        ("Asked why, staff spoke of fear.", "culture"),
        ("Her warmth lowered the worker's guard.", "culture"),
        ("The label 'anxious mum' framed each visit that followed.", "belief"),
        ("Nothing prompts a second check.", "systems"),
        ("The plan rested on the hope that gran would help.", "belief"),
        ("A high bar taught schools to stop referring.", "training"),
        ("The mother's distress drew eyes from the twins at each visit.", "culture"),
        ("There was no expectation that surgeries report.", "belief"),
        ("The team, half agency, leaned on the last plan.", "belief"),
        ("Home working removed the talk that joins up a case.", "external"),
        ("In a week of four admissions the bruise was one line in the record.", "workload"),
        ("His calm made the account easy to believe at the meeting.", "culture"),
        ("This reflects a habit of process before thought in the service.", "culture"),
        ("The social worker had never been trained in the tool.", "training"),
        ("The boy was outside the criteria of the clinic.", "procedure"),
    ],
)
def test_constructions_of_practice_reviews_give_a_reason_of_a_kind(annotator, text, kind):
    marks = [m for m in annotator.label([text])[0].marks if m.layer == "why"]
    assert marks, text
    assert not kind or kind in {mark.note for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "She was admitted as a result of a fall.",
        "Details were altered to protect the child.",
        "She said she moved because of the neighbours.",
        "As a corporate parent, the council knows its children.",
        "Since the review, the clinic has moved.",
        "Staff are well trained to recognise neglect.",
        "Action was taken to improve the clinic.",
        "The form should have no box for the postcode of a school?",
        "Review the form that had no box for fathers.",
    ],
)
def test_near_misses_give_none(annotator, text):
    assert not annotator.label([text])[0].why
