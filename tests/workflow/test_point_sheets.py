"""Decisions on learning points come back from the workbook, each once."""

import pytest
from openpyxl import load_workbook

from lif_nlp.runtime.manifest import record_run
from lif_nlp.workflow.decisions import decisions
from lif_nlp.workflow.point_tables import select_points
from lif_nlp.workflow.review import export_review
from lif_nlp.workflow.themes import themes
from tests.workflow.conftest import take
from tests.workflow.practice_reports import LATE, SUPERVISED, UNRECORDED, UNSHARED
from tests.workflow.test_points import findings_of, id_of


def fill(path, sheet, wanted, **cells):
    """Fill in the first row of a sheet in which the first columns hold these values."""
    book = load_workbook(path)
    heads = [cell.value for cell in book[sheet][1]]
    row = next(
        number
        for number, row in enumerate(book[sheet].iter_rows(min_row=2, values_only=True), start=2)
        if all(dict(zip(heads, row, strict=True))[name] == value for name, value in wanted.items())
    )
    for name, value in cells.items():
        book[sheet].cell(row=row, column=heads.index(name) + 1).value = value
    book.save(path)


@pytest.fixture
def book(pointed, tmp_path):
    with record_run(pointed, "themes") as run:
        themes(pointed, run)
    export_review(pointed, tmp_path / "review.xlsx")
    return tmp_path / "review.xlsx"


def test_the_workbook_shows_points_and_what_states_them(pointed, book):
    shown = load_workbook(book)
    ids = [row[0].value for row in shown["Points"].iter_rows(min_row=2)]

    assert ids == select_points(pointed)["point_id"].tolist()
    assert shown["Members"].max_row == 1 + 4 * 6
    rules = [rule.formula1 for rule in shown["Points"].data_validations.dataValidation]
    assert "Points!$B$2:$B$5" in rules


def test_every_decision_of_the_two_sheets_is_taken_once(pointed, book):
    late, unrecorded, unshared, supervised = (
        id_of(pointed, subject) for subject in (LATE, UNRECORDED, UNSHARED, SUPERVISED)
    )
    other, third, fourth, *_ = findings_of(pointed, late)
    # the first point of the sheet: its two rows are one decision, which the row of another joins
    first, second, *_ = findings_of(pointed, unrecorded)
    fill(book, "Points", {"point_id": late}, decision="approve", new_name="Meetings come late")
    fill(book, "Points", {"point_id": unrecorded}, decision="Reject")
    fill(book, "Points", {"point_id": supervised}, merge_into="Meetings come late")
    fill(book, "Members", {"finding_id": first}, new_point="On a weekend")
    fill(book, "Members", {"finding_id": second}, new_point="On a weekend")
    fill(book, "Members", {"finding_id": other}, new_point="on a weekend")
    fill(book, "Members", {"finding_id": third}, decision="wrong")
    fill(book, "Members", {"finding_id": fourth}, move_to=unshared)
    done = take(pointed, book, author="A. Reader")

    assert (done.conflicts, done.edits) == ((), 8)
    again = take(pointed, book, author="A. Reader")
    assert (again.conflicts, again.edits) == ((), 0)
    frame = select_points(pointed).set_index("point_id")
    assert frame.loc[late, ["name", "status"]].tolist() == ["Meetings come late", "approved"]
    assert {unrecorded, supervised}.isdisjoint(frame.index)
    [part] = frame.index[frame["name"] == "On a weekend"]
    assert set(findings_of(pointed, part)) == {first, second, other}
    assert fourth in findings_of(pointed, unshared) and third not in findings_of(pointed, late)
    assert set(decisions(pointed)["author"]) == {"A. Reader"}


def test_a_row_that_cannot_be_read_stays_open_until_it_is_corrected(pointed, book):
    late = id_of(pointed, LATE)
    finding = findings_of(pointed, late)[0]
    fill(book, "Points", {"point_id": late}, decision="perhaps")
    fill(book, "Members", {"finding_id": finding}, decision="right", move_to="elsewhere")
    done = take(pointed, book)

    assert done.edits == 0 and len(done.conflicts) == 2
    assert done.conflicts[0].endswith(": decision 'perhaps' is not one of approve, reject")
    fill(book, "Points", {"point_id": late}, decision="approve")
    fill(book, "Members", {"finding_id": finding}, move_to=None)
    corrected = take(pointed, book)
    assert (corrected.edits, corrected.conflicts) == (2, ())
