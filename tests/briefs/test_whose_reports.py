from dataclasses import replace

import pytest

from lif_nlp.briefs import subject_of
from lif_nlp.briefs.sections.whose_reports import whose_reports


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", "These 12 reports are about Eastmarsh and Norhaven."),
        (
            "Eastmarsh Safeguarding Children Partnership",
            "Six of these 12 reports are about our own area, the others about other areas.",
        ),
        (
            "Eastmarsh and Norhaven Safeguarding Children Board",
            "These 12 reports are all about our own area.",
        ),
        (
            "Saltby Safeguarding Partnership",
            "These 12 reports are about other areas, none about ours. Ask what of it is true here.",
        ),
    ],
)
def test_the_line_says_whose_reports_they_are(name, line, material):
    own = replace(material, given_partnership=name)
    told = whose_reports(own, subject_of(own))
    assert told == (
        f"{line} Inspection of local authority children's services (3), joint targeted area "
        "inspection (3), multi-agency audit (3) and other kinds (3); 2015 to 2023."
    )


def test_a_county_is_not_taken_for_a_partnership_of_a_longer_name(material):
    reports = material.reports.assign(area="Lincolnshire")
    other = replace(material, reports=reports)
    assert not other.own_reports and other.partnership == "Your partnership"
    own = replace(material, reports=reports.assign(area="North East Lincolnshire"))
    assert own.partnership == "North East Lincolnshire Safeguarding Children Partnership"


def test_a_name_asked_for_stands_on_top(make):
    [path] = make(kind="board", formats=("md",), partnership="Saltby Safeguarding Partnership")
    assert path.read_text("utf-8").splitlines()[2] == (
        "Saltby Safeguarding Partnership · 5 January 2026 · For circulation"
    )
