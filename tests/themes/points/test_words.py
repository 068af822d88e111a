"""Template wording, quotes and names."""

import pytest

from lif_nlp.point_records import ReportFacts
from lif_nlp.records import Finding
from lif_nlp.themes.points.boilerplate import states_nothing, template_of
from lif_nlp.themes.points.wording import choose_quotes, is_quotable


def finding(text, n=0, **changes):
    return Finding(f"f{n}", f"d{n}", 0, len(text), text, 1, role="problem", **changes)


@pytest.mark.parametrize(
    "text",
    [
        "The experiences of care leavers: requires improvement",
        "Leadership is good.",
        "Overall effectiveness was not judged at this visit.",
        "Late again.",
        "The authority should send its written statement by May.",
    ],
)
def test_grades_fragments_and_correspondence_state_nothing(text):
    assert states_nothing(text)


def test_names_and_numbers_make_no_difference_to_a_template():
    first = "We visited the homes that Saltby Council runs in 12 places."
    second = "We visited the homes that Northbeck Council runs in 3 places."
    assert template_of(first) == template_of(second)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Return interviews were often held too late to help.", True),
        ("This was often too late to help the children.", False),
        ("SW4 held the return interview too late to help.", False),
        ("On 3 May 2021 the interview was held too late.", False),
        ("The interview with Ellis was held too late to help.", False),
        ("Interviews late.", False),
        ("Late return interviews for children in care homes.", False),
    ],
)
def test_a_quote_stands_alone_and_identifies_nobody(text, clean):
    assert is_quotable(finding(text)) == clean


def test_a_doubtful_role_gives_no_quote():
    text = "Return interviews were often held too late to help."
    assert not is_quotable(finding(text, scores={"role:problem": 0.5}))


def test_further_quotes_come_from_other_reports_and_kinds():
    text = "Return interviews were often held too late to {}."
    members = [(finding(text.format(end), n), 0.9 - n / 100) for n, end in enumerate(
        ["help", "matter", "count", "serve"])]  # fmt: skip
    reports = {f"d{n}": ReportFacts(f"d{n}", kind, "2020") for n, kind in enumerate(
        ["ilacs", "ilacs", "jtai", "jtai"])}  # fmt: skip
    assert choose_quotes(members, reports)[:2] == ("f0", "f2")
