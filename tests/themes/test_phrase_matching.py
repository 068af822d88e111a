import pytest

from lif_nlp.themes.phrase_matching import Wanted, abbreviations, fold_phrase

TOLD = (
    "The public law outline (PLO) was begun late.",
    "Two public law outlines (PLO) were open.",
    "The child and adolescent mental health services (CAMHS) had a list.",
    "The not in education, employment or training (NEET) figures fell.",
    "A family information team (FIT) was set up.",
    "Staff rang the office (ABC).",
)


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


def test_a_phrase_does_not_reach_over_a_full_stop():
    wanted = Wanted({"care plan": 0, "plan late": 1, "late visit": 2})
    assert wanted.found_in("Care-plans late. Visits were kept.") == {0, 1}


def test_a_phrase_within_a_longer_one_is_found_too_and_a_mere_beginning_is_not():
    wanted = Wanted({"plan": 0, "care plan review": 1, "plan review meeting": 2})
    assert wanted.found_in("The care plan review") == {0, 1}


def test_abbreviations_are_learnt_where_a_text_explains_them():
    assert abbreviations(TOLD, {"plo", "camhs", "neet", "abc"}) == {
        "camh": "child and adolescent mental health services",
        "neet": "not in education, employment or training",
        "plo": "public law outline",
    }


def test_an_abbreviation_that_is_a_common_word_is_left_alone():
    assert "fit" not in abbreviations(TOLD, {"plo"})
