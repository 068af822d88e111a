"""Settings come from lif.toml, the environment and arguments, the later ones first."""

import pytest

from lif_nlp.config import load_settings
from lif_nlp.errors import ConfigError


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "lif.toml").write_text('jobs = 2\nspacy_model = "ours"\nseed = 5\n', "utf-8")
    return tmp_path


def test_arguments_go_before_the_environment_and_that_before_the_file(workspace, monkeypatch):
    monkeypatch.setenv("LIF_JOBS", "3")
    monkeypatch.setenv("LIF_SPACY_MODEL", "theirs")
    settings = load_settings(workspace, jobs=4)
    assert (settings.jobs, settings.spacy_model, settings.seed) == (4, "theirs", 5)


def test_an_empty_variable_counts_as_unset(workspace, monkeypatch):
    monkeypatch.setenv("LIF_REAL_CORPUS", "")
    monkeypatch.setenv("LIF_JOBS", "")
    settings = load_settings(workspace)
    assert (settings.real_corpus, settings.jobs) == (None, 2)


def test_a_file_that_is_not_toml_is_named(workspace):
    (workspace / "lif.toml").write_text("jobs = two", "utf-8")
    with pytest.raises(ConfigError, match=r"lif\.toml: is not valid TOML: .*; look there for"):
        load_settings(workspace)
