"""Abbreviations are learnt where a text explains them."""

from lif_nlp.text.abbreviations import abbreviation_meanings

TOLD = (
    "The public law outline (PLO) was begun late.",
    "Two public law outlines (PLO) were open.",
    "The child and adolescent mental health services (CAMHS) had a list.",
    "The not in education, employment or training (NEET) figures fell.",
    "A family information team (FIT) was set up.",
    "Staff rang the office (ABC).",
)


def test_abbreviations_are_learnt_where_a_text_explains_them():
    assert abbreviation_meanings(TOLD, {"plo", "camhs", "neet", "abc"}) == {
        "camh": "child and adolescent mental health services",
        "neet": "not in education, employment or training",
        "plo": "public law outline",
    }


def test_an_abbreviation_that_is_a_common_word_is_left_alone():
    assert "fit" not in abbreviation_meanings(TOLD, {"plo"})
