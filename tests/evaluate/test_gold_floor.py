"""Labels of the gold that ships do not get worse.

This guards against breakage and measures no quality: the gold was used in training, so the
figures are higher than those on new reports (see METHODS.md for these).  Each floor is the
F1 of the profile "fast" on 30 November 2026, less 0.01.  A change that lowers a figure on
purpose lowers its floor in the same commit and says why.  Aware, reasons and themes were
lowered when the models were trained on three times as many texts: they know these few less by
heart, and practice reviews far better.  Reasons were lowered again with the small network and the
gold of three more hands, and reasons and aware with that of eight more, for the same cause.
"""

import pytest

from lif_nlp.api.functions import score_gold

FLOORS = {
    ("hindsight", "any"): 0.975,
    ("hindsight", "codes"): 0.973,
    ("aware", "aware"): 0.923,
    ("why", "why"): 0.763,
    ("role", "macro"): 0.912,
    ("priority", "neglect"): 0.970,
    ("priority", "sexual_harm"): 0.990,
    ("priority", "domestic_abuse"): 0.990,
    ("theme", "micro"): 0.889,
    ("theme", "macro"): 0.884,
}


@pytest.fixture(scope="module")
def scores():
    return score_gold(profile="fast").set_index(["measure", "label"])


@pytest.mark.parametrize(("measure", "label"), FLOORS)
def test_f1_is_not_below_its_floor(scores, measure, label):
    assert scores.loc[(measure, label), "f1"] >= FLOORS[measure, label]


@pytest.mark.parametrize(("measure", "label"), FLOORS)
def test_rules_and_models_do_no_worse_than_keywords(scores, measure, label):
    row = scores.loc[(measure, label)]
    assert row["f1"] >= row["baseline"]


def test_the_whole_gold_is_scored(scores):
    assert scores.loc[("role", "macro"), "support"] == 676
    assert scores.loc[("theme", "micro"), "support"] == 339
