"""Every kind of decision, filled into the workbook as a person would, stands after new reports."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from lif_nlp.records import Assignment, Edit, Theme
from lif_nlp.workflow.decisions import redo, undo
from lif_nlp.workflow.decisions import take as take_edits
from lif_nlp.workflow.review import export_review
from lif_nlp.workflow.tables import table
from tests.workflow.conftest import build, take

SHARING, RECORDING = "information_sharing", "recording"
REPORT = """# Learning review: Child {letter}

Published 14 March {year}

## Findings

1.{n}1 Information about the move was not shared with the nursery by the housing officer.
1.{n}2 The recording of the visit on the {n} May was poor and nobody wrote down the child's words.
1.{n}3 Information was shared with the school within the day by the police after the {n} visit.
1.{n}4 The gate at the back of lane {n} was excellent, effective and strong.
1.{n}5 The kettle in hall {n} was inadequate, weak and poor.
1.{n}6 The case was closed at step {n} although the threshold for support was met.

## Recommendations

2.{n} The Partnership should ensure that every {thing} is told to the nursery within two days.
"""


def report(folder, n, thing):
    text = REPORT.format(letter="ABCDEFGH"[n], year=2020 + n, n=n, thing=thing)
    (folder / f"review_{n}.md").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    for n, thing in enumerate(("planned house move", "planned house move", "new school")):
        report(made, n, thing)
    return made


@pytest.fixture
def session(session, folder):
    session.store.save_themes(with_found_themes(build(session, folder)))
    return session


def with_found_themes(built):
    """The set with three emergent themes and two parts of a known one, as clustering gives them."""
    sharing = sorted(a.finding_id for a in built.assignments if a.theme_id == SHARING)
    free = sorted(built.unassigned)
    members = {"s-1": sharing[:2], "s-2": sharing[2:4], "e-1": free[:1], "e-2": free[1:2],
               "e-3": free[2:3]}  # fmt: skip
    found = [
        Theme(key, f"Part {key}", "sub", parent=SHARING) if key.startswith("s") else
        Theme(key, f"Found {key}", "emergent") for key in members
    ]  # fmt: skip
    given = [Assignment(f, key, 0.8) for key, ids in members.items() for f in ids]
    return replace(
        built,
        themes=(*built.themes, *found),
        assignments=(*built.assignments, *given),
        unassigned=tuple(free[3:]),
    )


class Book:
    """The workbook as a person has it open."""

    def __init__(self, path):
        self.path, self.book = path, load_workbook(path)

    def rows(self, sheet):
        page = self.book[sheet]
        heads = [cell.value for cell in page[1]]
        return [
            {"row": cells[0].row} | dict(zip(heads, [c.value for c in cells], strict=True))
            for cells in page.iter_rows(min_row=2)
        ]

    def fill(self, sheet, row, **decisions):
        page = self.book[sheet]
        heads = {cell.value: cell.column for cell in page[1]}
        number = row["row"] if row else page.max_row + 1
        for column, value in decisions.items():
            page.cell(row=number, column=heads[column], value=value)

    def theme(self, theme_id, **decisions):
        row = next(r for r in self.rows("Themes") if r["theme_id"] == theme_id)
        self.fill("Themes", row, **decisions)

    def finding(self, theme_id, nth=0, **decisions):
        """Decide on the nth finding under a theme; returns its id."""
        row = [r for r in self.rows("Findings") if (r["theme_id"] or "") == theme_id][nth]
        self.fill("Findings", row, **decisions)
        return row["finding_id"]


@pytest.fixture
def book(session, tmp_path):
    path = tmp_path / "review.xlsx"
    export_review(session, path)
    return Book(path)


def hand_in(session, book, author="A. Reader"):
    book.book.save(book.path)
    return take(session, book.path, author)


def where(session, finding_id):
    given = session.store.themes().assignments
    return {(a.theme_id, a.by) for a in given if a.finding_id == finding_id}


def named(session):
    return {t.name: t for t in session.store.themes().themes}


def test_decisions_about_themes_stand_after_new_reports(session, book, folder):
    book.theme(RECORDING, decision="approve", new_name="What is written down")
    book.theme("e-1", decision="reject")
    book.theme("e-2", new_name="Blue gates", decision="approve")
    book.theme("s-1", new_name="Telling the nursery")
    book.theme("s-2", merge_into="Telling the nursery")
    book.theme("e-3", merge_into="What is written down")
    book.fill("Themes", None, new_name="Kettles")
    in_part = [f["finding_id"] for f in book.rows("Findings") if f["theme_id"] == "s-2"]
    in_found = [f["finding_id"] for f in book.rows("Findings") if f["theme_id"] == "e-3"]

    done = hand_in(session, book)
    for _ in range(2):
        names = named(session)
        assert (done.edits, done.conflicts, done.disagreements) == (9, (), ())
        assert names["What is written down"].theme_id == RECORDING
        assert names["What is written down"].status == "approved"
        assert names["Found e-1"].status == "rejected"
        assert names["Blue gates"].status == "approved"
        assert names["Telling the nursery"].parent == SHARING
        assert names["Kettles"].status == "approved"
        assert not {"Part s-2", "Found e-3"} & set(names)
        assert all("s-1" in {t for t, _ in where(session, f)} for f in in_part)
        assert all(RECORDING in {t for t, _ in where(session, f)} for f in in_found)
        report(folder, 5, "new address")
        build(session, folder)


def test_decisions_about_findings_stand_after_new_reports(session, book, folder):
    right = book.finding(SHARING, 0, decision="right")
    wrong = book.finding(SHARING, 1, decision="wrong")
    moved = book.finding(RECORDING, 0, decision="wrong", move_to="Information sharing")
    both = book.finding(RECORDING, 1, also_in=SHARING)
    to_part = book.finding("e-1", 0, move_to="Part s-1")
    new = book.finding("", 0, new_theme="Kettles")
    joined = book.finding("e-2", 0, new_theme="Kettles")
    split = book.finding("s-2", 0, new_theme="Moves")

    done = hand_in(session, book)
    for _ in range(2):
        assert (done.conflicts, done.disagreements) == ((), ())
        kettles, moves = named(session)["Kettles"], named(session)["Moves"]
        assert (SHARING, "person") in where(session, right)
        assert not {SHARING, "s-1", "s-2"} & {t for t, _ in where(session, wrong)}
        assert (SHARING, "person") in where(session, moved)
        assert RECORDING not in {t for t, _ in where(session, moved)}
        assert {SHARING, RECORDING} <= {t for t, _ in where(session, both)}
        assert where(session, to_part) >= {("s-1", "person"), (SHARING, "person")}
        assert where(session, new) == {(kettles.theme_id, "person")}
        assert where(session, joined) == {(kettles.theme_id, "person")}
        assert (moves.kind, moves.parent) == ("sub", SHARING)
        assert (moves.theme_id, "person") in where(session, split)
        report(folder, 5, "new address")
        build(session, folder)


def test_decisions_about_recommendations_stand_after_new_reports(session, book, folder):
    first, again, other = sorted(book.rows("Recommendations"), key=lambda r: r["source"])
    assert again["repeat_of"] == first["finding_id"]
    assert again["repeat_text"] == first["text"]
    book.fill("Recommendations", again, same_as="none")
    book.fill("Recommendations", other, same_as=first["finding_id"])

    assert hand_in(session, book).conflicts == ()
    for _ in range(2):
        found = table(session, "recommendations").set_index("finding_id")["repeat_of"]
        assert found[again["finding_id"]] == ""
        assert found[other["finding_id"]] == first["finding_id"]
        report(folder, 5, "late bus")
        build(session, folder)


def test_what_is_no_recommendation_is_kept_and_not_counted(session, book):
    row = book.rows("Recommendations")[0]
    book.fill("Recommendations", row, decision="wrong")
    hand_in(session, book)
    found = table(session, "recommendations").set_index("finding_id")
    assert found.loc[row["finding_id"], "decision"] == "wrong"
    assert row["finding_id"] not in set(found["repeat_of"])


def test_nothing_is_taken_from_a_row_that_contradicts_itself_and_it_is_listed(session, book):
    book.finding(SHARING, 0, decision="right", move_to=RECORDING)
    book.finding(SHARING, 1, move_to=RECORDING, new_theme="Kettles")
    book.finding("", 0, decision="right")
    book.theme("e-1", merge_into="Nowhere")
    row = book.rows("Recommendations")[0]
    book.fill("Recommendations", row, same_as="d-0:1-2")
    before = session.store.themes().assignments

    done = hand_in(session, book)
    assert session.store.themes().assignments == before
    assert [fault.partition(": ")[2] for fault in done.conflicts] == [
        "there is no theme Nowhere to move to",
        "it says right and moves the finding; nothing was taken from the row",
        "give move_to or new_theme, not both; nothing was taken from the row",
        "'right' needs a theme, and the row has none; use move_to or new_theme",
        "same_as names no recommendation: d-0:1-2",
    ]


def test_a_finding_that_is_not_there_is_listed_and_breaks_nothing(session, book, folder):
    row = next(r for r in book.rows("Findings") if r["theme_id"] == SHARING)
    book.fill("Findings", row, finding_id="d-0:1-2", decision="right")
    reason = "there is no finding d-0:1-2"
    assert hand_in(session, book).conflicts == (f"sheet 'Findings', row {row['row']}: {reason}",)
    report(folder, 5, "new address")
    build(session, folder)
    assert [edit.reason for edit in session.store.edits()] == [reason]


def test_two_people_who_disagree_are_listed_and_the_later_word_is_in_force(session, book):
    book.theme("e-1", decision="approve")
    finding = book.finding(SHARING, 0, decision="right")
    hand_in(session, book, "A. Reader")
    book.theme("e-1", decision="reject")
    book.finding(SHARING, 0, decision="wrong")
    done = hand_in(session, book, "B. Reader")

    about = f"{SHARING} for {finding}"
    today = session.store.edits()[0].at[:10]
    assert done.disagreements == (
        f"reject e-1 (B. Reader, {today}) differs from approve e-1 (A. Reader, {today}); "
        "the later one is in force",
        f"reassign {about} (B. Reader, {today}) differs from add {about} (A. Reader, {today}); "
        "the later one is in force",
    )
    assert named(session)["Found e-1"].status == "rejected"
    assert SHARING not in {t for t, _ in where(session, finding)}


def test_the_same_workbook_twice_changes_nothing_and_loses_no_conflict(session, book):
    book.theme("s-1", new_name="Telling the nursery")
    book.theme("e-3", merge_into="Voice of the child")
    book.finding("", 0, new_theme="Kettles")
    book.finding("e-2", 0, new_theme="Kettles")
    book.finding(SHARING, 0, decision="right", role_should_be="action", why_should_be="yes")
    row = book.rows("Recommendations")[0]
    book.fill("Recommendations", row, decision="wrong", same_as="none")
    first = hand_in(session, book)
    once, log = session.store.themes(), table(session, "decisions")
    again = hand_in(session, book)
    assert (first.edits, again.edits) == (6, 0)
    assert len(again.conflicts) == 2
    assert again.conflicts == first.conflicts
    assert hand_in(session, book, author="").edits == 0
    assert session.store.themes() == once
    assert table(session, "decisions").equals(log)


def test_a_conflict_is_closed_by_correcting_its_row(session, book):
    book.theme("e-3", merge_into="Voice of the child")
    book.finding(SHARING, 0, decision="right", move_to=RECORDING)
    assert len(hand_in(session, book).conflicts) == 2
    book.theme("e-3", merge_into="Found e-1")
    book.finding(SHARING, 0, decision="right", move_to="")
    done = hand_in(session, book)
    assert (done.edits, done.conflicts) == (2, ())
    assert "Found e-3" not in named(session)
    status = table(session, "decisions")["status"].tolist()
    assert status == ["undone", "undone", "applied", "applied"]


def test_another_persons_later_word_outlives_a_workbook_that_is_taken_in_again(session, book):
    book.theme("e-1", decision="approve")
    hand_in(session, book, "A. Reader")
    take_edits(session, [Edit("reject", "e-1", author="B. Reader")])
    assert hand_in(session, book, "A. Reader").edits == 0
    assert named(session)["Found e-1"].status == "rejected"


def test_what_was_undone_is_not_taken_again_from_the_same_workbook(session, book):
    book.theme("e-1", decision="approve")
    hand_in(session, book)
    undo(session, 1, author="B. Reader")
    done = hand_in(session, book)
    assert (done.edits, done.left_undone) == (0, ("approve e-1 was undone by B. Reader",))
    redo(session, 1)
    assert named(session)["Found e-1"].status == "approved"
