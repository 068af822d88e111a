"""Personal data is found by rule and check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lif_nlp.ingest.personal_data import find_personal_data, nhs_number_is_valid
from tests.ingest.makers import make_xlsx

# The NHS number is of the range kept for tests, the telephone number of the one kept for drama.
NHS, PHONE = "943 476 5919", "01632 960123"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"NHS no {NHS} on file", [("NHS number", NHS)]),
        ("Ten digits 943 476 5918 in a log", []),
        ("UPN H801200001001 given", [("UPN", "H801200001001")]),
        ("UPN A801200001001 mistyped", []),
        ("NINO AB 12 34 56 C seen", [("NINO", "AB 12 34 56 C")]),
        ("lives at XY1 2ZZ or DN31 1HU", [("postcode", "DN31 1HU")]),
        (f"Gran rang from {PHONE}.", [("phone", PHONE)]),
        ("write to a.b@council.example", [("e-mail", "a.b@council.example")]),
        ("DOB: 03/04/2015, seen 05/06/2020", [("date of birth", "03/04/2015")]),
        ("born on 3 April 2015", [("date of birth", "3 April 2015")]),
        ("Mrs O’Hart-Lee and DC Ann Roe met", [("name", "O’Hart-Lee"), ("name", "Ann Roe")]),
        ("case no: LL/204512 was closed", [("case number", "LL/204512")]),
        ("In 2019 there were 1632 referrals, 960 of 2,123 in March.", []),
        ("Section 47 and Regulation 28 apply; 31 March 2021 was the date.", []),
    ],
)
def test_each_kind_of_personal_data_is_found_and_counts_and_dates_are_not(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(hit.kind, text[hit.start : hit.end]) for hit in find_personal_data(text)] == found


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_at_most_one_last_digit_makes_a_valid_nhs_number(nine: str) -> None:
    assert sum(nhs_number_is_valid(f"{nine}{digit}") for digit in range(10)) <= 1


AUDIT = [["Child ref", "Strength", "Grade"], ["A1", f"Mrs Hart rang {PHONE} on the day.", "2"]]


def test_audits_report_personal_data_without_values(read_file) -> None:
    (document,) = read_file("audit.xlsx", make_xlsx({"Cases": AUDIT}))
    assert [fact.value for fact in document.facts if fact.name == "personal_data"] == [
        "name: 1",
        "phone: 1",
    ]
    assert PHONE in document.text
