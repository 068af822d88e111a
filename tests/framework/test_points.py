"""Tables of learning points: read as lists, merged by ID, checked."""

import pytest

from lif_nlp.errors import FrameworkError
from lif_nlp.framework import Aspect, SeedPoint, load_framework
from lif_nlp.framework.load import DEFAULT

LATE_VISITS = """
[[aspects]]
id = "garden_visit"
name = "Garden visits"
phrases = ["garden visit"]
theme = "recording"

[[points]]
id = "garden_visits_late"
role = "problem"
name = "Garden visits come late"
theme = "recording"
aspect = "garden_visit"
defect = ["late"]
"""


def load(tmp_path, text):
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return load_framework(path)


def test_a_partnership_adds_its_own_points(tmp_path):
    shipped = load_framework()
    ours = load(tmp_path, f'based_on = "nelscp"\n{LATE_VISITS}')
    assert ours.aspects[-1] == Aspect(
        "garden_visit", "Garden visits", ("garden visit",), "recording"
    )
    assert ours.points[-1] == SeedPoint(
        "garden_visits_late", "problem", "Garden visits come late", "recording",
        ("garden_visit",), ("late",),
    )  # fmt: skip
    assert ours.points[:-1] == shipped.points
    assert ours.defects == shipped.defects


def test_an_entry_changes_only_the_keys_it_gives(tmp_path):
    first = load_framework().points[0]
    text = f'based_on = "nelscp"\n[[points]]\nid = "{first.id}"\nname = "In our words"\n'
    changed = load(tmp_path, text).points[0]
    assert (changed.name, changed.aspect) == ("In our words", first.aspect)


def test_a_point_can_be_left_out(tmp_path):
    first = load_framework().points[0].id
    ours = load(tmp_path, f'based_on = "nelscp"\nleave_out = ["points.{first}"]\n')
    assert first not in {point.id for point in ours.points}


def test_a_part_goes_with_the_point_that_it_is_a_part_of(tmp_path):
    part = next(point for point in load_framework().points if point.part_of)
    ours = load(tmp_path, f'based_on = "nelscp"\nleave_out = ["points.{part.part_of}"]\n')
    assert not {part.id, part.part_of} & {point.id for point in ours.points}


def test_a_framework_of_its_own_gets_the_points_of_its_themes(tmp_path):
    lines = DEFAULT.read_text(encoding="utf-8").replace("[themes.recording]", "[themes.notes]", 1)
    ours = load(tmp_path, lines.replace('"recording"', '"notes"'))
    shipped = load_framework()
    assert ours.points == tuple(p for p in shipped.points if p.theme != "recording")
    assert len(ours.aspects) == len(shipped.aspects)
    assert "recording" not in {aspect.theme for aspect in ours.aspects}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[points]]\nname = "X"', 'points: entry 1 has no ID; write id = "some_id"'),
        (f"{LATE_VISITS}{LATE_VISITS}", "aspects.garden_visit: the ID is used twice"),
        (LATE_VISITS.replace('"problem"', '"problm"'), "did you mean 'problem'?"),
        (LATE_VISITS.replace('["late"]', '["latte"]'), "there is no 'latte'; did you mean 'late'?"),
        (LATE_VISITS.replace('defect = ["late"]', ""), "nothing could state it"),
        (f'{LATE_VISITS}part_of = "plan_drit"', "there is no 'plan_drit'; did you mean"),
        (LATE_VISITS.replace('theme = "recording"', 'theme = "recordin"'), "did you mean"),
        ('[[defects]]\nid = "odd"\nname = "odd"', "defects.odd.phrases: missing"),
        (LATE_VISITS.replace("phrases", "phrasse"), "did you mean 'phrases'?"),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_to_do(tmp_path, text, fault):
    with pytest.raises(FrameworkError) as error:
        load(tmp_path, f'based_on = "nelscp"\n{text}')
    assert fault in str(error.value)


def test_what_is_left_out_takes_its_points_with_it(tmp_path):
    shipped = load_framework()
    point = next(p for p in shipped.points if p.theme and p.aspect and p.defect)
    theme, aspect, defect = (
        {p.id for p in load(tmp_path, f'based_on = "nelscp"\nleave_out = ["{place}"]\n').points}
        for place in (f"themes.{point.theme}", f"aspects.{point.aspect[0]}",
                      f"defects.{point.defect[0]}")
    )  # fmt: skip
    assert point.id not in theme | aspect | defect
