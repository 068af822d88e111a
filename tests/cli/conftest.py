"""The command line in this process, as a user meets it, and a workspace to run it on."""

import logging
import shutil
import sys
from dataclasses import dataclass
from threading import Event

import pytest

from lif_nlp import cli, optional_imports
from tests.conftest import AUDIT, REVIEW


@dataclass
class Result:
    """Exit code and output of a command."""

    code: int
    out: str
    err: str


@pytest.fixture
def lif(monkeypatch, capsys):
    """Runs `lif` with some arguments, with the encoder that needs no model."""
    logger = logging.getLogger("lif_nlp")
    handlers, level = list(logger.handlers), logger.level
    # The rest of the tests run in this process too, so it must not count as lif's own.
    monkeypatch.setattr(optional_imports, "_claimed", Event())
    monkeypatch.setenv("LIF_ENCODER", "hashed")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["lif", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsys.readouterr()
        return Result(end.value.code or 0, captured.out, captured.err)

    yield run
    logger.handlers[:] = handlers
    logger.setLevel(level)


@pytest.fixture(scope="session")
def mined_folder(tmp_path_factory):
    """A workspace with two reports, themes and briefs."""
    from lif_nlp.api.workspace import Workspace

    place = tmp_path_factory.mktemp("mined")
    (place / "review.md").write_text(REVIEW, encoding="utf-8")
    (place / "audit.csv").write_text(AUDIT, encoding="utf-8")
    with Workspace(place / "w", encoder="hashed") as workspace:
        workspace.mine([place / "review.md", place / "audit.csv"], formats=("md",))
    return place / "w"


@pytest.fixture
def workspace(mined_folder, tmp_path):
    """A copy of that workspace, for a test to change."""
    return shutil.copytree(mined_folder, tmp_path / "w")
