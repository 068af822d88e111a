"""A file that says only what differs from another one."""

import pytest

from lif_nlp.errors import FrameworkError
from lif_nlp.framework import load_framework
from lif_nlp.framework.load import DEFAULT

COASTAL = DEFAULT.parent / "examples" / "coastal.toml"


def written(folder, text, name="ours.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_coastal_example_has_its_own_four_priorities_and_the_rest_of_its_base():
    coastal, base = load_framework(COASTAL), load_framework()

    names = [priority.name for priority in coastal.priorities]
    assert sorted(names) == ["Child exploitation", "Child sexual abuse", "Early help", "Neglect"]
    assert coastal.themes == base.themes
    assert coastal.priority("neglect").phrases == base.priority("neglect").phrases
    assert coastal.agency("fire_rescue").name == "Fire and rescue"


def test_a_theme_is_renamed_in_three_lines(tmp_path):
    path = written(
        tmp_path, 'based_on = "nelscp"\n[themes.recording]\nname = "What we write down"\n'
    )

    renamed, base = load_framework(path).theme("recording"), load_framework().theme("recording")
    assert renamed.name == "What we write down"
    assert renamed.phrases == base.phrases


def test_a_file_can_be_based_on_one_beside_it(tmp_path):
    written(tmp_path, 'based_on = "nelscp"\nversion = "7"\n', "first.toml")
    second = written(tmp_path, 'based_on = "first.toml"\npartnership = "Ours"\n')

    framework = load_framework(second)
    assert (framework.version, framework.partnership) == ("7", "Ours")


def test_what_is_left_out_is_gone_with_the_borders_that_speak_of_it(tmp_path):
    path = written(tmp_path, 'based_on = "nelscp"\nleave_out = ["themes.recording"]\n')

    framework = load_framework(path)
    assert "recording" not in [theme.code for theme in framework.themes]
    assert all("recording" not in confusion.between for confusion in framework.confusions)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            'based_on = "nelscp"\nleave_out = ["themes.recordings"]\n',
            "leave_out: no 'themes.recordings' in the framework this is based on; "
            "did you mean 'recording'?",
        ),
        (
            'leave_out = ["themes.recording"]\n',
            'based_on: write the name of a framework file, such as "nelscp"',
        ),
        (
            'based_on = "ours.toml"\n',
            "based_on: 'ours.toml' is based on this file; name another",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, text, fault):
    path = written(tmp_path, text)

    with pytest.raises(FrameworkError) as error:
        load_framework(path)
    assert error.value.faults == (fault,)
