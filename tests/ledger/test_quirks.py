"""Quirks of real sheets (domain note on follow-up, section 1) that no other test shows."""

from pathlib import Path

from lif_nlp.framework.status import load_status_language
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.trackers.rows import read_tracker
from lif_nlp.ledger.trackers.versions import follow_rows, link_actions
from lif_nlp.ledger_records import NOTHING_RECORDED
from tests.ledger.makers import HEADER, REVIEW, grid

LANGUAGE = load_status_language()
HERE = Path(__file__).parent


def read(*rows, **options):
    return read_tracker([grid(HEADER, *rows, **options)], "plan.xlsx", LANGUAGE).rows


def links_of(rows):
    matcher = AskMatcher(asks_of(REVIEW, []))
    numbers = {ask.ask_id: ask.number for ask in matcher.asks}
    found = link_actions(follow_rows("pl-1", [], rows), matcher)
    return sorted(numbers[link.ask_id] for link in found)


def test_a_pointer_to_another_row_is_no_status():
    [row] = read(("3", "R1", "Write the form", "Trust", "May 2024", "See 2.1", ""))
    assert row.status == "unreadable"


def test_dates_that_are_none_keep_their_words():
    rows = read(
        ("1", "R1", "Write the form", "Trust", "Immediate", "In progress", ""),
        ("2", "R2", "Ring the school", "Trust", "Ongoing through supervision", "In progress", ""),
        ("3", "R3", "Send the form", "Trust", "TBC", "In progress", ""),
    )
    assert [row.due for row in rows] == ["", "", ""]
    assert rows[0].due_raw == "Immediate"


def test_of_four_milestones_in_one_cell_the_last_date_counts():
    dates = "Draft 1 May 2024; consult 1 June 2024; board 1 July 2024; launch 2 September 2024"
    [row] = read(("1", "R1", "Write the form", "Trust", dates, "On track", ""))
    assert row.due == "2024-09-02"


def test_one_action_may_answer_several_recommendations():
    assert links_of(read(("1", "1 and 3", "Write", "Trust", "May 2024", "Done", ""))) == ["1", "3"]


def test_a_recommendation_merged_over_its_actions_links_each():
    rows = read(
        ("2a", "R2", "Add the father to the form", "Trust", "May 2024", "Done", ""),
        ("2b", "R2", "Tell midwives", "Trust", "May 2024", "Late", ""),
    )
    assert links_of(rows) == ["2", "2"]
    assert [row.ref for row in rows] == ["2a", "2b"]


def test_a_tab_for_each_agency_is_read():
    row = ("1", "R1", "Write the form", "Trust", "May 2024", "Done", "")
    sheets = [grid(HEADER, row, name="Health"), grid(HEADER, row, name="Police")]
    tracker = read_tracker(sheets, "plan.xlsx", LANGUAGE)
    assert [row.sheet for row in tracker.rows] == ["Health", "Police"]


def test_an_email_as_evidence_is_no_status():
    header = (*HEADER[:6], "Evidence")
    row = ("1", "R1", "Write the form", "Trust", "May 2024", "", "Email dated 3 May 2024")
    [read_row] = read_tracker([grid(header, row)], "plan.csv", LANGUAGE).rows
    assert (read_row.status, read_row.evidence) == (NOTHING_RECORDED, "Email dated 3 May 2024")


def test_legend_rows_below_the_plan_are_no_actions():
    rows = read(
        ("1", "R1", "Write the form", "Trust", "May 2024", "Done", ""),
        ("Key", "", "", "", "", "", ""),
        ("Green", "on track", "", "", "", "", ""),
    )
    assert len(rows) == 1


def test_a_legend_of_words_says_what_they_mean():
    words = "Words used: In train = moving. EV = panel has seen evidence. Kept = business as usual."
    rows = [("1", "R1", f"Write form {n}", "Trust", "", word, "") for n, word in
            enumerate(("In train", "EV", "Kept"))]  # fmt: skip
    tracker = read_tracker([grid((words,), HEADER, *rows)], "plan.csv", LANGUAGE)
    assert [row.status for row in tracker.rows] == ["in progress", "verified", "done"]


def test_letters_mean_what_the_sheet_of_the_key_says():
    key = grid(("B", "Embedded: tried"), ("G", "Delivered, not yet tried"), ("R", "Not moving"))
    rows = [("1", "R1", f"Write form {letter}", "Trust", "", letter, "") for letter in "BGR"]
    tracker = read_tracker([grid(HEADER, *rows), key], "plan.xlsx", LANGUAGE)
    assert [row.status for row in tracker.rows] == ["verified", "done", "not started"]


def test_by_is_who_where_another_column_says_when():
    header = ("Item", "Action", "By", "Due", "Standing")
    row = ("1", "Write the form", "Police", "30/06/2023", "Done")
    [read_row] = read_tracker([grid(header, row)], "plan.csv", LANGUAGE).rows
    assert (read_row.owner, read_row.due, read_row.status) == ("Police", "2023-06-30", "done")


def test_milestones_with_dates_say_when():
    header = ("Ref", "What", "Agency", "Milestones", "Status")
    row = ("1", "Open the clinic", "Trust", "Premises 31/10/22; open 31/03/23", "Done")
    [read_row] = read_tracker([grid(header, row)], "plan.csv", LANGUAGE).rows
    assert (read_row.text, read_row.due) == ("Open the clinic", "2023-03-31")


def test_a_list_of_what_was_sent_is_no_plan():
    header = ("When", "What", "To whom", "Means", "Remarks")
    row = ("2025-02-10", "Briefing note", "Both departments", "huddle", "about 60 present")
    assert read_tracker([grid(header, row)], "sent.csv", LANGUAGE) is None


def test_a_milestone_after_the_date_of_the_version_is_still_to_come():
    title = ("Plan as at 20 September 2021",)
    header = ("Rec", "Action", "Lead", "Milestones achieved", "Target date")
    row = (
        "2",
        "Border protocol",
        "Trust",
        "Draft done 30/09/2020; signed 20/12/2021",
        "20/12/2021",
    )
    [read_row] = read_tracker([grid(title, header, row)], "plan.csv", LANGUAGE).rows
    assert read_row.status == "in progress"


def test_every_quirk_has_a_test():
    lines = (HERE / "quirks.tsv").read_text("utf-8").splitlines()[1:]
    assert len(lines) >= 27
    for line in lines:
        _, _, where = line.partition("\t")
        name, _, test = where.partition("::")
        assert f"def {test}(" in (HERE / name).read_text("utf-8"), line
