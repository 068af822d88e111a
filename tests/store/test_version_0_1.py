"""A workspace and a workbook of version 0.1 are taken in: every decision and label survives.

`workspace_0_1` was made with the code of version 0.1: four invented reports, decisions of
all its kinds by two people from two workbooks, and a build after new reports in between.
`review.xlsx` is the first of the workbooks, `expected.json` what version 0.1 read from it.
"""

import json
import shutil
from pathlib import Path

import pytest

from lif_nlp.errors import LifError
from lif_nlp.workflow.decisions import undo
from lif_nlp.workflow.tables import table
from tests.workflow.conftest import build, opened, take
from tests.workflow.test_review_round_trip import REPORT, with_found_themes

HERE = Path(__file__).parent / "workspace_0_1"
EXPECTED = json.loads((HERE / "expected.json").read_text("utf-8"))
ROLE_DIFFERS = "the cell 'role' was changed, which has no effect; use 'role_should_be'"
OPEN = "there is no theme Voice of the child to move to"


@pytest.fixture
def session(tmp_path):
    folder = tmp_path / "w"
    folder.mkdir()
    shutil.copy(HERE / "learning.db", folder)
    made = opened(folder)
    yield made
    made.store.close()


def themes_of(store):
    return [[t.theme_id, t.name, t.kind, t.parent, t.status] for t in store.themes().themes]


def assignments_of(store):
    return [
        [a.finding_id, a.theme_id, round(a.confidence, 6), a.by] for a in store.themes().assignments
    ]


def test_themes_assignments_and_labels_are_those_of_before(session):
    store = session.store
    assert themes_of(store) == EXPECTED["themes"]
    assert assignments_of(store) == EXPECTED["assignments"]
    assert list(store.themes().unassigned) == EXPECTED["unassigned"]
    labels = [[f.finding_id, f.role, f.why, list(f.themes)] for f in store.findings()]
    assert labels == EXPECTED["labels"]


def test_every_decision_is_in_the_log_and_the_notes_are_gone(session):
    log = session.store.edits()
    assert [
        [e.action, e.theme_id, e.value, list(e.finding_ids), e.author] for e in log
    ] == EXPECTED["edits"]
    reviews = session.store.recommendation_reviews()
    assert [
        {key: getattr(r, key) for key in ("finding_id", "decision", "same_as", "author", "at")}
        for r in reviews
    ] == EXPECTED["recommendations"]
    assert [d.edit_id for d in (*log, *reviews)] == list(range(1, len(log) + len(reviews) + 1))
    notes = {key for (key,) in session.store.connection.execute("SELECT key FROM notes")}
    assert notes == {"themes.key"}


def test_what_could_not_be_applied_then_is_an_open_conflict(session):
    decisions = table(session, "decisions")
    waiting = decisions[decisions["status"].eq("conflict")]
    assert waiting["reason"].tolist() == [OPEN]
    assert undo(session, int(waiting["edit_id"].iloc[0])).undone_at


def test_decisions_survive_new_reports(session, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    text = REPORT.format(letter="H", year=2027, n=7, thing="lost letter")
    (folder / "review_7.md").write_text(text, "utf-8")
    before = {tuple(row) for row in assignments_of(session.store) if row[3] == "person"}
    build(session, folder)
    # a theme that nobody has decided about follows the labels, which models of today give anew
    people = [row for row in EXPECTED["themes"] if row[4] != "proposed"]
    assert people and [row for row in themes_of(session.store) if row in people] == people
    assert before <= {tuple(row) for row in assignments_of(session.store)}
    assert table(session, "decisions")["reason"].tolist().count(OPEN) == 1


def test_undoing_what_version_0_1_settled_is_refused_with_the_way_round(session):
    with pytest.raises(LifError) as caught:
        undo(session, 1)
    assert str(caught.value) == (
        "decision 1 was made with version 0.1, which did not keep what was there before; "
        "decide the opposite instead (another name, approve or reject, move it back)"
    )


def test_a_workbook_of_version_0_1_is_taken_in_and_can_be_undone(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n, thing in enumerate(("planned house move", "planned house move", "new school")):
        text = REPORT.format(letter="ABCDEFGH"[n], year=2020 + n, n=n, thing=thing)
        (folder / f"review_{n}.md").write_text(text, "utf-8")
    fresh = opened(tmp_path / "fresh")
    with fresh.store as store:
        store.save_themes(with_found_themes(build(fresh, folder)))
        before, recommended = store.themes(), table(fresh, "recommendations")
        done = take(fresh, HERE / "review.xlsx", "A. Reader")
        assert [c.partition(": ")[2] for c in done.conflicts] == [OPEN]
        assert done.edits == 15
        # Where today's models see another role, its cell is not the one that the workbook holds.
        assert {notice.partition(": ")[2] for notice in done.notices} <= {ROLE_DIFFERS}
        assert [[e.action, e.theme_id, e.value, list(e.finding_ids), e.author]
                for e in store.edits()] == EXPECTED["edits"][:14]  # fmt: skip
        again = take(fresh, HERE / "review.xlsx", "A. Reader")
        assert (again.edits, again.conflicts) == (0, done.conflicts)
        for edit_id in table(fresh, "decisions")["edit_id"]:
            undo(fresh, int(edit_id))
        assert store.themes() == before
        assert table(fresh, "recommendations").equals(recommended)
