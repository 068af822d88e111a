"""The test of standing alone that knows the place and the vector, and quotes of two sentences."""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from lif_nlp.briefs.quoting.in_report import (
    WEIGHTS,
    Place,
    Standing,
    features_in_report,
    probabilities_in_report,
    vector_columns,
)
from lif_nlp.briefs.sections.report_reading import Reading
from lif_nlp.ids import file_hash

_GOLD = Path(__file__).parents[2] / "corpora/gold"
_FIRST = "Staff knew the neglect tool by its name and had not been shown how to score it."
_SECOND = "It has six parts and takes longer than a visit allows."


def test_the_card_names_the_gold_that_the_weights_come_from():
    card = json.loads(WEIGHTS.read_text("utf-8"))
    assert card["data"] == {name: file_hash(_GOLD / name) for name in card["data"]}
    assert "stands_alone_04.jsonl" not in card["data"], "kept for figures"
    known = features_in_report("A plan.", Place(0, 1)).keys()
    assert all(own["weights"].keys() <= known for own in card["by_encoder"].values())
    assert card["figures"]["static"]["test"]["area"] > card["figures"]["none"]["test"]["area"]


def test_the_first_sentence_of_a_paragraph_is_likelier_to_stand_alone():
    text = "The message was written on a pad."
    first, third = probabilities_in_report([text] * 2, [Place(0, 3), Place(2, 3)], None, "")
    assert third < first < 0.6


def test_vectors_are_read_where_there_are_some_and_zeros_are_none():
    texts, places = [_FIRST, _FIRST], [Place(0, 2), Place(0, 2)]
    rows = np.zeros((2, vector_columns("static")), dtype=np.float32)
    rows[1, 0] = 1.0
    plain, read = probabilities_in_report(texts, places, rows, "static")
    [without] = probabilities_in_report(texts[:1], places[:1], None, "static")
    assert plain == without != read
    assert vector_columns("another") == 0


def _rows(*texts):
    rows, at = [], 0
    for n, text in enumerate(texts):
        rows.append({"finding_id": f"f{n}", "doc_id": "d", "text": text, "start": at, "kind": "p",
                     "end": at + len(text), "heading": "Findings", "role": "problem", "page": 1,
                     "hindsight": ()})  # fmt: skip
        at += len(text) + 1
    return pd.DataFrame(rows)


def test_a_sentence_that_leans_is_shown_with_the_one_before():
    rows = _rows(_FIRST, _SECOND)
    standing = Standing()
    reading = Reading(frozenset(), lambda text: standing.of(text, "d", lambda _: rows))
    both = reading.shown_whole(rows.tail(1), rows, 0.4)
    assert list(both["text"]) == [f"{_FIRST} {_SECOND}"]
    assert (both["start"].iloc[0], both["before"].iloc[0]) == (0, "f0")
    # A space apart is one paragraph; another paragraph is another matter.
    apart = rows.assign(start=rows["start"] + [0, 1], end=rows["end"] + [0, 1])
    assert reading.shown_whole(apart.tail(1), apart, 0.4).empty
