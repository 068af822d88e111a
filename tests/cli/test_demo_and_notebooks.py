"""`lif demo` and `lif notebooks` say where to look."""

import pytest
from typer.testing import CliRunner

from lif_nlp.cli.app import app
from tests.workflow import practice_reports


@pytest.fixture
def three_reports(tmp_path, monkeypatch):
    sample = practice_reports.write(tmp_path / "sample", *range(3))
    monkeypatch.setattr("lif_nlp.about.SAMPLE", sample)
    monkeypatch.setenv("LIF_ENCODER", "hashed")


@pytest.mark.usefixtures("three_reports")
def test_the_demo_shows_learning_points_and_the_brief_to_open_first(tmp_path):
    done = CliRunner().invoke(app, ["demo", "-w", str(tmp_path / "demo"), "--quiet"])

    assert done.exit_code == 0, done.output
    first, _, *lines = done.stdout.splitlines()
    assert first.startswith("3 fictional reports, ")
    assert lines[0] == "What comes back, in most reports:"
    assert lines[1].startswith("  3 of 3 reports  ")
    assert len([line for line in lines if " of 3 reports  " in line]) <= 5
    [opened] = [line for line in lines if line.startswith("Open this first, in a browser: ")]
    brief = opened.partition(": ")[2]
    assert brief.startswith(str(tmp_path / "demo" / "briefs")) and brief.endswith(".html")


def test_what_only_two_reports_state_is_told_apart(tmp_path, monkeypatch):
    monkeypatch.setenv("LIF_ENCODER", "hashed")
    reports = practice_reports.write(tmp_path / "reports", *range(2))
    workspace = str(tmp_path / "w")
    assert CliRunner().invoke(app, ["add", str(reports), "-w", workspace, "--quiet"]).exit_code == 0

    lines = CliRunner().invoke(app, ["points", "-w", workspace]).stdout.splitlines()

    assert lines[1].startswith("In two reports each, so worth watching")
    assert lines[2].startswith("  2 of 2 reports  ")


@pytest.mark.usefixtures("three_reports")
def test_the_demo_keeps_fiction_out_of_a_workspace_of_real_reports(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "ours.md").write_text("# Review\n\nThe school told the GP.\n", encoding="utf-8")
    workspace = tmp_path / "learning"
    assert CliRunner().invoke(app, ["add", str(own), "-w", str(workspace)]).exit_code == 0

    done = CliRunner().invoke(app, ["demo", "-w", str(workspace), "--quiet"])

    assert "this workspace holds other reports" in str(done.exception)
    done = CliRunner().invoke(app, ["status", "-w", str(workspace)])
    assert "reports: 1 read" in done.stdout


def test_notebooks_says_what_was_kept_and_how_to_open_them(tmp_path):
    folder = tmp_path / "my notebooks"
    assert CliRunner().invoke(app, ["notebooks", str(folder)]).exit_code == 0
    (folder / "README.md").write_text("ours", encoding="utf-8")

    done = CliRunner().invoke(app, ["notebooks", str(folder)])

    assert "0 files copied" in done.stdout
    assert f"kept: {folder / 'README.md'} (it differs from ours;" in done.stdout
    assert done.stdout.splitlines()[-1].endswith(f'-m jupyter lab "{folder}"')
