"""The learnt test of whether a sentence stands alone, and what rests on it."""

import json
from pathlib import Path

from lif_nlp.briefs.quoting.quotability import is_unquotable
from lif_nlp.briefs.quoting.stands_alone import WEIGHTS, features_of, probability_alone
from lif_nlp.ids import file_hash

_CORPORA = Path(__file__).parents[2] / "corpora/gold"
GOLD = [_CORPORA / f"stands_alone_0{number}.jsonl" for number in (1, 2, 3)]


def test_the_card_names_the_gold_that_the_weights_come_from():
    card = json.loads(WEIGHTS.read_text("utf-8"))
    every = [json.loads(line) for file in GOLD for line in file.open(encoding="utf-8")]
    # A second reading of the same sentence is not learnt from.
    lines = [line for line in every if not line.get("again")]
    assert card["data"] == {file.name: file_hash(file) for file in GOLD}
    assert card["lines"] == len(lines) >= 500
    assert card["stand_alone"] == sum(line["stands_alone"] for line in lines)
    assert card["weights"].keys() <= features_of("A plan.").keys()
    assert card["figures"]["area_under_curve_other_writer"] > 0.78


def test_a_sentence_that_needs_its_neighbours_is_less_likely_than_one_that_does_not():
    alone = "Schools are not told when a child is placed with relatives."
    for other in (
        "She told him that they had gone.",
        "The other four could be traced only in minutes.",
        "Each was closed with advice to the mother.",
        "HV1 wrote to MK about it on 8 June.",
    ):
        assert probability_alone(other) < 0.5 < 0.6 < probability_alone(alone), other


def test_two_items_of_a_list_run_together_are_never_quoted():
    assert is_unquotable("Oversight is not rigorous enough. • Plans for children are not clear.")
    assert not is_unquotable("Oversight of part-time timetables is not rigorous enough.")
