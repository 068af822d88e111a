import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.corpora.built import FICTION, bare, pdf_pages, words_of

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "gold"
ROLES = {"strength", "problem", "action", "context"}
CODES = {"explicit", "counterfactual", "outcome", "blame"}
PRIORITIES = {"neglect", "sexual_harm", "domestic_abuse"}


def gold(kind: str) -> list[dict]:
    files = sorted(GOLD.glob(f"sample_{kind}_*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_holds_enough_documents_types_and_years(manifest):
    assert len(manifest) >= 24
    assert len({line["review_type"] for line in manifest}) >= 10
    assert len({line["published"][:4] for line in manifest}) >= 6
    assert {Path(line["file"]).suffix for line in manifest} == {
        ".pdf",
        ".docx",
        ".html",
        ".xlsx",
        ".csv",
        ".txt",
    }


def test_review_types_are_those_of_the_framework(manifest):
    from lif_nlp.framework import load_framework

    known = {kind.id for kind in load_framework().review_types}
    assert {line["review_type"] for line in manifest} <= known


def test_every_file_has_the_hash_of_the_manifest(sample, manifest):
    for line in manifest:
        digest = hashlib.sha256((sample / line["file"]).read_bytes()).hexdigest()
        assert digest == line["sha256"], f"{line['file']}: run scripts/build_sample_corpus.py"


def test_every_source_is_in_the_manifest_and_every_file_has_a_source(sample, manifest):
    sources = {f"source/{p.name}" for p in (sample.parent / "source").iterdir()}
    files = {p.name for p in sample.iterdir() if re.match(r"\d\d_", p.name)}
    assert sources == {line["source"] for line in manifest}
    assert files == {line["file"] for line in manifest}


def test_every_document_says_that_it_is_fiction(sample, manifest):
    for line in manifest:
        path = sample / line["file"]
        assert line["fiction"] is True
        first = bare(pdf_pages(path)[0]) if path.suffix == ".pdf" else words_of(path)
        assert bare("FICTION. " + FICTION) in first


def test_every_page_of_a_pdf_carries_the_fiction_footer(sample, manifest):
    for line in manifest:
        if line["file"].endswith(".pdf"):
            assert all(bare(FICTION) in bare(page) for page in pdf_pages(sample / line["file"]))


def test_narrative_pdfs_are_two_to_fifteen_pages(sample, manifest):
    pages = {
        f: len(pdf_pages(sample / f)) for line in manifest if (f := line["file"]).endswith("pdf")
    }
    assert all(2 <= count <= 15 for count in pages.values()), pages


@pytest.mark.parametrize("kind", ["sentences", "passages"])
def test_gold_texts_stand_in_the_built_documents(sample, manifest, kind):
    words = {
        Path(line["file"]).stem: words_of(sample / line["file"], sample.parent / line["source"])
        for line in manifest
    }
    lost = [item["id"] for item in gold(kind) if bare(item["text"]) not in words[item["doc"]]]
    assert lost == []


def test_gold_is_large_enough_and_well_formed():
    sentences, passages = gold("sentences"), gold("passages")
    assert len(sentences) >= 300
    assert len({item["id"] for item in sentences + passages}) == len(sentences) + len(passages)
    for item in sentences:
        assert item["role"] in ROLES, item["id"]
        assert set(item["codes_sure"]) <= set(item["codes_any"]) <= CODES, item["id"]
        assert item["hindsight"] == bool(item["codes_sure"]), item["id"]
    for item in passages:
        assert set(item["priorities_sure"]) <= set(item["priorities_any"]) <= PRIORITIES, item["id"]
        assert set(item["themes_sure"]) <= set(item["themes_any"]), item["id"]


def test_gold_themes_are_those_of_the_framework():
    from lif_nlp.framework import load_framework

    known = {theme.code for theme in load_framework().themes}
    assert {code for item in gold("passages") for code in item["themes_any"]} <= known


def test_every_label_has_gold():
    sentences = gold("sentences")
    assert {code for item in sentences for code in item["codes_sure"]} == CODES
    assert {item["role"] for item in sentences} == ROLES
    assert {p for item in gold("passages") for p in item["priorities_sure"]} == PRIORITIES
    assert sum(item["aware"] for item in sentences) >= 20
