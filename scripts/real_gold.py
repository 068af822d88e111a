"""Gold labels on real reports, kept by reference: no word of a report is stored.

    python scripts/real_gold.py refer LABELLED.jsonl corpora/gold/real_sentences_01.jsonl \\
        --reader R1 --date 2026-11-29
    python scripts/real_gold.py texts corpora/gold/real_*.jsonl --out FOLDER

`refer` turns lines with a text ("doc_id", "page", "text" and labels) into references: the
SHA-256 of the report's file, the id of the document in it, the page, the number of words and
a hash of the words, with reader, date and labels.  `texts` reads the reports in the folder
that LIF_REAL_CORPUS names, finds each run of words again by its hash, writes the same lines
with their text to FOLDER, and lists what could not be found.  FOLDER must lie outside the
repository, since the reports' words may not be committed.

A line is one text, or a pair of texts: its sides "a" and "b" each hold what such a line holds
of a text.  A side without "doc_id" is invented and keeps its text.

The hash covers words only (letters and digits, lower case), so a reference survives changes
in spacing, punctuation and sentence splitting.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lif_nlp.about import ROOT
from lif_nlp.config import load_settings
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.ingest import read
from lif_nlp.records import Document

REFERENCE = ("report", "doc_id", "page", "word_count", "words_hash")
"""Fields that say where a text stands, in place of its words."""

SIDES = ("a", "b")
"""The two texts of a pair."""

_WORD = re.compile(r"[^\W_]+")
_CLOSING = re.compile(r"[^\w\s]*")

Span = tuple[str, int, int]
"""A word, lower case, with its offsets in the document's text."""

Run = tuple[int, str]
"""A run of words: how many they are, and their hash."""


def main() -> None:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    refer_parser = commands.add_parser("refer")
    refer_parser.add_argument("labelled", type=Path)
    refer_parser.add_argument("out", type=Path)
    refer_parser.add_argument("--reader", required=True)
    refer_parser.add_argument("--date", required=True)
    texts_parser = commands.add_parser("texts")
    texts_parser.add_argument("gold", type=Path, nargs="+")
    texts_parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reports = report_files()
    if options.command == "refer":
        refer(options.labelled, options.out, reports, reader=options.reader, day=options.date)
    elif texts(options.gold, options.out, reports):
        sys.exit(1)


def report_files() -> dict[str, Path]:
    """Files of the real reports by the first 16 digits of their SHA-256."""
    folder = Path(os.environ.get("LIF_REAL_CORPUS", ""), "real")
    if not os.environ.get("LIF_REAL_CORPUS") or not folder.is_dir():
        sys.exit("real_gold: set LIF_REAL_CORPUS to the folder that holds real/")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {file_hash(path): path for path in files}


def refer(labelled: Path, out: Path, reports: dict[str, Path], *, reader: str, day: str) -> None:
    """Write the lines of `labelled` to `out` without their words."""
    rows = list(rows_of(labelled))
    wanted: dict[str, set[Run]] = defaultdict(set)
    for part in (part for row in rows for part in reported_parts(row)):
        words = words_of(part.pop("text"))
        part |= {"word_count": len(words), "words_hash": hash_of(words)}
        wanted[part["doc_id"]].add(run_of(part))
    digests: dict[tuple[str, Run], str] = {}
    for digest, document in documents_of(reports):
        for run in find_runs(document, wanted.get(document.doc_id, ())):
            digests[document.doc_id, run] = digest
    lines = []
    for row in rows:
        if all((part["doc_id"], run_of(part)) in digests for part in reported_parts(row)):
            line = complete(
                row, lambda part: {"report": digests[part["doc_id"], run_of(part)], **part}
            )
            lines.append({"id": line.pop("id"), **line, "reader": reader, "date": day})
    lines.sort(key=lambda line: line["id"])
    write_rows(out, lines)
    missing = len(rows) - len(lines)
    print(f"{out}: {len(lines)} references written, {missing} texts not found in a report")


def texts(gold: Sequence[Path], out: Path, reports: dict[str, Path]) -> int:
    """Write each gold file with its texts to `out`; returns how many texts are missing."""
    if out.resolve().is_relative_to(ROOT):
        sys.exit("real_gold: --out must lie outside the repository; it will hold reports' words")
    out.mkdir(parents=True, exist_ok=True)
    files = {path: list(rows_of(path)) for path in gold}
    wanted: dict[str, set[Run]] = defaultdict(set)
    parts = [part for rows in files.values() for row in rows for part in reported_parts(row)]
    for part in parts:
        wanted[part["doc_id"]].add(run_of(part))
    needed = {part["report"] for part in parts}
    chosen = {digest: path for digest, path in reports.items() if digest in needed}
    texts_by_key: dict[tuple[str, Run], str] = {}
    for _, document in documents_of(chosen):
        for run, span in find_runs(document, wanted.get(document.doc_id, ())).items():
            texts_by_key[document.doc_id, run] = document.text[slice(*span)]
    missing: Counter[str] = Counter()
    for path, rows in files.items():
        lines = []
        for row in rows:
            lost = [p for p in reported_parts(row) if (p["doc_id"], run_of(p)) not in texts_by_key]
            missing.update(f"{path.name}: report {part['report'][:16]}" for part in lost)
            if not lost:
                lines.append(complete(row, lambda part: add_text(part, texts_by_key)))
        write_rows(out / path.name, lines)
        print(f"{path.name}: {len(lines)} of {len(rows)} texts found")
    for where, count in sorted(missing.items()):
        print(f"not found: {count} in {where}")
    return sum(missing.values())


def reported_parts(row: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands in a real report: the row itself, or those sides of a pair that do."""
    parts = [row[side] for side in SIDES] if SIDES[0] in row else [row]
    return [part for part in parts if "doc_id" in part]


def complete(
    row: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    """The row with `change` made to each part of it that stands in a real report."""
    if SIDES[0] not in row:
        return change(row) if "doc_id" in row else row
    sides = {side: row[side] for side in SIDES}
    return row | {name: change(part) if "doc_id" in part else part for name, part in sides.items()}


def add_text(part: dict[str, Any], texts_by_key: dict[tuple[str, Run], str]) -> dict[str, Any]:
    """The part with its words in place of the reference."""
    text = texts_by_key[part["doc_id"], run_of(part)]
    labels = {name: value for name, value in part.items() if name not in REFERENCE}
    return {**labels, "doc": part["doc_id"], "text": " ".join(text.split())}


def run_of(part: dict[str, Any]) -> Run:
    """The run of words that a reference stands for."""
    return part["word_count"], part["words_hash"]


def documents_of(reports: dict[str, Path]) -> Iterator[tuple[str, Document]]:
    """Each document of each file, with the file's SHA-256."""
    settings, framework = load_settings(), load_framework()
    for digest, path in reports.items():
        for result in read(path, settings=settings, framework=framework):
            if isinstance(result, Document):
                yield digest, result


def words_of(text: str) -> list[str]:
    """Words of a text: runs of letters and digits, compatibility forms folded, lower case."""
    return [word for word, _, _ in spans_of(text)]


def spans_of(text: str) -> list[Span]:
    """Words of a text with their offsets in it."""
    return [
        (unicodedata.normalize("NFKC", match.group()).lower(), *match.span())
        for match in _WORD.finditer(text)
    ]


def hash_of(words: Iterable[str]) -> str:
    """The first 32 hexadecimal digits of the SHA-256 of words joined by blanks."""
    return hashlib.sha256(" ".join(words).encode("utf-8")).hexdigest()[:32]


def find_runs(document: Document, wanted: Iterable[Run]) -> dict[Run, tuple[int, int]]:
    """Offsets in the document's text of each run of words that it holds, with closing marks."""
    spans = spans_of(document.text)
    words = [word for word, _, _ in spans]
    hashes_by_count: dict[int, set[str]] = defaultdict(set)
    for count, digest in wanted:
        hashes_by_count[count].add(digest)
    offsets: dict[Run, tuple[int, int]] = {}
    for count, hashes in hashes_by_count.items():
        for start in range(len(words) - count + 1):
            digest = hash_of(words[start : start + count])
            if digest in hashes and (count, digest) not in offsets:
                end = spans[start + count - 1][2]
                closing = _CLOSING.match(document.text, end)
                offsets[count, digest] = spans[start][1], closing.end() if closing else end
    return offsets


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write objects as JSON lines."""
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
