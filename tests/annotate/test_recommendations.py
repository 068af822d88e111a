"""A recommendation says what, who and by when; a step already taken is none."""

import pytest

from lif_nlp.annotate import find_recommendations
from lif_nlp.records import Block, Document, Finding


def asked(text, *, heading=("Recommendations",), role="action", **place):
    fields = {"start": 0, "end": len(text)} | place
    return Finding("d:0", "d", text=text, page=3, heading=heading, role=role, **fields)


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        (
            "The Partnership should relaunch the escalation policy by September 2022.",
            "The Partnership",
            "September 2022",
        ),
        (
            "It is recommended that all schools must test the hub's number within three months.",
            "all schools",
            "within three months",
        ),
        ("Ensure that fathers are named on every form.", "", ""),
        (
            "The front door should ask the GP. Owner: Head of Front Door. By June 2024.",
            "Head of Front Door",
            "June 2024",
        ),
    ],
)
def test_owner_and_date_come_from_the_words(text, owner, due):
    [found] = find_recommendations([asked(text)])
    assert (found.owner, found.due) == (owner, due)


def test_a_table_row_keeps_its_owner_and_date_columns():
    text = "Renew the licence for the Graded Care Profile."
    cells = (("Recommendation", text), ("Owner", "Head of early help"), ("By when", "May 2021"))
    row = Block(0, len(text), 3, "table_row", ("Action plan",), cells=cells)
    document = Document("d", "x.pdf", "X", text, (row,), 4)
    [found] = find_recommendations([asked(text, heading=("Action plan",))], document)
    assert (found.owner, found.due) == ("Head of early help", "May 2021")
    assert found.missing == ("measure", "purpose")


@pytest.mark.parametrize(
    ("columns", "due"),
    [(("Owner", "By"), "June 2025"), (("Owner", "Date"), "June 2025"), (("No.", "Date"), "")],
)
def test_a_date_is_an_actions_where_its_row_names_an_owner(columns, due):
    text = "Commission non-instructed advocacy"
    cells = (("Action", text), (columns[0], "Head of Commissioning"), (columns[1], "June 2025"))
    row = Block(0, len(text), 3, "table_row", ("Action plan",), cells=cells)
    document = Document("d", "x.pdf", "X", text, (row,), 4)
    [found] = find_recommendations([asked(text, heading=("Action plan",))], document)
    assert found.due == due


def test_owner_and_date_stand_in_the_line_below():
    ask = asked("The GPs should have a prompt.", start=0, paragraph="4")
    notes = ["Owner:", "Designated Doctor.", "By June 2024."]
    below = [
        asked(words, start=40 + at, role="context", paragraph="4" if at < 1 else "")
        for at, words in enumerate(notes)
    ]
    other = asked("Schools should ask parents.", start=90, paragraph="5")
    found = find_recommendations([ask, *below, other])
    assert [(one.owner, one.due) for one in found] == [
        ("Designated Doctor", "June 2024"),
        ("Schools", ""),
    ]


def test_what_is_missing_is_named():
    [found] = find_recommendations([asked("Training should be improved.", heading=())])
    assert (found.owner, found.missing) == ("", ("step", "measure", "owner", "purpose", "date"))


@pytest.mark.parametrize(
    "finding",
    [
        asked("The Trust has since introduced a new form.", heading=("What has changed",)),
        asked("The form was unclear.", role="problem"),
        asked("A new pathway has been agreed.", heading=("Partnership response",)),
    ],
)
def test_a_step_already_taken_or_a_problem_is_no_recommendation(finding):
    assert find_recommendations([finding]) == []
