"""Each command as a user meets it: its result, its exit code, its one-line errors."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lif_nlp.about import __version__
from lif_nlp.circulation import FOR_CIRCULATION, FOR_LEARNING_TEAM
from lif_nlp.cli import options
from lif_nlp.cli.app import COMMANDS

LIF = Path(sys.executable).with_name("lif")


def test_help_names_every_command(lif):
    shown = lif("-h")
    assert shown.code == 0
    for command in COMMANDS:
        assert f"  {command.__name__} " in shown.out


@pytest.mark.parametrize("command", [command.__name__ for command in COMMANDS])
def test_each_command_has_help_whose_first_line_fits(lif, command):
    shown = lif(command, "--help")
    assert shown.code == 0
    assert "--debug" in shown.out
    line = next(one for one in lif("--help").out.splitlines() if one.startswith(f"  {command} "))
    assert not line.endswith("...")


def test_the_version_is_shown(lif):
    assert lif("--version").out == f"lif_nlp {__version__}\n"


def test_mine_counts_and_names_the_brief_to_open(lif, reports, tmp_path):
    done = lif("mine", reports, "-w", tmp_path / "w", "--quiet")
    assert done.code == 3
    assert done.out.startswith("2 reports (2 new), 8 findings, ")
    [opened] = [line for line in done.out.splitlines() if line.startswith("Open this first")]
    assert Path(opened.partition(": ")[2]).is_file()
    again = lif("mine", reports, "-w", tmp_path / "w", "--json")
    assert json.loads(again.out)["counts"]["documents_kept"] == 2
    assert all(Path(path).is_file() for path in json.loads(again.out)["briefs"])


def test_add_exits_3_and_names_what_was_quarantined(lif, reports, tmp_path):
    done = lif("add", reports, "-w", tmp_path / "w", "--quiet")
    assert done.code == 3
    assert done.out.startswith(
        "2 reports read, 0 skipped (in the workspace already), 1 quarantined; 8 findings in "
    )
    assert "quarantined: " in done.err and "false.pdf" in done.err
    shown = lif("status", "-w", tmp_path / "w", "--json")
    assert json.loads(shown.out)["counts"]["documents_quarantined"] == 1


def test_add_explains_the_columns_of_audit_sheets(lif, reports, tmp_path):
    done = lif("add", reports / "audit.csv", "--explain-columns", "-w", tmp_path / "w")
    assert done.code == 0
    assert "Area for development" in done.out
    assert not (tmp_path / "w").exists()


def test_themes_are_shown(lif, workspace):
    assert "information_sharing" in lif("themes", "-w", workspace).out
    rows = json.loads(lif("themes", "-w", workspace, "--json").out)
    assert {"theme_id", "documents", "stability"} <= set(rows[0])


def test_points_are_listed_counted_and_filtered(lif, workspace):
    shown = lif("points", "-w", workspace)
    assert shown.code == 0 and "problems, strengths and actions:" in shown.out

    listed = json.loads(lif("points", "-w", workspace, "--all", "--role", "strength", "--json").out)
    assert {row["role"] for row in listed} == {"strength"} and len(listed) > 100
    counts = [row["documents"] for row in listed]
    assert counts == sorted(counts, reverse=True)
    assert "unknown role 'praise'" in lif("points", "-w", workspace, "--role", "praise").err


def test_brief_writes_where_it_is_told(lif, workspace, tmp_path):
    out = tmp_path / "out"
    done = lif("brief", "-w", workspace, "--priority", "neglect", "--format", "md", "--out", out)
    [path] = out.iterdir()
    assert done.out == f"brief: {path}\n"


def test_search_shows_findings_with_report_and_page(lif, workspace):
    done = lif("search", "strategy meeting about a bruise", "-w", workspace, "--limit", 1)
    assert "page 1" in done.out and "strategy meeting" in done.out
    [row] = json.loads(
        lif("search", "strategy meeting", "-w", workspace, "--limit", 1, "--json").out
    )
    assert row["page"] == 1


def test_export_counts_the_rows(lif, workspace, tmp_path):
    done = lif("export", "findings", tmp_path / "findings.csv", "-w", workspace)
    assert done.out == (f"8 rows of findings in {tmp_path / 'findings.csv'}\n{FOR_LEARNING_TEAM}\n")


def test_export_says_what_may_circulate(lif, workspace, tmp_path):
    done = lif("export", "findings", tmp_path / "f.csv", "--circulate", "-w", workspace)
    assert done.out.endswith(f" of findings in {tmp_path / 'f.csv'}\n{FOR_CIRCULATION}\n")


def test_export_takes_a_table_by_its_old_name_and_says_so(lif, workspace, tmp_path):
    done = lif("export", "stuck", tmp_path / "table.csv", "-w", workspace)
    assert done.code == 0
    assert done.err.startswith("The table stuck is now called persistence; ")
    assert " of persistence in " in done.out


def test_status_counts_and_lists_what_was_not_used(lif, workspace):
    lines = lif("status", "-w", workspace).out.splitlines()
    assert lines[0] == "reports: 2 read = 2 kept + 0 quarantined"
    assert any(line.startswith("not used: ") for line in lines)


def test_review_goes_out_and_comes_back(lif, workspace, tmp_path):
    sheet = tmp_path / "review.xlsx"
    assert lif("review", "-w", workspace, "--export", sheet).out.endswith(
        f" to review in {sheet}\n"
    )
    assert lif("review", "-w", workspace, "--import", sheet).out == "0 new decisions\n"
    assert lif("review", "-w", workspace).code == 2


def test_watch_does_one_round(lif, reports, tmp_path):
    for path in reports.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    done = lif("watch", reports, "-w", tmp_path / "w", "--once")
    assert done.code == 3
    assert done.out.startswith("digest: ")
    assert json.loads(done.err.splitlines()[-1])["event"] == "digest"


@pytest.mark.parametrize("option", ["--report", "--document"])
def test_purge_removes_a_report(lif, workspace, option):
    shown = json.loads(lif("search", "bruise", "-w", workspace, "--limit", 1, "--json").out)
    doc_id = shown[0]["finding_id"].partition(":")[0]
    done = lif("purge", option, doc_id, "-w", workspace)
    assert done.out.startswith(f"{doc_id} was removed")
    assert ("--document is now called --report" in done.err) == (option == "--document")
    assert lif("status", "-w", workspace).out.startswith("reports: 1 read = 1 kept")
    assert lif("purge", "-w", workspace).code == 2


def test_check_shows_and_writes_notes(lif, reports, tmp_path):
    assert "Framework check\n- R4: " in lif("check", reports / "review.md").out
    notes = tmp_path / "notes.md"
    assert (
        lif("check", reports / "review.md", "--out", notes).out == f"notes for authors: {notes}\n"
    )
    assert notes.is_file()


def test_annotate_keeps_ids_and_order(lif, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [
        {"id": "b", "text": "The police failed to tell the school."},
        {"id": "a", "text": "Care leavers.", "heading": "What needs to improve"},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert lif("annotate", source, target).out == f"2 texts labelled in {target}\n"
    out = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in out] == ["b", "a"]
    assert out[0]["hindsight"] == ["blame"]
    assert out[1]["role"] == "problem"
    keys = {"id", "hindsight", "aware", "role", "why", "priorities", "themes", "scores"}
    assert keys <= set(out[0])


def test_evaluate_scores_a_gold_file(lif, tmp_path):
    gold = tmp_path / "gold.jsonl"
    row = {"id": "a", "text": "The police failed to tell the school.", "codes_sure": ["blame"]}
    row |= {"codes_any": ["blame"], "hindsight": True, "aware": False, "role": "problem"}
    gold.write_text(json.dumps(row | {"why": False}) + "\n", encoding="utf-8")
    scores = json.loads(lif("evaluate", "--sentences", gold, "--json").out)
    assert {"measure", "f1", "baseline"} <= set(scores[0])


def test_wrong_usage_exits_2(lif):
    assert lif("export").code == 2
    assert lif("mine", "--jobs", "many", "x").code == 2


def test_a_command_without_its_workspace_says_what_to_do(lif, tmp_path):
    done = lif("themes", "-w", tmp_path / "none")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert done.err.startswith("lif: ")
    assert "create one with: lif add REPORTS -w FOLDER" in done.err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{oops", "line 2 is not JSON"),
        ('{"id": "x"}', 'line 2 must be an object with "id" and "text" as strings'),
        ('{"id": 1, "text": "y"}', 'line 2 must be an object with "id" and "text" as strings'),
    ],
)
def test_a_bad_line_stops_with_its_number_and_leaves_no_output(lif, tmp_path, line, message):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "text": "Fine."}\n' + line + "\n", encoding="utf-8")
    done = lif("annotate", source, target)
    assert done.code == 1
    assert message in done.err
    assert not target.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("brief", "-w", "W", "--priority", "neglect", "--format", "md", "--out", "CLOSED/briefs"),
        ("export", "findings", "CLOSED/findings.csv", "-w", "W"),
        ("export", "themes", "CLOSED/themes.qdc", "-w", "W"),
        ("review", "-w", "W", "--export", "CLOSED/review.xlsx"),
        ("review", "-w", "W", "--export", "CLOSED/review.qdpx"),
        ("check", "REPORT", "--out", "CLOSED/notes.md"),
        ("annotate", "TEXTS", "CLOSED/labels.jsonl"),
        ("evaluate", "--sentences", "NOFILE"),
        ("annotate", "NOFILE", "labels.jsonl"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_file_that_cannot_be_opened_is_one_line(lif, workspace, reports, tmp_path, arguments):
    # A file in the place of a folder stops every user, root too, which permissions do not.
    (tmp_path / "closed").write_text("", encoding="utf-8")
    (tmp_path / "texts").write_text('{"id": "a", "text": "Fine."}\n', encoding="utf-8")
    places = {
        "W": workspace, "CLOSED": tmp_path / "closed", "REPORT": reports / "review.md",
        "TEXTS": tmp_path / "texts", "NOFILE": tmp_path / "nofile.jsonl",
    }  # fmt: skip
    named = [
        str(places[head]) + slash + tail if head in places else argument
        for argument in arguments
        for head, slash, tail in [argument.partition("/")]
    ]
    done = lif(*named)
    assert (done.code, done.err.count("\n")) == (1, 1), done.err
    assert done.err.startswith("lif: /")
    assert any(str(place) in done.err for place in places.values())


@pytest.mark.parametrize("place", ["before", "after"])
def test_debug_shows_where_an_error_comes_from(lif, tmp_path, place):
    command = ["status", "-w", tmp_path / "none"]
    done = lif("--debug", *command) if place == "before" else lif(*command, "--debug")
    assert done.code == 1
    assert "lif_nlp/cli/status.py:" in done.err
    assert done.err.splitlines()[-1].startswith("lif: ")


def test_a_narrow_code_page_stops_no_command(reports, tmp_path):
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "LIF_ENCODER": "hashed"}
    command = [LIF, "add", reports / "audit.csv", "-w", tmp_path / "\u0175", "--quiet"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith(rb"\u0175")


def test_json_on_a_narrow_code_page_is_valid(monkeypatch):
    page = io.TextIOWrapper(io.BytesIO(), encoding="cp437", errors="backslashreplace")
    monkeypatch.setattr(sys, "stdout", page)
    options.show_json({"title": "Child \u0175 \u00a9"})
    page.flush()
    assert json.loads(page.buffer.getvalue()) == {"title": "Child \u0175 \u00a9"}


def test_the_proof_shows_no_connection_every_part_and_every_model(lif, workspace):
    (workspace / "ours.txt").write_text("x")
    done = lif("status", "-w", workspace, "--proof")
    lines = done.out.splitlines()
    assert lines[0].startswith("network connections opened by this command: 0 (counted by")
    assert "  ours.txt: one file, one byte; put there by a person" in done.out
    assert [line for line in lines if line.startswith("  learning.db: one file, ")]
    assert len([line for line in lines if "SHA-256" in line]) > 3 and "missing" not in done.out


def test_what_became_of_recommendations_can_be_taken_as_json(lif, workspace):
    assert json.loads(lif("follow", "-w", workspace, "--json").out) == []

    stages = json.loads(lif("follow", "-w", workspace, "--json", "--all").out)
    assert {row["stage"] for row in stages} >= {"asked", "answered", "found again"}
