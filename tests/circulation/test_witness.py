import json

from lif_nlp.about import GOLD
from lif_nlp.circulation import identifying_kinds, may_circulate
from lif_nlp.circulation.witness import FILE, SHAPE, resemblance, shape_of, word_features
from lif_nlp.ids import file_hash


def test_names_and_numbers_are_masked():
    first, second = "Then Bo, 9, hid.", "Then Ayşe, 14, hid."
    assert word_features("Then Bo, 9, hid.") == word_features("Then Al, 14, hid.")
    assert "bo" not in word_features(first) | word_features(second)


def test_a_sentence_like_those_that_identify_is_kept_in_without_a_rule():
    assert identifying_kinds("They had lived at No 4 since the spring.") == ("resemblance",)
    assert resemblance("Plans should say who will do what by when.") < 0.5


def test_a_text_of_any_length_has_a_probability():
    assert 0 <= resemblance("plans should be made with people and " * 20_000) < 0.01


def test_it_only_adds():
    name = "Zainab's plan was shared with all agencies, and records were kept well."
    assert resemblance(name) < 0.5 and not may_circulate(name)


def test_it_was_trained_on_the_gold_that_stands_here():
    model = json.loads(FILE.read_text("utf-8"))
    assert len(model["shape"]) == len(SHAPE) == len(shape_of("One."))
    for name, known in model["facts"]["data"].items():
        assert file_hash(GOLD / name) == known, f"run scripts/train_witness.py: {name} has changed"
