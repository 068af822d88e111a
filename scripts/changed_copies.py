"""More reports than there are: copies with other words, to see how the job grows.

    .venv/bin/python scripts/changed_copies.py FOLDER OUT --copies 3

A plain copy would be marked as the report it repeats, and its sentences as common
wording.  So of the words of four letters or more, every fourth (chosen by hash) gives
way to another word of these reports, of the same length and with the same last two
letters: sentences keep their build, and no run of words is shared.  The copies are
plain PDFs, set in Helvetica, with the headings of the original; reading one costs a
little less than reading a designed report.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from textwrap import wrap

from lif_nlp.framework import load_framework
from lif_nlp.ingest import find_sources, read
from lif_nlp.records import Document

WORD = re.compile(r"[A-Za-z]{4,}")
ONE_IN = 4
LINES, WIDTH = 52, 92
Line = tuple[str, bool]
"""Words of one line, and whether it is a heading."""


def chance(*parts: object) -> int:
    """A number that is always the same for the same parts."""
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=6).digest(), "big")


def kin_of(documents: Sequence[Document]) -> dict[tuple[int, str], list[str]]:
    """Words in small letters by length and last two letters."""
    kin: dict[tuple[int, str], list[str]] = defaultdict(list)
    for word in sorted({w for d in documents for w in WORD.findall(d.text) if w.islower()}):
        kin[len(word), word[-2:]].append(word)
    return kin


def other_words(text: str, kin: dict[tuple[int, str], list[str]], key: str) -> str:
    """The text with every fourth longer word changed; capitals and figures stay."""

    def changed(found: re.Match[str]) -> str:
        word = found[0]
        drawn = chance(key, found.start())
        near = kin.get((len(word), word[-2:]), [])
        if drawn % ONE_IN or not word.islower() or not near:
            return word
        return near[drawn // ONE_IN % len(near)]

    return WORD.sub(changed, text)


def lines_of(document: Document, kin: dict[tuple[int, str], list[str]], key: str) -> Iterator[Line]:
    """Lines of a copy, an empty one after each block."""
    for number, block in enumerate(document.blocks):
        text = " ".join(document.slice(block.start, block.end).split())
        told = other_words(text, kin, f"{key} {number}")
        lead = "\u2022 " if block.kind == "bullet" else ""
        for line in wrap(lead + told, WIDTH):
            yield line, block.kind == "heading"
        yield "", False


def pdf(lines: Sequence[Line]) -> bytes:
    """A PDF of A4 pages that holds these lines."""
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        drawn = " ".join(_drawn(line) for line in page)
        stream = f"BT 50 800 Td 14.5 TL {drawn} ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>",
            f"<</Length {len(stream.encode('cp1252', 'replace'))}>>stream\n{stream}\nendstream",
        ]
    return _file([one.encode("cp1252", "replace") for one in objects])


def _drawn(line: Line) -> str:
    text, heading = line
    escaped = re.sub(r"([\\()])", r"\\\1", text)
    return f"/{'B 14' if heading else 'F 10'} Tf ({escaped}) Tj T*"


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(out))
    )


def write_copies(paths: Sequence[Path], out: Path, copies: int) -> list[Path]:
    """Write `copies` of each report into `out`, first all first copies; returns their paths.

    Copies that are there already are left as they are.
    """
    wanted = [out / f"{n}-{path.stem}.pdf" for n in range(1, copies + 1) for path in paths]
    if all(path.is_file() for path in wanted):
        return wanted
    out.mkdir(parents=True, exist_ok=True)
    framework = load_framework()
    found = [(path, item) for path in paths for item in read(path, framework=framework)]
    documents = {path: item for path, item in found if isinstance(item, Document)}
    kin = kin_of(list(documents.values()))
    written = []
    for number in range(1, copies + 1):
        for path, document in documents.items():
            target = out / f"{number}-{path.stem}.pdf"
            target.write_bytes(pdf(list(lines_of(document, kin, f"{number} {path.name}"))))
            written.append(target)
    return written


def main() -> None:
    """Write the copies and say how many."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--copies", type=int, default=3)
    given = parser.parse_args()
    paths = [path for path in find_sources([given.folder])[0] if path.suffix == ".pdf"]
    print(f"{len(write_copies(paths, given.out, given.copies))} copies in {given.out}")


if __name__ == "__main__":
    main()
