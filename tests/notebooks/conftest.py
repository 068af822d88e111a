"""A desk for each notebook, with a copy of the sample's workspace."""

import shutil

import pytest


@pytest.fixture
def desk(mined_sample, tmp_path, monkeypatch):
    """A folder to run a notebook in: with its own copy of the sample's workspace."""
    shutil.copytree(mined_sample, tmp_path / "learning-sample")
    monkeypatch.setenv("LIF_PROFILE", "fast")
    return tmp_path
