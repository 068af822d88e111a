"""Layouts of reviews and trackers as other hands write them."""

from dataclasses import replace

import pytest

from lif_nlp.framework import load_framework
from lif_nlp.framework.status import load_status_language
from lif_nlp.ingest.reader import read
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.documents import kind_by_words
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger.trackers.document_tables import line_grids, table_grids, tells_progress
from lif_nlp.ledger.trackers.rows import read_tracker
from lif_nlp.workflow.status_models import load_status_models
from tests.ledger.makers import document, grid

LANGUAGE = load_status_language()
GREEN, BLUE = "92D050", "00B0F0"
FORM = "The Partnership should replace the two bruising forms with one pathway."
FATHER = "Maternity services should record the father at booking."


def listed(label):
    return f"{label.format(1)}{FORM}\n\n{label.format(2)}{FATHER}\n"


@pytest.mark.parametrize(
    "body",
    [
        "## Where this leaves us\n\nTwo matters are put to the Partnership. First, the Partnership "
        "should replace the two bruising forms with one pathway. Second, maternity services "
        "should record the father at booking.\n",
        f"## Finding 1: forms\n\nThere were two.\n\n**Recommendation 1:** {FORM}\n\n"
        f"## Finding 2: fathers\n\nNobody asked.\n\n**Recommendation 2:** {FATHER}\n",
        f"## Proposals for change\n\ni) {FORM}\n\nii) {FATHER}\n",
        f"## Challenges to the Partnership\n\nA. {FORM}\n\nB. {FATHER}\n",
        "## Questions for the Board\n\n1. How will the Board replace the two bruising forms?\n\n"
        "2. How will the Board know that fathers are recorded?\n",
        f"## Learning and how to use it\n\n{listed('Learning point {}: ')}",
        f"## Recommendations\n\n{listed('MB/{} ')}",
        f"## Part Three: recommendations\n\n{listed('SV24-0{} ')}",
        f"What we are asking for\nA. {FORM}\nB. {FATHER}\n",
        "## Recommendations\n\nThe panel recommends that: (a) the Partnership replace the two "
        "bruising forms with one; and (b) maternity services record the father at booking.\n",
    ],
)
def test_recommendations_stand_in_many_layouts(body, tmp_path):
    path = tmp_path / "review.md"
    story = "# Local review: Child Plover\n\n## What happened\n\nStaff should have seen Plover.\n\n"
    path.write_text(story + body, encoding="utf-8")
    [review] = read(path, framework=load_framework())
    asks = asks_of(review, [])
    assert len(asks) == 2
    assert "ather" in asks[1].text


def statuses(*rows, **options):
    return [r.status for r in read_tracker([grid(*rows, **options)], "p.xlsx", LANGUAGE).rows]


def test_letters_stand_for_the_colours_of_the_legend():
    legend = ("R = behind; A = started; G = on course; B = finished",)
    header = ("No", "Action", "Lead", "Due", "RAG")
    rows = [(str(n), "Write the form", "Trust", "", letter) for n, letter in enumerate("GB")]
    assert statuses(legend, header, *rows) == ["on track", "done"]


def test_a_legend_may_have_no_signs():
    rows = (
        ("Key: Blue complete | Green on track | Amber delay likely | Red missed",),
        ("Ref", "Action", "Owner", "Due", "BRAG"),
        ("1", "Write the form", "T", "May", ""),
        ("2", "Send the form", "T", "May", ""),
    )
    assert statuses(*rows, fills={(2, 4): GREEN, (3, 4): BLUE}) == ["on track", "done"]


def test_percentages_and_ticks_are_statuses():
    header = ("No", "Action", "Lead", "Due", "% complete")
    rows = [(str(n), "Write", "T", "", cell) for n, cell in enumerate(("75%", "100%", "0%", "✓"))]
    assert statuses(header, *rows) == ["in progress", "done", "not started", "done"]


def test_the_last_quarter_that_is_filled_counts():
    header = ("Ref", "Action", "Owner", "Q1 update", "Q2 update")
    assert statuses(
        header,
        ("1", "Write the form", "T", "Work under way.", ""),
        ("2", "Send the form", "T", "Not started", "Sent to all schools on 3 June."),
    ) == ["in progress", "done"]


def test_news_count_where_the_date_of_completion_is_blank():
    header = ("Ref", "Action", "Owner", "Target", "Date completed", "Commentary")
    row = ("1", "Write the form", "Trust", "May 24", "", "Draft with the ward managers.")
    assert statuses(header, row) == ["in progress"]


def test_columns_of_any_name_are_known_by_what_they_hold():
    header = ("Born of", "Promise made", "Name", "First thought", "Revised date", "How it goes")
    rows = [
        ("R1(a)", "Write the short guide", "Trust", "31/08/2019", "30/11/2019", "Guide issued."),
        ("R2", "Fund the helpers", "Trust", "30/09/2019", "", "Not yet started."),
        ("", "Tell practices of them", "Trust", "30/09/2019", "", "In progress."),
    ]
    tracker = read_tracker([grid(header, *rows)], "p.csv", LANGUAGE)
    assert [row.text for row in tracker.rows] == [row[1] for row in rows]
    assert [row.due for row in tracker.rows] == ["2019-11-30", "2019-09-30", "2019-09-30"]
    # a recommendation that is named once stands for the steps below it
    assert [row.recommendation for row in tracker.rows] == ["R1(a)", "R2", "R2"]


@pytest.mark.parametrize("mark", ["Status: in progress - ", "In progress: ", "in progress – "])
def test_news_of_one_step_beside_a_table_explains_no_word_of_status(mark):
    plan = grid(("Ref", "Action", "Status"), ("1", "Send the forms", "In progress"))
    around = f"Action 4\n{mark}nothing sent yet\nLead: the Trust"
    [row] = read_tracker([replace(plan, around=around)], "p.docx", LANGUAGE).rows
    assert row.status == "in progress"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("In-progress", "in progress"),
        ("Completed & verified", "verified"),
        ("Complete 12/05/24", "done"),
        ("Open – overdue", "late"),
        ("Closed - overtaken", "superseded"),
        ("🟢", "on track"),
        ("0.5", "in progress"),
        ("N/S", "not started"),
    ],
)
def test_a_word_of_status_is_known_however_it_is_joined_dated_or_shown(words, status):
    plan = grid(("Ref", "Action", "Status"), ("1", "Send the forms", words))
    [row] = read_tracker([plan], "p.xlsx", LANGUAGE).rows
    assert row.status == status


@pytest.mark.parametrize(
    "key",
    [
        "Status key: 1 Not started 2 In progress 3 Complete",
        "1 not started, 2 in progress, 3 complete",
        "Status (1=not started/2=under way/3=done)",
    ],
)
def test_a_key_of_numbers_has_signs_or_none(key):
    rows = [(str(n), f"Send form {n}", str(n)) for n in (1, 2, 3)]
    plan = grid((key,), ("Ref", "Action", "Status"), *rows)
    told = read_tracker([plan], "p.xlsx", LANGUAGE).rows
    assert [row.status for row in told] == ["not started", "in progress", "done"]


def test_a_key_may_be_told_in_sentences():
    key = (
        "Actions shaded green have been completed; those in amber are in progress; "
        "red actions have not been started."
    )
    rows = [(name, f"Send the {name} form", name) for name in ("Green", "Amber", "Red")]
    told = read_tracker([grid((key,), ("Ref", "Action", "Status"), *rows)], "p.xlsx", LANGUAGE)
    assert [row.status for row in told.rows] == ["done", "in progress", "not started"]


def test_news_speaks_where_the_status_says_nothing_that_is_known():
    head = ("Ref", "Action", "RAG", "Progress")
    rows = [
        ("1", "Send the forms", "A", "Work is under way with the schools."),
        ("2", "Ask", "A", ""),
    ]
    told = read_tracker([grid(head, *rows)], "p.xlsx", LANGUAGE).rows
    assert [row.status for row in told] == ["in progress", "unreadable"]


def test_the_newest_entry_counts_wherever_it_stands_and_a_tick_is_no_news():
    head = ("Ref", "Action", "Progress", "Closed")
    rows = [
        ("1", "Send the forms", "9/1/2024 Reopened: nobody has them. 1/4/2023 finished.", ""),
        ("2", "Draw the map", "Replaced by the regional plan; no map will be made.", "Y"),
        ("3", "Write the letter", "Letter sent in May.", "Y"),
    ]
    told = read_tracker([grid(head, *rows)], "p.csv", LANGUAGE).rows
    assert [row.status for row in told] == ["reopened", "superseded", "done"]


def test_a_key_with_letter_colour_and_meaning_and_two_shades():
    key = [("R", "Red", "work has not begun"), ("G", "Green", "begun, will land on time")]
    shades = [("Dark blue", "evidence has been seen"), ("Blue", "finished")]
    rows = [("1", "Send", "R"), ("2", "Ask", "G"), ("3", "Tell", "Dark blue"), ("4", "Go", "Blue")]
    plan = grid(("Ref", "Action", "RAG"), *rows)
    told = read_tracker([plan, grid(*key, *shades, name="Key")], "p.xlsx", LANGUAGE).rows
    assert [row.status for row in told] == ["not started", "on track", "verified", "done"]


def test_a_list_below_its_heading_explains_the_words_of_a_table():
    plan = grid(("Ref", "Action", "Status"), ("1", "Send the forms", "Parked"))
    around = "What the words mean\nRolling: work is under way\nParked: not started"
    [row] = read_tracker([replace(plan, around=around)], "p.docx", LANGUAGE).rows
    assert row.status == "not started"


def test_a_legend_may_run_across_the_sheet():
    legend = ("Colours", "Purple = finished and evidence filed", "Blue = moving")
    header = ("Rec", "Step", "Who", "When", "Where it stands")
    row = ("1", "Choose the system", "Schools", "May 2023", "Chosen")
    assert statuses(legend, header, row, fills={(2, 4): "7030A0"}) == ["verified"]


def test_a_sheet_of_definitions_explains_the_words_of_another():
    plan = grid(
        ("Serial", "Deliverable", "SRO", "Due", "Status"),
        *((str(n), "Amend the form", "Custody", "", word) for n, word in enumerate(WORDS)),
    )
    meanings = grid(("Term", "Meaning"), *WORDS.items(), name="Definitions")
    rows = read_tracker([plan, meanings], "p.xlsx", LANGUAGE).rows
    assert [row.status for row in rows] == ["done", "verified", "closed with risk", "reopened"]
    line = "Words: " + "; ".join(f"{word} = {meaning}" for word, meaning in WORDS.items())
    [told] = [read_tracker([replace(plan, around=line)], "p.csv", LANGUAGE)]
    assert [row.status for row in told.rows] == [row.status for row in rows]


WORDS = {
    "Discharge requested": "SRO states that it is complete and the Board has not seen it",
    "signed": "finished and the scrutineer has looked",
    "Tolerated": "Will not be delivered, risk owned by SRO",
    "Open - returned": "Discharge was asked for and refused",
}
"""Words of one plan alone, with what the plan says they mean."""


TABLE = "|Rec|Action|Lead|By|Status|\n|--|--|--|--|--|\n|1|Write it|Trust|May 2024|Complete|\n"
PAGE = (
    "<h1>Plan</h1><p>Position at 3 March 2024</p><table><tr><th>Rec</th><th>Action</th><th>Lead"
    "</th><th>By</th><th>Status</th></tr><tr><td>1</td><td>Write it</td><td>Trust</td><td>May "
    "2024</td><td>Complete</td></tr></table>"
)
ITEM = "Recommendation {}\nAction: Write it\nLead: Trust\nBy when: May 2024\nStatus: Complete\n\n"


@pytest.mark.parametrize(
    ("name", "text", "steps"),
    [
        ("plan.md", f"# Plan, position at 3 March 2024\n\n{TABLE}", 1),
        ("plan.html", f"<html><body>{PAGE}</body></html>", 1),
        ("plan.txt", f"Position at 3 March 2024\n\n{ITEM.format(1)}{ITEM.format(2)}", 2),
    ],
)
def test_a_plan_on_a_page_or_in_a_text_is_followed(name, text, steps, tmp_path):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    [document] = read(path, framework=load_framework())
    grids = line_grids(text.splitlines()) if name.endswith(".txt") else table_grids(document)
    tracker = read_tracker(grids, name, LANGUAGE)
    assert tracker.as_of == "2024-03-03"
    assert [(row.recommendation, row.due, row.status) for row in tracker.rows] == [
        (str(number), "2024-05", "done") for number in range(1, steps + 1)
    ]


def test_blank_cells_leave_no_row_of_a_page_out(tmp_path):
    more = "<tr><td>2</td><td>Send it</td><td></td><td>May 2024</td><td>Done</td></tr></table>"
    page = PAGE.replace("<td>Complete</td>", "<td></td>").replace("</table>", more)
    path = tmp_path / "plan.html"
    path.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    [document] = read(path, framework=load_framework())
    grids = [grid for grid in table_grids(document) if tells_progress(grid)]
    rows = read_tracker(grids, path.name, LANGUAGE).rows
    assert [(row.recommendation, row.status) for row in rows] == [
        ("1", "none recorded"), ("2", "done"),
    ]  # fmt: skip


def test_a_blank_first_cell_moves_no_other_cell(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text(f"# Plan\n\n{TABLE}||Send it|Trust|May 2024|Late|\n", encoding="utf-8")
    [document] = read(path, framework=load_framework())
    [_, row] = read_tracker(table_grids(document), path.name, LANGUAGE).rows
    assert (row.text, row.owner, row.status) == ("Send it", "Trust", "late")


@pytest.mark.parametrize("as_of", ["", "2024-06", "2024"])
def test_an_end_stays_one_where_its_day_is_not_surely_to_come(as_of):
    rows = (
        ("Ref", "Action", "Owner", "Due", "Update"),
        ("1", "Write the form", "T", "", "The form was issued on 3 June 2024."),
    )
    [row] = read_tracker([grid(*rows)], "p.csv", LANGUAGE, as_of=as_of).rows
    assert row.status == "done"


def test_a_recommendation_in_a_row_of_its_own_stands_for_the_steps_below():
    header = ("Recommendation", "Action", "Lead", "Due", "Status")
    rows = [
        ("R1", "Write the form", "Trust", "", "Done"),
        ("", "Send it", "Trust", "", "Late"),
        ("R2", "", "", "", ""),
        ("", "Ring the school", "Trust", "", "Done"),
    ]
    tracker = read_tracker([grid(header, *rows)], "p.csv", LANGUAGE)
    assert [row.recommendation for row in tracker.rows] == ["R1", "R1", "R2"]


def test_names_of_columns_may_be_shortened():
    header = ("Ref.", "Rec.", "Action", "Resp.", "Due", "Status")
    assert statuses(header, ("1", "R1", "Write the form", "Trust", "", "Done")) == ["done"]


def test_news_of_one_step_do_not_define_the_words_of_the_others():
    header = ("Ref", "Action", "Owner", "Due", "Status", "Update")
    steps = [
        ("1", "Write the form", "T", "", "In progress", "In progress: not started by health yet"),
        ("2", "Send the form", "T", "", "In progress", ""),
    ]
    assert statuses(header, *steps)[1] == "in progress"


def test_a_row_of_dates_and_references_is_no_header():
    rows = [
        ("R1", "Position of funds agreed", "CCG", "30/09/2019", "Done"),
        ("R2", "b", "c", "", ""),
    ]
    assert read_tracker([grid(*rows)], "p.csv", LANGUAGE) is None


def test_an_end_is_no_end_where_it_is_denied_or_to_come():
    trained = replace(LANGUAGE, trained=load_status_models("static"))
    for text in ("Not sent, the doctor was on leave.", "Two are done, the others to follow."):
        assert read_status(text, trained, "progress").progress != "done"


def test_what_a_document_says_goes_before_its_title():
    answer = document(
        "d", "Letter to the chair",
        "We accept recommendation 1.", "Recommendation 2 is not accepted.",
        "Agreed in principle.", "We accept all the others.",
    )  # fmt: skip
    inspection = document(
        "d", "Letter to the chair", "Dear colleague,",
        "The pathway is not yet embedded.", "Recording has improved since the last visit.",
        "It is too early to say what changed.", "We did not look at night calls.",
    )  # fmt: skip
    assert kind_by_words(answer, LANGUAGE) == "response"
    assert kind_by_words(inspection, LANGUAGE) == "check"
