"""Readers of other packages are found by the file's ending; built-in ones are in tables."""

from __future__ import annotations

import pytest

from lif_nlp.errors import ConfigError
from lif_nlp.ingest.file_types import BUILT_IN_SUFFIXES, detect_file_type
from lif_nlp.ingest.reader import COLLECTION_READERS, PLUGIN_GROUP, READERS
from lif_nlp.records import Document, Quarantined
from tests.ingest.makers import make_zip

PAGED = """
from lif_nlp.errors import UnreadableError
from lif_nlp.ingest.pieces import Piece, Reading

def read_paged(content, source):
    pieces = []
    for line in content.decode().splitlines():
        page, tab, words = line.partition("\\t")
        if not tab:
            raise UnreadableError(source, "a line has no page number", "export the file again")
        pieces.append(Piece(words, page=int(page)))
    return Reading(tuple(pieces), pages=2)

def read_nothing(content, source):
    return "no reading"

NOT_A_FUNCTION = 1
"""
LINES = b"1\tThe nurse asked him.\n2\tThe plan was late."


@pytest.fixture
def install_reader(install_package):
    """A function that offers objects of the module above as readers, by file ending."""

    def install(**offers):
        values = {suffix: f"paged:{name}" for suffix, name in offers.items()}
        install_package("paged", values, PLUGIN_GROUP, PAGED)

    return install


def test_a_reader_of_another_package_reads_files_with_its_ending(install_reader, read_file):
    install_reader(paged="read_paged")
    (document,) = read_file("notes.PAGED", LINES)
    assert [(block.page, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, "The nurse asked him."),
        (2, "The plan was late."),
    ]


def test_its_errors_are_reasons_and_its_faults_stop_nothing(install_reader, read_file):
    install_reader(paged="read_paged")
    (refused,) = read_file("notes.paged", b"No page.")
    assert refused.reason == "a line has no page number; export the file again"
    (broken,) = read_file("notes.paged", b"x\tNo number.")
    assert broken.reason.startswith("the file could not be parsed (ValueError)")
    (empty,) = read_file("notes.paged", b" \n")
    assert empty.reason == "the file is empty; download or save it again"


def test_it_reads_members_of_archives_too(install_reader, read_file):
    install_reader(paged="read_paged")
    items = read_file("a.zip", make_zip({"a.paged": LINES, "b.txt": b"The school knew."}))
    assert [item.text[:9] for item in items] == ["The nurse", "The schoo"]


def test_without_it_such_a_file_is_read_as_text(read_file):
    (document,) = read_file("notes.paged", LINES)
    assert isinstance(document, Document)
    assert document.pages == 1


@pytest.mark.parametrize(
    ("offers", "message"),
    [
        ({"paged": "MISSING"}, r"plugin 'paged' \(paged:MISSING\) .* cannot be loaded: Attr"),
        ({"paged": "NOT_A_FUNCTION"}, "reader plugin 'paged' cannot be used: a plugin is a func"),
        ({"paged": "read_paged", "pdf": "read_paged"}, "reader plugin 'pdf' cannot be used: .* en"),
        ({"paged": "read_nothing"}, "reader plugin for .paged returned str, not a Reading"),
    ],
)
def test_a_plugin_that_cannot_be_used_is_named(install_reader, read_file, offers, message):
    install_reader(**offers)
    with pytest.raises(ConfigError, match=message):
        read_file("notes.paged", LINES)


def test_a_broken_plugin_does_not_touch_built_in_formats(install_reader, read_file):
    install_reader(paged="MISSING")
    (document,) = read_file("a.txt", b"The school knew.")
    assert document.text == "The school knew."


def test_every_detected_type_has_one_reader():
    types = {"pdf", "docx", "odt", "html", "txt", "md", "csv", "xlsx", "zip", "eml"}
    assert READERS.keys() | COLLECTION_READERS.keys() == types
    assert READERS.keys() & COLLECTION_READERS.keys() == set()
    assert {f".{name}" for name in types} <= BUILT_IN_SUFFIXES
    assert detect_file_type(b"Words.", "a.other") == "txt"


def test_a_corrupt_member_costs_only_itself(read_file):
    bad, good = read_file("a.zip", make_zip({"a.pdf": b"%PDF-1.7", "b.txt": b"The school knew."}))
    assert isinstance(bad, Quarantined)
    assert good.source.endswith("a.zip!/b.txt")
