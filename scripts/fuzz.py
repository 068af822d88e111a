"""Attack readers, review imports, settings and feeds with damaged input, and count what breaks.

    python scripts/fuzz.py [ROUNDS] [SEED] [TARGET ...]

Every input is invented and then damaged at random: bits, cuts, repeats, hostile pieces.  Each
must be read or refused with a `LifError`; anything else is printed with the seed that makes it
again, and the exit code is 1.  Without a TARGET (reader, settings, feed, workbook, project,
codebook) all are attacked in turn.  The suite runs some rounds (tests/test_fuzz.py), a night many.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lif_nlp.config import load_settings
from lif_nlp.errors import LifError, fault_location
from lif_nlp.fetch.links import extract_links, select_links
from lif_nlp.framework import load_framework
from lif_nlp.ingest import read
from lif_nlp.interchange.refi_qda.codebook import read_codebook
from lif_nlp.interchange.refi_qda.project_reader import read_project
from lif_nlp.workflow.workbook import read_workbook

WORDS = "The quibberel notice lay unread."
"""A sentence of every input, which no message may hold."""

HOSTILE = (
    b"\x00", b"\x07", b"\xff\xfe", b"\xe2\x80\xae", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"(" * 300,
    b"<b>" * 200, b"=cmd|' /C x'!A0", b"../../../etc/x", b"99999999999999999999", b"]]>",
    b"\r\n" * 50,    b"%PDF-1.7", b"PK\x03\x04", b"nan", b"-1", b'"', b"{" * 500, b"[" * 500,
)  # fmt: skip
"""Pieces that have broken parsers before."""


@dataclass(frozen=True)
class Target:
    """What is attacked: sound inputs by file name, and the function that reads one."""

    name: str
    sound: Mapping[str, bytes]
    call: Callable[[Path], object]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A copy with one to five faults."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(data) + 1)
        how = chance.randrange(5)
        if how == 0 and data:
            data[place % len(data)] ^= 1 << chance.randrange(8)
        elif how == 1:
            del data[place : place + chance.randint(1, 200)]
        elif how == 2:
            data[place:place] = chance.choice(HOSTILE)
        elif how == 3:
            data[place:place] = data[place : place + 100] * chance.randint(1, 20)
        else:
            del data[place:]
    return bytes(data)


def repacked(content: bytes, chance: random.Random) -> bytes:
    """An archive with one damaged member, so that the fault lies behind the packing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        hit = chance.choice(names)
        for name in names:
            member = old.read(name)
            new.writestr(name, damaged(member, chance) if name == hit else member)
    return out.getvalue()


def attack(targets: list[Target], rounds: int, seed: int) -> Iterator[str]:
    """One line for each input that is neither read nor refused as it should be."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            chance = random.Random(f"{seed}-{number}")
            target = targets[number % len(targets)]
            name, content = chance.choice(sorted(target.sound.items()))
            packed = zipfile.is_zipfile(io.BytesIO(content)) and chance.random() < 0.6
            path = Path(folder) / name
            path.write_bytes((repacked if packed else damaged)(content, chance))
            try:
                target.call(path)
            except LifError as error:
                if WORDS in str(error):
                    yield f"{target.name} {name}, round {number}: the message quotes the report"
            except Exception as error:
                yield f"{target.name} {name}, round {number}: {fault_location(error)}"


def targets() -> list[Target]:
    """What is attacked, with an invented input for each kind of file."""
    framework = load_framework()

    def read_file(path: Path) -> None:
        settings = load_settings(seconds_per_file=20)
        for _ in read(path, framework=framework, settings=settings):
            pass

    def read_settings(path: Path) -> None:
        path.replace(path.parent / "lif.toml")
        load_settings(path.parent)

    def read_feed(path: Path) -> None:
        links = extract_links(path.read_text("utf-8", "replace"), "https://x.example/feed")
        list(select_links(links, "https://x.example/feed", pattern="pdf$", hosts=()))

    project = _zip({"project.qde": _PROJECT})
    return [
        Target("reader", _reports(), read_file),
        Target("settings", {"lif.toml": _SETTINGS}, read_settings),
        Target("feed", {"feed.xml": _FEED, "page.html": _PAGE}, read_feed),
        Target("workbook", {"w.xlsx": _workbook()}, read_workbook),
        Target("project", {"p.qdpx": project}, read_project),
        Target("codebook", {"c.qdc": _CODEBOOK}, read_codebook),
    ]


def _reports() -> dict[str, bytes]:
    text = f"# Learning review\n\nPublished 3 March 2024\n\n## Findings\n\n{WORDS}\n\n- {WORDS}\n"
    page = f"<html><body><h1>Learning review</h1><p>{WORDS}</p></body></html>"
    mail = f"From: a@example.org\nSubject: Review\nContent-Type: text/plain\n\n{WORDS}\n"
    plain = {
        "r.txt": text,
        "r.md": text,
        "r.html": page,
        "r.eml": mail,
        "r.csv": f"Finding,Role\n{WORDS},problem\n",
    }
    return {
        **{name: content.encode() for name, content in plain.items()},
        "r.docx": _word(),
        "r.xlsx": _workbook(),
        "r.zip": _zip({"r.txt": text.encode()}),
        "r.pdf": _pdf(),
    }


def _word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Learning review", 1)
    document.add_paragraph(WORDS)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Themes"
    sheet.append(["theme_id", "name", "decision", "new_name", "merge_into"])
    sheet.append(["t", WORDS, "approve", "", ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    stream = f"BT /F1 12 Tf 72 700 Td ({WORDS}) Tj ET".encode()
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
        b"<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length "
        + str(len(stream)).encode()
        + b">>stream\n"
        + stream
        + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"
    )


def _zip(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


_SETTINGS = b"""jobs = 2
seconds_per_file = 60
own_names = ["Ash Lane"]
[branding]
contact = "x"
[fetch]
on = false
max_files = 5
"""
_FEED = b"""<rss><channel><item><link>https://x.example/a.pdf</link>
<enclosure url="/b.pdf"/></item></channel></rss>"""
_PAGE = b'<html><a href="/a.pdf">x</a><a href="https://x.example:8443/b.pdf">y</a></html>'
_CODEBOOK = b"""<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="a" name="x"><Code guid="b" name="y"/></Code></Codes></CodeBook>"""
_PROJECT = f"""<Project xmlns="urn:QDA-XML:project:1.0"><Users><User guid="u" name="n"/></Users>
<CodeBook><Codes><Code guid="a" name="x"/></Codes></CodeBook><Sources><TextSource guid="s">
<PlainTextContent>{WORDS}</PlainTextContent>
<PlainTextSelection startPosition="0" endPosition="3"><Coding creatingUser="u">
<CodeRef targetGUID="a"/></Coding></PlainTextSelection></TextSource></Sources></Project>""".encode()

if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    rounds, seed = [*given, *(1_000, 1)[len(given) :]]
    asked = [target for target in targets() if target.name in sys.argv[3:] or not sys.argv[3:]]
    faults = list(attack(asked, rounds, seed))
    print(*faults, f"{rounds} inputs, {len(faults)} broke something", sep="\n")
    sys.exit(bool(faults))
