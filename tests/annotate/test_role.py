"""A list entry takes the role of its heading; a sentence is judged by its own words."""

import json

import pytest

from lif_nlp.about import MODELS
from lif_nlp.annotate.models.role_features import NAMES
from lif_nlp.annotate.rules.headings import is_about_the_review, role_of_heading
from lif_nlp.records import Block, Document


def bullet(annotator, text, *heading):
    block = Block(0, len(text), 1, "bullet", heading)
    [found] = annotator.annotate(Document("d", "r", "R", text, (block,), 1)).findings
    return found


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (("Headline findings", "Key strengths"), "strength"),
        (("Practice study: area for improvement",), "problem"),
        (("What needs to improve",), "problem"),
        (("Matters of concern",), "problem"),
        (("Recommendations for the partnership",), "action"),
        (("Terms of reference",), "context"),
        (("Strengths and areas for improvement",), ""),
        (("Child K",), ""),
        (("Good practice", "The school"), "strength"),
        (("Audit", "Working well"), "strength"),
        (("Audit", "Needs to develop"), "problem"),
        (("What we recommend",), "action"),
        (("Foreword",), "context"),
        (("The child",), "context"),
        (("They saw the illness and not the child",), ""),
        (("Other information about this area",), "context"),
        (("The failure to share information about debts",), ""),
        (("Why we did this review",), "context"),
    ],
)
def test_the_innermost_informative_heading_gives_the_role(path, role):
    assert role_of_heading(path) == role


def test_noun_phrases_take_the_role_of_their_heading(annotator):
    text = "The timeliness of initial visits."
    assert bullet(annotator, text, "Strengths").role == "strength"
    assert bullet(annotator, text, "Areas for improvement").role == "problem"


@pytest.mark.parametrize("text", ["Care leavers.", "The timeliness of initial visits."])
def test_a_noun_phrase_without_a_document_takes_the_role_of_its_heading_too(annotator, text):
    found = annotator.label([text, text], ["What needs to improve", "Key strengths"])
    assert [one.role for one in found] == ["problem", "strength"]


def test_a_signature_below_a_heading_is_no_problem(annotator):
    text = "Director of nursing."
    block = Block(0, len(text), 1, "paragraph", ("What needs to improve",))
    [found] = annotator.annotate(Document("d", "r", "R", text, (block,), 1)).findings
    assert not [mark.by for mark in found.marks if mark.by.startswith("heading:")]


def test_a_short_sentence_is_judged_by_its_words(annotator):
    [found] = annotator.label(["Practice is good."], ["What needs to improve"])
    assert not [mark.by for mark in found.marks if mark.by.startswith("heading:")]


def test_a_step_asked_for_under_improvement_is_an_action(annotator):
    text = "Leaders should ensure that every visit is recorded."
    assert bullet(annotator, text, "Areas for improvement").role == "action"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Partners work well together and children benefit from timely help.", "strength"),
        ("Assessments are not consistently good and some children wait too long.", "problem"),
        ("The Partnership should ensure that all schools have a named lead.", "action"),
        ("On 3 May 2019 the mother attended hospital with her sister.", "context"),
        ("Help is good, but plans drift and lack detail.", "problem"),
    ],
)
def test_words_alone_give_the_role(annotator, text, role):
    assert annotator.label([text])[0].role == role


def test_all_four_roles_are_scored(annotator):
    [found] = annotator.label(["Plans drift."])
    scores = [v for k, v in found.scores.items() if k.startswith("role:")]
    assert len(scores) == 4
    assert sum(scores) == pytest.approx(1.0, abs=0.001)


@pytest.mark.parametrize("name", ["role", "role-words"])
def test_the_shipped_model_knows_the_columns_of_today(name):
    facts = json.loads((MODELS / name / "model.json").read_text(encoding="utf-8"))
    assert tuple(facts["features"]["extra"]) == NAMES


@pytest.mark.parametrize(
    "text",
    [
        "This section gives the panel's view of how far practice was timely.",
        "The purpose of the review is to learn how agencies worked together.",
        "Each finding is set out with the case as its example.",
        "The panel makes the following recommendations to the board.",
    ],
)
def test_sentences_about_the_review_itself_are_context(annotator, text):
    assert bullet(annotator, text, "Recommendations").role == "context"


def test_sentences_that_say_what_the_review_found_are_not():
    assert not is_about_the_review("The review found that the plan was not shared.")
    assert not is_about_the_review("Each visit was set out in the record.")
