"""Names as people type them find what they mean, or a message that helps."""

import pytest

from lif_nlp.errors import MOST_CHARACTERS, UnknownNameError
from lif_nlp.names import known_id, matching_id

THEMES = {"recording": "What we write down", "voice_of_child": "The child's voice"}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("recording", "recording"),
        (" Recording ", "recording"),
        ("VOICE OF CHILD", "voice_of_child"),
        ("voice-of-child", "voice_of_child"),
        ("the child's  voice", "voice_of_child"),
        ("tidiness", ""),
        ("", ""),
        ("  ", ""),
    ],
)
def test_case_blanks_and_hyphens_do_not_matter(given, meant):
    assert matching_id(given, THEMES) == meant


def test_an_id_goes_before_the_title_of_another():
    assert matching_id("Neglect", {"early_help": "Neglect", "neglect": "Harm"}) == "neglect"


def test_a_misspelt_name_gets_a_suggestion_with_its_title():
    with pytest.raises(UnknownNameError) as raised:
        known_id("theme", "recordng", THEMES)
    assert str(raised.value) == (
        "unknown theme 'recordng'; did you mean recording (What we write down)? choose one of: "
        "recording (What we write down), voice_of_child (The child's voice)"
    )


def test_a_title_is_suggested_by_its_spelling_too():
    with pytest.raises(UnknownNameError, match=r"did you mean recording \(What we write down\)\?"):
        known_id("theme", "what we write dwon", THEMES)


def test_a_long_list_is_cut_and_says_how_to_see_the_rest():
    names = [f"name-{number:04d}" for number in range(200)]
    with pytest.raises(UnknownNameError) as raised:
        known_id("theme", "zebra", names, see="lif themes")
    message = str(raised.value)
    assert message.endswith(" more; to list them: lif themes")
    assert len(message) < MOST_CHARACTERS + 100
    listed = message.count("name-")
    assert f"and {200 - listed} more" in message


def test_a_suggestion_from_a_long_list_stands_alone():
    names = [f"name-{number:04d}" for number in range(200)] + ["supervision"]
    with pytest.raises(UnknownNameError) as raised:
        known_id("theme", "supervison", names, see="lif themes")
    assert str(raised.value) == (
        "unknown theme 'supervison'; did you mean supervision? to list all: lif themes"
    )


def test_nothing_to_choose_from_is_said():
    with pytest.raises(UnknownNameError, match="unknown theme 'x'; there is none yet"):
        known_id("theme", "x", {})
