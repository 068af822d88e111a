"""Makes more reports, as copies with other words, to measure how the job grows.

    .venv/bin/python scripts/changed_copies.py FOLDER OUT --copies 3

A plain copy would be marked as a duplicate, and its sentences as stock wording.  So every
fourth word of four letters or more (chosen by hash) is replaced by another word of these
reports with the same length and the same last two letters.  Sentences keep their structure,
and share no long run of words with the original.  The copies are plain PDFs in Helvetica
with the headings of the original; reading one costs a little less than reading a designed
report.
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
"""One longer word in so many is replaced.  Chosen by judgement: the sentences then share too
few runs of words with the original to count as duplicates."""

LINES, WIDTH = 52, 92
"""Lines of a page, and characters of a line."""

Line = tuple[str, bool]
"""Text of a line, and whether it is a heading."""


def pseudo_random(*parts: object) -> int:
    """A number that depends only on the parts."""
    return int.from_bytes(blake2b(repr(parts).encode(), digest_size=6).digest(), "big")


def similar_words(documents: Sequence[Document]) -> dict[tuple[int, str], list[str]]:
    """Lower-case words, by length and last two letters."""
    similar: dict[tuple[int, str], list[str]] = defaultdict(list)
    for word in sorted({w for d in documents for w in WORD.findall(d.text) if w.islower()}):
        similar[len(word), word[-2:]].append(word)
    return similar


def replace_words(text: str, similar: dict[tuple[int, str], list[str]], key: str) -> str:
    """The text with every fourth longer word replaced; capitals and figures stay."""

    def replacement(match: re.Match[str]) -> str:
        word = match[0]
        number = pseudo_random(key, match.start())
        candidates = similar.get((len(word), word[-2:]), [])
        if number % ONE_IN or not word.islower() or not candidates:
            return word
        return candidates[number // ONE_IN % len(candidates)]

    return WORD.sub(replacement, text)


def lines_of(
    document: Document, similar: dict[tuple[int, str], list[str]], key: str
) -> Iterator[Line]:
    """Lines of a copy, an empty one after each block."""
    for number, block in enumerate(document.blocks):
        text = " ".join(document.slice(block.start, block.end).split())
        replaced = replace_words(text, similar, f"{key} {number}")
        lead = "\u2022 " if block.kind == "bullet" else ""
        for line in wrap(lead + replaced, WIDTH):
            yield line, block.kind == "heading"
        yield "", False


def pdf(lines: Sequence[Line]) -> bytes:
    """A PDF of A4 pages with these lines."""
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        drawing = " ".join(_draw(line) for line in page)
        stream = f"BT 50 800 Td 14.5 TL {drawing} ET"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>",
            f"<</Length {len(stream.encode('cp1252', 'replace'))}>>stream\n{stream}\nendstream",
        ]
    return _file([one.encode("cp1252", "replace") for one in objects])


def _draw(line: Line) -> str:
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
    """Write a number of copies of each report into a folder, and return their paths.

    If all copies exist already, nothing is written.
    """
    targets = [out / f"{n}-{path.stem}.pdf" for n in range(1, copies + 1) for path in paths]
    if all(path.is_file() for path in targets):
        return targets
    out.mkdir(parents=True, exist_ok=True)
    framework = load_framework()
    items = [(path, item) for path in paths for item in read(path, framework=framework)]
    documents = {path: item for path, item in items if isinstance(item, Document)}
    similar = similar_words(list(documents.values()))
    paths_written = []
    for number in range(1, copies + 1):
        for path, document in documents.items():
            target = out / f"{number}-{path.stem}.pdf"
            target.write_bytes(pdf(list(lines_of(document, similar, f"{number} {path.name}"))))
            paths_written.append(target)
    return paths_written


def main() -> None:
    """Write the copies and print how many."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--copies", type=int, default=3)
    options = parser.parse_args()
    paths = [path for path in find_sources([options.folder])[0] if path.suffix == ".pdf"]
    print(f"{len(write_copies(paths, options.out, options.copies))} copies in {options.out}")


if __name__ == "__main__":
    main()
