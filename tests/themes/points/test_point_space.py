"""The point space: one network, the same for one finding or many."""

import numpy as np
from safetensors.numpy import save_file

from lif_nlp.about import MODELS
from lif_nlp.themes.points.point_space import PointSpace, read_space


def test_vectors_have_unit_length_and_do_not_depend_on_the_others():
    draw = np.random.RandomState(1)
    space = PointSpace(*(
        draw.normal(size=shape).astype(np.float32) for shape in ((4,), (6, 4), (6,), (3, 6), (3,))
    ))  # fmt: skip
    vectors = draw.normal(size=(5, 4)).astype(np.float32)
    placed = space.place(vectors)
    assert placed.shape == (5, 3)
    np.testing.assert_allclose(np.linalg.norm(placed, axis=1), 1.0, atol=1e-4)
    np.testing.assert_array_equal(space.place(vectors[2:3])[0], placed[2])


def test_columns_that_the_network_does_not_know_are_left_out():
    eye = np.eye(2, dtype=np.float32)
    zero = np.zeros(2, np.float32)
    space = PointSpace(zero, eye, zero, eye, zero)
    wide = np.array([[3.0, 0.0, 9.0]], np.float32)
    np.testing.assert_array_equal(space.place(wide), space.place(wide[:, :2]))


def test_an_empty_file_is_no_space(tmp_path):
    save_file({}, tmp_path / "space.safetensors")
    assert read_space(tmp_path / "space.safetensors") is None
    assert read_space(MODELS / "pairs-words" / "space.safetensors") is None
