"""Themes become the topics of a fitted BERTopic."""

from collections import Counter
from dataclasses import replace

import pytest

from lif_nlp.errors import LifError
from lif_nlp.records import Assignment, ThemeSet
from lif_nlp.themes import build_themes
from lif_nlp.themes.topics import NO_THEME, fit_topics


@pytest.fixture(scope="module")
def findings(make):
    """Four subjects that recur, one of them under a code, and a fact that nobody learns from."""
    coded = [replace(f, themes=("recording",)) if "letters" in f.text else f for f in make()]
    fact = replace(
        coded[0], finding_id="d-fact:0-9", text="The house had a garden.", role="context"
    )
    alone = replace(coded[0], finding_id="d-alone:0-9", text="The moon rose over a quiet harbour.")
    return [*coded, fact, alone]


@pytest.fixture(scope="module")
def theme_set(findings, encode, framework) -> ThemeSet:
    return build_themes(findings, encode(findings), framework, seed=1)


@pytest.fixture(scope="module")
def topics(theme_set, findings, encode, framework):
    vectors = encode(findings)
    return fit_topics(theme_set, theme_set.themes, findings, vectors, framework)


def test_each_theme_is_a_topic_and_findings_without_one_are_outliers(topics, theme_set):
    info = topics.model.get_topic_info().set_index("CustomName")["Count"].to_dict()
    expected = Counter(a.theme_id for a in theme_set.assignments)
    names = {theme.theme_id: theme.name for theme in theme_set.themes}
    without = len(theme_set.unassigned)
    assert info == {names[i]: n for i, n in expected.items()} | {NO_THEME: without}
    assert {"Recording", "Bus transport and clinic", "Swimming lessons"} == set(names.values())


def test_documents_are_the_findings_about_practice_in_the_models_order(topics, findings):
    ids = [f.finding_id for f in topics.findings]
    assert ids == sorted(f.finding_id for f in findings if f.role != "context")
    labels = dict(zip(topics.model.topics_, topics.themes, strict=True))
    assert [labels[topic] for topic in topics.model.topics_] == list(topics.themes)


def test_representative_documents_are_the_exemplars(topics, findings):
    texts = {f.finding_id: f.text for f in findings}
    topic, theme = next(
        (n, t) for n, t in zip(topics.model.topics_, topics.themes, strict=True) if t
    )
    assert topics.model.get_representative_docs(topic) == [texts[e] for e in theme.exemplars]


def test_tables_over_time_and_pictures_can_be_made(topics):
    texts = [f.text for f in topics.findings]
    years = [2020 + n % 3 for n in range(len(texts))]
    over_time = topics.model.topics_over_time(texts, years)
    assert over_time["Frequency"].sum() == len(texts)
    figure = topics.model.visualize_topics_over_time(over_time, custom_labels=True)
    assert "Swimming lessons" in figure.to_json()
    assert "Swimming lessons" in topics.model.visualize_hierarchy(custom_labels=True).to_json()


def test_a_persons_assignment_comes_first_and_hidden_themes_are_no_topics(
    theme_set, findings, encode, framework
):
    first, second = [t for t in theme_set.themes if t.kind == "emergent"][:2]
    moved = next(a.finding_id for a in theme_set.assignments if a.theme_id == first.theme_id)
    by_person = Assignment(moved, second.theme_id, 1.0, "person")
    edited = replace(theme_set, assignments=(*theme_set.assignments, by_person))
    topics = fit_topics(edited, [first, second], findings, encode(findings), framework)
    theme_of = {f.finding_id: t for f, t in zip(topics.findings, topics.themes, strict=True)}
    assert theme_of[moved] == second
    assert {t.theme_id for t in topics.themes if t} == {first.theme_id, second.theme_id}


def test_no_theme_at_all_is_an_error(theme_set, findings, encode, framework):
    with pytest.raises(LifError, match="there are no themes to make topics of"):
        fit_topics(theme_set, [], findings, encode(findings), framework)
