"""Hindsight wording differs from near-misses in who acts, when, and what is denied."""

import json
from pathlib import Path

import pytest

from lif_nlp.annotate.components.hindsight import hindsight_rules
from lif_nlp.framework import load_framework

CHALLENGE = Path(__file__).parents[2] / "corpora" / "challenge" / "hindsight_challenge.jsonl"
CODES = ("explicit", "counterfactual", "outcome", "blame", "aware")


def codes(annotator, text):
    [found] = annotator.label([text])
    return {*found.hindsight, *(["aware"] if found.aware else [])}


@pytest.fixture(scope="module")
def challenge(annotator):
    rows = [json.loads(line) for line in CHALLENGE.read_text(encoding="utf-8").splitlines()]
    found = annotator.label([row["text"] for row in rows])
    gold = [{*r["codes_sure"], *(["aware"] if r["aware"] else [])} for r in rows]
    return gold, [{*f.hindsight, *(["aware"] if f.aware else [])} for f in found]


@pytest.mark.parametrize("code", CODES)
def test_f1_on_the_challenge_set_is_high(challenge, code):
    gold, found = challenge
    right = sum(code in g and code in f for g, f in zip(gold, found, strict=True))
    given, wanted = sum(code in f for f in found), sum(code in g for g in gold)
    assert 2 * right / (given + wanted) >= 0.95


def test_the_challenge_set_is_large_enough(challenge):
    gold, _ = challenge
    assert sum(bool({"explicit", "aware"} & g) for g in gold) >= 60
    assert len(gold) >= 120


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The social worker for the mother failed to ring back.", {"blame"}),
        ("The mother of the social worker's client failed to ring back.", set()),
        ("The nurse rang the father and failed to write it down.", {"blame"}),
        ("It visited twice and failed to record either visit.", {"blame"}),
        ("There were failures by children's social workers to visit.", {"blame"}),
        ("The parents' failure to bring him was recorded by staff.", set()),
        ("A failure to thrive was noted by the hospital.", set()),
    ],
)
def test_fault_needs_a_service_as_its_subject(annotator, text, expected):
    assert codes(annotator, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The meeting should have been held.", {"counterfactual"}),
        ("The meeting should be held.", set()),
        ("Each family should have a worker.", set()),
        ("The referral, in our view, should, at that point, have been made.", {"counterfactual"}),
        ("A request to the registry would have found him.", {"counterfactual"}),
        ("The review asks whether the meeting should have been held.", set()),
    ],
)
def test_a_counterfactual_is_about_a_past_act(annotator, text, expected):
    assert codes(annotator, text) == expected


def test_wording_that_clears_practice_removes_the_outcome_code_only(annotator):
    text = "Although the death could not have been predicted, the meeting should have been held."
    assert codes(annotator, text) == {"aware", "counterfactual"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Her mother said that the ward should have listened.", "family"),
        ("The trust accepts that the chart should have been updated.", "agency"),
        ("I am concerned that the chart should have been updated.", "coroner"),
        ("The chart should have been updated.", "author"),
    ],
)
def test_the_speaker_is_kept_with_the_hit(annotator, text, speaker):
    [found] = annotator.label([text])
    assert {m.note for m in found.marks if m.layer == "hindsight"} == {speaker}


def test_every_rule_names_a_question_of_the_framework():
    asked = {name for code in load_framework().hindsight for name in code.questions}
    rules = {rule.name for rule in hindsight_rules() if rule.layer == "rule"}
    assert rules - asked == {"preventable"} - asked
