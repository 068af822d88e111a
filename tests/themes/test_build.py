from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.records import ThemeSet
from lif_nlp.themes import build_themes, shown_themes


def subject_of(text: str) -> str:
    for word in ("nterpreter", "wimming", "ppointment", "clinic"):
        if word in text:
            return word
    raise AssertionError(text)


@pytest.fixture(scope="module")
def built(make, encode, framework) -> ThemeSet:
    findings = make()
    return build_themes(findings, encode(findings), framework, seed=1)


def test_what_recurs_beyond_the_codes_becomes_a_theme(built, make):
    texts = {f.finding_id: f.text for f in make()}
    subjects = defaultdict(set)
    for a in built.assignments:
        subjects[a.theme_id].add(subject_of(texts[a.finding_id]))
    assert len(subjects) == 4
    assert all(len(found) == 1 for found in subjects.values())
    assert {t.kind for t in built.themes} == {"emergent"}


def test_names_are_unique_phrases_of_the_theme(built):
    names = [theme.name for theme in built.themes]
    assert sorted(names) == [
        "Appointment letters",
        "Bus transport and clinic",
        "Interpreters",
        "Swimming lessons",
    ]


def test_input_order_does_not_matter(built, make, encode, framework):
    findings = make()[::-1]
    again = build_themes(findings, encode(findings), framework, seed=1)
    assert again == built


def test_exemplars_come_from_different_reports(built):
    for theme in built.themes:
        reports = [finding.split(":")[0] for finding in theme.exemplars]
        assert len(reports) == len(set(reports)) == 5


def test_too_few_findings_are_not_clustered_and_a_note_says_so(make, encode, framework):
    findings = make(3)
    themes = build_themes(findings, encode(findings), framework, seed=1)
    assert themes.themes == ()
    assert themes.unassigned == tuple(sorted(f.finding_id for f in findings))
    assert themes.notes == (
        "Findings outside the known themes: 36. A search for new themes needs at least 40, so "
        "none was made.",
    )


def test_known_codes_come_first_with_their_confidence(make, encode, framework):
    findings = make(2, subjects=["letters"], themes=("recording", "information_sharing"))
    findings[0] = replace(findings[0], scores={"theme:recording": 0.62})
    themes = build_themes(findings, encode(findings), framework, seed=1)
    assert [t.theme_id for t in themes.themes] == ["information_sharing", "recording"]
    first = {
        a.theme_id: a.confidence
        for a in themes.assignments
        if a.finding_id == findings[0].finding_id
    }
    assert first == {"information_sharing": 1.0, "recording": 0.62}
    assert themes.unassigned == ()


def test_context_needs_no_theme(make, encode, framework):
    findings = [replace(f, role="context") for f in make()]
    themes = build_themes(findings, encode(findings), framework, seed=1)
    assert themes.themes == themes.assignments == themes.unassigned == ()


def test_unstable_and_rejected_themes_are_hidden(built):
    stable, unstable, rejected, approved = built.themes
    changed = replace(
        built,
        themes=(
            replace(stable, stability=0.95),
            replace(unstable, stability=0.4),
            replace(rejected, stability=1.0, status="rejected"),
            replace(approved, stability=0.4, status="approved"),
        ),
    )
    assert shown_themes(changed) == (changed.themes[0], changed.themes[3])


def test_rows_and_findings_must_match(make, framework):
    with pytest.raises(ValueError, match="36 findings but 2 vectors; give one row each"):
        build_themes(make(3), np.eye(2, dtype=np.float32), framework, seed=1)


def test_no_findings_give_an_empty_set(framework):
    themes = build_themes([], np.zeros((0, 8), dtype=np.float32), framework, seed=1)
    assert themes.themes == themes.assignments == themes.unassigned == ()
