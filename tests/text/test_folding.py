"""Forms of a word and of a phrase are compared as one."""

import pytest

from lif_nlp.text.folding import fold_phrase, fold_word


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("GPs", "gp"),
        ("classes", "class"),
        ("policies", "policy"),
        ("Child’s", "child"),
        ("children", "children"),
        ("status", "status"),
        ("ties", "tie"),
    ],
)
def test_forms_of_a_word_are_one(written: str, folded: str):
    assert fold_word(written) == folded


def test_a_folded_word_stays_as_it_is():
    for word in ("classes", "policies", "bosses’", "needs", "analysis", "buses", "ss"):
        assert fold_word(fold_word(word)) == fold_word(word)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Multi-agency Care Plans", "multi agency care plan"),
        ("the children's views", "the child view"),
        ("family histories", "family history"),
        ("crisis and illness", "crisis and illness"),
        ("parents’ wishes", "parent wishe"),
    ],
)
def test_forms_of_a_phrase_are_one(written: str, folded: str):
    assert fold_phrase(written) == folded
