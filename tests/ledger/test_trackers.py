"""Every quirk of real trackers, in a grid of its own."""

import pytest

from lif_nlp.errors import ConfigError
from lif_nlp.framework.status import load_status_language
from lif_nlp.ingest.sheets.grids import read_grids
from lif_nlp.ledger.bodies import bodies_in
from lif_nlp.ledger.trackers.columns import find_header, load_columns, mapping_toml
from lif_nlp.ledger.trackers.dates import dates_in
from lif_nlp.ledger.trackers.rows import read_tracker
from lif_nlp.ledger.trackers.versions import follow_rows
from lif_nlp.ledger_records import Action
from tests.ledger.makers import HEADER, grid, workbook

LANGUAGE = load_status_language()
GREEN, BLUE, RED = "92D050", "00B0F0", "FF0000"
KEY = (
    ("Key:", "", "", "", "", "", ""),
    ("Red", "Not started or more than 4 weeks past target", "", "", "", "", ""),
    ("Green", "On track for target date", "", "", "", "", ""),
    ("Blue", "Completed - evidence seen by the Board", "", "", "", "", ""),
)


def row(ref="1.1", rag="", progress="", due="", action="Write the form", rec="1. One form"):
    return (ref, rec, action, "Trust", due, rag, progress)


def read(*grids, source="plan_2024-03.xlsx"):
    return read_tracker(grids, source, LANGUAGE)


def statuses(*rows, **options):
    return [r.status for r in read(grid(HEADER, *rows, **options)).rows]


def test_words_of_the_status_cell():
    cells = ("Complete", "underway", "behind", "Re-opened", "Superseded", "", "see 2.1")
    assert statuses(*(row(str(n), cell) for n, cell in enumerate(cells))) == [
        "done", "in progress", "late", "reopened", "superseded", "none recorded", "unreadable",
    ]  # fmt: skip


def test_a_colour_means_what_the_legend_of_the_file_says():
    rows = (row("1", "Green"), row("2", "Blue"), row("3", "Red", due="01/01/2024"), row("4", "Red"))
    assert statuses(*rows, *KEY) == ["on track", "verified", "late", "not started"]


def test_codes_mean_what_the_legend_of_the_file_says():
    codes = ("0 = not begun | 1 = begun | 3 = lead says finished | 4 = panel has checked",)
    rows = [row(str(n), code) for n, code in enumerate("0134")]
    assert [r.status for r in read(grid(codes, HEADER, *rows)).rows] == [
        "not started", "in progress", "done", "verified",
    ]  # fmt: skip


def test_a_colour_without_a_legend_is_unreadable():
    assert statuses(row("1", ""), fills={(1, 5): GREEN}) == ["unreadable"]
    assert statuses(row("1", "Amber")) == ["unreadable"]


def test_a_word_against_its_colour_is_told():
    [first] = read(grid(HEADER, row(rag="Complete"), *KEY, fills={(1, 5): GREEN})).rows
    assert first.status == "done"
    assert first.conflict == "the word says done, the colour on track"


def test_a_struck_out_date_does_not_count():
    [first] = read(
        grid(HEADER, row(due="30/06/2023 31/10/2023"), struck={(1, 4): "30/06/2023"})
    ).rows
    assert (first.due, first.due_raw) == ("2023-10-31", "30/06/2023 31/10/2023")


def test_the_latest_entry_of_a_log_counts():
    header = ("Rec", "Agreed action", "Owner", "Timescale", "Update")
    news = "12/06/23 Draft with schools. 30/10/23 Published on the website."
    [first] = read(grid(header, ("1", "Write the form", "Trust", "", news))).rows
    assert first.status == "done"


def test_closed_sheets_are_ends_and_hidden_ones_are_marked():
    closed = grid(
        ("Ref", "Action", "Closed on", "Closed by"),
        ("1", "Write the form", "14 Sept 2023", "Learning Group"),
        name="Closed", hidden=True,
    )  # fmt: skip
    [first] = read(closed).rows
    assert (first.status, first.done, first.hidden) == ("verified", "2023-09-14", True)


def test_merged_cells_fills_and_hidden_rows_are_read_from_a_workbook():
    content = workbook(
        [list(HEADER), list(row("1.1")), ["1.2", None, "Send it", "Trust", None, "Done", None]],
        merge="B2:B3", fills={"F2": GREEN}, hide=(3,),
    )  # fmt: skip
    [sheet] = read_grids(content, "plan.xlsx")
    assert sheet.rows[2][1].text == "1. One form"
    assert sheet.rows[1][5].fill == GREEN
    assert [r.hidden for r in read(sheet).rows] == [False, True]


def test_the_table_of_a_response_is_no_tracker():
    response = grid(
        ("Rec.", "Our response", "Lead body", "By when"), ("1", "Accepted.", "Trust", "")
    )
    assert find_header(response) is None


@pytest.mark.parametrize(
    ("text", "as_of", "dates"),
    [
        ("31/1/23 then 30/6/23", "", ["2023-01-31", "2023-06-30"]),
        ("Q1 24/25", "", ["2024-04/2024-06"]),
        ("Q4 2023/24", "", ["2024-01/2024-03"]),
        ("Sept 2023", "", ["2023-09"]),
        ("Nov 22", "", ["2022-11"]),
        ("Easter", "2023-02", ["2023-04"]),
        ("TBC", "", []),
        ("ongoing", "2023-02", []),
    ],
)
def test_dates_as_words(text, as_of, dates):
    assert dates_in(text, as_of) == dates


def test_the_date_of_a_version_comes_from_the_sheet_or_the_name():
    above = grid(("Position at 30 June 2023",), HEADER, row())
    assert read(above).as_of == "2023-06-30"
    assert read(grid(HEADER, row()), source="tracker_sept23.csv").as_of == "2023-09"


def versions(old, *rows):
    known = [Action(f"x-{a[0]}", "p", *a) for a in old]
    return [
        (v.row.ref, v.change, v.action_id)
        for v in follow_rows("p", known, read(grid(HEADER, *rows)).rows)
    ]


def test_a_renumbered_action_keeps_its_id():
    assert versions([("1", "Write the form")], row("KM-4")) == [("KM-4", "renumbered", "x-1")]


def test_a_split_action_gets_new_ids():
    old = [("4", "Duty desk takes calls by day and night")]
    new = (
        row("4a", action="Duty desk takes calls by day"),
        row("4b", action="Agree the night route with the county"),
    )
    assert [(ref, change) for ref, change, _ in versions(old, *new)] == [
        ("4a", "split"), ("4b", "split"),
    ]  # fmt: skip


def test_merged_actions_are_told():
    old = [("1", "Log-ins for the team"), ("5", "Mailbox for homes")]
    [(_, change, action_id)] = versions(
        old, row("7", action="Log-ins for the team; mailbox for homes")
    )
    assert change == "merged"
    assert action_id not in ("x-1", "x-5")


def test_the_guess_of_columns_can_be_mended(tmp_path):
    sheet = grid(
        ("Ref", "Action", "Lead", "By", "Standing"), ("1", "Write the form", "T", "", "Done")
    )
    header = find_header(sheet)
    path = tmp_path / "columns.toml"
    path.write_text(
        mapping_toml(sheet, header, {"ref": 0}).replace(
            '"Standing" = "other"', '"Standing" = "status"'
        ),
        encoding="utf-8",
    )
    roles = load_columns(path)
    assert roles["Standing"] == "status"
    assert [r.status for r in read_tracker([sheet], "p.csv", LANGUAGE, own=roles).rows] == ["done"]
    path.write_text('[columns]\n"Ref" = "reference"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="reference"):
        load_columns(path)


def test_persons_stay_in_the_source():
    assert bodies_in("Trust; Ann Other / Head of Early Help") == "Trust; Head of Early Help"
    assert bodies_in("Ann Other") == ""
