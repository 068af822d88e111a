"""A model is used only while each of its files is the one that was trained."""

import os

import pytest

from lif_nlp.about import MODELS
from lif_nlp.errors import ModelError
from lif_nlp.model_files import SUMS, check_model, model_hashes, shipped_files, write_checksums

FILES = ("weights.bin", "facts.json")


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "role"
    folder.mkdir()
    (folder / "weights.bin").write_bytes(b"\x00\x01\x02")
    (folder / "facts.json").write_text("{}")
    (folder / "README.md").write_text("The card.")
    write_checksums(folder, FILES)
    return folder


def test_every_model_that_ships_is_whole():
    folders = shipped_files()
    assert {path.parent for path in MODELS.glob("*/README.md")} == set(folders)
    for folder, names in folders.items():
        check_model(folder, names)


def test_a_changed_card_is_no_matter(model):
    (model / "README.md").write_text("A better card.")
    check_model(model, FILES)


@pytest.mark.parametrize("name", [*FILES, SUMS])
def test_a_missing_file_is_named(model, name):
    (model / name).unlink()
    with pytest.raises(ModelError, match=rf"{name}: this file of the model 'role' is missing; re"):
        check_model(model, FILES)


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match="the model 'why' is missing; reinstall lif_nlp or"):
        check_model(tmp_path / "why", FILES)


def test_one_altered_byte_is_seen(model):
    (model / "weights.bin").write_bytes(b"\x00\x01\x03")
    with pytest.raises(ModelError, match=r"weights.bin: SHA-256 differs .* 'role' was altered"):
        check_model(model, FILES)


def test_a_file_that_no_sum_covers_is_refused(model):
    write_checksums(model, FILES[:1])
    with pytest.raises(ModelError, match=r"facts\.json: SHA-256 differs"):
        check_model(model, FILES)


def test_hashes_cover_each_file_and_show_a_missing_one(tmp_path):
    hashes = model_hashes()
    assert len(hashes) == 78
    assert "themes-words/model.json" in hashes
    assert all(len(digest) == 64 for digest in hashes.values())
    assert set(model_hashes(tmp_path).values()) == {""}


def test_a_file_is_hashed_again_once_its_size_or_date_differs(tmp_path):
    file = tmp_path / "role" / "model.json"
    file.parent.mkdir()

    def hash_of(content, modified):
        file.write_bytes(content)
        os.utime(file, ns=(modified, modified))
        return model_hashes(tmp_path)["role/model.json"]

    first = hash_of(b"{}", 1)
    assert hash_of(b"[]", 1) == first  # the same to size and date: not read
    assert hash_of(b"[]", 2) != first
    assert hash_of(b"[1]", 2) not in (first, hash_of(b"[]", 2))
