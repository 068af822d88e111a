"""The script that trains the models gives the same weights each time, on a small part."""

from __future__ import annotations

import importlib
import json
import runpy
import shutil
import sys

import numpy as np
import pytest

from lif_nlp.about import ROOT
from lif_nlp.annotate.models.linear import load_model
from lif_nlp.embed.minilm import load_minilm

pytestmark = pytest.mark.slow

GOLD = ROOT / "corpora" / "gold"


def part_of(name, folder, *, every):
    """Every n-th line of a gold file."""
    lines = (GOLD / name).read_text("utf-8").splitlines()[::every]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return str(folder / name)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The models of two runs over the same small part of the gold."""
    folder = tmp_path_factory.mktemp("training")
    sentences = part_of("reviews_sentences_w3.jsonl", folder, every=60)
    passages = part_of("reviews_passages_w3.jsonl", folder, every=60)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
        network = importlib.import_module("network")
        short = network.Settings(rounds=network.Settings().rounds[1:])
        patch.setattr(network, "Settings", lambda: short)
        small = importlib.import_module("small_network")
        few = small.Settings(epochs=1, fewest_texts=2)
        patch.setattr(small, "Settings", lambda: few)
        for run in ("first", "second"):
            arguments = ["--sentences", sentences, "--passages", passages, "--network"]
            arguments += ["--only", "role", "--date", "2026-11-30"]
            arguments += ["--out", str(folder / run)]
            patch.setattr(sys, "argv", ["train_annotators.py", *arguments])
            runpy.run_path(str(ROOT / "scripts" / "train_annotators.py"), run_name="__main__")
    return folder


def test_training_again_gives_the_same_weights(trained):
    first = {p.parent.name: p.read_text() for p in trained.glob("first/*/SHA256SUMS")}
    second = {p.parent.name: p.read_text() for p in trained.glob("second/*/SHA256SUMS")}
    assert set(first) == {"network", "network-static", "role", "role-static", "role-words"}
    assert first == second


def test_facts_name_the_gold_by_hash(trained):
    facts = json.loads((trained / "first/role/model.json").read_text("utf-8"))["facts"]
    assert list(facts["data"]) == ["reviews_sentences_w3.jsonl"]
    network = json.loads((trained / "first/network/model.json").read_text("utf-8"))
    assert set(network["data"]) == {"reviews_sentences_w3.jsonl", "reviews_passages_w3.jsonl"}


def test_a_blended_model_reads_the_rows_of_its_network(trained):
    encoder = load_minilm(trained / "first/network")
    model = load_model(trained / "first/role", encode=encoder.encode_deep)
    texts = ["Visits were not recorded.", "Staff listened well."]
    rows = encoder.encode_deep(texts)
    extra = np.zeros((2, len(model.features.extra)), np.float32)
    shares = model.probabilities(texts, vectors=rows, extra=extra)
    assert rows.shape == (2, 4 * 384)
    assert np.allclose(shares.sum(axis=1), 1.0, atol=1e-5)


def test_blends_fitted_again_on_the_same_gold_are_the_same(trained, tmp_path):
    """The head that is taken out of a stored model is the one that was blended in."""
    shutil.copytree(trained / "first", tmp_path / "models")
    folders = {"--before": trained, "--gold": trained, "--real": tmp_path}
    arguments = [str(word) for pair in folders.items() for word in pair]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
        arguments += ["--only", "role", "--out", str(tmp_path / "models")]
        patch.setattr(sys, "argv", ["refit_blends.py", *arguments])
        runpy.run_path(str(ROOT / "scripts" / "refit_blends.py"), run_name="__main__")
    encode = load_minilm(trained / "first/network").encode_deep
    before, after = (
        load_model(folder / "role", encode=encode)
        for folder in (trained / "first", tmp_path / "models")
    )
    assert before.facts["blend"][0] > 0
    assert np.allclose(before.weights, after.weights, atol=0.01)
    assert before.thresholds == after.thresholds
