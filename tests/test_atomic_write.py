"""A file is written whole, or nothing of it is left."""

import pytest

from lif_nlp.atomic_write import write_atomically


def test_a_file_that_cannot_be_replaced_leaves_no_partial_file(tmp_path):
    occupied = tmp_path / "brief.html"
    occupied.mkdir()
    with pytest.raises(OSError, match=r"brief\.html"):
        write_atomically(occupied, b"<p>")
    assert list(tmp_path.iterdir()) == [occupied]


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_created_in_new_folders_and_replaced(tmp_path, durable):
    path = tmp_path / "new" / "folder" / "brief.html"
    for content in (b"<p>first", b"<p>second"):
        write_atomically(path, content, durable=durable)
        assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
