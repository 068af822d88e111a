"""Labels come from whole models, or by request from rules alone; never from what is left."""

import shutil

import pytest
from typer.testing import CliRunner

from lif_nlp.about import MODELS
from lif_nlp.cli.app import app
from lif_nlp.config import load_settings
from lif_nlp.errors import ModelError
from lif_nlp.model_files import LABEL_FILES, LABEL_MODELS, STATIC_FILES
from lif_nlp.runtime import models as runtime_models
from lif_nlp.runtime.models import check_models

LABEL_PATHS = [f"{folder}/{name}" for folder in LABEL_MODELS for name in LABEL_FILES]


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A copy of the shipped models that labelling uses, to damage."""
    folder = shutil.copytree(MODELS, tmp_path / "models")
    monkeypatch.setattr(runtime_models, "MODELS", folder)
    monkeypatch.setattr("lif_nlp.model_files.MODELS", folder)
    runtime_models._check_models.cache_clear()
    yield folder
    runtime_models._check_models.cache_clear()


def alter(path):
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def remove(path):
    path.unlink()


@pytest.mark.usefixtures("models")
def test_whole_models_are_used():
    check_models(load_settings(encoder="hashed"))


@pytest.mark.parametrize("damage", [alter, remove])
@pytest.mark.parametrize("name", LABEL_PATHS)
def test_a_damaged_file_of_any_label_model_is_an_error(models, name, damage):
    damage(models / name)
    with pytest.raises(ModelError, match=f"{name}: .* label by rules alone"):
        check_models(load_settings(encoder="hashed"))


def test_rules_alone_need_no_label_model(models):
    remove(models / LABEL_PATHS[0])
    check_models(load_settings(encoder="hashed", rules_only=True))


@pytest.mark.parametrize("damage", [alter, remove])
@pytest.mark.parametrize("name", STATIC_FILES)
def test_a_damaged_encoder_is_an_error_with_rules_alone_too(models, monkeypatch, name, damage):
    monkeypatch.setattr("lif_nlp.embed.static.FOLDER", models / "static")
    damage(models / "static" / name)
    with pytest.raises(ModelError, match=f"{name}: .* or use the encoder 'minilm'"):
        check_models(load_settings(profile="fast", rules_only=True))


def test_an_altered_minilm_is_an_error(models, monkeypatch):
    monkeypatch.setattr("lif_nlp.embed.minilm.WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="the file is not the one lif_nlp was tested with"):
        check_models(load_settings(profile="accurate"))


def lif(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("damage", [alter, remove])
@pytest.mark.parametrize("command", ["mine", "add", "demo", "watch"])
def test_a_command_stops_before_it_writes(models, reports, tmp_path, monkeypatch, command, damage):
    monkeypatch.setenv("LIF_ENCODER", "hashed")
    damage(models / "why-words" / "model.json")
    sources = [] if command == "demo" else [reports]

    done = lif(command, *sources, "-w", tmp_path / "w")

    assert isinstance(done.exception, ModelError)
    assert "why-words/model.json" in str(done.exception)
    assert not (tmp_path / "w").exists()


def test_rules_alone_by_name(models, reports, tmp_path, monkeypatch):
    monkeypatch.setenv("LIF_ENCODER", "hashed")
    (reports / "false.pdf").unlink()
    shutil.rmtree(models)

    done = lif("add", reports, "-w", tmp_path / "w", "--rules-only", "--jobs", "1")

    assert done.exit_code == 0, done.output
    assert "2 reports read" in done.stdout
