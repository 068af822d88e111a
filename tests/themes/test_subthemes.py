from dataclasses import replace

import pytest

from lif_nlp.records import Edit, ThemeSet
from lif_nlp.themes import build_themes, revise


def coded(findings):
    """The findings under one known theme, and as many facts of the case under none."""
    facts = [
        replace(
            f, finding_id=f"{f.finding_id}-fact", text=f"The house had {n} rooms.", role="context"
        )
        for n, f in enumerate(findings)
    ]
    return [*(replace(f, themes=("recording",)) for f in findings), *facts]


@pytest.fixture(scope="module")
def divided(make, encode, framework) -> ThemeSet:
    findings = coded(make(14))
    return build_themes(findings, encode(findings), framework, seed=1)


def names(themes: ThemeSet) -> set[str]:
    return {theme.name for theme in themes.themes if theme.kind == "sub"}


def members(themes: ThemeSet, name: str) -> set[str]:
    (theme,) = (t for t in themes.themes if t.name == name)
    return {a.finding_id for a in themes.assignments if a.theme_id == theme.theme_id}


def test_a_large_theme_is_divided_by_the_subjects_of_its_findings(divided):
    assert names(divided) == {
        "Recording: appointment letters",
        "Recording: bus transport",
        "Recording: clinic transport",
        "Recording: interpreters",
        "Recording: swimming lessons",
        "Recording: taxi transport",
    }


def test_every_finding_with_the_phrase_belongs_to_the_sub_theme(divided, make):
    carrying = {f.finding_id for f in make(14) if "ppointment letters" in f.text}
    assert members(divided, "Recording: appointment letters") == carrying


def test_what_belongs_stays_when_reports_are_left_out(divided, make, encode, framework):
    findings = coded(make(14))
    left_out = findings[0].doc_id
    rest = [f for f in findings if f.doc_id != left_out]
    again = build_themes(rest, encode(rest), framework, seed=1)
    assert names(again) == names(divided)
    for name in names(divided):
        stays = {f for f in members(divided, name) if not f.startswith(left_out)}
        assert members(again, name) == stays


def test_a_sub_theme_keeps_its_id_because_it_keeps_its_phrase(divided, make, encode, framework):
    findings = coded(make(20))
    again = build_themes(findings, encode(findings), framework, seed=1)
    assert {t.theme_id: t.name for t in again.themes} == {
        t.theme_id: t.name for t in divided.themes
    }


@pytest.fixture
def more(make):
    """The findings and a new one about letters."""
    new = {"finding_id": "d-new:0-40", "doc_id": "d-new", "themes": ("recording",)}
    text = "Nobody had read the appointment letters."
    return [*coded(make(14)), replace(make(14)[0], text=text, **new)]


def test_new_findings_join_by_their_words(divided, more, encode, framework):
    after = build_themes(more, encode(more), framework, seed=1, previous=divided)
    assert "d-new:0-40" in members(after, "Recording: appointment letters")
    assert "d-new:0-40" not in members(after, "Recording: interpreters")


def test_new_findings_of_a_merged_theme_go_where_it_went(divided, more, encode, framework):
    ids = {theme.name: theme.theme_id for theme in divided.themes}
    letters, interpreters = ids["Recording: appointment letters"], ids["Recording: interpreters"]
    log = [Edit("merge", letters, interpreters)]
    built = build_themes(more, encode(more), framework, seed=1, previous=divided, log=log)
    after = revise(built, log).themes
    assert letters not in {theme.theme_id for theme in after.themes}
    assert "d-new:0-40" in members(after, "Recording: interpreters")


def test_an_older_method_hands_on_ids_and_no_names(divided, make, encode, framework):
    renamed = [replace(t, name=f"{t.name} of old") if t.parent else t for t in divided.themes]
    older = replace(
        divided,
        themes=tuple(renamed),
        method="older",
    )
    findings = coded(make(14))
    after = build_themes(findings, encode(findings), framework, seed=1, previous=older)
    assert {t.theme_id: t.name for t in after.themes} == {
        t.theme_id: t.name for t in divided.themes
    }


def test_a_sub_theme_has_one_home(make, encode, framework):
    findings = [
        replace(f, themes=("recording", "early_help")) if n % 4 == 0 and f.themes else f
        for n, f in enumerate(coded(make(28)))
    ]
    themes = build_themes(findings, encode(findings), framework, seed=1)
    assert {t.parent for t in themes.themes if t.kind == "sub"} == {"recording"}


def test_the_terms_of_siblings_differ(divided):
    said = [term for theme in divided.themes if theme.kind == "sub" for term in theme.terms]
    assert said
    assert len(said) == len(set(said))
