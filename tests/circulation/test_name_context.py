import json
from time import perf_counter

import pytest

from lif_nlp.about import GOLD
from lif_nlp.circulation import KnownWords, identifying_kinds, may_circulate
from lif_nlp.circulation.name_context import FILE, doubtful_words, name_probability
from lif_nlp.ids import file_hash


@pytest.mark.parametrize(
    "text",
    [
        "Bond's notes were brief.",
        "Long has since left the service.",
        "social worker dawn visited, no concerns noted",
        "The entry reads “grace upset, wants her blanket”.",
        "Merit had been sold for a debt.",
        "Journey was not seen alone.",
        "Journey said that school was hard.",
        "Plans for Journey were late.",
        "The Wolf review led to change.",
    ],
)
def test_a_word_is_a_name_where_names_stand(text):
    assert identifying_kinds(text) == ("name",)


@pytest.mark.parametrize(
    "text",
    [
        "Early help was offered late.",
        "Long waits were common.",
        "Journey times to court were long.",
        "The MACE panel and the RASSO team now share notes.",
        "Leaders asked why visits were late.",
    ],
)
def test_a_word_is_none_where_other_words_stand(text):
    assert may_circulate(text)


def test_a_known_word_is_not_asked_unless_it_is_a_forename():
    text = "Xandria and Grace wrote to us."
    asked = [word for word, _ in doubtful_words(text, KnownWords(["Xandria", "Grace"]))]
    assert asked == ["Grace"]


def test_an_address_is_for_the_numbers_to_judge():
    assert not list(doubtful_words("see www.tegan.example.org"))


def test_a_text_of_any_length_has_a_probability():
    assert 0 <= name_probability("Plans say what Kit does. " * 2_000) <= 1
    assert name_probability("") == 0


def test_an_index_in_capitals_is_walked_once_not_for_each_of_its_words():
    text = "Child Protection Plan Review "
    begun = perf_counter()
    name_probability(text * 20)
    short = perf_counter() - begun
    begun = perf_counter()
    name_probability(text * 400)
    assert perf_counter() - begun < 60 * max(short, 0.005)  # quadratic would be 400 times as long


def test_it_was_trained_on_the_gold_that_stands_here():
    for name, known in json.loads(FILE.read_text("utf-8"))["facts"]["data"].items():
        changed = f"run scripts/train_name_context.py: {name} has changed"
        assert file_hash(GOLD / name) == known, changed
