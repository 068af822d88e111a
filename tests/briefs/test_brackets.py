"""A review's sentence is shortened in brackets, stays exact outside them, and names nobody."""

from dataclasses import replace

import pytest

from lif_nlp.briefs import verify
from lif_nlp.briefs.quoting.brackets import cast, shortened, stands_for, without_brackets
from lif_nlp.errors import QuoteError
from lif_nlp.records import Brief, Claim, Evidence, Section

ROLES = {"Sam": "the child", "MS": "the mother", "Mr W": "the grandfather"}


def first(text, roles=ROLES, person=""):
    start, end, words = next(shortened(text, roles, person))
    assert stands_for(words, text[start:end])
    return words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On 3 May 2019 Sam was admitted to the ward with a fever.",
         "[The child] was admitted to the ward with a fever."),
        ("Sam, who was nine and liked maths, lived with his mother (MS) and half-sister (Sib, 4).",
         "[The child], who [was of primary school age] and liked maths, lived with his "
         "[mother and half-sister]."),
        ("Sam died in hospital in June 2018, two days after his twelfth birthday.",
         "[The child] died in hospital [at secondary school age]."),
        ("Mr W had been warned in 2001 about contact with children.",
         "[The grandfather] had been warned […] about contact with children."),
        ("The teacher rang MS’s sister because Sam was not there.",
         "The teacher rang [the mother’s] sister because [the child] was not there."),
        ("Sam had been taught at home since Year 8 by his aunt.",
         "[The child] had been taught at home since [secondary school] by his aunt."),
        ("“Sam” (not his real name) came into care at eleven with two others.",
         "[The child] came into care [at secondary school age] with two others."),
        ("She was killed by her former partner, Tom, at the home that she had left.",
         "She was killed by her [former partner] at the home that she had left."),
    ],
)  # fmt: skip
def test_what_identifies_gives_way_to_a_bracket(text, words):
    assert first(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sam, aged thirty weeks, was seen by the nurse at home.",
         "[The child], [a baby], was seen by the nurse at home."),
        ("Sam died in hospital, two days before his first birthday.",
         "[The child] died in hospital [as a baby]."),
        ("Sam died in hospital two days after his eighteenth birthday.",
         "[The child] died in hospital [as an adult]."),
        ("His mother, aged twenty, lived with Sam in one room.",
         "His mother, [an adult], lived with [the child] in one room."),
        ("Sam had four brothers, two with asthma, and was happy at home.",
         "[The child] had four brothers, two with asthma, and was happy at home."),
        ("Sam was found by his mother at two in the morning.",
         "[The child] was found by his mother at two in the morning."),
        ("The visit was one in a series of visits to Sam.",
         "The visit was one in a series of visits to [the child]."),
        ("Sam was born early at twenty-six weeks in hospital.",
         "[The child] was born early at twenty-six weeks in hospital."),
    ],
)  # fmt: skip
def test_a_number_is_an_age_only_where_the_sentence_says_so(text, words):
    assert first(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Sam was 2 and a half when he came to the nursery.",
        "When he moved to live with his father, Sam, who was nine, began to miss school.",
        "Sam died in hospital two days after his ninety-first birthday.",
        "The 3-year-old boy was with Sam in the house.",
    ],
)
def test_where_an_age_or_a_person_is_unsure_no_sentence_is_shown(text):
    shown = [words for _, _, words in shortened(text, ROLES)]
    assert not [
        words for words in shown if "who [was" in words or "old" in words or "birth" in words
    ]
    assert not [words for words in shown if "half" in words]


@pytest.mark.parametrize(
    "text",
    [
        "After separating from the father, Mother moved to her sister's home.",
        "When he moved to live with his father, Sam began to miss school.",
        "At a meeting with his mother, Police said that they knew the house.",
        "With his grandmother, GP letters came every week.",
        "He lived with his mother (Sam was five) and an aunt.",
    ],
)
def test_a_comma_behind_a_relation_names_nobody(text):
    assert cast([text], (), "") == {}


def test_a_name_given_to_two_is_nobody_s_and_the_child_s_own_name_stays():
    said = ["His mother (MS) rang.", "His aunt (MS) rang.", "His father (Sam) rang."]
    assert cast(said, ["Sam"], "the child") == {"Sam": "the child"}


def test_a_sentence_may_end_early_and_says_so():
    ways = [words for _, _, words in shortened("Sam was seen at a shop, and MS rang us.", ROLES)]
    assert "[The child] was seen at a shop […]" in ways


def test_a_pronoun_that_leans_back_gives_way_to_whom_it_means():
    assert first("He was often hungry at school.", person="the child") == (
        "[The child] was often hungry at school."
    )


def test_who_is_meant_is_read_from_the_review():
    said = ["Their mother’s father, whom we call Mr W, minded them.", "His aunt (PA) rang."]
    assert cast(said, ["Sam"], "the child") == {
        "Sam": "the child", "Mr W": "the grandfather", "PA": "an aunt"}  # fmt: skip


def test_no_bracket_changes_what_stands_outside_it():
    assert stands_for("[The child] left […]", "Sam left the house")
    assert not stands_for("[The child] left the home.", "Sam left the house.")
    assert not stands_for("house left [the child].", "Sam left the house.")
    assert without_brackets("[The child], [a baby], left […].") == "The child, a baby, left."


def test_the_check_of_quotes_reads_the_words_outside_the_brackets():
    text = "Sam was often hungry at school."
    good = Evidence("d:0-31", "d", 0, 31, text, "A review", 1,
                    bracketed="[The child] was often hungry at school.")  # fmt: skip
    verify(_brief(good), lambda _: text)
    bad = replace(good, bracketed="[The child] was never hungry at school.")
    with pytest.raises(QuoteError, match="outside the brackets"):
        verify(_brief(bad), lambda _: text)


def _brief(one):
    return Brief("b", "summary", "s", "t", (Section("h", (Claim("quote", "", ("f",), (one,)),)),))
