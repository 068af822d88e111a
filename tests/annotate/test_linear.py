"""Small linear models: round trip, refusal of changed files and other encoders."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.annotate import training
from lif_nlp.annotate.models.features import FeatureSpec, terms_of
from lif_nlp.annotate.models.linear import (
    PROBE,
    LinearModel,
    find_model,
    load_model,
    rescaled,
    save_model,
)
from lif_nlp.errors import ModelError

SPEC = FeatureSpec(dim=2, words=("case note", "plan"), idf=(1.0, 2.0), extra=("cue",))


def encode(texts):
    return np.tile(np.asarray([[1.0, 0.0]], dtype=np.float32), (len(texts), 1))


def other_encode(texts):
    return np.tile(np.asarray([[0.0, 1.0]], dtype=np.float32), (len(texts), 1))


def model(**changes) -> LinearModel:
    made = LinearModel(
        name="tiny",
        kind="any-of",
        labels=("a", "b"),
        weights=np.asarray([[1, 0, 0, 2, 0], [0, 0, 0, 0, 3]], dtype=np.float32),
        bias=np.asarray([-1, -1], dtype=np.float32),
        thresholds=(0.5, 0.2),
        lower=(0.3, 0.1),
        features=SPEC,
        probe=encode([PROBE])[0],
        facts={"encoder": "tiny encoder 1"},
    )
    return replace(made, **changes)


def test_row_is_vector_words_and_extra_side_by_side():
    extra = np.asarray([[0.5]], np.float32)
    rows = training.rows_of(SPEC, ["The plans"], vectors=encode(["x"]), extra=extra)
    assert rows.times(np.eye(5, dtype=np.float32)).tolist() == [[1.0, 0.0, 0.0, 1.0, 0.5]]


def test_missing_block_is_named():
    with pytest.raises(
        ModelError, match=r"block 'vector' has shape \(0,\), but the model needs \(1, 2\)"
    ):
        model().probabilities(["The plans"], extra=[[0.5]])


def test_terms_are_folded_words_and_pairs():
    assert terms_of("Plans, 2 reviews") == ["plan", "review", "plan review"]


def test_rescaled_probabilities_have_each_threshold_at_a_half():
    assert rescaled([[0.5, 0.2]], (0.5, 0.2)).tolist() == [[0.5, 0.5]]
    assert rescaled([[0.0, 1.0]], (0.4, 0.2)).tolist() == [[0.0, 1.0]]


def test_one_of_probabilities_sum_to_one():
    rows = model(kind="one-of").probabilities(["plan"], vectors=encode(["x"]), extra=[[1.0]])
    assert rows.sum() == pytest.approx(1.0)


def test_saved_model_comes_back_and_gives_the_same(tmp_path):
    save_model(model(), tmp_path / "tiny")
    loaded = load_model(tmp_path / "tiny", encode=encode)
    given = [
        m.probabilities(["a plan"], vectors=encode(["x"]), extra=[[1.0]]) for m in (model(), loaded)
    ]
    assert given[0].tolist() == given[1].tolist()
    assert loaded.uncertain == model().uncertain
    assert loaded.uncertain["b"] == (0.25, 0.5)


def test_same_model_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        save_model(model(), tmp_path / name)
    sums = [(tmp_path / name / "SHA256SUMS").read_text() for name in ("one", "two")]
    assert sums[0] == sums[1]


def test_changed_file_is_refused(tmp_path):
    save_model(model(), tmp_path / "tiny")
    facts = tmp_path / "tiny" / "model.json"
    facts.write_text(json.dumps(json.loads(facts.read_text()) | {"thresholds": [0.1, 0.1]}))
    with pytest.raises(ModelError, match=r"model\.json: SHA-256 differs from SHA256SUMS"):
        load_model(tmp_path / "tiny", encode=encode)


def test_missing_file_is_named(tmp_path):
    save_model(model(), tmp_path / "tiny")
    (tmp_path / "tiny" / "model.json").unlink()
    with pytest.raises(ModelError, match=r"model\.json: this file of the model 'tiny' is missing"):
        load_model(tmp_path / "tiny")


def test_a_missing_model_is_an_error_that_names_it_and_what_to_do(tmp_path):
    with pytest.raises(ModelError, match=r"the model 'tiny' is missing; reinstall .*--rules-only"):
        find_model(tmp_path, "tiny", encode=None)


def test_other_encoder_is_refused_with_the_name_of_the_right_one(tmp_path):
    save_model(model(), tmp_path / "tiny")
    with pytest.raises(ModelError, match="trained on vectors of tiny encoder 1"):
        load_model(tmp_path / "tiny", encode=other_encode)


def test_where_the_encoder_differs_the_model_without_vectors_is_taken(tmp_path):
    for name in ("tiny", "tiny-static"):
        save_model(model(), tmp_path / name)
    words = model(
        name="tiny-words", features=replace(SPEC, dim=0), probe=np.zeros(0, np.float32),
        weights=np.zeros((2, 3), np.float32),
    )  # fmt: skip
    save_model(words, tmp_path / "tiny-words")
    for encoder in (other_encode, None):
        assert find_model(tmp_path, "tiny", encode=encoder).name == "tiny-words"


def test_models_with_the_same_words_share_a_vocabulary():
    assert FeatureSpec(words=("plan",), idf=(1.0,)).vocabulary is (
        FeatureSpec(dim=3, words=("plan",), idf=(1.0,)).vocabulary
    )


def test_vocabulary_keeps_common_words_and_drops_names():
    texts = [f"the plan for Harrowby was late {i}" for i in range(6)] + ["nothing here at all"] * 8
    words, idf = training.vocabulary(texts, [str(i) for i in range(14)], min_documents=5)
    assert "plan" in words
    assert not any("harrowby" in word for word in words)
    assert len(idf) == len(words)
