"""The sample, mined once for all notebooks with the hashed encoder, which needs no model."""

import os
import shutil

import pytest

from lif_nlp import load_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Folder of a workspace that holds the sample reports, read and themed."""
    folder = tmp_path_factory.mktemp("sample") / "learning-sample"
    load_sample(folder, encoder="hashed", jobs=min(2, os.cpu_count() or 1)).close()
    return folder


@pytest.fixture
def desk(sample, tmp_path, monkeypatch):
    """A folder to run a notebook in: with its own copy of the sample's workspace."""
    shutil.copytree(sample, tmp_path / "learning-sample")
    monkeypatch.setenv("LIF_ENCODER", "hashed")
    return tmp_path
