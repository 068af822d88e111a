"""A codebook out and in."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lif_nlp.errors import UnreadableError
from lif_nlp.interchange.refi_qda.codebook import codebook, read_codebook
from lif_nlp.records import Theme

THEMES = (
    Theme("s-1", "Recording: old addresses", "sub", parent="recording"),
    Theme("recording", "Recording", "known"),
    Theme("s-2", "A part whose whole was rejected", "sub", parent="gone"),
)


def test_codebook_round_trip_keeps_names_levels_and_meanings(tmp_path: Path):
    (tmp_path / "themes.qdc").write_bytes(codebook(THEMES, {"recording": "What is written <down>"}))
    above, below, alone = read_codebook(tmp_path / "themes.qdc")
    assert (above.name, above.parent, above.description) == (
        "Recording",
        "",
        "What is written <down>",
    )
    assert (below.name, below.parent) == ("Recording: old addresses", above.code_id)
    assert (alone.name, alone.parent) == ("A part whose whole was rejected", "")


def test_names_lose_only_what_xml_cannot_hold(tmp_path: Path):
    themes = (Theme("a", 'Post & "letters" <late>\x0b', "emergent"),)
    (tmp_path / "themes.qdc").write_bytes(codebook(themes))
    assert [c.name for c in read_codebook(tmp_path / "themes.qdc")] == ['Post & "letters" <late>']


def test_a_codebook_of_another_program_is_read(tmp_path: Path):
    path = tmp_path / "book.qdc"
    path.write_text(
        '<?xml version="1.0"?><q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0"><q:Codes>'
        '<q:Code guid="{A}" name=" Doors " isCodable="true"><q:Description>Shut ones'
        "</q:Description></q:Code></q:Codes></q:CodeBook>",
        encoding="utf-8",
    )
    [code] = read_codebook(path)
    assert (code.code_id, code.name, code.description) == ("{A}", "Doors", "Shut ones")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook/>', "XML with declared entities"),
        (b"<CodeBook>", "broken XML"),
        (b"<Project/>", "not a REFI-QDA codebook; export the codebook again as .qdc"),
    ],
)
def test_another_file_is_refused_with_a_next_step(tmp_path: Path, content, message):
    path = tmp_path / "book.qdc"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=message):
        read_codebook(path)


def test_a_missing_file_is_told(tmp_path: Path):
    with pytest.raises(UnreadableError, match="cannot be opened"):
        read_codebook(tmp_path / "none.qdc")


def test_elements_stand_as_the_schema_wants_them():
    root = ET.fromstring(codebook(THEMES, {"recording": "Meaning"}))
    space = "{urn:QDA-XML:codebook:1.0}"
    assert (root.tag, [c.tag for c in root]) == (f"{space}CodeBook", [f"{space}Codes"])
    code = root.find(f"{space}Codes/{space}Code")
    assert code is not None
    assert [c.tag for c in code] == [f"{space}Description", f"{space}Code"]
    assert set(code.attrib) == {"guid", "name", "isCodable"}
