from dataclasses import replace

import pytest

from lif_nlp.records import Edit, ThemeSet
from lif_nlp.themes import build_themes, revise


@pytest.fixture(scope="module")
def before(make, encode, framework) -> ThemeSet:
    findings = make(12)
    return build_themes(findings, encode(findings), framework, seed=1)


def rebuild(findings, encode, framework, previous: ThemeSet, log=()) -> ThemeSet:
    vectors = encode(findings)
    return build_themes(findings, vectors, framework, seed=1, previous=previous, log=log)


def test_the_same_findings_give_the_same_set(before, make, encode, framework):
    again = rebuild(make(12), encode, framework, before)
    assert again == before


def test_facts_too_unsure_for_a_code_join_no_theme_inside_it_later(make, encode, framework):
    coded = [
        replace(f, themes=("recording",)) if "letters" in f.text or "nterpreter" in f.text else f
        for f in make(12)
    ]
    findings = [
        replace(f, role="context", scores={"theme:recording": 0.6}) if n % 7 == 0 else f
        for n, f in enumerate(coded)
    ]
    first = build_themes(findings, encode(findings), framework, seed=1)
    assert {t.parent for t in first.themes if t.kind == "sub"} == {"recording"}
    assert rebuild(findings, encode, framework, first) == first


def test_new_reports_join_themes_and_move_nothing(before, make, encode, framework):
    after = rebuild(make(14), encode, framework, before)
    old = {(a.finding_id, a.theme_id): a.confidence for a in before.assignments}
    new = {(a.finding_id, a.theme_id): a.confidence for a in after.assignments}
    assert old.items() <= new.items()
    assert after.themes == before.themes
    assert len(new) > len(old) + 12
    assert {entry.change for entry in after.drift} == {"kept"}
    assert sum(entry.joined for entry in after.drift) == len(new) - len(old)


def test_many_new_reports_start_a_new_search_that_keeps_ids(before, make, encode, framework):
    after = rebuild(make(20), encode, framework, before)
    assert {t.theme_id: t.name for t in after.themes} == {t.theme_id: t.name for t in before.themes}
    assert after.clustered == 240


def test_a_theme_that_disappears_is_logged_as_gone(before, make, encode, framework):
    # Interpreters, since their sentences differ most: were another subject coded, theirs would be
    # more than a third of what is left, and so wide a cluster is no theme in a small corpus.
    findings = [
        replace(f, themes=("recording",)) if "nterpreter" in f.text else f for f in make(18)
    ]
    after = rebuild(findings, encode, framework, before)
    (gone,) = {t.theme_id for t in before.themes} - {t.theme_id for t in after.themes}
    assert gone == next(t.theme_id for t in before.themes if t.name == "Interpreters")
    log = {entry.theme_id: entry.change for entry in after.drift}
    assert [theme_id for theme_id, what in log.items() if what == "gone"] == [gone]


def test_findings_that_gained_a_code_leave_the_emergent_theme(before, make, encode, framework):
    findings = make(12)
    letters = before.themes[0].theme_id
    moved = [a.finding_id for a in before.assignments if a.theme_id == letters][:3]
    findings = [replace(f, themes=("recording",)) if f.finding_id in moved else f for f in findings]
    after = rebuild(findings, encode, framework, before)
    assert {a.theme_id for a in after.assignments if a.finding_id in moved} == {"recording"}


def test_decisions_stand_after_a_new_search(before, make, encode, framework):
    first, second, third, fourth = before.themes
    inside = [a.finding_id for a in before.assignments if a.theme_id == fourth.theme_id]
    edits = [
        Edit("rename", first.theme_id, "What we call it"),
        Edit("reject", second.theme_id),
        Edit("merge", third.theme_id, first.theme_id),
        Edit("split", fourth.theme_id, "A part of it", tuple(inside[:4])),
    ]
    for reports in (13, 24):
        after = revise(rebuild(make(reports), encode, framework, before, edits), edits).themes
        themes = {t.theme_id: t for t in after.themes}
        assert themes[first.theme_id].name == "What we call it"
        assert themes[second.theme_id].status == "rejected"
        assert third.theme_id not in themes
        merged = {a.finding_id for a in before.assignments if a.theme_id == third.theme_id}
        assert merged <= {a.finding_id for a in after.assignments if a.theme_id == first.theme_id}
        (part,) = (t for t in after.themes if t.name == "A part of it")
        assert set(inside[:4]) <= {
            a.finding_id for a in after.assignments if a.theme_id == part.theme_id
        }
        assert part.centroid
