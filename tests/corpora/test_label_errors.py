"""Errors of labels as counted from outcomes, also where there are next to none."""

import json

import pytest
from label_errors import (
    Outcome,
    alike_in_hands,
    between_hands,
    coverage_table,
    error_table,
    errors_by_kind,
    role_errors,
)
from label_outcomes import passage_file
from train_role_context import read_rows

from lif_nlp.about import GOLD
from lif_nlp.records import ROLES
from lif_nlp.synthesis.likely import LETTERS, REVIEWS

RIGHT = [
    Outcome("fast", REVIEWS, "a", "one", "role", "problem", tp=5, tn=5),
    Outcome("fast", REVIEWS, "b", "two", "role", "problem", tp=4, tn=6),
]


@pytest.mark.parametrize("reports", [0, 1])
def test_fewer_than_two_reports_tell_no_error_of_a_role(reports):
    outcomes = RIGHT[:reports]
    assert role_errors(outcomes) is None
    errors = errors_by_kind(outcomes)
    assert errors[REVIEWS]["role"] == {} and errors[LETTERS]["role"] == {}
    rows = error_table("fast", errors).splitlines()
    assert rows[-len(ROLES) :] == [f"| role of sentences: {role} | - | - |" for role in ROLES]
    assert coverage_table("fast", outcomes).splitlines()[-1] == "| reviews: role | - | - | - |  |"


def test_two_reports_without_an_error_are_wrong_neither_alone_nor_together():
    errors = errors_by_kind(RIGHT)[REVIEWS]["role"]
    assert list(errors) == ["problem"]
    assert errors["problem"]["together"] == 0.0 and errors["problem"]["tp"] == 9
    assert json.loads(json.dumps(errors)) == errors


def reports_of(hand, true, false):
    return [
        Outcome("fast", REVIEWS, hand, f"{hand}{n}", "theme", "supervision", 1, n < true)
        for n in range(true + false)
    ]


def test_hands_that_differ_have_reports_that_are_alike():
    assert alike_in_hands([*reports_of("a", 9, 1), *reports_of("b", 1, 9)]) > 0.5
    assert alike_in_hands([*reports_of("a", 5, 5), *reports_of("b", 5, 5)]) == 0
    assert alike_in_hands(reports_of("a", 5, 5)) == 0


def test_hands_that_err_apart_have_a_variance_between_them():
    apart = [
        Outcome("fast", REVIEWS, hand, f"{hand}{n}", "role", "action", fp=fp, fn=fn, tn=20)
        for hand, fp, fn in (("a", 5, 0), ("b", 0, 5))
        for n in range(3)
    ]
    hands, variance = between_hands(apart)
    assert hands == 2 and variance == pytest.approx(0.08)
    assert between_hands(apart[:3]) == (1, 0.0)


@pytest.mark.parametrize(
    ("sentences", "passages"),
    [
        ("reviews_sentences_w2", "reviews_passages_w2"),
        ("review_language_sentences_11", "review_language_passages_11"),
        ("review_language_sentences_12", "review_language_passages_13"),
    ],
)
def test_passages_are_those_of_the_same_reports(sentences, passages):
    gold = GOLD / f"{sentences}.jsonl"
    assert passage_file(gold, read_rows(gold)).stem == passages
