import numpy as np

from lif_nlp.embed import load_encoder


def test_rows_have_unit_length_and_the_order_of_the_texts():
    encoder = load_encoder("hashed")
    texts = ["Police told the school.", "", "A plan without dates."]
    vectors = encoder.encode(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dim)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)
    assert np.array_equal(encoder.encode(texts[::-1]), vectors[::-1])


def test_related_texts_are_closer_than_unrelated_ones():
    shared, sharing, dental = load_encoder("hashed").encode(
        [
            "Agencies did not share information about the household.",
            "Information about the household was not shared between agencies.",
            "Tooth decay was left untreated for two years.",
        ]
    )
    assert shared @ sharing > 0.5 > shared @ dental + 0.2


def test_no_texts_give_no_rows():
    assert load_encoder("hashed").encode([]).shape == (0, 512)
