from pathlib import Path

import numpy as np
import pytest

from lif_nlp.embed.static import FOLDER, StaticEncoder, load_static
from lif_nlp.errors import ModelError
from lif_nlp.model_files import STATIC_FILES, write_checksums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of three words and one pair, in two dimensions."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "plan": 1, "drift": 2, "school": 3}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    save_file(
        {
            "tokens": np.array([[1, 0], [1, 0], [0, 2], [0, 4]], dtype=np.int8),
            "scales": np.array([1.0, 1.0, 0.5, 1.0], dtype=np.float32),
            "ids": np.array([1, 2, 3], dtype=np.int32),
            "pairs": np.array([[1, 3]], dtype=np.int32),
        },
        tmp_path / "vectors.safetensors",
    )
    write_checksums(tmp_path, STATIC_FILES)
    return tmp_path


def test_a_text_is_the_sum_of_its_tokens(folder: Path):
    (vector,) = load_static(folder, network=None).encode(["plan drift school"])
    assert vector == pytest.approx(np.array([2, 1]) / np.sqrt(5))


def test_neighbouring_tokens_count_as_a_pair_too(folder: Path):
    apart, together = load_static(folder, network=None).encode(["school plan", "plan school"])
    assert apart == pytest.approx(np.array([1, 1]) / np.sqrt(2))
    assert together == pytest.approx(np.array([1, 5]) / np.sqrt(26))


def test_texts_without_known_words_keep_unit_length(folder: Path):
    vectors = load_static(folder, network=None).encode(["", "unheard"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])


def test_no_texts_give_no_rows(folder: Path):
    assert load_static(folder, network=None).encode([]).shape == (0, 2)


def test_a_missing_model_names_what_to_do(tmp_path: Path):
    with pytest.raises(ModelError, match=r"is missing; reinstall .* use the encoder 'minilm'"):
        load_static(tmp_path, network=None)


@pytest.mark.parametrize("name", STATIC_FILES)
def test_an_altered_file_is_refused(folder: Path, name: str):
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    with pytest.raises(ModelError, match=f"{name}: SHA-256 differs"):
        load_static(folder, network=None)


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    return load_static()


def test_the_shipped_model_is_small_and_has_no_pickles():
    files = [path for path in FOLDER.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 10_000_000
    assert {path.name for path in files} == {*STATIC_FILES, "SHA256SUMS", "README.md"}


def test_the_shipped_model_puts_related_texts_closer(shipped: StaticEncoder):
    shared, sharing, dental = shipped.encode(
        [
            "Police did not pass the information on to the school.",
            "Information was not shared between agencies.",
            "The toddler's teeth were never treated.",
        ]
    )
    assert shared @ sharing > shared @ dental + 0.2
