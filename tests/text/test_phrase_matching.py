"""Phrases of the framework are found by whole words, the longest of a label first."""

import pytest

from lif_nlp.text.phrase_matching import PhraseTable

TABLE = PhraseTable(
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
