from pathlib import Path

import numpy as np
import pytest

from lif_nlp.embed.small_network import FOLDER, SmallNetwork, load_small_network
from lif_nlp.embed.static import load_static
from lif_nlp.errors import ModelError
from lif_nlp.model_files import LABEL_FILES


def tensors():
    """Two tokens of two numbers; filters of reach 3 that look for token 1 before and after."""
    three = np.zeros((6, 2), np.int8)
    three[0, 0] = 10  # the first number of the token before
    three[4, 1] = 10  # the first number of the token after
    five = np.zeros((10, 1), np.int8)
    five[9, 0] = 1  # the second number of the second token after
    return {
        "tokens": np.array([[3, 0], [0, 4]], np.int8),
        "ids": np.array([1, 2], np.int32),
        "filters.3": three,
        "added.3": np.array([-5, 0], np.int32),
        "factors.3": np.array([0.1, 1.0], np.float32),
        "filters.5": five,
        "added.5": np.array([0], np.int32),
        "factors.5": np.array([1.0], np.float32),
    }


@pytest.fixture(scope="module")
def network() -> SmallNetwork:
    return SmallNetwork(tensors(), vocabulary=4)


def test_filters_read_neighbours_and_answer_by_largest_and_mean(network: SmallNetwork):
    (row,) = network.rows([np.array([1, 2, 2])])
    # Largest answers of the two filters of reach 3, their means, then the same of reach 5.
    assert row == pytest.approx([2.5, 0.0, 2.5 / 3, 0.0, 4.0, 4.0 / 3])


def test_the_order_of_tokens_counts(network: SmallNetwork):
    before, after = network.rows([np.array([1, 2]), np.array([2, 1])])
    assert before[0] > after[0] and before[1] < after[1]


def test_texts_do_not_reach_into_each_other(network: SmallNetwork):
    texts = [np.array([1, 2, 2]), np.array([], int), np.array([3]), np.array([2, 2, 1])]
    together = network.rows(texts)
    alone = np.vstack([network.rows([text]) for text in texts])
    assert np.array_equal(together, alone)
    # Neither without tokens nor with unknown ones is there an answer.
    assert not together[1].any() and not together[2].any()


def test_no_texts_give_no_rows(network: SmallNetwork):
    assert network.rows([]).shape == (0, 6)


@pytest.mark.parametrize("name", LABEL_FILES)
def test_an_altered_file_is_refused(tmp_path: Path, name: str):
    for path in FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(ModelError, match=f"{name}: SHA-256 differs"):
        load_small_network(4, tmp_path)


def test_answers_of_the_shipped_network_are_exact_in_any_company():
    encoder = load_static()
    texts = [
        "Told the school, not the GP.",
        "Not told the school: the GP.",
        "",
        "Nobody rang back.",
    ]
    rows = encoder.encode_deep(texts)
    alone = np.vstack([encoder.encode_deep([text]) for text in texts])
    assert rows.shape == (4, encoder.dim + encoder.network.dim)
    assert np.array_equal(rows[:, encoder.dim :], alone[:, encoder.dim :])
    assert np.array_equal(rows[:, : encoder.dim], encoder.encode(texts))
    assert not np.array_equal(rows[0, encoder.dim :], rows[1, encoder.dim :])


def test_the_shipped_network_is_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000
