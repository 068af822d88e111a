"""Coded texts out and in: the same characters, codes and coders."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lif_nlp.errors import UnreadableError
from lif_nlp.interchange.refi_qda.project_reader import read_project
from lif_nlp.interchange.refi_qda.project_writer import project
from lif_nlp.records import Assignment, Document, Finding, Theme

TEXT = "Letters went to the old address.\nCafé notes 😀 were kept. The end."
THEMES = (
    Theme("recording", "Recording", "known"),
    Theme("s-1", "Recording: old addresses", "sub", parent="recording"),
)
DOCUMENTS = (
    Document("d-1", "letters.txt", "Letters", TEXT, (), 1),
    Document("d-2", "again.txt", "Letters", "Nothing coded.", (), 1),
)
FINDINGS = (
    Finding("d-1:0-32", "d-1", 0, 32, TEXT[0:32], 1, role="problem"),
    Finding("d-1:33-56", "d-1", 33, 56, TEXT[33:56], 2, role="strength"),
)
ASSIGNMENTS = (
    Assignment("d-1:0-32", "s-1", 0.8),
    Assignment("d-1:33-56", "recording", 1.0, "person"),
    Assignment("d-1:0-32", "rejected", 1.0),
)
CREATED = "2024-05-01T09:00:00Z"
CODERS = {("d-1:33-56", "recording"): ("A. Reader", "B. Reader")}
SPACE = "{urn:QDA-XML:project:1.0}"
ORDER = {
    "Project": ["Users", "CodeBook", "Sources"],
    "TextSource": ["PlainTextSelection"],
    "PlainTextSelection": ["Description", "Coding"],
    "Coding": ["CodeRef"],
    "Code": ["Description", "Code"],
}
NEEDED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "TextSource": {"guid", "plainTextPath"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition", "creationDateTime"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
}


def made() -> bytes:
    meanings = {"recording": "What is written down"}
    return project(DOCUMENTS, FINDINGS, THEMES, ASSIGNMENTS, created=CREATED, coders=CODERS,
                   meanings=meanings)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "learning.qdpx"
    file.write_bytes(made())
    return file


def packed(path: Path, qde: str, **sources: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", qde)
        for name, content in sources.items():
            archive.writestr(f"sources/{name}.txt", content)
    return path


def test_round_trip_keeps_characters_codes_and_coders(path: Path):
    held = read_project(path)
    names = {code.code_id: code.name for code in held.codes}
    texts = {source.source_id: source.text for source in held.sources}
    assert [(names[c.code], texts[c.source][c.start : c.end], c.author) for c in held.codings] == [
        ("Recording: old addresses", "Letters went to the old address.", "lif_nlp"),
        ("Recording", "Café notes 😀 were kept.", "A. Reader"),
        ("Recording", "Café notes 😀 were kept.", "B. Reader"),
    ]
    assert held.left_out == 0


def test_positions_count_characters_not_bytes_nor_utf_16_halves(path: Path):
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
        [name] = [n for n in archive.namelist() if b"Caf" in archive.read(n) and "txt" in n]
        content = archive.read(name)
    place = [
        (s.get("startPosition"), s.get("endPosition"))
        for s in root.iter(f"{SPACE}PlainTextSelection")
    ]
    assert place == [("0", "32"), ("33", "56"), ("33", "56")]
    assert content.decode("utf-8") == TEXT
    assert not content.startswith(b"\xef\xbb\xbf")


def test_sources_lie_where_their_paths_say_and_have_names_of_their_own(path: Path):
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
        there = set(archive.namelist())
    sources = list(root.iter(f"{SPACE}TextSource"))
    files = {s.get("plainTextPath", "").replace("internal://", "Sources/") for s in sources}
    assert files | {"project.qde"} == there
    assert [s.get("name") for s in sources] == ["Letters (d-1)", "Letters (d-2)"]


def test_elements_and_ids_stand_as_the_schema_wants_them(path: Path):
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("project.qde"))
    guids = [node.get("guid") for node in root.iter() if node.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", g) for g in guids)
    for node in root.iter():
        tag = node.tag.removeprefix(SPACE)
        assert NEEDED.get(tag, set()) <= set(node.attrib), tag
        below = [child.tag.removeprefix(SPACE) for child in node]
        if tag in ORDER:
            assert below == sorted(below, key=ORDER[tag].index), tag
    targets = {node.get("targetGUID") for node in root.iter(f"{SPACE}CodeRef")}
    users = {node.get("creatingUser") for node in root.iter() if node.get("creatingUser")}
    assert targets | users <= set(guids)


def test_the_same_project_gives_the_same_bytes():
    assert made() == made()


@pytest.mark.parametrize(("origin", "start"), [("NVivo 14", 7), ("ATLAS.ti 23", 6)])
def test_line_ends_of_two_characters_count_as_the_program_counts_them(tmp_path, origin, start):
    qde = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="x" origin="{origin}"><Sources>
    <TextSource guid="S" name="s" plainTextPath="internal://s.txt">
    <PlainTextSelection guid="P" startPosition="{start}" endPosition="{start + 4}">
    <Coding guid="C"><CodeRef targetGUID="K"/></Coding></PlainTextSelection>
    </TextSource></Sources></Project>"""
    held = read_project(packed(tmp_path / "a.qdpx", qde, s=b"\xef\xbb\xbfFirst\r\nLast\r\n"))
    [source], [coding] = held.sources, held.codings
    assert source.text == "First\nLast\n"
    assert source.text[coding.start : coding.end] == "Last"


@pytest.mark.parametrize("space", [' xmlns="urn:QDA-XML:project:1.0"', ""])
def test_codings_of_pictures_are_counted_and_left_out(tmp_path: Path, space: str):
    coding = '<Coding guid="C"><CodeRef targetGUID="K"/></Coding>'
    qde = f"""<Project{space} name="x"><Sources>
    <TextSource guid="T" name="t"><PlainTextContent>Letters</PlainTextContent>
    <PlainTextSelection guid="P" startPosition="0" endPosition="4">{coding}</PlainTextSelection>
    </TextSource><PictureSource guid="S">{coding}</PictureSource></Sources></Project>"""
    held = read_project(packed(tmp_path / "a.qdpx", qde))
    assert (len(held.codings), held.left_out) == (1, 1)


def test_another_file_is_refused_with_a_next_step(tmp_path: Path):
    path = tmp_path / "notes.qdpx"
    path.write_bytes(b"no archive")
    with pytest.raises(UnreadableError) as caught:
        read_project(path)
    assert (
        caught.value.reason == "not a REFI-QDA project; export it again as .qdpx (REFI-QDA project)"
    )


def test_a_source_that_is_missing_or_a_broken_position_is_refused(tmp_path: Path):
    source = '<TextSource guid="S" name="s" plainTextPath="internal://s.txt">{}</TextSource>'
    qde = f'<Project xmlns="urn:QDA-XML:project:1.0"><Sources>{source}</Sources></Project>'
    with pytest.raises(UnreadableError, match="not a REFI-QDA project"):
        read_project(packed(tmp_path / "a.qdpx", qde.format("")))
    broken = qde.format('<PlainTextSelection guid="P" startPosition="x" endPosition="2"/>')
    with pytest.raises(UnreadableError, match="a selection without positions"):
        read_project(packed(tmp_path / "b.qdpx", broken, s=b"text"))
