"""Gold on real reports keeps no word of them, and its texts are found again by their hash."""

import json
import os
import subprocess
import sys

import pytest

from lif_nlp.about import GOLD, ROOT

REPORT = """# Review: Child Q

Published 4 May 2023

2.1 The “night team” rang twice; nobody wrote it down.

2.2 The school kept a place free for him.
"""
LABELLED = {
    "id": "rs1",
    "page": 1,
    "text": "The night team rang twice, nobody wrote it down",
    "why": False,
}


@pytest.fixture
def run(tmp_path):
    """Runs the script on a folder that holds one invented report."""
    folder = tmp_path / "corpus" / "real"
    folder.mkdir(parents=True)
    (folder / "review.md").write_text(REPORT, encoding="utf-8")

    def run_script(*arguments):
        return subprocess.run(
            [sys.executable, ROOT / "scripts" / "real_gold.py", *map(str, arguments)],
            env={
                **os.environ,
                "LIF_REAL_CORPUS": str(tmp_path / "corpus"),
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run_script


def test_a_reference_holds_no_words_and_leads_back_to_them(run, tmp_path):
    from lif_nlp.ids import document_id

    labelled, gold = tmp_path / "labelled.jsonl", tmp_path / "gold.jsonl"
    line = LABELLED | {"doc_id": document_id(REPORT.encode("utf-8"))}
    labelled.write_text(json.dumps(line) + "\n", encoding="utf-8")
    done = run("refer", labelled, gold, "--reader", "AB", "--date", "2026-11-29")
    assert "1 references written, 0 texts not found" in done.stdout, done.stderr

    reference = json.loads(gold.read_text(encoding="utf-8"))
    assert reference["word_count"] == 9 and reference["reader"] == "AB"
    assert "night" not in gold.read_text(encoding="utf-8")

    done = run("texts", gold, "--out", tmp_path / "out")
    assert done.stdout == "gold.jsonl: 1 of 1 texts found\n", done.stderr
    found = json.loads((tmp_path / "out" / "gold.jsonl").read_text(encoding="utf-8"))
    assert found["text"] == "The “night team” rang twice; nobody wrote it down."


def test_a_pair_keeps_the_words_of_its_invented_side_only(run, tmp_path):
    from lif_nlp.ids import document_id

    labelled, gold = tmp_path / "labelled.jsonl", tmp_path / "pairs.jsonl"
    real = {"doc_id": document_id(REPORT.encode("utf-8")), "page": 1, "text": LABELLED["text"]}
    invented = {"doc": "review A", "text": "No one noted the two calls."}
    line = {"id": "pp1", "a": real, "b": invented, "relation": "same"}
    labelled.write_text(json.dumps(line) + "\n", encoding="utf-8")
    done = run("refer", labelled, gold, "--reader", "AB", "--date", "2026-11-29")
    assert "1 references written, 0 texts not found" in done.stdout, done.stderr

    reference = json.loads(gold.read_text(encoding="utf-8"))
    assert reference["a"].keys() == {"report", "doc_id", "page", "word_count", "words_hash"}
    assert reference["b"] == invented

    done = run("texts", gold, "--out", tmp_path / "out")
    assert done.stdout == "pairs.jsonl: 1 of 1 texts found\n", done.stderr
    found = json.loads((tmp_path / "out" / "pairs.jsonl").read_text(encoding="utf-8"))
    assert found["a"]["text"] == "The “night team” rang twice; nobody wrote it down."
    assert found["b"] == invented and found["relation"] == "same"


def test_texts_that_are_not_found_are_counted(run, tmp_path):
    gold = tmp_path / "gold.jsonl"
    line = {"id": "rs2", "report": "0" * 64, "doc_id": "d-0", "page": 1}
    gold.write_text(json.dumps(line | {"word_count": 3, "words_hash": "0" * 32}) + "\n", "utf-8")
    done = run("texts", gold, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "not found: 1 in gold.jsonl: report 0000000000000000" in done.stdout


def test_words_of_reports_are_not_written_into_the_repository(run):
    done = run("texts", GOLD / "real_sentences_01.jsonl", "--out", ROOT / "corpora" / "texts")
    assert done.returncode == 1
    assert "--out must lie outside the repository" in done.stderr


@pytest.mark.parametrize("path", sorted(GOLD.glob("real_*.jsonl")), ids=lambda path: path.stem)
def test_no_line_of_the_gold_holds_a_text(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert "text" not in row
        assert len(row["report"]) == 64 and len(row["words_hash"]) == 32
        assert all(len(str(value)) <= 64 for value in row.values() if not isinstance(value, list))


PAIRS = sorted(GOLD.glob("point_pairs_*.jsonl"))


def pairs_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_a_pair_holds_the_words_of_invented_texts_only(path):
    for pair in pairs_of(path):
        for side in (pair["a"], pair["b"]):
            assert ("text" in side) == (side["source"] in {"review", "invented"})
            assert "text" in side or (len(side["report"]) == 64 and len(side["words_hash"]) == 32)


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_a_pair_has_a_reason_when_it_is_related_and_only_then(path):
    for pair in pairs_of(path):
        assert pair["relation"] in {"same", "opposite", "related", "different"}
        if path.stem == "point_pairs_train":  # read once and quickly, without reasons
            assert not pair["reason"]
        else:
            assert bool(pair["reason"]) == (pair["relation"] == "related")


def test_no_report_of_the_test_pairs_is_among_those_learnt_from():
    parts = {
        path.stem: {
            pair[side].get("doc_id") or pair[side]["doc"]
            for pair in pairs_of(path)
            for side in "ab"
        }
        for path in PAIRS
    }
    test = parts.pop("point_pairs_test")
    assert test and parts
    assert test.isdisjoint(set().union(*parts.values()))
