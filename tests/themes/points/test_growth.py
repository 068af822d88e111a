"""A new report meets stored points: ids, names and quotes stay, counts grow."""

import numpy as np
import pytest

from lif_nlp.embed.load import load_encoder
from lif_nlp.themes.points import build_points, extend_points


@pytest.fixture(scope="module")
def grown(findings, vectors_of, framework, reports):
    old = [f for f in findings if f.doc_id != "d-3"]
    new = [f for f in findings if f.doc_id == "d-3"]
    before = build_points(old, vectors_of(old), framework, reports=reports)
    by_id = {f.finding_id: f for f in old}

    def take(ids):
        stored = [by_id[id] for id in ids]
        return stored, np.asarray(vectors_of(stored))

    return before, extend_points(
        before, new, vectors_of(new), framework, reports=reports, take=take
    )


def test_ids_names_and_quotes_stay(grown):
    before, after = grown
    named = {p.point_id: (p.name, p.quotes, p.centre) for p in after.points}
    assert all(
        named[p.point_id] == (p.name, p.quotes, p.centre) for p in before.points if p.documents
    )


def test_a_new_report_is_counted_once(grown):
    before, after = grown
    counts = {p.point_id: p.documents for p in after.points}
    [late] = [
        p for p in before.points
        if p.documents == 3 and p.role == "problem" and "return_home" in p.aspect
    ]  # fmt: skip
    assert counts[late.point_id] == 4
    [change] = [c for c in after.changes if c.point_id == late.point_id]
    assert (change.change, change.joined, change.left) == ("kept", 1, 0)


def test_nothing_is_lost_or_counted_twice(grown, findings):
    _, after = grown
    members = {m.finding_id for m in after.members}
    assert members | set(after.unassigned) | set(after.boilerplate) == {
        f.finding_id for f in findings
    }
    assert not members & set(after.unassigned)


def test_a_full_build_gives_the_same_members(grown, findings, vectors_of, framework, reports):
    _, after = grown
    full = build_points(findings, vectors_of(findings), framework, reports=reports)
    frames = {(m.point_id, m.finding_id) for m in full.members if m.why != "pair"}
    assert frames == {(m.point_id, m.finding_id) for m in after.members if m.why != "pair"}


def test_what_grew_expects_as_many_reports_as_a_full_build(findings, framework, reports):
    encode = load_encoder("static").encode

    def vectors_of(some):
        return encode([f.text for f in some])

    old = [f for f in findings if f.doc_id != "d-3"]
    by_id = {f.finding_id: f for f in findings}
    grown = extend_points(
        build_points(old, vectors_of(old), framework, reports=reports, encode=encode),
        new := [f for f in findings if f.doc_id == "d-3"], vectors_of(new), framework,
        reports=reports, encode=encode,
        take=lambda ids: (stored := [by_id[id] for id in ids], vectors_of(stored)),
    )  # fmt: skip
    full = build_points(findings, vectors_of(findings), framework, reports=reports, encode=encode)
    expected = {p.point_id: p.likely for p in full.points if p.origin == "seed"}
    assert any(likely % 1 > 0 for likely in expected.values())
    assert {p.point_id: p.likely for p in grown.points if p.origin == "seed"} == pytest.approx(
        expected, abs=0.002
    )
