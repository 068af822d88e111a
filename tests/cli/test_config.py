"""`lif config`: the settings in force, and where each was set."""

import json

import pytest


@pytest.fixture
def workspace_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIF_JOBS", "2")
    monkeypatch.delenv("LIF_REAL_CORPUS", raising=False)
    (tmp_path / "lif.toml").write_text(
        'seed = 7\njobs = 3\n\n[branding]\npartnership = "Vale"\n', encoding="utf-8"
    )
    return tmp_path


def test_what_was_set_is_shown_with_its_origin(lif, workspace_folder):
    done = lif("config", "-w", workspace_folder)
    path = workspace_folder / "lif.toml"
    assert done.code == 0
    assert done.out.splitlines() == [
        'encoder = "hashed"    # LIF_ENCODER',
        f"seed = 7    # {path}",
        "jobs = 2    # LIF_JOBS",
        f'branding.partnership = "Vale"    # {path}',
    ]
    assert done.err == f"change them in {path}; to list all: lif config --all\n"


def test_all_of_them_are_shown_when_asked(lif, workspace_folder):
    out = lif("config", "-w", workspace_folder, "--all").out
    assert 'profile = "accurate"    # default\n' in out
    assert "framework = (not set)    # default\n" in out
    shown = json.loads(lif("config", "-w", workspace_folder, "--json").out)
    assert {"name": "fetch.on", "value": "false", "origin": "default"} in shown


def test_a_folder_without_settings_has_defaults(lif, tmp_path, monkeypatch):
    monkeypatch.setenv("LIF_ENCODER", "")
    monkeypatch.delenv("LIF_ENCODER")
    monkeypatch.delenv("LIF_REAL_CORPUS", raising=False)
    done = lif("config", "-w", tmp_path)
    assert done.out == "every setting has its default value\n"


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('spacy_model = "en_core_wbe_sm"', "spacy_model: 'en_core_wbe_sm' is neither an installed"),
        ('encoder = "minlm"', "unknown encoder 'minlm'; did you mean minilm?"),
        ('profile = "quick"', "profile: Input should be 'fast' or 'accurate'"),
        ("sede = 1", "sede: there is no such setting"),
    ],
)
def test_a_wrong_setting_stops_at_once(lif, reports, tmp_path, monkeypatch, setting, message):
    monkeypatch.delenv("LIF_ENCODER")
    workspace = tmp_path / "w"
    workspace.mkdir()
    (workspace / "lif.toml").write_text(setting, encoding="utf-8")
    done = lif("add", reports, "-w", workspace, "--quiet")
    assert done.code == 1
    assert message in done.err
    assert len(done.err.splitlines()) == 1
    assert [path.name for path in workspace.iterdir()] == ["lif.toml"]
