"""A review round trip: ids are kept, decisions stand, conflicts are told."""

import pytest
from openpyxl import load_workbook

from lif_nlp.errors import LifError
from lif_nlp.workflow.review import export_review
from tests.workflow.conftest import build, take


@pytest.fixture
def session(session, reports):
    build(session, reports)
    return session


@pytest.fixture
def book(session, tmp_path):
    path = tmp_path / "review.xlsx"
    export_review(session, path)
    return path


def decide(path, sheet, key, **decisions):
    """Write decisions into the first row of a sheet whose first cell is `key`."""
    workbook = load_workbook(path)
    page = workbook[sheet]
    heads = {cell.value: cell.column for cell in page[1]}
    row = next(cells[0].row for cells in page.iter_rows(min_row=2) if cells[0].value == key)
    for column, value in decisions.items():
        page.cell(row=row, column=heads[column], value=value)
    workbook.save(path)


def row_of(path, sheet, key):
    return next(c[0].row for c in load_workbook(path)[sheet].iter_rows() if c[0].value == key)


def theme(session, theme_id):
    return next(t for t in session.store.themes().themes if t.theme_id == theme_id)


def test_a_workbook_without_decisions_changes_nothing(session, book):
    before = session.store.themes().themes
    assert take(session, book).edits == 0
    assert session.store.themes().themes == before


def test_the_workbook_offers_decisions_as_drop_downs(book):
    workbook = load_workbook(book)
    offered = {
        title: [choice.formula1 for choice in workbook[title].data_validations.dataValidation]
        for title in workbook.sheetnames[1:]
    }
    names = f"Themes!$B$2:$B${workbook['Themes'].max_row}"
    roles, yes_or_no = '"strength,problem,action,context"', '"yes,no"'
    assert offered == {
        "Themes": ['"approve,reject"', names],
        "Findings": ['"right,wrong"', roles, yes_or_no, names, names],
        "Recommendations": ['"right,wrong"'],
        "Points": ['"approve,reject"', "Points!$B$2:$B$2"],
        "Members": ['"right,wrong"', "Points!$B$2:$B$2"],
        "Links": ['"right,wrong"'],
    }


def test_a_name_and_a_decision_stand_after_new_reports(session, book, reports):
    decide(book, "Themes", "information_sharing", new_name="Telling each other", decision="approve")
    assert take(session, book).edits == 2
    (reports / "later.md").write_text(
        "# Rapid review\n\n## Findings\n\n1.1 Information was not shared with the nursery.\n",
        encoding="utf-8",
    )
    build(session, reports)
    kept = theme(session, "information_sharing")
    assert (kept.name, kept.status) == ("Telling each other", "approved")


def test_a_finding_moves_and_the_move_is_a_persons(session, book):
    moved = next(
        a.finding_id
        for a in session.store.themes().assignments
        if a.theme_id == "information_sharing"
    )
    decide(book, "Findings", moved, decision="wrong", move_to="recording")
    done = take(session, book)
    assignments = [a for a in session.store.themes().assignments if a.finding_id == moved]
    assert done.conflicts == ()
    assert ("recording", "person") in {(a.theme_id, a.by) for a in assignments}


def test_what_cannot_be_applied_is_told(session, book):
    decide(book, "Themes", "information_sharing", merge_into="nowhere")
    done = take(session, book)
    row = row_of(book, "Themes", "information_sharing")
    reason = "there is no theme nowhere to move to"
    assert done.conflicts == (f"sheet 'Themes', row {row}: {reason}",)


def test_all_wrong_words_are_listed_at_once_and_the_other_rows_are_taken(session, book):
    decide(book, "Themes", "information_sharing", decision="perhaps")
    decide(book, "Themes", "recording", new_name="What we write down")
    finding = load_workbook(book)["Findings"]["A2"].value
    decide(book, "Findings", finding, decision="rigth", role_should_be="good")
    done = take(session, book)
    assert done.edits == 1
    assert theme(session, "recording").name == "What we write down"
    assert [fault.partition(": ")[2] for fault in done.conflicts] == [
        "decision 'perhaps' is not one of approve, reject",
        "decision 'rigth' is not one of right, wrong; "
        "role_should_be 'good' is not one of strength, problem, action, context",
    ]


def test_everything_that_a_file_lacks_is_named_at_once(session, book):
    workbook = load_workbook(book)
    del workbook["Recommendations"]
    workbook["Themes"]["A1"].value = "theme"
    workbook.save(book)
    with pytest.raises(
        LifError,
        match="the sheet 'Recommendations' is missing; sheet 'Themes' lacks the column 'theme_id'",
    ):
        take(session, book)


def test_a_changed_cell_of_the_machine_is_named_with_the_column_to_use(session, book):
    first = load_workbook(book)["Findings"]["A2"].value
    decide(book, "Findings", first, role="strength", text="Other words.")
    decide(book, "Themes", "recording", name="What we write down", documents=7)
    done = take(session, book)
    row = row_of(book, "Themes", "recording")
    assert (done.edits, done.conflicts) == (0, ())
    assert done.notices == (
        f"sheet 'Themes', row {row}: the cell 'name' was changed, which has no effect; "
        "use 'new_name'",
        f"sheet 'Themes', row {row}: the cell 'documents' was changed, which has no effect; "
        "it comes from the report",
        "sheet 'Findings', row 2: the cell 'text' was changed, which has no effect; "
        "it comes from the report",
        "sheet 'Findings', row 2: the cell 'role' was changed, which has no effect; "
        "use 'role_should_be'",
    )


def test_another_file_is_refused(session, tmp_path):
    path = tmp_path / "notes.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    with pytest.raises(LifError, match="not an Excel workbook"):
        take(session, path)
