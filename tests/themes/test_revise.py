from dataclasses import replace

import pytest

from lif_nlp.errors import UnknownNameError
from lif_nlp.records import Assignment, Theme, ThemeSet
from lif_nlp.themes import Edit, edit_log, revise
from lif_nlp.themes.revision.apply import replay


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
    again = replay(later, log)
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


def test_applying_edits_twice_changes_nothing(themes):
    edits = [
        Edit("rename", "e-1", "Lost letters"),
        Edit("split", "e-1", "Old addresses", ("f2",)),
        Edit("merge", "e-2", "e-1"),
        Edit("reassign", "recording", "e-1", ("f3",)),
        Edit("create", "", "Lost post", ("f4",)),
    ]
    once = revise(themes, edits)
    assert once.conflicts == ()
    assert revise(once.themes, edits) == once


def test_replaying_a_log_ends_where_it_ended(themes):
    edits = [
        Edit("add", "e-1", finding_ids=("f4",)),
        Edit("reassign", "e-1", "e-2", ("f4",)),
        Edit("reassign", "e-2", "", ("f2",)),
    ]
    edited = revise(themes, edits).themes
    assert replay(edited, edit_log(edited)).themes == edited


def test_a_decision_may_be_taken_back_and_taken_again(themes):
    edits = [Edit("approve", "e-1"), Edit("reject", "e-1"), Edit("approve", "e-1")]
    revised = revise(themes, edits).themes
    assert revised.themes[1].status == "approved"
    assert len(edit_log(revised)) == 3
    assert edit_log(revise(revised, [Edit("approve", "e-1")]).themes) == edit_log(revised)


def test_the_log_is_kept_in_the_set(themes):
    edit = Edit("rename", "e-1", "Lost letters", author="A. Reader", at="2024-05-01")
    assert edit_log(revise(themes, [edit]).themes) == (edit,)


def test_what_cannot_be_done_is_told_and_kept(themes):
    edits = [
        Edit("approve", "e-9"),
        Edit("merge", "e-1", "e-9"),
        Edit("rename", "e-1", "post"),
        Edit("rename", "e-1"),
    ]
    revised = revise(themes, edits)
    assert revised.conflicts == (
        "approve: there is no theme e-9",
        "merge e-1: there is no theme e-9 to go to",
        "rename e-1: another theme has this name",
        "rename e-1: the value is empty",
    )
    assert revised.themes.assignments == themes.assignments
    assert len(edit_log(revised.themes)) == 4


def test_an_unknown_action_names_those_there_are(themes):
    with pytest.raises(UnknownNameError) as caught:
        revise(themes, [Edit("delete", "e-1")])
    assert str(caught.value) == (
        "unknown edit 'delete'; choose one of: "
        "add, approve, create, merge, reassign, reject, rename, split"
    )
