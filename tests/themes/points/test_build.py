"""Points from frames, known points and the pair test; the same in any order."""

from dataclasses import replace

import pytest

from lif_nlp.themes.points import build_points, echoes, shown_points

LATE_ID, PROMPT_NAME = "lp-return_home_interviews_late", "Return home interviews"


@pytest.fixture(scope="module")
def points(findings, vectors_of, framework, reports):
    return build_points(findings, vectors_of(findings), framework, reports=reports)


def with_aspect(points, role):
    return next(
        p for p in points.points
        if p.role == role and "return_home" in p.aspect and p.documents
    )  # fmt: skip


def test_a_known_point_is_counted_over_reports(points):
    late = with_aspect(points, "problem")
    assert (late.documents, late.findings, late.origin, late.named_by) == (4, 5, "seed", "seed")
    assert late in shown_points(points, role="problem")


def test_strengths_never_join_problems(points, findings):
    role = {finding.finding_id: finding.role for finding in findings}
    kinds = {point.point_id: point.role for point in points.points}
    assert all(kinds[m.point_id] == role[m.finding_id] for m in points.members)


def test_the_contrary_of_a_point_is_shown_as_a_tension(points):
    late, prompt = with_aspect(points, "problem"), with_aspect(points, "strength")
    assert prompt.point_id in late.opposed_by
    assert late.point_id in prompt.opposed_by


def test_a_known_point_that_no_report_states_says_so(points, framework):
    empty = [p for p in points.points if p.documents == 0]
    assert {p.point_id for p in points.points} >= {
        f"lp-{seed.id}" for seed in framework.points if not seed.part_of
    }
    assert empty and all(p.centre == "" and p.quotes == () for p in empty)
    assert not set(empty) & set(shown_points(points))


def test_the_order_of_findings_changes_nothing(points, findings, vectors_of, framework, reports):
    turned = findings[::-1]
    assert points == build_points(turned, vectors_of(turned), framework, reports=reports)


def test_two_reports_make_an_echo(findings, vectors_of, framework, reports):
    few = [f for f in findings if f.doc_id in ("d-0", "d-1") and f.role == "problem"]
    points = build_points(few, vectors_of(few), framework, reports=reports)
    late = with_aspect(points, "problem")
    assert late in echoes(points)
    assert late not in shown_points(points)


def test_template_wording_states_no_point(findings, vectors_of, framework, reports):
    text = "Return home interviews are always late in this part of the country."
    copies = [
        replace(findings[0], finding_id=f"d-{n}:8888", doc_id=f"d-{n}", text=text)
        for n in range(4)
    ]  # fmt: skip
    points = build_points(copies, vectors_of(copies), framework, reports=reports)
    assert points.boilerplate == tuple(f"d-{n}:8888" for n in range(4))
    assert points.members == ()


def test_ids_of_points_last_when_reports_are_added(findings, vectors_of, framework, reports):
    few = [f for f in findings if f.doc_id != "d-3"]
    before = build_points(few, vectors_of(few), framework, reports=reports)
    after = build_points(
        findings, vectors_of(findings), framework, reports=reports, previous=before
    )
    assert {p.point_id for p in before.points} <= {p.point_id for p in after.points}
    [change] = [c for c in after.changes if c.point_id == with_aspect(after, "problem").point_id]
    assert (change.change, change.joined, change.left) == ("kept", 1, 0)


def test_a_point_that_people_decided_about_stays(findings, vectors_of, framework, reports):
    before = build_points(findings, vectors_of(findings), framework, reports=reports)
    own = replace(before.points[0], point_id="lp-ours", origin="person", status="approved")
    previous = replace(before, points=(own, *before.points))
    after = build_points(
        findings, vectors_of(findings), framework, reports=reports, previous=previous,
        lasting={"lp-ours"},
    )  # fmt: skip
    assert own in after.points
