"""Words of children and families are labelled, and never changed."""

import pytest


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The children told inspectors that they liked their worker.", "child"),
        ("Her father, who met the reviewer, said that nobody rang.", "family"),
        ("As one young person put it, it felt like a wall.", "child"),
        ("Care leavers spoken with felt safe.", "child"),
    ],
)
def test_reported_words_are_labelled(annotator, text, code):
    [found] = annotator.label([text])
    assert [m.code for m in found.marks if m.layer == "voice"] == [code]


@pytest.mark.parametrize(
    "text",
    ["The voice of the child is strong in plans.", "Staff said that the family moved in May."],
)
def test_wording_about_families_is_not_their_voice(annotator, text):
    [found] = annotator.label([text])
    assert not [m for m in found.marks if m.layer == "voice"]
