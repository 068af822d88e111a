"""Errors of labels as counted from outcomes, also where there are next to none."""

import json

import pytest
from label_errors import Outcome, coverage_table, error_table, errors_by_kind, role_errors

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
