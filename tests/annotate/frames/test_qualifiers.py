"""Negation, quantity and actor of a claim."""

import pytest

from lif_nlp.annotate.frames.qualifiers import (
    actor_of,
    is_undecided,
    polarity_of_phrase,
    quantity_of,
)


@pytest.mark.parametrize(
    ("text", "phrase", "turned"),
    [
        ("visits were not timely", "timely", "negated"),
        ("visits were not always fully recorded", "recorded", "negated"),
        ("visits were timely", "timely", "plain"),
        ("a lack of timely visits", "timely", "negated"),
        ("staff did not avoid delay", "delay", "undecided"),
        ("nobody was late because visits were timely", "timely", "plain"),
    ],
)
def test_a_negation_turns_what_follows_within_its_clause(text, phrase, turned):
    words = text.split()
    assert polarity_of_phrase(words, words.index(phrase)) == turned


@pytest.mark.parametrize("text", ["Visits are no longer late.", "Visits were not only late."])
def test_what_is_said_neither_way_is_undecided(text):
    assert is_undecided(text)


def test_quantity_prefers_the_narrower_word():
    assert quantity_of("Not all of the plans were shared.") == "some"


@pytest.mark.parametrize(
    ("text", "verb", "actor"),
    [
        ("the nurse told the mother", "told", "agency"),
        ("the mother told the nurse", "told", "family"),
        ("fathers were not asked", "asked", ""),
    ],
)
def test_who_acts(text, verb, actor):
    words = text.split()
    assert actor_of(words, words.index(verb)) == actor
