"""People's decisions: applied in order, undone in any, kept with their ids."""

from dataclasses import replace

import pytest

from lif_nlp.errors import UnknownNameError
from lif_nlp.point_records import Point, PointEdit, PointMember, PointSet
from lif_nlp.themes.points import decided_points, revise_points

DOCUMENTS = {"f1": "d1", "f2": "d2", "f3": "d3", "f4": "d4"}
MACHINE = PointSet(
    points=(
        Point("lp-a", "Plans: late", "problem", documents=3, findings=3, quotes=("f1",)),
        Point("lp-b", "Visits: late", "problem", documents=1, findings=1, quotes=("f4",)),
    ),
    members=(
        *(PointMember("lp-a", f, 0.9) for f in ("f1", "f2", "f3")),
        PointMember("lp-b", "f4", 0.9),
    ),
    unassigned=("f5",),
)


def revised(*edits):
    return revise_points(MACHINE, edits, documents=DOCUMENTS)


def members(points, id):
    return {m.finding_id for m in points.members if m.point_id == id}


def point(points, id):
    return next(p for p in points.points if p.point_id == id)


def test_approve_reject_and_rename():
    result = revised(
        PointEdit(action="approve", point_id="lp-a"),
        PointEdit(action="reject", point_id="lp-b"),
        PointEdit(action="rename", point_id="lp-a", value="Plans come late"),
    )
    named = point(result.points, "lp-a")
    assert (named.status, named.name, named.named_by) == ("approved", "Plans come late", "person")
    assert point(result.points, "lp-b").status == "rejected"
    assert [(e.status, e.before, e.after) for e in result.log][2] == (
        "applied", "Plans: late", "Plans come late",
    )  # fmt: skip


def test_merge_moves_the_findings_and_counts_again():
    merged = revised(PointEdit(action="merge", point_id="lp-b", value="lp-a")).points
    assert [p.point_id for p in merged.points] == ["lp-a"]
    assert (point(merged, "lp-a").documents, members(merged, "lp-a")) == (4, set(DOCUMENTS))


def test_split_makes_a_point_whose_id_is_always_the_same():
    edit = PointEdit(action="split", point_id="lp-a", value="New", finding_ids=("f3", "f2"))
    first, again = revised(edit), revised(replace(edit, finding_ids=("f2", "f3")))
    [id] = {p.point_id for p in first.points.points} - {"lp-a", "lp-b"}
    assert members(first.points, id) == {"f2", "f3"}
    assert members(first.points, "lp-a") == {"f1"}
    assert id in {p.point_id for p in again.points.points}
    assert decided_points(first.log) == {"lp-a", id}


def test_move_to_another_point_or_out():
    moved = revised(
        PointEdit(action="move", point_id="lp-a", value="lp-b", finding_ids=("f1",)),
        PointEdit(action="move", point_id="lp-a", finding_ids=("f2",)),
    ).points
    assert members(moved, "lp-b") == {"f1", "f4"}
    assert moved.unassigned == ("f2", "f5")
    [by] = [m.by for m in moved.members if m.finding_id == "f1"]
    assert by == "person"


def test_an_undone_decision_leaves_no_trace():
    edit = PointEdit(action="merge", point_id="lp-b", value="lp-a", undone_at="2026-01-01")
    assert {p.point_id for p in revised(edit).points.points} == {"lp-a", "lp-b"}


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (PointEdit(action="approve", point_id="lp-x"), "there is no point lp-x"),
        (PointEdit(action="merge", point_id="lp-a", value="lp-x"),
         "there is no point lp-x to move to"),
        (PointEdit(action="rename", point_id="lp-a", value=" "), "the value is empty"),
        (PointEdit(action="rename", point_id="lp-a", value="visits: late"),
         "another point has this name"),
        (PointEdit(action="split", point_id="lp-a", value="N"), "no finding is named"),
        (PointEdit(action="move", point_id="lp-a", finding_ids=("f9",)),
         "there is none of its findings"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_applied_says_why(edit, reason):
    result = revised(edit)
    assert [(e.status, e.reason) for e in result.conflicts] == [("conflict", reason)]
    assert result.points.members == MACHINE.members


def test_an_unknown_action_is_an_error():
    with pytest.raises(UnknownNameError):
        revised(PointEdit(action="paint", point_id="lp-a"))
