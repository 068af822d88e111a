"""Stored labels are kept with all that decided them, and a run's record holds the same."""

import json
from dataclasses import replace

import pytest

from lif_nlp import about
from lif_nlp.config import load_settings
from lif_nlp.ids import file_hash
from lif_nlp.model_files import finding_model_hashes, model_hashes
from lif_nlp.plugins import COMPONENT_GROUP
from lif_nlp.runtime import session as session_module
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "w") as store:
        yield store


def key(store, **settings):
    return Session(store, load_settings(**{"encoder": "hashed", **settings})).annotation_key


def test_the_key_is_the_same_for_the_same_settings(store):
    assert key(store) == key(store)


@pytest.mark.parametrize(
    "settings", [{"rules_only": True}, {"encoder": "static"}, {"spacy_model": "another"}]
)
def test_the_key_changes_with_settings_that_decide_labels(store, settings):
    assert key(store, **settings) != key(store)


def test_the_key_changes_with_the_framework(store, monkeypatch):
    before = key(store)
    changed = replace(Session(store).framework, name="Another partnership")
    monkeypatch.setattr(session_module, "load_framework", lambda _: changed)
    assert key(store) != before


@pytest.mark.parametrize("name", ["role/model.json", "why-words/model.safetensors"])
def test_the_key_changes_with_each_file_of_a_model(store, monkeypatch, name):
    before = key(store)
    hashes = {**finding_model_hashes(), name: "0" * 64}
    monkeypatch.setattr(session_module, "finding_model_hashes", lambda: hashes)
    assert key(store) != before
    assert key(store, rules_only=True) != before


def test_the_key_changes_with_the_encoders_weights(store, monkeypatch):
    before = key(store)
    monkeypatch.setattr("lif_nlp.embed.weights_revision", lambda _: "0" * 12)
    assert key(store) != before


def test_the_key_changes_with_the_components_of_other_packages(store, install_package):
    before = key(store)
    install_package("ours", {"our_waiting": "ours:make"}, COMPONENT_GROUP, "make = None")
    assert key(store) != before


def manifest_of(session):
    with record_run(session, "add") as run:
        pass
    path = session.store.folder / "manifest" / f"{run.run_id}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_key_does_not_change_with_what_only_briefs_print(store, monkeypatch):
    before = Session(store)
    changed = replace(before.framework, this_week={"general": ("Ring someone.",)})
    monkeypatch.setattr(session_module, "load_framework", lambda _: changed)
    after = Session(store)
    assert after.annotation_key == before.annotation_key
    assert after.framework_hash != before.framework_hash


def test_a_run_records_framework_models_and_encoder_by_hash(store):
    session = Session(store, load_settings(profile="fast"))
    weights = file_hash(about.MODELS / "static" / "vectors.safetensors")

    manifest = manifest_of(session)

    assert manifest["framework_hash"] == session.framework_hash
    assert manifest["models"] == model_hashes()
    assert manifest["encoder"] == "static"
    assert manifest["encoder_revision"] == weights[:12]


def test_a_loaded_encoder_is_recorded_with_its_whole_revision(store):
    session = Session(store, load_settings(encoder="hashed"))
    assert manifest_of(session)["encoder_revision"] == ""
    assert session.encoder.dim == 512
    assert manifest_of(session)["encoder_revision"] == "crc-words12-letters35-512"


def test_rules_alone_record_no_models(store):
    session = Session(store, load_settings(encoder="hashed", rules_only=True))
    manifest = manifest_of(session)
    assert manifest["models"] == {}
    assert manifest["settings"]["rules_only"] is True
