"""Labels, scores and agreement without a workspace."""

import pandas as pd
import pytest

from lif_nlp import LifError, agreement, check, label_texts, score_gold


def test_loose_texts_are_labelled_in_order():
    found = label_texts(["Nothing was written down.", "It failed to act."], encoder="hashed")

    assert found["text"].tolist() == ["Nothing was written down.", "It failed to act."]
    assert found["id"].tolist() == ["0", "1"]


def test_scores_on_gold_of_ones_own_come_with_a_baseline(tmp_path):
    gold = tmp_path / "own.jsonl"
    gold.write_text(
        '{"id": "1", "text": "The trust failed to act.", "codes_sure": ["blame"], "codes_any": '
        '["blame"], "hindsight": true, "aware": false, "role": "problem", "why": false}\n',
        encoding="utf-8",
    )

    scores = score_gold(sentences=[gold], encoder="hashed").set_index(["measure", "label"])
    assert scores.loc[("hindsight", "blame"), ["f1", "support"]].tolist() == [1.0, 1]
    assert "baseline" in scores.columns


def test_agreement_takes_lists_and_joined_codes_alike():
    one = pd.DataFrame({"finding_id": list("abcd"), "themes": ["x", "x", "y", ""]})
    two = pd.DataFrame({"finding_id": list("abcd"), "themes": [["x"], ["x"], ["x"], []]})

    found = agreement(one, two).set_index("code")
    assert found.loc["x", ["first", "second", "units"]].tolist() == [2, 3, 3]
    assert found.index.tolist() == ["x", "y"]


def test_agreement_names_a_missing_column():
    one = pd.DataFrame({"finding_id": ["a"], "themes": ["x"]})

    with pytest.raises(
        LifError, match="the second frame lacks the column 'themes'; it has: finding_id, id"
    ):
        agreement(one, pd.DataFrame({"finding_id": ["a"], "id": [1]}))


def test_agreement_needs_findings_that_both_read():
    one = pd.DataFrame({"finding_id": ["a"], "themes": ["x"]})

    with pytest.raises(
        LifError, match="the two frames share no finding_id; pass two codings of the same findings"
    ):
        agreement(one, one.assign(finding_id="b"))


def test_a_draft_is_held_against_the_framework(tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text("# Learning review: Child A\n\nStaff failed to act.\n", encoding="utf-8")

    notes = check(draft, encoder="hashed")

    assert set(notes["part"]) == {"Framework check", "Hindsight notes"}
    wording = notes[notes["part"] == "Hindsight notes"].iloc[0]
    assert (wording["page"], wording["quote"]) == (1, "Staff failed to act.")
    assert wording["note"].startswith("Language of fault. ")
