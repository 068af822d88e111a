"""Good news that was read as a problem states no problem."""

from dataclasses import replace

import pytest

from lif_nlp.records import Finding
from lif_nlp.themes.points.sides import is_good_news


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("Turnover and vacancies among social workers are low.", True),
        ("Waiting times remain very low.", True),
        ("Children do not come into care unnecessarily.", True),
        ("Assessments include consideration of fathers who live elsewhere.", True),
        ("Turnover is high.", False),
        ("Plans do not include consideration of fathers.", False),
        ("Caseloads are low, but supervision is rare.", False),
        ("Families are drawn into enquiries unnecessarily.", False),
        ("Attendance at meetings is low, and delays are common.", False),
    ],
)
def test_only_plain_good_news_states_no_problem(text, is_good):
    finding = Finding("d:0", "d", 0, len(text), text, 1, role="problem")
    assert is_good_news(finding) is is_good
    assert not is_good_news(replace(finding, role="strength"))
