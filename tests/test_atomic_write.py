"""A file is written whole, or nothing of it is left."""

from pathlib import Path

import pytest

from lif_nlp import atomic_write
from lif_nlp.atomic_write import patiently, write_atomically, write_even_if_open
from lif_nlp.errors import LifWarning


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


class Held:
    """A step that fails as on Windows, while another program holds the file."""

    def __init__(self, times):
        self.left = times
        self.done = 0

    def __call__(self):
        if self.left:
            self.left -= 1
            raise PermissionError(13, "The process cannot access the file", "brief.docx")
        self.done += 1


@pytest.fixture
def no_waits(monkeypatch):
    monkeypatch.setattr(atomic_write, "WAITS", (0, 0, 0))


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_file_held_for_a_moment_is_renamed_in_the_end(no_waits, times):
    step = Held(times)
    patiently(step)
    assert step.done == 1


def test_a_file_held_for_longer_is_an_error(no_waits):
    with pytest.raises(PermissionError):
        patiently(Held(4))


@pytest.fixture
def open_files(no_waits, monkeypatch):
    """Names of files that are open in another program, so that nothing can replace them."""
    names = set()
    rename = Path.replace

    def replace(self, target):
        if Path(target).name in names:
            raise PermissionError(13, "Access is denied", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return names


def test_a_brief_that_is_open_is_written_under_a_new_name(open_files, tmp_path):
    for name in ("brief.docx", "brief (2).docx"):
        (tmp_path / name).write_bytes(b"old")
        open_files.add(name)
    with pytest.warns(LifWarning, match=r"brief\.docx: open .* the new one is brief \(3\)\.docx"):
        written = write_even_if_open(tmp_path / "brief.docx", b"new")
    assert written == tmp_path / "brief (3).docx"
    assert written.read_bytes() == b"new"
    assert (tmp_path / "brief.docx").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_takes_nothing_is_an_error(open_files, tmp_path):
    open_files.add("brief.docx")
    with pytest.raises(PermissionError):
        write_even_if_open(tmp_path / "brief.docx", b"new")
    assert list(tmp_path.iterdir()) == []
