"""Messages name the program as it must be typed in this installation."""

import os
import sys
from pathlib import Path

import pytest

from lif_nlp.cli.program import as_typed_here, program


@pytest.fixture
def started(monkeypatch, tmp_path):
    """A function that makes this run look as if it was started by these words."""
    (tmp_path / "on path").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "on path"))
    monkeypatch.chdir(tmp_path)

    def start(first, *, typed="python"):
        monkeypatch.setattr(sys, "argv", [str(first), "status"])
        monkeypatch.setattr(sys, "orig_argv", [typed, str(first)])

    return start


def make_program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_program_on_the_path_is_typed_as_it_is(started, tmp_path):
    started(make_program(tmp_path / "on path" / "lif"))
    assert program() == "lif"


def test_a_program_that_is_not_on_the_path_is_named_from_the_current_folder(started, tmp_path):
    started(make_program(tmp_path / ".venv" / "bin" / "lif"))
    assert program() == str(Path(".venv", "bin", "lif")).join([f".{os.sep}", ""])


def test_a_path_with_blanks_elsewhere_is_quoted(started, tmp_path, monkeypatch):
    path = make_program(tmp_path / "our tools" / "lif")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    started(path)
    assert program() == f'"{path}"'


def test_a_module_is_called_as_it_was(started, tmp_path):
    started(tmp_path / "lif_nlp" / "__main__.py", typed="py")
    assert program() == "py -m lif_nlp"


@pytest.mark.parametrize(
    ("message", "typed"),
    [
        ("no themes yet; run: lif themes", "no themes yet; run: py -m lif_nlp themes"),
        ("run 'lif add' on the report again", "run 'py -m lif_nlp add' on the report again"),
        ("list them with: lif points --top 3", "list them with: py -m lif_nlp points --top 3"),
        ("the folder lif holds", "the folder lif holds"),
        ("/home/lif mine.pdf: damaged", "/home/lif mine.pdf: damaged"),
        ("reinstall lif_nlp", "reinstall lif_nlp"),
    ],
)
def test_only_commands_in_a_message_are_changed(started, tmp_path, message, typed):
    started(tmp_path / "lif_nlp" / "__main__.py", typed="py")
    assert as_typed_here(message) == typed


def test_the_shell_completes_commands_and_options():
    from typer.testing import CliRunner

    from lif_nlp.cli.app import app

    def completed(words):
        typed = {"_LIF_COMPLETE": "complete_bash", "COMP_WORDS": words}
        typed["COMP_CWORD"] = str(words.count(" "))
        return CliRunner().invoke(app, [], env=typed, prog_name="lif").output.split()

    assert completed("lif mi") == ["mine"]
    assert completed("lif search --ro") == ["--role"]
