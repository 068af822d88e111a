from dataclasses import replace

import pytest

from lif_nlp.errors import UnknownNameError
from lif_nlp.records import Assignment, Edit, Finding, Theme, ThemeSet
from lif_nlp.themes import revise
from lif_nlp.themes.revision.apply import apply_settled, follow_roles
from lif_nlp.themes.revision.record import record


@pytest.fixture
def themes() -> ThemeSet:
    return ThemeSet(
        themes=(
            Theme("recording", "Recording", "known"),
            Theme("e-1", "Letters", "emergent"),
            Theme("e-2", "Post", "emergent"),
        ),
        assignments=(
            Assignment("f1", "e-1", 0.7),
            Assignment("f2", "e-1", 0.6),
            Assignment("f2", "e-2", 0.8),
            Assignment("f3", "recording", 0.9),
        ),
        unassigned=("f4",),
    )


def where(themes: ThemeSet) -> set[tuple[str, str, str]]:
    return {(a.finding_id, a.theme_id, a.by) for a in themes.assignments}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit("approve", "e-1"), ("e-1", "Letters", "approved")),
        (Edit("reject", "e-1"), ("e-1", "Letters", "rejected")),
        (Edit("rename", "e-1", " Lost letters "), ("e-1", "Lost letters", "proposed")),
    ],
)
def test_decisions_about_one_theme(themes, edit, expected):
    theme = revise(themes, [edit]).themes.themes[1]
    assert (theme.theme_id, theme.name, theme.status) == expected


def test_merge_keeps_the_findings_and_says_a_person_did_it(themes):
    merged = revise(themes, [Edit("merge", "e-2", "e-1")]).themes
    assert [t.theme_id for t in merged.themes] == ["recording", "e-1"]
    assert where(merged) == {
        ("f1", "e-1", "machine"),
        ("f2", "e-1", "person"),
        ("f3", "recording", "machine"),
    }


def test_the_parts_of_a_merged_theme_keep_their_findings_under_the_new_whole(themes):
    part = Theme("s-1", "Recording: post", "sub", parent="recording")
    given = (*themes.assignments, Assignment("f3", "s-1", 0.8))
    both = replace(themes, themes=(*themes.themes, part), assignments=given)
    merged = revise(both, [Edit("merge", "recording", "e-1")]).themes
    assert [t.parent for t in merged.themes if t.theme_id == "s-1"] == ["e-1"]
    assert {("f3", "s-1", "person"), ("f3", "e-1", "person")} <= where(merged)


def test_what_leaves_a_theme_leaves_its_parts_and_what_joins_a_part_joins_the_whole(themes):
    part = Theme("s-1", "Recording: post", "sub", parent="recording")
    given = (*themes.assignments, Assignment("f3", "s-1", 0.8))
    both = replace(themes, themes=(*themes.themes, part), assignments=given)
    gone = revise(both, [Edit("reassign", "recording", "", ("f3",))]).themes
    assert "f3" in gone.unassigned
    joined = revise(both, [Edit("add", "s-1", finding_ids=("f4",))]).themes
    assert {("f4", "s-1", "person"), ("f4", "recording", "person")} <= where(joined)


def test_a_persons_name_makes_a_found_theme_give_way(themes):
    log = [Edit("rename", "e-1", "Lost letters")]
    found = replace(themes.themes[2], name="Lost Letters")
    later = replace(themes, themes=(*themes.themes[:2], found))
    first = revise(themes, log)
    again = revise(later, first.log)
    assert again.conflicts == ()
    assert [t.name for t in again.themes.themes][1:] == ["Lost letters", "Lost Letters (e-2)"]


def test_split_moves_findings_to_a_new_theme(themes):
    split = revise(themes, [Edit("split", "e-1", "Old addresses", ("f2",))]).themes
    part = split.themes[-1]
    assert (part.name, part.kind, part.status) == ("Old addresses", "emergent", "approved")
    assert ("f2", part.theme_id, "person") in where(split)
    assert ("f2", "e-1", "machine") not in where(split)


def test_reassign_to_nothing_puts_a_finding_into_the_bucket(themes):
    changed = revise(themes, [Edit("reassign", "recording", "", ("f3",))]).themes
    assert changed.unassigned == ("f3", "f4")


def test_add_and_create_take_findings_out_of_the_bucket(themes):
    changed = revise(themes, [Edit("add", "e-1", finding_ids=("f4",))]).themes
    assert changed.unassigned == ()
    made = revise(themes, [Edit("create", "", "Lost post", ("f4",))]).themes
    assert made.unassigned == ()
    assert made.themes[-1].name == "Lost post"


EVERY_ACTION = (
    Edit("rename", "e-1", "Lost letters"),
    Edit("approve", "e-1"),
    Edit("reject", "recording"),
    Edit("split", "e-1", "Old addresses", ("f2",)),
    Edit("merge", "e-2", "e-1"),
    Edit("reassign", "recording", "e-1", ("f3",)),
    Edit("create", "", "Lost post", ("f4",)),
    Edit("add", "recording", finding_ids=("f4",)),
)


def test_a_log_that_was_applied_gives_the_same_again(themes):
    once = revise(themes, EVERY_ACTION)
    assert once.conflicts == ()
    assert {edit.status for edit in once.log} == {"applied"}
    assert revise(themes, once.log) == once


def test_without_the_edits_that_were_undone_the_machines_set_is_back(themes):
    log = list(revise(themes, EVERY_ACTION).log)
    for place in (4, 0, 3, 6, 1, 7, 2, 5):
        log[place] = replace(log[place], undone_by="AB", undone_at="2024-05-02")
        left = [edit for edit in log if edit.active]
        assert revise(themes, log).themes == revise(themes, left).themes
    assert revise(themes, log).themes == themes


def test_the_log_says_what_was_there_before_and_after(themes):
    log = revise(themes, EVERY_ACTION).log
    assert [(edit.before, edit.after) for edit in log] == [
        ("Letters", "Lost letters"),
        ("proposed", "approved"),
        ("proposed", "rejected"),
        ("Lost letters; Post", "Post; Old addresses"),
        ("Post (1 finding)", "Lost letters (2 findings)"),
        ("Recording", "Lost letters"),
        ("no theme", "Lost post"),
        ("Lost post", "Recording; Lost post"),
    ]


def test_an_edit_whose_theme_was_undone_waits_in_conflict(themes):
    made = revise(themes, [Edit("create", "", "Lost post", ("f4",))])
    new_theme = made.themes.themes[-1].theme_id
    log = revise(themes, [*made.log, Edit("add", new_theme, finding_ids=("f1",))]).log
    undone = revise(themes, [replace(log[0], undone_at="2024-05-02"), log[1]])
    assert undone.themes == themes
    assert [edit.reason for edit in undone.conflicts] == [f"there is no theme {new_theme}"]
    assert revise(themes, [log[0], undone.log[1]]).conflicts == ()


def test_a_conflict_is_applied_once_it_can_be(themes):
    log = revise(themes, [Edit("reassign", "e-1", "Lost post", ("f1",), author="AB")]).log
    assert log[0].reason == "there is no theme Lost post to move to"
    later = revise(themes, [*log, Edit("create", "", "Lost post")]).log
    assert later[0].status == "conflict"
    assert revise(themes, [*later[1:], later[0]]).conflicts == ()


def test_what_version_0_1_settled_is_applied_to_a_new_build(themes):
    log = [
        Edit("add", "e-1", finding_ids=("f4",), settled=True),
        Edit("reassign", "e-1", "e-2", ("f4",), settled=True),
        Edit("reassign", "e-2", "", ("f2",), settled=True),
    ]
    settled = apply_settled(themes, log)
    assert where(settled) >= {("f4", "e-2", "person")}
    assert apply_settled(settled, log) == settled
    assert revise(settled, log).themes == settled


def test_what_cannot_be_done_is_listed_with_the_reason(themes):
    edits = [
        Edit("approve", "e-9"),
        Edit("merge", "e-1", "e-9"),
        Edit("rename", "e-1", "post"),
        Edit("rename", "e-1"),
    ]
    revised = revise(themes, edits)
    assert [edit.reason for edit in revised.conflicts] == [
        "there is no theme e-9",
        "there is no theme e-9 to move to",
        "another theme has this name",
        "the value is empty",
    ]
    assert revised.themes == themes


def new_in(log, *edits):
    return record(log, edits, {}).new_edits


def test_the_same_decision_of_the_same_person_is_recorded_once():
    log = [Edit("approve", "e-1", author="AB", status="applied")]
    assert new_in(log, Edit("approve", "e-1", author="AB", at="2025-01-01")) == ()
    assert new_in(log, Edit("approve", "e-1")) == ()
    assert len(new_in(log, Edit("approve", "e-1", author="CD"))) == 1


def test_a_person_may_change_their_mind_and_change_it_back():
    log = [Edit("approve", "e-1"), Edit("reject", "e-1")]
    assert len(new_in(log, Edit("approve", "e-1"))) == 1
    assert new_in(log, Edit("reject", "e-1")) == ()


def test_an_export_taken_in_again_decides_nothing_again():
    first = Edit("approve", "e-1", author="AB", batch="review-1")
    log = [first, Edit("reject", "e-1", author="CD", batch="review-2")]
    assert record(log, [first], {}).repeated == 1
    undone = replace(first, undone_by="CD", undone_at="2024-05-02")
    assert record([undone], [first], {}).left_undone == (undone,)
    assert len(record([undone], [replace(first, batch="review-3")], {}).new_edits) == 1


def test_two_people_who_differ_are_listed_and_the_later_is_in_force():
    log = [Edit("approve", "e-1", author="AB", at="2024-05-01")]
    recorded = record(log, [Edit("reject", "e-1", author="CD", at="2024-05-02")], {})
    assert recorded.disagreements == (
        "reject e-1 (CD, 2024-05-02) differs from approve e-1 (AB, 2024-05-01); "
        "the later one is in force",
    )
    assert recorded.new_edits[0].reason == "differs from approve e-1 (AB, 2024-05-01)"


def test_two_rows_of_one_person_that_contradict_each_other_are_both_left_open(themes):
    rows = [
        Edit("reassign", "e-1", "e-2", ("f1",), row="Findings 3"),
        Edit("approve", "e-1", row="Themes 2"),
        Edit("add", "e-1", finding_ids=("f1",), row="Findings 9"),
    ]
    moved, approved, added = new_in([], *rows)
    assert approved == rows[1]
    assert moved.reason == "sheet 'Findings', row 9 contradicts it"
    assert added.reason == "sheet 'Findings', row 3 contradicts it"
    assert revise(themes, [moved, added]).themes == themes
    assert len(revise(themes, [moved, added]).conflicts) == 2


def test_a_corrected_role_counts_for_known_themes_as_the_machines_would(themes):
    weak = Finding("f4", "d", 0, 1, "x", 1, role="context", themes=("recording",),
                   scores={"theme:recording": 0.65})  # fmt: skip
    problem = replace(weak, role="problem")
    joined = follow_roles(themes, [(weak, problem)])
    assert where(joined) - where(themes) == {("f4", "recording", "machine")}
    assert joined.unassigned == ()
    bucket = follow_roles(joined, [(problem, weak)])
    assert where(bucket) == where(themes)
    assert bucket.unassigned == ()


def test_an_unknown_action_names_those_there_are(themes):
    with pytest.raises(UnknownNameError) as caught:
        revise(themes, [Edit("delete", "e-1")])
    assert str(caught.value) == (
        "unknown edit 'delete'; choose one of: "
        "add, approve, create, merge, reassign, reject, relabel, rename, split"
    )
