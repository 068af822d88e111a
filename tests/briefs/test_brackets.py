"""The child's name and age give way to a bracket, and nothing else does."""

from dataclasses import replace

import pytest

from lif_nlp.briefs import verify
from lif_nlp.briefs.quoting.brackets import in_brackets, stands_for, without_brackets
from lif_nlp.errors import QuoteError
from lif_nlp.records import Brief, Claim, Evidence, Section


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sam was often hungry at school.", "[The child] was often hungry at school."),
        ("The school rang Sam’s aunt.", "The school rang [the child’s] aunt."),
        ("Sam, aged nine, was often hungry.",
         "[The child], [of primary school age], was often hungry."),
        ("Sam, aged thirty weeks, was well.", ""),
        ("Sam, aged 11 weeks, was well.", "[The child], [under one], was well."),
        ("Sam had four brothers, two with asthma.",
         "[The child] had four brothers, two with asthma."),
        ("After separating from the father, Mother moved away.",
         "After separating from the father, Mother moved away."),
        ("When he moved in with his father, Sam missed school.",
         "When he moved in with his father, [the child] missed school."),
    ],
)  # fmt: skip
def test_the_child_s_name_and_age_give_way_and_nothing_else(text, words):
    assert in_brackets(text, ["Sam"]) == words
    assert not words or stands_for(words, text)


@pytest.mark.parametrize(
    "text",
    [
        "Sam was nine when he came.",
        "His mother, aged twenty, lived with Sam.",
        "Sam died two days after his ninth birthday.",
        "Sam was seen at nine in the morning.",
        "The 3-year-old was with Sam.",
        "Sam was 2 and a half.",
        "Sam, aged 18, left the home.",
        "By age nine, Sam lived with a foster family.",
        "In Year 9 Sam was often hungry at school.",
        "Sam and Sam and Sam and Sam were one.",
    ],
)
def test_a_sentence_that_would_need_more_is_not_shown(text):
    assert not in_brackets(text, ["Sam"])


def test_no_bracket_changes_what_stands_outside_it():
    assert not stands_for("[The child] left the home.", "Sam left the house.")
    assert not stands_for("house left [the child].", "Sam left the house.")
    assert without_brackets("[The child], [under one], left.") == "The child, under one, left."


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
