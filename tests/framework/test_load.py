"""A partnership's own file loads, or every fault in it is named with its place."""

from textwrap import dedent

import pytest

from lif_nlp.errors import FrameworkError
from lif_nlp.framework import SubArea, load_framework
from lif_nlp.framework.load import DEFAULT

OWN_PRIORITY = """
[priorities.child_exploitation]
name = "Child exploitation"
definition = "Children used by others for gain."
phrases = ["county lines", "debt bondage"]
questions = ["Who gains?", "What went well?"]
colour = "#006644"

[priorities.child_exploitation.sub_areas.criminal]
name = "Criminal exploitation"
phrases = ["county lines"]
"""
OWN_THEME = """
[themes.online_life]
name = "Life online"
definition = "What children do and meet online."
phrases = ["online gaming"]
questions = ["Who asks?", "What helps?"]
groups = ["all", "library"]

[agencies.library]
name = "Libraries"
names = ["library service"]

[review_types.peer_story]
name = "Peer story"
family = "practice_review"
aliases = ["peer story"]
"""


@pytest.fixture
def own(tmp_path):
    """Write a copy of the default framework with changes; gives its path."""

    def write(added: str = "", **replaced: str):
        text = DEFAULT.read_text(encoding="utf-8")
        for old, new in replaced.items():
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "ours.toml"
        path.write_text(text.replace("# ---- 3.", f"{added}\n# ---- 3.", 1), encoding="utf-8")
        return path

    return write


def test_a_copy_with_one_added_priority_loads(own):
    framework = load_framework(own(OWN_PRIORITY))

    added = framework.priority("child_exploitation")
    assert added.phrases == ("county lines", "debt bondage")
    assert added.sub_areas == (SubArea("criminal", "Criminal exploitation", ("county lines",)),)
    assert len(framework.priorities) == 4


def test_the_example_of_the_readme_loads(own):
    readme = DEFAULT.with_name("README.md").read_text(encoding="utf-8")
    example = dedent(readme.split("```toml")[1].split("```")[0])

    assert load_framework(own(example)).priority("child_exploitation").groups[0] == "police"


def test_a_theme_an_agency_and_a_review_type_are_added_by_editing_alone(own):
    framework = load_framework(own(OWN_THEME))

    assert framework.theme("online_life").groups == ("all", "library")
    assert framework.agency("library").names == ("library service",)
    assert framework.review_type("peer_story").statutory is False


def test_the_default_is_read_once():
    assert load_framework() is load_framework()


def test_a_changed_file_is_read_again(own):
    assert load_framework(own()).version == "2024"
    assert load_framework(own(**{'version = "2024"': 'version = "2025"'})).version == "2025"


def test_a_file_saved_by_a_windows_editor_loads(own):
    path = own()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert load_framework(path) == load_framework()


def test_all_faults_are_named_at_once(own):
    path = own(
        OWN_PRIORITY.replace('phrases = ["county lines", "debt bondage"]\n', ""),
        **{'colour = "#1f6fb2"': 'colour = "blue"'},
    )

    with pytest.raises(FrameworkError) as caught:
        load_framework(path)

    assert str(caught.value) == (
        f"{path}: priorities.neglect.colour: 'blue'; write # and six digits or letters a-f, "
        f"such as '#1f6fb2'; priorities.child_exploitation.phrases: missing; add it; "
        f"correct the file and run again"
    )


def test_an_id_that_stands_twice_is_named(own):
    path = own("[priorities.neglect]\n")

    with pytest.raises(FrameworkError, match=r"Cannot declare \('priorities', 'neglect'\) twice"):
        load_framework(path)


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "none.toml"

    with pytest.raises(FrameworkError) as caught:
        load_framework(path)

    assert caught.value.faults == (
        "cannot be opened (No such file or directory); check the path of the file",
    )


def test_a_file_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_bytes(b'name = "caf\xe9"')

    with pytest.raises(FrameworkError) as caught:
        load_framework(path)

    assert caught.value.faults == ("is not UTF-8 text; save it as plain text with encoding UTF-8",)


def test_a_slip_of_the_pen_is_named_with_its_line(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text('name = "Ours"\npartnership = “Ours”\n', encoding="utf-8")

    with pytest.raises(FrameworkError, match=r"is not valid TOML: .*line 2.* a curly quote"):
        load_framework(path)
