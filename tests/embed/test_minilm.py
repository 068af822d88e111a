import numpy as np
import pytest
import torch

from lif_nlp.embed import load_encoder
from lif_nlp.embed.minilm import find_package_model, load_folder
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


def test_vectors_are_those_of_sentence_transformers(minilm: Encoder):
    texts = ["", "Plan.", "A midwife’s note – unread – lay in the file.", "The plan drifted. " * 60]
    theirs = load_folder(find_package_model())
    assert theirs.name == "model"
    cosines = (minilm.encode(texts) * theirs.encode(texts)).sum(axis=1)
    assert cosines.min() > 0.9998


def test_deep_rows_are_the_vector_and_the_mean_of_the_middle_layer(minilm: Encoder):
    texts = ["Plan.", "The plan drifted. " * 60, "A midwife rang."]
    deep = deep_encode(minilm)(texts)
    assert np.array_equal(deep[:, :384], minilm.encode(texts))
    assert np.allclose(np.linalg.norm(deep[:, 384:], axis=1), 1.0, atol=1e-5)
    theirs = load_folder(find_package_model())._model
    tokens = theirs.tokenizer([texts[2]], return_tensors="pt")
    with torch.inference_mode():
        layers = theirs[0].auto_model(**tokens, output_hidden_states=True).hidden_states
    middle = layers[3][0].mean(0)
    assert deep[2, 384:] @ (middle / middle.norm()).numpy() > 0.9998


def test_an_encoder_without_layers_gives_its_vectors():
    hashed = load_encoder("hashed")
    assert np.array_equal(deep_encode(hashed)(["Plan."]), hashed.encode(["Plan."]))


def test_words_past_the_limit_still_count(minilm: Encoder):
    long = "The plan had no dates. " * 80
    with_end = long + "The midwife rang the police about bruises on the baby. " * 40
    plain, changed, baby = minilm.encode([long, with_end, "Bruises on the baby."])
    assert baby @ changed > baby @ plain + 0.15


def test_the_revision_says_weights_and_precision(minilm: Encoder):
    weights, method, precision = minilm.revision.split("-")
    assert (weights, method) == ("53aa51172d14", "packed")
    assert precision in {"fp32", "bf16"}
