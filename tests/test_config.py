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


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("seconds_per_file = 99999999999", "seconds_per_file"),
        ("max_file_mb = 99999999999999999", "max_file_mb"),
        ("wait_seconds = -1", "wait_seconds"),
        ("seed = 99999999999999999999", "seed"),
        ("[fetch]\nmax_files = 0", "fetch.max_files"),
        ("[fetch]\ntimeout_seconds = nan", "fetch.timeout_seconds"),
        ("[fetch]\nseconds_between = inf", "fetch.seconds_between"),
        ('[branding]\ncontact = "a\\u0007b"', "branding.contact"),
        ('own_names = ["a\\u001bb"]', "own_names"),
    ],
)
def test_a_setting_that_is_out_of_bounds_is_refused_with_its_name(tmp_path, line, place):
    (tmp_path / "lif.toml").write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError, match=place) as refused:
        load_settings(tmp_path)
    assert "\n" not in str(refused.value) and "\x07" not in str(refused.value)


def test_bounds_leave_room_for_what_people_need(tmp_path):
    (tmp_path / "lif.toml").write_text("seconds_per_file = 3600\nmax_file_mb = 2000", "utf-8")
    assert load_settings(tmp_path).seconds_per_file == 3600
