"""Units end where a reader would end them, and the words of a report are all kept."""

import pytest
import spacy

from lif_nlp.annotate import extensions
from lif_nlp.annotate.components import sentences  # noqa: F401 - registers the factory

extensions.register()

NLP = spacy.blank("en")
NLP.add_pipe("lif_sentences")


def units(text, *, whole=False):
    doc = NLP.make_doc(text)
    doc._.whole = whole
    return [unit.text.strip() for unit in NLP(doc).sents]


@pytest.mark.parametrize(
    "text",
    [
        "50. Management oversight was weak.",
        "4.12 The visit took place on 3 May.",
        "(ii) Dr. Lee rang the ward at 9 a.m. and left a message.",
        "An enquiry under s. 47 was opened on paragraph no. 3 of the form.",
        "Some plans (e.g. Those for babies. They were new) were shared.",
        "The nurse, i.e. the one on duty, wrote it down.",
        "Mr. and Mrs. Vale were told.",
    ],
)
def test_labels_abbreviations_and_brackets_do_not_end_a_unit(text):
    assert units(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The visit was late. It was not noted.", 2),
        ("Who asked? Nobody did.", 2),
        ("He said, “I waited.” Nobody came.", 2),
        ("The plan had no date. 12 children waited.", 2),
        ("There was no answer. (The phone was off.) She rang again.", 3),
        ("The plan had no date. [withheld] Records were kept well.", 3),
    ],
)
def test_a_full_stop_before_a_new_beginning_ends_a_unit(text, count):
    assert len(units(text)) == count


def test_a_short_remark_in_brackets_belongs_to_the_sentence_before_it():
    assert units("Plans are late. (Recommendation) Visits are not.") == [
        "Plans are late. (Recommendation)",
        "Visits are not.",
    ]


def test_a_bullet_is_one_unit_whatever_its_stops():
    assert units("The hub is busy. Calls wait.", whole=True) == ["The hub is busy. Calls wait."]


def test_an_open_bracket_does_not_swallow_the_page():
    text = "The list (which was long. " + "It went on. " * 40
    assert len(units(text)) > 10


def test_units_cover_the_text_without_gaps():
    doc = NLP("  50. First one.  Second one! Third? ")
    assert "".join(unit.text_with_ws for unit in doc.sents) == doc.text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The plan was made by SW4. HV2 was not asked.", 2),
        ("The nurse saw Child S. He was well.", 2),
        ("They met Mr SF. He was at home.", 2),
        ("He lived with Sib. 2 and Sib. 1 at home.", 1),
        ("Mr S. Fell rang the school.", 1),
        ("The letter went to Mr F. He was away.", 2),
        ("Child V. was seen by P2.", 1),
        ("AG1 met MH. FH did not know. LA1 was told.", 3),
    ],
)
def test_codes_of_children_and_staff_end_a_unit_only_with_their_sentence(text, count):
    assert len(units(text)) == count
