"""`lif points --pairs`: lines in, relations out, in the same order."""

import json

import pytest

from lif_nlp.config import load_settings
from lif_nlp.errors import LifError
from lif_nlp.workflow.point_pairs import compare_pairs

PAIRS = (
    ("x", "Return home interviews were late.", "Return home interviews were often late."),
    ("y", "Return home interviews were late.", "Staff hold return home interviews promptly."),
    ("z", "Return home interviews were late.", "The harbour was cold that winter."),
)


def write(path, pairs):
    lines = (json.dumps(dict(zip(("id", "a", "b"), pair, strict=True))) for pair in pairs)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_each_pair_gets_its_relation_and_score(tmp_path):
    target = tmp_path / "out.jsonl"
    source = write(tmp_path / "in.jsonl", PAIRS)
    assert compare_pairs(source, target, load_settings(profile="fast")) == len(PAIRS)
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["x", "y", "z"]
    assert [row["relation"] for row in rows[:2]] == ["same", "opposite"]
    assert rows[2]["relation"] not in ("same", "opposite")
    assert all(0 <= row["score"] <= 1 for row in rows)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": "1", "a": "x"}', 'line 1 must be an object with "id", "a" and "b"'),
        ("{", "line 1 is not JSON"),
    ],
)
def test_a_bad_line_stops_with_its_number(tmp_path, line, fault):
    source = tmp_path / "in.jsonl"
    source.write_text(line, encoding="utf-8")
    with pytest.raises(LifError, match=fault):
        compare_pairs(source, tmp_path / "out.jsonl", load_settings(profile="fast"))
    assert not (tmp_path / "out.jsonl").exists()
