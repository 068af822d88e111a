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
            "These 12 reports are about other areas, none about ours. Ask which of it is true here "
            "too.",
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


SALTBY = "Saltby Safeguarding Children Partnership"


@pytest.mark.parametrize(
    ("unknown", "name", "line"),
    [
        (12, SALTBY, "These 12 reports name no area, so some may be about ours."),
        (6, SALTBY, "Six of these 12 reports are about other areas; six name no area."),
        (1, "Eastmarsh Board", "Six of these 12 reports are about our own area, five about other"),
    ],
)
def test_an_area_that_is_not_known_is_never_called_another(material, unknown, name, line):
    reports = material.reports.sort_values("area", ascending=False).reset_index(drop=True)
    reports.loc[: unknown - 1, "area"] = ""
    told = replace(material, reports=reports, given_partnership=name)
    assert whose_reports(told, subject_of(told)).startswith(line)


@pytest.mark.parametrize("name", [
    "Castlegate Safeguarding Children Partnership", "The Castlegate Children’s Safeguarding Board",
    "Safeguarding Partnership for Castlegate", "Castlegate City Council",
])  # fmt: skip
def test_a_report_is_ours_by_its_area_or_by_the_start_of_its_file_name(material, name):
    reports = material.reports.assign(area="", source="reviews/Old_Castlegate_2019.pdf")
    reports.loc[0, "source"] = "06_Castlegate_LCSPR_final_2024.docx"
    reports.loc[1, "area"] = "Castlegate City"
    own = replace(material, reports=reports, given_partnership=name)
    assert own.own_reports == set(reports["doc_id"][:2])


def test_a_county_is_not_taken_for_a_partnership_of_a_longer_name(material):
    reports = material.reports.assign(area="Lincolnshire")
    other = replace(material, reports=reports)
    assert not other.own_reports and other.partnership == "Your partnership"
    own = replace(material, reports=reports.assign(area="North East Lincolnshire"))
    assert own.partnership == "North East Lincolnshire Safeguarding Children Partnership"


def test_a_part_of_the_reports_is_counted_once_in_a_sentence(material):
    own = replace(material, given_partnership="Eastmarsh Partnership")
    some = subject_of(own)
    ids = sorted(own.own_reports)[:2] + sorted(set(own.reports["doc_id"]) - own.own_reports)[:1]
    part = replace(some, kind="theme", rows=some.rows[some.rows["doc_id"].isin(ids)])
    assert whose_reports(own, part).startswith("Two of these three reports are about our own area,")


def test_a_name_asked_for_stands_on_top(make):
    [path] = make(kind="board", formats=("md",), partnership="Saltby Safeguarding Partnership")
    assert path.read_text("utf-8").splitlines()[2] == (
        "Saltby Safeguarding Partnership · 5 January 2026 · For circulation"
    )
