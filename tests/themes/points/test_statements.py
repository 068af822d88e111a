"""Findings as rows of figures."""

import numpy as np

from lif_nlp.frame_record import Frame
from lif_nlp.records import Finding
from lif_nlp.themes.points.statements import make_table

# In single precision 2**24 + 1 is 2**24 again, so that a sum shows the order of its parts.
SIZES = {"rota": 2.0**24, **{f"{name} rota": 1.0 for name in ("day", "night", "winter", "week")}}


def encode(texts):
    return np.array([[SIZES[text], 2.0**24] for text in texts], np.float32)


def test_aspects_are_added_in_the_order_of_the_text(framework):
    frames = tuple(Frame("problem", aspect) for aspect in SIZES)
    finding = Finding("f1", "d1", 0, 1, "No rota was kept.", 1, role="problem", frames=frames)
    table = make_table(
        [finding], np.zeros((1, 2), np.float32), framework, rarity=lambda word: 1.0, encode=encode
    )
    parts = encode(SIZES)
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    np.testing.assert_array_equal(table.aspect_vectors[0], total / np.linalg.norm(total))
