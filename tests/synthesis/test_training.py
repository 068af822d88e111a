import pandas as pd

from lif_nlp.synthesis import training_needs
from tests.synthesis.conftest import document, finding, frames_of


def test_a_named_group_counts_before_the_usual_ones(frames, framework):
    table = training_needs(frames, framework)
    rows = {(row.theme_id, row.group, row.basis): row for row in table.itertuples()}
    assert rows["sharing", "police", "named"].finding_ids == ("a:1",)
    assert rows["sharing", "gp", "framework"].finding_ids == ("a:2",)


def test_an_unnamed_problem_falls_to_the_groups_of_the_framework(framework):
    frames = frames_of([document("a", "2020")], [finding("a", 1, themes=("voice",))])
    row = training_needs(frames, framework).iloc[0]
    assert (row["group"], row["basis"], row["name"]) == ("school", "framework", "Schools")


def test_a_theme_with_strengths_only_is_no_training_need(framework):
    rows = [finding("a", 1, "strength", themes=("voice",))]
    assert training_needs(frames_of([document("a", "2020")], rows), framework).empty


def test_courses_are_found_by_theme_id_or_name(frames, framework):
    courses = pd.DataFrame(
        {"title": ["Share well", "Hear me"], "themes": ["sharing", "Voice of the child; x"]}
    )
    table = training_needs(frames, framework, courses=courses)
    sharing = table[table["theme_id"].eq("sharing")]
    assert set(sharing["courses"]) == {("Share well",)}
