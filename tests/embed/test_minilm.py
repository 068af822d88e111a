import json

import numpy as np
import pytest
import torch
from scipy.stats import spearmanr

from lif_nlp.about import ROOT
from lif_nlp.embed import load_encoder
from lif_nlp.embed.changes import FOLDER
from lif_nlp.embed.minilm import find_package_model, load_folder, load_minilm
from lif_nlp.ids import file_hash
from lif_nlp.protocols import Encoder, deep_encode

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def minilm() -> Encoder:
    return load_encoder("minilm")


def test_meaning_counts_more_than_shared_words(minilm: Encoder):
    texts = [
        "No one asked the boy what home was like.",
        "The child's wishes and feelings were not sought.",
        "The audit programme was approved by the board.",
    ]
    asked, sought, audit = minilm.encode(texts)
    assert asked @ sought > asked @ audit + 0.2


def test_rows_are_unit_length_and_in_order(minilm: Encoder):
    texts = ["", "A longer sentence about the plan and its dates.", "Plan."]
    vectors = minilm.encode(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_vector_is_identical_whatever_the_rest_of_the_batch(minilm: Encoder):
    texts = [f"{'A plan without dates. ' * n}The midwife rang." for n in range(40)]
    together = minilm.encode(texts)
    assert np.array_equal(together, np.vstack([minilm.encode([text]) for text in texts]))
    assert np.array_equal(together, minilm.encode(texts[::-1])[::-1])


@pytest.fixture(scope="module")
def plain() -> Encoder:
    """MiniLM without the changes."""
    return load_minilm(None)


def test_vectors_without_changes_are_those_of_sentence_transformers(plain: Encoder):
    texts = ["", "Plan.", "A midwife’s note – unread – lay in the file.", "The plan drifted. " * 60]
    theirs = load_folder(find_package_model())
    assert theirs.name == "model"
    cosines = (plain.encode(texts) * theirs.encode(texts)).sum(axis=1)
    assert cosines.min() > 0.9998


def test_the_network_keeps_the_likeness_of_minilm(minilm: Encoder, plain: Encoder):
    rows = (ROOT / "corpora/gold/sample_sentences_a.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows[::4]]
    upper = np.triu_indices(len(texts), 1)
    ours, theirs = (rows @ rows.T for rows in (minilm.encode(texts), plain.encode(texts)))
    assert spearmanr(ours[upper], theirs[upper]).statistic > 0.97


def test_deep_rows_are_vector_last_layer_middle_layer_and_first_token(plain: Encoder):
    texts = ["Plan.", "The plan drifted. " * 60, "A midwife rang."]
    vector, last, middle, first = np.split(deep_encode(plain)(texts), 4, axis=1)
    assert np.array_equal(vector, plain.encode(texts))
    assert np.array_equal(vector, last)
    assert np.allclose(np.linalg.norm(first, axis=1), 1.0, atol=1e-5)
    theirs = load_folder(find_package_model())._model
    tokens = theirs.tokenizer([texts[2]], return_tensors="pt")
    with torch.inference_mode():
        layers = theirs[0].auto_model(**tokens, output_hidden_states=True).hidden_states
    for row, expected in ((middle[2], layers[3][0].mean(0)), (first[2], layers[6][0][0])):
        assert row @ (expected / expected.norm()).numpy() > 0.9998


def test_an_encoder_without_layers_gives_its_vectors():
    hashed = load_encoder("hashed")
    assert np.array_equal(deep_encode(hashed)(["Plan."]), hashed.encode(["Plan."]))


def test_words_past_the_limit_still_count(minilm: Encoder):
    long = "The plan had no dates. " * 80
    with_end = long + "The midwife rang the police about bruises on the baby. " * 40
    plain, changed, baby = minilm.encode([long, with_end, "Bruises on the baby."])
    assert baby @ changed > baby @ plain + 0.15


def test_the_revision_says_weights_changes_and_precision(minilm: Encoder, plain: Encoder):
    weights, changes, method, precision = minilm.revision.split("-")
    assert (weights, method, precision) == ("53aa51172d14", "packed", "fp32")
    assert changes == file_hash(FOLDER / "model.safetensors")[:12]
    assert plain.revision == "53aa51172d14-packed-fp32"
