"""Bad input: one line for the user, and the good file next to it is read."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ByteStringObject, DecodedStreamObject, NameObject

from lif_nlp.config import Settings
from lif_nlp.ingest import find_sources, limits, read, sources
from lif_nlp.records import Document, Fact, Quarantined
from tests.ingest.makers import Line, make_odt, make_pdf, make_zip

HTML = b"<!DOCTYPE html><html><body><p>report not found</p></body></html>"
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


MESSAGE = b"From: a@b.org\r\nTo: c@d.org\r\nSubject: \r\nDate: Mon, 3 May 2021 10:00:00\r\n\r\n\r\n"


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf([[Line("Words.", 500)]])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of(pages: int) -> bytes:
    """A PDF that claims to have `pages` pages, all of them the same blank page."""
    blank = make_pdf([[]])
    kids = b" ".join([b"10 0 R"] * pages)
    return blank.replace(b"/Kids [10 0 R] /Count 1", b"/Kids [%s] /Count %d" % (kids, pages))


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * (8 << 20))
    return out.getvalue()


CASES = {
    "letter.pdf": (
        HTML,
        "a web page saved as .pdf (often a website's error or log-in page); "
        "download the report itself again, or rename the file to .html "
        "if the page is the report",
    ),
    "empty.pdf": (b"", "the file is empty; download or save it again"),
    "spaces.txt": (b" \n\n ", "the file is empty; download or save it again"),
    "half.pdf": (
        make_pdf([[Line("Words.", 500)]])[:150],
        "the PDF is damaged or incomplete; download it again",
    ),
    "half.docx": (
        make_zip({"word/document.xml": b"<x/>"})[:60],
        "the file is incomplete or damaged (its zip index is missing); download it again",
    ),
    "broken.docx": (
        make_zip({"word/document.xml": b"<x/>"}),
        "the Word file is damaged; open it in Word and save it again",
    ),
    "old.doc": (
        b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"),
        "an old Word file (.doc); open it and save it as .docx or PDF",
    ),
    "locked.docx": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "the file is password-protected; save a copy without the password",
    ),
    "note.rtf": (rb"{\rtf1 words}", "a Rich Text file; open it and save it as .docx or PDF"),
    "photo.pdf": (b"\x89PNG\r\n\x1a\n", "a picture, not a report; add the report as PDF or .docx"),
    "program.bin": (
        b"MZ\x00\x01\x02",
        "the file is in a format that cannot be read; "
        "save it as PDF, .docx, .odt, .html, .txt, .xlsx or .csv",
    ),
    "text.pdf": (
        b"We could not find the page that you asked for.",
        "plain text saved as .pdf (often a website's error message); download the report "
        "itself again, or rename the file to .txt if the text is the report",
    ),
    "locked.pdf": (
        locked_pdf(),
        "the PDF is password-protected; save a copy without the password",
    ),
    "none.pdf": (make_pdf([]), "the PDF has no pages; download it again"),
    "book.pdf": (
        pdf_of(2_001),
        "the PDF has 2001 pages, more than the limit of 2000; split it into separate reports",
    ),
    "nothing.zip": (make_zip({}), "the archive is empty; check that it is the right file"),
    "empty.eml": (MESSAGE, "the message has no text; check that it is the right file"),
    "bomb.zip": (
        bomb(),
        "the file unpacks to far more than a report holds (possibly a zip bomb); do not open it",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_quarantined_with_its_reason(name: str, read_file) -> None:
    content, reason = CASES[name]
    (item,) = read_file(name, content)
    assert isinstance(item, Quarantined)
    assert item.reason == reason


def test_a_bad_file_does_not_affect_others_and_names_may_be_unusual(
    tmp_path: Path, framework
) -> None:
    (tmp_path / "a.pdf").write_bytes(HTML)
    (tmp_path / "b é ‘quoted’ ;.txt").write_text("The nurse asked him.")
    paths, missing = find_sources([tmp_path])
    items = [item for path in paths for item in read(path, framework=framework)]
    assert [type(item) for item in items] == [Quarantined, Document]
    assert missing == []


def test_an_archive_inside_another_is_refused_and_the_rest_is_read(read_file) -> None:
    inner = make_zip({"b.txt": b"The school knew."})
    bad, good = read_file("a.zip", make_zip({"a.zip": inner, "c.txt": b"The nurse asked."}))
    assert bad.reason == ("an archive or message inside another; unpack it and add the folder")
    assert good.text == "The nurse asked."


def test_entities_of_an_office_file_are_not_expanded(read_file) -> None:
    odt = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": BOMB}
    for members in ({"word/document.xml": BOMB}, {"xl/workbook.xml": BOMB}, odt):
        (item,) = read_file("a.docx", make_zip(members))
        assert item.reason == (
            "its XML declares entities, which only hostile files do; do not open it"
        )


def test_text_that_was_decoded_wrongly_is_repaired(read_file) -> None:
    (document,) = read_file("a.txt", "They didnâ€™t ask. CafÃ© visits went well.".encode())
    assert document.text == "They didn’t ask. Café visits went well."
    (document,) = read_file("b.txt", "They didn’t ask.".encode("cp1252"))
    assert document.text == "They didn’t ask."


@pytest.fixture
def nothing_free():
    """Uses up what earlier tests gave back, or large blocks would need no new memory."""
    held: list[bytearray] = []
    with limits.limit_memory(0), suppress(MemoryError):
        held.extend(bytearray(1 << 20) for _ in range(1 << 12))
    yield
    held.clear()


@pytest.mark.usefixtures("nothing_free")
def test_reading_that_needs_too_much_memory_stops(read_file, monkeypatch) -> None:
    monkeypatch.setattr("lif_nlp.ingest.limits.MAX_MEMORY_GROWTH", 1 << 20)
    (item,) = read_file("a.txt", b"The nurse asked him.\n" * 400_000)
    assert item.reason == "reading it would need more than 4 GB of memory; split the file"


@pytest.mark.usefixtures("nothing_free")
def test_the_memory_limit_ends_with_its_block() -> None:
    from lif_nlp.ingest.limits import limit_memory

    with limit_memory(64 << 20), pytest.raises(MemoryError):
        bytearray(256 << 20)
    assert len(bytearray(256 << 20)) == 256 << 20


def test_a_scan_without_tesseract_says_what_to_do(read_file, monkeypatch) -> None:
    monkeypatch.setattr("lif_nlp.ingest.pdf.document.ocr_is_ready", lambda: False)
    (item,) = read_file("scan.pdf", make_pdf([[], []]))
    assert item.reason == (
        "none of the 2 pages contains text, so it is probably a scan; install the "
        "program tesseract and the Python package pytesseract, or ask for the original"
    )


def test_a_missing_file_is_quarantined(tmp_path: Path, framework) -> None:
    (item,) = read(tmp_path / "gone.pdf", framework=framework)
    assert item.reason == (
        "the file cannot be opened (No such file or directory); check that it still exists "
        "and that you may read it"
    )


def test_a_file_above_the_limit_is_not_opened(read_file) -> None:
    (item,) = read_file("big.txt", b"a" * (2 << 20), max_file_mb=1)
    assert item.reason == (
        "the file is 2 MB, larger than the limit of 1 MB; raise max_file_mb in lif.toml, "
        "or split the file"
    )


def test_macros_are_never_run_and_are_noted(read_file) -> None:
    from tests.ingest.makers import make_docx
    from tests.ingest.test_formats import _members

    members = _members(make_docx([("Normal", "Staff met the family.")]))
    (document,) = read_file("m.docm", make_zip({**members, "word/vbaProject.bin": b"x"}))
    assert ("macros_ignored", "yes") in [(fact.name, fact.value) for fact in document.facts]


def test_file_type_is_detected_whatever_the_suffix(read_file) -> None:
    (document,) = read_file("report.txt", make_pdf([[Line("The school knew.", 500)]]))
    assert document.text == "The school knew."


def test_sources_are_sorted_without_repeats_and_outward_links_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("b.pdf", "a.pdf", ".hidden", "~$a.docx"):
        (folder / name).write_text("x")
    (tmp_path / "secret.txt").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    paths, missing = find_sources(
        [folder, folder / "a.pdf", str(folder / "*.pdf"), tmp_path / "none"]
    )
    assert [path.name for path in paths] == ["a.pdf", "b.pdf"]
    assert [item.reason for item in missing] == [
        "a link that leads out of the folder; add the file it points to instead",
        "no such file or folder; check the spelling, and put a path with blanks in quotation marks",
    ]


def test_a_link_to_itself_is_refused_and_other_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    (tmp_path / "circle.pdf").symlink_to("circle.pdf")
    for source in (tmp_path, tmp_path / "*.pdf"):
        paths, refused = find_sources([source])
        assert [path.name for path in paths] == ["a.pdf"]
        assert [item.reason for item in refused] == ["a link that points to itself; remove it"]


def test_a_name_that_is_not_utf8_is_refused_and_printable(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    odd = os.fsencode(tmp_path) + b"/caf\xe9.pdf"
    Path(os.fsdecode(odd)).write_text("x")
    for sources_ in ([tmp_path], [tmp_path / "a.pdf", os.fsdecode(odd)]):
        paths, [refused] = find_sources(sources_)
        assert [path.name for path in paths] == ["a.pdf"]
        assert refused.source.endswith("/caf\\xe9.pdf")
        assert refused.reason == "its name contains bytes that are not UTF-8; rename it"


def test_a_file_that_may_not_be_opened_is_refused(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a.pdf").write_text("x")
    (tmp_path / "b.pdf").write_text("x")
    stat = os.stat

    def closed(path: Path, **options: bool) -> os.stat_result:
        if str(path).endswith("b.pdf"):
            raise PermissionError(13, "Permission denied")
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", closed)
    paths, [refused] = find_sources([tmp_path])
    assert [path.name for path in paths] == ["a.pdf"]
    assert refused.reason == ("it cannot be opened (Permission denied); check who may read it")


def test_files_of_a_workspace_are_not_sources(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("x")
    briefs = tmp_path / "learning" / "briefs"
    briefs.mkdir(parents=True)
    (briefs / "neglect.html").write_text("x")
    (tmp_path / "learning" / "learning.db").write_text("x")
    for source in (tmp_path, f"{tmp_path}/**/*.html"):
        paths, refused = find_sources([source])
        assert [path.name for path in paths] == ["a.html"]
        assert refused == []
    paths, [refused] = find_sources([tmp_path / "learning"])
    assert paths == []
    assert refused.reason == (
        "this is a lif_nlp workspace, not a folder of reports; name the folder of the reports"
    )


def test_a_file_of_a_workspace_can_be_named_directly(tmp_path: Path) -> None:
    (tmp_path / "learning.db").write_text("x")
    (tmp_path / "a.pdf").write_text("x")
    for source in (tmp_path / "a.pdf", tmp_path / "*.pdf"):
        assert find_sources([source]) == ([tmp_path / "a.pdf"], [])


def pdf_with_half_characters() -> bytes:
    """A PDF whose title, and whose letter q, are one half of a character each."""
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf([[Line("The nurse asqed him.", 500)]])))
    unicode = DecodedStreamObject()
    unicode.set_data(
        b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <71> <DCE9> endbfchar"
    )
    font = writer.pages[0]["/Resources"]["/Font"]["/F1"].get_object()
    font[NameObject("/ToUnicode")] = writer._add_object(unicode)
    writer.add_metadata({"/Title": "x"})
    writer._info[NameObject("/Title")] = ByteStringObject(b"\xfe\xff\x00R\xdc\xe9\x00v")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_lone_surrogates_are_replaced_and_the_report_is_read(read_file) -> None:
    (document,) = read_file("a.pdf", pdf_with_half_characters())
    assert document.text == "The nurse as\ufffded him."


def test_a_record_without_lone_surrogates_is_returned_unchanged() -> None:
    from lif_nlp.ingest.encoding import replace_lone_surrogates

    fact = Fact("title", "Café", "Caf\udce9")
    assert replace_lone_surrogates((fact, "x")) == (Fact("title", "Café", "Caf\ufffd"), "x")
    sound = Fact("title", "Café")
    assert replace_lone_surrogates(sound) is sound


def test_reading_stops_at_its_deadline(read_file) -> None:
    from lif_nlp.errors import UnreadableError
    from lif_nlp.ingest.limits import Deadline
    from lif_nlp.ingest.pdf.document import read_pdf

    with pytest.raises(UnreadableError) as caught:
        read_pdf(make_pdf([[Line("Words.", 500)]]), "a.pdf", deadline=Deadline(-1, "a.pdf"))
    assert caught.value.reason.startswith(
        "reading took longer than -1 seconds; raise seconds_per_file"
    )


def test_settings_default_to_the_environment(tmp_path: Path, framework) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words of a report.")
    assert list(read(path, framework=framework)) == list(
        read(path, framework=framework, settings=Settings())
    )


def test_the_odt_maker_makes_a_zip() -> None:
    assert make_odt("").startswith(b"PK")


def test_the_readme_lists_the_messages_that_users_see() -> None:
    page = Path(limits.__file__).with_name("README.md").read_text(encoding="utf-8")
    shown = {"letter.pdf", "text.pdf", "photo.pdf", "empty.pdf", "half.pdf", "half.docx"}
    shown |= {"locked.docx", "locked.pdf", "none.pdf", "book.pdf", "bomb.zip", "empty.eml"}
    assert [name for name in sorted(shown) if f"| {CASES[name][1]} |" not in page] == []
    for reason in (
        sources.LINK_LOOP,
        sources.BAD_NAME,
        sources.IS_WORKSPACE,
        sources.LINK_OUTSIDE,
    ):
        assert f"| {reason} |" in page


def test_pipes_devices_and_sockets_are_refused_named_or_in_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    (tmp_path / "b.pdf").write_text("x")
    refusal = "a {}, not a file; name a file or a folder of reports"
    for source in (tmp_path, tmp_path / "*.pdf", tmp_path / "a.pdf"):
        _, [refused] = find_sources([source])
        assert (refused.source, refused.reason) == (
            str(tmp_path / "a.pdf"),
            refusal.format("pipe"),
        )
    _, [refused] = find_sources(["/dev/null"])
    assert refused.reason == refusal.format("device")


def test_a_pipe_is_not_opened(tmp_path: Path, framework) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    [refused] = read(tmp_path / "a.pdf", framework=framework)
    assert isinstance(refused, Quarantined)
    assert refused.reason == "a pipe, not a file; name a file or a folder of reports"


@pytest.mark.parametrize("name", ["review.docx", "review.zip", "audit.xlsx"])
def test_an_office_file_without_its_text_is_refused_whole(read_file, name: str) -> None:
    content = make_zip({"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<styles/>"})
    (refused,) = read_file(name, content)
    assert isinstance(refused, Quarantined)
    assert refused.reason == "an Office file without its text; open it and save it again, or as PDF"
