"""Frames of invented sentences: polarity, aspect, defect, direction, quantity, actor."""

import pytest

from lif_nlp.annotate.frames.finder import FrameFinder
from lif_nlp.framework import load_framework


@pytest.fixture(scope="module")
def finder():
    return FrameFinder(load_framework())


def keys(finder, text, role, **options):
    return {f.key for f in finder.find(text, role, **options) if f.key and f.confidence >= 0.8}


@pytest.mark.parametrize(
    ("text", "role", "key"),
    [
        ("Return home interviews are late.", "problem",
         "problem|return_home_interview|late|late"),
        ("Return interviews are not timely.", "problem",
         "problem|return_home_interview|late|late"),
        ("Late return home interviews lose what a child would tell.", "problem",
         "problem|return_home_interview|late|late"),
        ("There are delays in return home interviews.", "problem",
         "problem|return_home_interview|late|late"),
        ("Return interviews took place promptly.", "strength",
         "strength|return_home_interview|late|late"),
        ("There was no delay in return home interviews.", "strength",
         "strength|return_home_interview|late|late"),
        ("Ensure that return home interviews are timely.", "action",
         "action|return_home_interview|late|late"),
        ("Pathway plans are vague.", "problem", "problem|pathway_plan|vague|"),
        ("Pathway plans are not clear.", "problem", "problem|pathway_plan|vague|"),
        ("Pathway plans are clear.", "strength", "strength|pathway_plan|vague|"),
        ("Pathway plans are not always recorded.", "problem", "problem|pathway_plan|not_recorded|"),
        ("Supervision is infrequent.", "problem", "problem|supervision|infrequent|low"),
        ("Supervision was regular.", "strength", "strength|supervision|infrequent|low"),
        ("Core groups are not held.", "problem", "problem|core_group|not_done|"),
        ("Chronologies are inconsistent.", "problem", "problem|chronology|uneven|"),
    ],
)  # fmt: skip
def test_a_clause_with_aspect_and_defect_has_a_key(finder, text, role, key):
    assert key in keys(finder, text, role)


def test_opposite_directions_have_different_keys(finder):
    early = keys(finder, "Child protection plans ended too soon.", "problem")
    late = keys(finder, "Child protection plans drifted for too long.", "problem")
    assert early and late and not early & late


def test_the_halves_of_a_contrast_are_framed_apart(finder):
    text = "Return home interviews are held promptly, but pathway plans are vague."
    frames = finder.find(text, "problem")
    assert {f.key for f in frames} >= {
        "strength|return_home_interview|late|late", "problem|pathway_plan|vague|",
    }  # fmt: skip
    assert {text[f.start : f.end].strip(" ,.") for f in frames} == {
        "Return home interviews are held promptly", "but pathway plans are vague",
    }  # fmt: skip


def test_a_concession_at_the_beginning_ends_at_the_comma(finder):
    text = "Although supervision is regular, pathway plans are vague."
    assert keys(finder, text, "problem") >= {
        "strength|supervision|infrequent|low", "problem|pathway_plan|vague|",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Were return home interviews timely?",
        "The terms of reference ask whether return home interviews are late.",
        "The guidance says that return home interviews must not be late.",
        "The review will consider whether pathway plans are vague.",
    ],
)
def test_questions_law_and_aims_have_no_frame(finder, text):
    assert finder.find(text, "problem") == ()


def test_frames_of_context_are_doubted(finder):
    frames = finder.find("Return home interviews are late.", "context")
    assert [(f.polarity, f.confidence) for f in frames] == [("problem", 0.3)]


def test_words_against_the_role_are_doubted(finder):
    [frame] = [f for f in finder.find("Pathway plans are vague.", "strength") if f.defect]
    assert (frame.polarity, frame.confidence) == ("problem", 0.3)


def test_a_short_entry_of_a_list_takes_the_side_of_its_heading(finder):
    key = "problem|return_home_interview|late|late"
    assert key in keys(finder, "Timely return home interviews", "problem", listed=True)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Most pathway plans are vague.", "many"),
        ("Some pathway plans are vague.", "some"),
        ("All pathway plans are vague.", "all"),
        ("Pathway plans are not always clear.", "some"),
        ("Pathway plans are vague.", ""),
    ],
)
def test_quantity_is_kept_and_changes_no_key(finder, text, quantity):
    [frame] = [f for f in finder.find(text, "problem") if f.key == "problem|pathway_plan|vague|"]
    assert frame.quantity == quantity


def test_a_condition_is_no_claim(finder):
    text = "Managers are told at once when pathway plans are late."
    assert not any("pathway_plan" in key for key in keys(finder, text, "problem"))


def test_an_inspectors_visit_is_no_visit_to_a_child(finder):
    assert keys(finder, "The focused visit was late.", "problem") == set()


def test_a_phrase_of_a_known_point_states_it(finder):
    point = next(p for p in load_framework().points if p.phrases and p.role == "problem")
    text = f"Here {point.phrases[0]} was seen."
    assert point.id in {f.point for f in finder.find(text, "problem")}
