"""Checks on published reports, if LIF_REAL_CORPUS names a folder of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from lif_nlp.config import Settings
from lif_nlp.framework import load_framework
from lif_nlp.ingest import read
from lif_nlp.ingest.pdf.document import read_pdf
from lif_nlp.records import Document, Quarantined

CORPUS = Settings().real_corpus
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(CORPUS is None, reason="LIF_REAL_CORPUS names no folder of real reports"),
]
STEP = 23
"""Every n-th file of a folder is read, so that the test stays short."""


def files(folder: str) -> list[Path]:
    return sorted((CORPUS / "real" / folder).glob("*.pdf")) if CORPUS else []


def test_web_pages_named_pdf_are_quarantined_with_their_reason() -> None:
    fakes = [path for path in files("ilacs") if path.read_bytes()[:4] != b"%PDF"]
    items = [item for path in fakes for item in read(path, framework=load_framework())]
    assert len(items) == 4
    assert all(isinstance(item, Quarantined) for item in items)
    assert {item.reason.split(" (")[0] for item in items} == {"a web page saved as .pdf"}


@pytest.mark.parametrize("folder", ["jtai", "ilacs", "pa"])
def test_every_block_is_its_slice_in_order(folder: str) -> None:
    framework = load_framework()
    for path in files(folder)[::STEP]:
        for item in read(path, framework=framework):
            if not isinstance(item, Document):
                continue
            ends = [0, *(block.end for block in item.blocks)]
            assert all(b.start >= end for b, end in zip(item.blocks, ends, strict=False))
            assert all(1 <= block.page <= item.pages for block in item.blocks)
            assert item.title


def words(text: str) -> Counter[str]:
    joined = re.sub(r"-\s*\n\s*", "", text)
    return Counter(re.findall(r"[a-z0-9]+", joined.replace("-", "").lower()))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext")
@pytest.mark.parametrize("folder", ["jtai", "ilacs", "pa"])
def test_no_word_of_pdftotext_is_missing(folder: str) -> None:
    for path in files(folder)[::STEP]:
        if path.read_bytes()[:4] != b"%PDF":
            continue
        printed = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        expected = words(printed.stdout.decode("utf-8", "replace"))
        reading = read_pdf(path.read_bytes(), path.name)
        got = [f"{piece.number} {piece.text}" for piece in reading.pieces]
        missing = expected - words(
            "\n\n".join([*got, *(item.text for item in reading.removed_text)])
        )
        assert sum(missing.values()) <= 0.01 * sum(expected.values()), path.name
