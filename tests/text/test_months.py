import re

import pytest

from lif_nlp.text.months import ANY_MONTH, FULL_MONTH, MONTHS, month_number


@pytest.mark.parametrize(
    ("name", "number"), [("January", 1), ("may", 5), ("SEP", 9), ("sept", 9), ("Dec", 12)]
)
def test_a_month_has_a_number_in_full_and_abbreviated(name, number):
    assert month_number(name) == number


def test_another_word_has_none():
    with pytest.raises(KeyError):
        month_number("Spring")


def test_the_expressions_match_each_name_whole():
    assert all(re.fullmatch(FULL_MONTH, name) for name in MONTHS)
    assert all(re.fullmatch(ANY_MONTH, name[:3]) for name in MONTHS)
    assert not re.fullmatch(FULL_MONTH, "Sept")
