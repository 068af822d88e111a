"""People's decisions become gold that the models can be trained on."""

import json
import runpy
import sys
from pathlib import Path

import lif_nlp
from lif_nlp.records import Edit
from lif_nlp.workflow.decisions import correct, take
from lif_nlp.workflow.export import export

ROOT = Path(lif_nlp.__file__).parent.parent
SHARING, RECORDING = "information_sharing", "recording"


def decide(session, *edits):
    take(session, edits)


def rows(session, tmp_path):
    export(session, "labels", tmp_path / "labels.jsonl")
    return [
        json.loads(line) for line in (tmp_path / "labels.jsonl").read_text("utf-8").splitlines()
    ]


def test_nobody_decided_and_there_are_no_labels(built, tmp_path):
    assert rows(built, tmp_path) == []


def test_labels_are_what_people_said_of_single_findings(built, tmp_path):
    one, two, *_ = (f for f in built.store.findings())
    decide(
        built,
        Edit("add", SHARING, finding_ids=(one.finding_id,), author="AB"),
        Edit("reassign", RECORDING, "", (one.finding_id,), author="AB"),
        Edit("approve", SHARING, author="AB"),
        Edit("create", "", "Kettles", (two.finding_id,), author="AB"),
    )
    assert rows(built, tmp_path) == [
        {
            "id": one.finding_id,
            "doc": one.doc_id,
            "text": one.text,
            "themes_sure": [SHARING],
            "themes_any": [SHARING],
            "judged": [SHARING, RECORDING],
            "role": "",
            "why": "",
            "by": ["AB"],
        }
    ]


def test_corrected_roles_and_reasons_are_labels_too(built, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from gold_texts import SENTENCE_TARGETS, read_gold

    one = next(f for f in built.store.findings() if f.role == "problem")
    correct(built, one.finding_id, role="action", why=not one.why, author="AB")
    decide(built, Edit("add", SHARING, finding_ids=(one.finding_id,), author="CD"))
    [row] = rows(built, tmp_path)
    assert (row["role"], row["why"]) == ("action", "no" if one.why else "yes")
    assert (row["themes_sure"], row["by"]) == ([SHARING], ["AB", "CD"])
    [text] = read_gold([tmp_path / "labels.jsonl"], SENTENCE_TARGETS)
    reason = frozenset() if one.why else frozenset(["why"])
    assert text.marks["role"] == (frozenset(["action"]), frozenset(), 1.0)
    assert text.marks["why"] == (reason, frozenset(), 1.0)
    correct(built, one.finding_id, role="problem", author="CD")
    assert rows(built, tmp_path)[0]["role"] == ""
    [text] = read_gold([tmp_path / "labels.jsonl"], SENTENCE_TARGETS)
    assert "role" not in text.marks


def test_what_two_people_see_differently_is_not_sure(built, tmp_path):
    one = next(iter(built.store.findings())).finding_id
    decide(built, Edit("add", SHARING, finding_ids=(one,), author="AB"))
    decide(built, Edit("reassign", SHARING, "", (one,), author="CD"))
    [row] = rows(built, tmp_path)
    assert (row["themes_sure"], row["themes_any"], row["by"]) == ([], [SHARING], ["AB", "CD"])
    decide(built, Edit("reassign", SHARING, "", (one,), author="AB"))
    assert rows(built, tmp_path)[0]["themes_any"] == []


def test_the_models_train_on_the_labels(built, tmp_path, monkeypatch):
    found = [f.finding_id for f in built.store.findings()]
    decide(built, Edit("add", SHARING, finding_ids=tuple(found[:2]), author="AB"))
    decide(built, Edit("reassign", SHARING, "", tuple(found[2:4]), author="AB"))
    rows(built, tmp_path)
    gold = tmp_path / "gold.jsonl"
    lines = (ROOT / "corpora/gold/sample_passages_a.jsonl").read_text("utf-8").splitlines()
    gold.write_text("\n".join(lines[:60]) + "\n", "utf-8")
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    monkeypatch.setattr(
        sys,
        "argv",
        ["train_annotators.py", "--passages", str(gold), str(tmp_path / "labels.jsonl"),
         "--only", "themes", "--words-only", "--out", str(tmp_path / "models")],
    )  # fmt: skip
    runpy.run_path(str(ROOT / "scripts" / "train_annotators.py"), run_name="__main__")
    card = json.loads((tmp_path / "models/themes-words/model.json").read_text("utf-8"))
    assert set(card["facts"]["data"]) == {"gold.jsonl", "labels.jsonl"}
    assert card["facts"]["texts"] == 64


def test_a_text_read_twice_counts_half_in_each_reading(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "scripts"), *sys.path])
    from gold_texts import labels_of, passage_targets, read_gold

    row = {"id": "p1", "doc": "d", "text": "Nobody asked him.", "themes_any": ["voice_of_child"]}
    (tmp_path / "texts.jsonl").write_text(json.dumps({**row, "themes_sure": []}), "utf-8")
    blind = {**row, "themes_sure": ["voice_of_child"]}
    (tmp_path / "texts_blind.jsonl").write_text(json.dumps(blind), "utf-8")
    target = passage_targets([], ["voice_of_child"])[1]
    texts = read_gold(sorted(tmp_path.glob("texts*.jsonl")), [target])
    labels = labels_of(texts, target)
    assert labels.values.ravel().tolist() == [0.0, 1.0]
    assert labels.weights.ravel().tolist() == [0.0, 0.5]
