"""A workspace with the hashed encoder, empty or filled once for tests that only read it."""

import shutil

import pytest

from lif_nlp.config import load_settings
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store
from lif_nlp.workflow.add import add
from lif_nlp.workflow.points import points
from lif_nlp.workflow.review import import_review
from lif_nlp.workflow.themes import themes
from tests.conftest import AUDIT, REVIEW
from tests.workflow import practice_reports


def opened(folder, **settings):
    return Session(Store(folder), load_settings(folder, **{"encoder": "hashed", **settings}))


def build(session, *sources):
    """Add the sources and build themes; returns them."""
    with record_run(session, "mine") as run:
        add(session, sources, run)
        return themes(session, run)


def take(session, path, author=""):
    """Take the decisions that a file holds."""
    with record_run(session, "review") as run:
        return import_review(session, path, run, author=author)


@pytest.fixture
def session(tmp_path):
    made = opened(tmp_path / "w")
    yield made
    made.store.close()


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory):
    """A workspace into which the tiny reports were added."""
    place = tmp_path_factory.mktemp("filled")
    reports = place / "reports"
    reports.mkdir()
    (reports / "review.md").write_text(REVIEW, encoding="utf-8")
    (reports / "audit.csv").write_text(AUDIT, encoding="utf-8")
    (reports / "false.pdf").write_bytes(b"<html><body>Report not found</body></html>")
    made = opened(place / "w")
    with made.store, record_run(made, "add") as run:
        add(made, [reports], run)
    return place / "w"


@pytest.fixture
def filled(filled_folder, tmp_path):
    """A copy of the filled workspace, for a test to read or change."""
    shutil.copytree(filled_folder, tmp_path / "filled")
    made = opened(tmp_path / "filled")
    yield made
    made.store.close()


@pytest.fixture
def built(filled):
    """A copy of the filled workspace, with themes."""
    with record_run(filled, "themes") as run:
        themes(filled, run)
    return filled


@pytest.fixture(scope="session")
def pointed_folder(tmp_path_factory):
    """A workspace of six reports that say the same four things, with learning points."""
    place = tmp_path_factory.mktemp("pointed")
    made = opened(place / "w", jobs=1)
    with made.store, record_run(made, "mine") as run:
        add(made, [practice_reports.write(place / "in", *range(6))], run)
        points(made, run)
    return place / "w"


@pytest.fixture
def pointed(pointed_folder, tmp_path):
    """A copy of that workspace, for a test to change."""
    shutil.copytree(pointed_folder, tmp_path / "pointed")
    made = opened(tmp_path / "pointed", jobs=1)
    yield made
    made.store.close()
