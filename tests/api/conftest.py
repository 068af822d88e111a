"""One small workspace for all tests of the API, read once with the hashed encoder."""

import shutil

import pytest

from lif_nlp import Workspace
from tests.conftest import AUDIT, REVIEW


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Folder of a workspace that holds two invented reports and two files that are no reports."""
    folder = tmp_path_factory.mktemp("api")
    reports = folder / "reports"
    reports.mkdir()
    (reports / "review.md").write_text(REVIEW, encoding="utf-8")
    (reports / "audit.csv").write_text(AUDIT, encoding="utf-8")
    (reports / "false.pdf").write_bytes(b"<html><body>Report not found</body></html>")
    (reports / "empty.txt").write_bytes(b"")
    with Workspace(folder / "learning", encoder="hashed") as ws:
        ws.add(reports)
        ws.themes()
    return folder / "learning"


@pytest.fixture
def ws(built, tmp_path):
    """A copy of the workspace that a test may change."""
    shutil.copytree(built, tmp_path / "learning")
    with Workspace(tmp_path / "learning", encoder="hashed") as workspace:
        yield workspace
