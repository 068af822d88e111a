"""Phrases of the framework are found by whole words, the longest of a label first."""

import pytest

from lif_nlp.text.phrase_matching import PhraseMatcher

TABLE = PhraseMatcher(
    {
        "plans": ["child protection plan", "child protection", "plan"],
        "children": ["child"],
        "team": ["multi-agency team", "MASH"],
    }
)


@pytest.mark.parametrize("text", ["", "…", "– ■ –"])
def test_a_text_without_words_holds_no_phrase(text):
    assert TABLE.find(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Child protection plans", [("plans", 0, 22), ("children", 0, 5)]),
        ("child protection", [("plans", 0, 16), ("children", 0, 5)]),
        ("The child", [("children", 4, 9)]),
        ("a plan for the child.", [("plans", 2, 6), ("children", 15, 20)]),
        ("Multi agency teams; MASH, mash", [("team", 0, 18), ("team", 20, 24)]),
        ("multi-agency", []),
    ],
)
def test_phrases_are_found_with_their_places(text, found):
    assert [(hit.label, hit.start, hit.end) for hit in TABLE.find(text)] == found


def test_a_phrase_of_a_theme_does_not_span_a_full_stop():
    matcher = PhraseMatcher(
        {0: ["care plan"], 1: ["plan late"], 2: ["late visit"]}, for_themes=True
    )
    assert matcher.labels_in("Care-plans late. Visits were kept.") == {0, 1}


def test_a_phrase_within_a_longer_one_is_found_too_and_a_mere_beginning_is_not():
    matcher = PhraseMatcher(
        {0: ["plan"], 1: ["care plan review"], 2: ["plan review meeting"]}, for_themes=True
    )
    assert matcher.labels_in("The care plan review") == {0, 1}


def test_a_phrase_of_a_label_may_span_punctuation():
    matcher = PhraseMatcher({"plans": ["care plan"]})
    assert [match.phrase for match in matcher.find("Care, plan and review")] == ["care plan"]


def test_children_count_as_the_child_in_themes_only():
    for for_themes, labels in ((True, {"voice"}), (False, set())):
        matcher = PhraseMatcher({"voice": ["child voice"]}, for_themes=for_themes)
        assert matcher.labels_in("The children’s voices were heard.") == labels
