"""A file is written whole, or nothing of it is left."""

import pytest

from lif_nlp.runtime.manifest import write_atomically


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_beside_it(tmp_path):
    taken = tmp_path / "brief.html"
    taken.mkdir()
    with pytest.raises(OSError, match=r"brief\.html"):
        write_atomically(taken, b"<p>")
    assert list(tmp_path.iterdir()) == [taken]
