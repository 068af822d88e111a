"""Whom a finding is about, and what the guards hold back."""

import pytest

from lif_nlp.annotate.components.actor import find_actor
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.records import audit_notes


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The GP failed to refer him.", "agency"),
        ("Mother failed to bring him to the clinic.", "family"),
        ("The procedure did not say who should ring.", "system"),
        ("The form had no box for a father.", "system"),
        ("The twins told a teacher in May.", "child"),
        ("The neighbour rang twice.", "other"),
        ("The school was not told by the ward.", "agency"),
        ("The perpetrator was arrested in May.", "other"),
        ("SW4 rang the aunt.", "agency"),
        ("Ms A should have kept the bottle out of reach.", "family"),
        ("White British.", "none"),
    ],
)
def test_the_subject_says_whom_a_finding_is_about(annotator, text, actor):
    assert annotator.label([text])[0].actor == actor


def test_a_passive_without_its_doer_is_about_a_service_if_practice_is_judged(annotator):
    judged, told = annotator.label(["The child was not seen alone.", "The child was born in May."])
    assert (judged.actor, told.actor) == ("agency", "child")


def test_scores_of_a_model_decide_where_no_noun_does(annotator):
    doc = annotator.nlp("They agreed in May.")
    unit = units_of(doc)[0]
    assert find_actor(unit).code == "none"
    unit.span._.scores |= {"actor:family": 0.7, "actor:agency": 0.2}
    assert find_actor(unit).code == "family"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("Mother failed to bring him.", ["blame held back: family"]),
        ("The death was not foreseeable.", ["outcome held back: negated"]),
        ("The team was content to wait.", ["blame: soft"]),
        ("The team failed to wait.", []),
    ],
)
def test_people_can_see_soft_blame_and_what_guards_hold_back(annotator, text, notes):
    assert audit_notes(annotator.label([text])[0].marks) == notes
