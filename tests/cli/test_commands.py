"""The command line as a user meets it: results, exit codes, one-line errors."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIF = Path(sys.executable).with_name("lif")


def lif(*arguments, **environment):
    return subprocess.run(
        [LIF, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "LIF_ENCODER": "hashed", **environment},
        check=False,
    )


def test_help_names_every_command():
    out = lif("--help").stdout
    for command in ("mine", "add", "themes", "brief", "search", "export", "status", "annotate"):
        assert f"  {command} " in out


def test_add_exits_3_and_names_what_was_quarantined(reports, tmp_path):
    done = lif("add", reports, "-w", tmp_path / "w", "--quiet")
    assert done.returncode == 3
    assert "2 documents read, 0 known already, 1 quarantined" in done.stdout
    assert "quarantined: " in done.stderr and "false.pdf" in done.stderr
    shown = lif("status", "-w", tmp_path / "w", "--json")
    assert json.loads(shown.stdout)["counts"]["documents_quarantined"] == 1


def test_a_command_without_its_workspace_says_what_to_do(tmp_path):
    done = lif("themes", "-w", tmp_path / "none")
    assert done.returncode == 1
    assert done.stderr.startswith("lif: ")
    assert "make one with: lif add REPORTS -w FOLDER" in done.stderr
    assert done.stderr.count("\n") == 1


def test_wrong_usage_exits_2():
    assert lif("export").returncode == 2
    assert lif("mine", "--jobs", "many", "x").returncode == 2


def test_annotate_keeps_ids_and_order(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "b", "text": "The police failed to tell the school."},
        {"id": "a", "text": "Care leavers.", "heading": "What needs to improve"},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert lif("annotate", source, target).returncode == 0
    out = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in out] == ["b", "a"]
    assert out[0]["hindsight"] == ["blame"]
    assert out[1]["role"] == "problem"
    keys = {"id", "hindsight", "aware", "role", "why", "priorities", "themes", "scores"}
    assert keys <= set(out[0])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{oops", "line 2 is not JSON"),
        ('{"id": "x"}', 'line 2 must be an object with "id" and "text" as strings'),
        ('{"id": 1, "text": "y"}', 'line 2 must be an object with "id" and "text" as strings'),
    ],
)
def test_a_bad_line_stops_with_its_number_and_leaves_no_output(tmp_path, line, message):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "Fine."}\n' + line + "\n", encoding="utf-8")
    done = lif("annotate", source, target)
    assert done.returncode == 1
    assert message in done.stderr
    assert not target.exists()
