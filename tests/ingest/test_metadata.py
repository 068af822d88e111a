"""Title, type, date and area, with their evidence; corrections; further facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from lif_nlp.errors import ConfigError
from lif_nlp.ingest.metadata.areas import find_area
from lif_nlp.ingest.metadata.corrections import load_corrections
from lif_nlp.ingest.metadata.dates import find_dates, single_dates
from lif_nlp.ingest.metadata.describe import find_core_facts
from lif_nlp.ingest.pieces import Piece, Reading, RemovedText


def facts(
    lines: list[str], framework, *, name: str = "report.pdf", title: str = ""
) -> dict[str, str]:
    pieces = (
        Piece(lines[0], kind="heading", level=1),
        *(Piece(line) for line in lines[1:]),
    )
    found = find_core_facts(Reading(pieces, title=title), framework, name)
    return {key: fact.value for key, fact in found.items()}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Local Child Safeguarding Practice Review: Child K", "cspr"),
        ("Serious Case Review – Child J", "cspr"),
        ("MAPPA Serious Case Review", "mappa_scr"),
        ("7-minute briefing: child safeguarding practice review, Child K", "learning_briefing"),
        ("Inspection of Northmoor local authority children’s services", "ilacs"),
        ("Joint targeted area inspection of Northmoor", "jtai"),
        ("Inspection of Northmoor Council", "other_inspection"),
        ("Neighbourhood newsletter", ""),
    ],
)
def test_the_review_type_is_the_one_the_title_names(title: str, kind: str, framework) -> None:
    lines = [title, "Northmoor is a coastal district.", "People of Northmoor were met."]
    assert facts(lines, framework).get("review_type", "") == kind


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Practice review", "Published 9 March 2021"], "2021-03-09"),
        (["Practice review", "Published:", "All", "9 March 2021"], "2021-03-09"),
        (["Practice review", "Report published: March 2021"], "2021-03"),
        (
            ["Practice review", "9th March 2021", "Dear partners", "We met on 3 May 2020."],
            "2021-03-09",
        ),
        (["Practice review", "Independent reviewer's report. November 2024"], "2024-11"),
        (["Practice review", "Presented to the Executive: May 2025. For publication."], "2025-05"),
        (["Practice review", "Northmoor Safeguarding Children Partnership, 2021"], "2021"),
        (["Practice review into the death of Ash, March 2017", "Completed August 2018"], "2018-08"),
        (["Practice review", "Inspection dates: 3 to 7 May 2021"], "2019-05-01"),
        (
            [
                "Practice review",
                "Guidance published in July 2014 was not read by staff when they visited.",
            ],
            "2019-05-01",
        ),
    ],
)
def test_the_date_is_that_of_publication(lines: list[str], date: str, framework) -> None:
    found = facts(lines, framework, name="review_01_may_2019.pdf")
    assert found["published"] == date


def test_a_date_before_what_the_report_tells_is_none_of_publication(framework) -> None:
    story = ["She was seen in October 2016.", "The school was told in February 2018."]
    lines = ["Practice review", "Chronology", "11.04.15", *story]
    assert "published" not in facts([*lines, "He had left in May 2018."], framework, name="a.pdf")
    # one telling may be a slip of the pen, and what is planned comes after a report
    planned = ["It must be done by May 2016.", "A review is planned for June 2016."]
    assert facts([*lines[:3], story[0], *planned], framework, name="a.pdf")["published"]
    # an action's date in a table is no telling
    rows = [Piece("Integrated care boards March 2020", kind="table_row")] * 2
    dated = Reading((Piece(lines[0], kind="heading", level=1), Piece(lines[2]), *rows))
    assert find_core_facts(dated, framework, "a.pdf")["published"].value == "2015-04-11"
    # what follows a label is believed
    labelled = ["Practice review", "Published 9 March 2015", *story]
    assert facts(labelled, framework, name="a.pdf")["published"] == "2015-03-09"


def test_a_date_in_the_running_footer_counts_after_the_pages(framework) -> None:
    reading = Reading(
        (Piece("Words."),), removed_text=(RemovedText("running footer", 1, "4 September 2018"),)
    )
    fact = find_core_facts(reading, framework, "a.pdf")["published"]
    assert (fact.value, fact.evidence, fact.page) == ("2018-09-04", "4 September 2018", 1)


@pytest.mark.parametrize(
    ("line", "area"),
    [
        (
            "Joint targeted area inspection of the multi-agency response to neglect in Northmoor",
            "Northmoor",
        ),
        ("Joint targeted area inspection of London Borough of Northmoor", "Northmoor"),
        (
            "Area SEND inspection of Northmoor and Eastleigh Local Area Partnership",
            "Northmoor and Eastleigh",
        ),
        ("Inspection of Stoke-on-Moor local authority children’s services", "Stoke-on-Moor"),
        ("Dear Northmoor Local Safeguarding Partnership", "Northmoor"),
        ("Children’s services in North East Moorshire are good", "North East Moorshire"),
        ("Northmoor Safeguarding Children Partnership", "Northmoor"),
        ("Northmoor Children’s Safeguarding Partnership", "Northmoor"),
        ("STOKE-ON-MOOR AND VALE CHILDREN’S SAFEGUARDING PARTNERSHIP", "Stoke-on-Moor and Vale"),
        ("A REVIEW OF WHAT WE LEARNED", None),
        ("Senior coroner for Northmoor", "Northmoor"),
        ("Services for children in the area are good", None),
    ],
)
def test_the_area_is_found_in_typical_positions(line: str, area: str | None) -> None:
    found = find_area([(line, 1)], line)
    assert (found.value if found else None) == area


def test_the_area_is_added_to_the_title_of_an_inspection(framework) -> None:
    pieces = (
        Piece("Northmoor", kind="heading", level=1),
        Piece("Inspection of local authority children’s services", kind="heading", level=2),
        Piece("Children in Northmoor are seen on time."),
    )
    title = find_core_facts(Reading(pieces), framework, "a.pdf")["title"]
    assert title.value == "Inspection of local authority children’s services: Northmoor"
    assert title.evidence == "Inspection of local authority children’s services"


def test_every_fact_has_its_evidence(framework) -> None:
    pieces = (
        Piece("Practice review of Sam", kind="heading", level=1),
        Piece("Published 9 March 2021", page=2),
    )
    found = find_core_facts(Reading(pieces), framework, "a.pdf")
    assert (found["published"].evidence, found["published"].page) == ("Published 9 March 2021", 2)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 3rd of May 2021 and 04/05/21", ["2021-05-03", "2021-05-04"]),
        ("May 4, 2021", ["2021-05-04"]),
        ("31 February 2021", ["2021-02"]),
        ("they may 2021 times", []),
    ],
)
def test_dates_are_british_and_real(text: str, dates: list[str]) -> None:
    found = [item.value for item in find_dates(text)]
    assert found == dates or (text.startswith("they") and found == ["2021-05"])


def test_the_end_of_a_period_is_not_a_single_date() -> None:
    assert single_dates("12 to 16 February 2024") == []
    assert [d.value for d in single_dates("16 February 2024")] == ["2024-02-16"]


def test_corrections_replace_fields_and_become_facts(tmp_path: Path, read_file) -> None:
    path = tmp_path / "fix.toml"
    path.write_text('["a.txt"]\narea = "Northmoor"\npublished = "2021-03"\n')
    (document,) = read_file("a.txt", b"Serious case review: Sam\n\nStaff met.", corrections=path)
    assert (document.area, document.published, document.review_type) == (
        "Northmoor",
        "2021-03",
        "cspr",
    )
    assert ("area", "Northmoor", "corrections file") in [
        (fact.name, fact.value, fact.evidence) for fact in document.facts
    ]


def test_corrections_may_be_a_csv_file(tmp_path: Path, framework) -> None:
    path = tmp_path / "fix.csv"
    path.write_text("document,title,area\na.txt,Child K,\n")
    assert load_corrections(path, framework) == {"a.txt": {"title": "Child K"}}


def test_all_wrong_corrections_are_named(tmp_path: Path, framework) -> None:
    path = tmp_path / "fix.toml"
    path.write_text('["a.pdf"]\nreview_type = "x"\npublished = "May"\nowner = "y"\n')
    with pytest.raises(ConfigError) as caught:
        load_corrections(path, framework)
    assert str(caught.value) == (
        f"{path}: [a.pdf] 'owner' is not a field; use title, review_type, published, area; "
        "[a.pdf] review_type 'x' is not a review type of the framework; "
        "[a.pdf] published 'May' is not a date; use 2021, 2021-03 or 2021-03-09; "
        "correct the file and run again"
    )


def test_a_fuller_running_header_is_the_title(framework) -> None:
    pieces = (Piece("Near fatalities", kind="heading", level=1), Piece("A child was hurt."))
    header = RemovedText("running header", 1, "2020 third quarter near fatalities page 1")
    found = find_core_facts(Reading(pieces, removed_text=(header,)), framework, "a.pdf")
    assert found["title"].value == "2020 third quarter near fatalities"


def test_a_county_above_its_cases_is_not_the_area_of_the_report(framework) -> None:
    lines = ["Northmoor", "A child of two was hurt and the county made a report in May."]
    assert find_area([(line, 1) for line in lines], " ".join(lines)) is None


def test_the_area_of_an_audit_may_come_from_its_file_name(framework) -> None:
    pieces = (Piece("Multi-agency audit of neglect", kind="heading", level=1),)
    found = find_core_facts(
        Reading(pieces), framework, "30_audit_of_neglect_marlowe_vale_2023.xlsx"
    )
    assert (found["area"].value, found["area"].evidence) == ("Marlowe Vale", "file name")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        (
            "Written by the trust's own safeguarding team of nurses. Published 31 January 2025",
            "2025-01-31",
        ),
        ("Held in April and written up by those who took part Published 2 May 2025", "2025-05-02"),
        (
            "Audited October to December 2022; moderated 24 January 2023. Six children.",
            "2023-01-24",
        ),
        ("Staff used the guidance that had been published 2 May 2015 by the partnership.", ""),
    ],
)
def test_the_date_of_publication_may_end_a_longer_line(line: str, date: str, framework) -> None:
    found = find_core_facts(Reading((Piece("Review of Sam"), Piece(line))), framework, "a.pdf")
    assert (found["published"].value if "published" in found else "") == date


def test_a_number_of_reviews_does_not_name_the_review_type(framework) -> None:
    pieces = (
        Piece("Older children", kind="heading", level=1),
        Piece("What 41 serious case reviews and 9 inspections say"),
    )
    assert "review_type" not in find_core_facts(Reading(pieces), framework, "a.pdf")


def test_a_later_short_line_may_name_the_review_type(framework) -> None:
    pieces = (Piece("Deaths", kind="heading", level=1), *[Piece("Words of it.")] * 70)
    found = find_core_facts(Reading((*pieces, Piece("Serious case review"))), framework, "a.pdf")
    assert found["review_type"].value == "cspr"
