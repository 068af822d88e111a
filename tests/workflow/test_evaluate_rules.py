"""Statistics of rules: hits, what guards hold back, what is right, and right alone."""

import json

from lif_nlp.config import load_settings
from lif_nlp.workflow.evaluate import trained_on
from lif_nlp.workflow.evaluate_rules import evaluate_rules


def test_each_rule_has_its_hits_precision_and_what_it_is_right_about_alone(tmp_path):
    texts = [
        ("The team failed to ring.", ["blame"], "problem"),
        ("The service failed to ring.", [], "problem"),
        ("The mother failed to ring.", [], "context"),
    ]
    rows = [
        {
            "id": str(n), "text": text, "codes_sure": codes, "codes_any": codes,
            "hindsight": bool(codes), "aware": False, "role": role, "why": False,
        }
        for n, (text, codes, role) in enumerate(texts)
    ]  # fmt: skip
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows))
    table = evaluate_rules(load_settings(), [gold])
    row = table[table["rule"].eq("failed_to#1")].iloc[0]
    assert (row["hits"], row["held"], row["right"], row["alone"]) == (2, 1, 1, 1)
    assert row["precision"] == 0.5
    assert set(table["layer"]) <= {"hindsight", "aware", "why", "role", "theme"}


def test_gold_that_the_models_know_is_named(tmp_path):
    own = tmp_path / "own.jsonl"
    own.write_text("{}\n", encoding="utf-8")
    assert trained_on([own], []) == []
    assert "sample_sentences_b.jsonl" in {path.name for path in trained_on([], [])}
