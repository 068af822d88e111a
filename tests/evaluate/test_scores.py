"""Scores are exact on hand-counted items and forgive what readers differed on."""

import json

import pytest

from lif_nlp.errors import LifError
from lif_nlp.evaluate import (
    GoldPassage,
    GoldSentence,
    read_passages,
    read_sentences,
    score_passages,
    score_sentences,
)
from lif_nlp.records import Finding


def found(**labels):
    return Finding("", "", 0, 1, "x", 1, **labels)


def gold(sure, either=None, **marks):
    fields = {"hindsight": bool(sure), "aware": False, "role": "problem", "why": False} | marks
    return GoldSentence("s", "x", frozenset(sure), frozenset(either or sure), **fields)


def by_label(scores):
    return {(s.measure, s.label): s for s in scores}


def test_hindsight_codes_count_precision_against_either_and_recall_against_both():
    items = [gold({"blame"}, {"blame", "outcome"}), gold({"explicit"}), gold(set())]
    given = [found(hindsight=("blame", "outcome")), found(), found(hindsight=("blame",))]
    scores = by_label(score_sentences(items, given))
    codes = scores["hindsight", "codes"]
    assert (codes.precision, codes.recall, codes.f1, codes.support) == (0.667, 0.5, 0.571, 2)
    assert scores["hindsight", "any"].f1 == 0.5


def test_an_item_on_which_readers_differed_is_left_out():
    items = [gold(set(), why=None), gold(set(), why=True)]
    why = by_label(score_sentences(items, [found(why=False), found(why=True)]))["why", "why"]
    assert (why.precision, why.recall, why.support) == (1.0, 1.0, 1)


def test_role_macro_is_the_mean_of_the_four_roles():
    items = [gold(set(), role="problem"), gold(set(), role="strength")]
    scores = by_label(score_sentences(items, [found(role="problem"), found(role="context")]))
    assert scores["role", "problem"].f1 == 1.0
    assert scores["role", "macro"].f1 == 0.25


def test_passages_score_priorities_and_themes():
    item = GoldPassage(
        "p", "x", frozenset({"neglect"}), frozenset({"neglect"}), frozenset({"recording"}),
        frozenset({"recording", "early_help"}),
    )  # fmt: skip
    given = found(priorities=("neglect",), themes=("early_help", "recording"))
    scores = by_label(
        score_passages([item], [given], priorities=["neglect"], themes=["recording", "early_help"])
    )
    assert scores["priority", "neglect"].f1 == 1.0
    assert scores["theme", "micro"].f1 == 1.0
    assert scores["theme", "macro"].support == 1


def test_intervals_hold_the_score_and_are_the_same_each_time():
    items = [gold({"blame"}) for _ in range(20)]
    given = [found(hindsight=("blame",) if n % 2 else ()) for n in range(20)]
    first = by_label(score_sentences(items, given))["hindsight", "any"]
    again = by_label(score_sentences(items, given))["hindsight", "any"]
    assert first == again
    assert first.low < first.f1 < first.high


def test_a_bad_gold_line_is_named(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a"}) + "\n", encoding="utf-8")
    with pytest.raises(LifError, match="line 1 is not a gold line"):
        read_sentences(path)
    with pytest.raises(LifError, match="line 1 is not a gold line"):
        read_passages(path)
