import zipfile
from pathlib import Path

import pytest

from lif_nlp.errors import UnreadableError
from lif_nlp.records import Assignment, Document, Finding, Theme
from lif_nlp.themes.refi import read_codebook, read_project, write_codebook, write_project

TEXT = "Letters went to the old address. Café notes were kept. "
THEMES = (
    Theme("recording", "Recording", "known"),
    Theme("s-1", "Recording: old addresses", "sub", parent="recording"),
)
DOCUMENT = Document("d-1", "letters.txt", "Letters", TEXT, (), 1)
FINDINGS = (
    Finding("d-1:0-32", "d-1", 0, 32, TEXT[0:32], 1),
    Finding("d-1:33-54", "d-1", 33, 54, TEXT[33:54], 1),
)
ASSIGNMENTS = (
    Assignment("d-1:0-32", "s-1", 0.8),
    Assignment("d-1:33-54", "recording", 1.0, "person"),
)


def test_codebook_round_trip_keeps_names_and_levels(tmp_path: Path):
    write_codebook(tmp_path / "themes.qdc", THEMES)
    above, below = read_codebook(tmp_path / "themes.qdc")
    assert (above.name, above.parent) == ("Recording", "")
    assert (below.name, below.parent) == ("Recording: old addresses", above.code_id)


def test_project_round_trip_keeps_offsets_and_who_coded(tmp_path: Path):
    path = tmp_path / "learning.qdpx"
    write_project(path, [DOCUMENT], FINDINGS, THEMES, ASSIGNMENTS)
    codes, codings = read_project(path)
    names = {code.code_id: code.name for code in codes}
    assert [(names[c.code], TEXT[c.start : c.end], c.author) for c in codings] == [
        ("Recording: old addresses", "Letters went to the old address.", "lif_nlp"),
        ("Recording", "Café notes were kept.", "people"),
    ]
    with zipfile.ZipFile(path) as archive:
        (source,) = (name for name in archive.namelist() if name.startswith("sources/"))
        assert archive.read(source).decode("utf-8") == TEXT


def test_the_same_project_gives_the_same_bytes(tmp_path: Path):
    for name in ("a.qdpx", "b.qdpx"):
        write_project(tmp_path / name, [DOCUMENT], FINDINGS, THEMES, ASSIGNMENTS)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_another_file_is_refused_with_a_next_step(tmp_path: Path):
    path = tmp_path / "notes.qdpx"
    path.write_bytes(b"no archive")
    with pytest.raises(UnreadableError) as caught:
        read_project(path)
    assert caught.value.reason == "no REFI-QDA project; export it again as .qdpx (REFI-QDA project)"


def test_declared_entities_are_refused(tmp_path: Path):
    path = tmp_path / "book.qdc"
    path.write_bytes(b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>')
    with pytest.raises(UnreadableError, match="XML with declared entities"):
        read_codebook(path)
