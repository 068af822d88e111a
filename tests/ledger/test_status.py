"""Position, progress and effect are three fields, and near misses give nothing."""

from pathlib import Path

import pytest

from lif_nlp.errors import FrameworkError
from lif_nlp.framework.status import FIELDS, load_status_language
from lif_nlp.ledger.status import read_status

LANGUAGE = load_status_language()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("The Trust accepts this recommendation.", "position", "accepted"),
        ("Accepted in part: the form can change, the date cannot.", "position", "part"),
        ("We support the aim, but not the means.", "position", "principle"),
        ("Agreed, subject to funding.", "position", "principle"),
        ("We do not accept this recommendation.", "position", "rejected"),
        ("The list was already in place.", "position", "already"),
        ("Recommendation 4 is noted.", "position", "noted"),
        ("To be completed by June.", "progress", "planned"),
        ("Work is under way with the schools.", "progress", "in progress"),
        ("On track.", "progress", "on track"),
        ("The target date has moved to May.", "progress", "late"),
        ("Superseded by the regional plan.", "progress", "superseded"),
        ("Re-opened after the audit.", "progress", "reopened"),
        ("Evidence seen by the scrutineer.", "progress", "verified"),
        ("Awaiting update from the lead.", "progress", "none recorded"),
        ("Recording has improved since the last audit.", "effect", "improved"),
        ("Supervision is better, but analysis remains weak.", "effect", "mixed"),
        ("The pathway is not yet embedded.", "effect", "not embedded"),
        ("It is too early to say what changed.", "effect", "too early"),
        ("There is no evidence of impact on practice.", "effect", "no evidence"),
        ("We did not look at night calls.", "effect", "not tested"),
    ],
)
def test_a_sentence_gives_its_field(text, field, value):
    assert getattr(read_status(text, LANGUAGE), field) == value


@pytest.mark.parametrize(
    "text",
    [
        "Mother did not accept the offer of a visit.",
        "Father completed the course and came home.",
        "The baby was delivered at thirty weeks.",
        "He was seen on the same day.",
    ],
)
def test_a_sentence_of_the_case_gives_nothing(text):
    reading = read_status(text, LANGUAGE)
    assert (reading.position, reading.progress, reading.effect) == ("", "", "")


def test_done_is_not_effective_and_an_output_is_no_effect():
    reading = read_status("The guidance was issued to 640 staff in May.", LANGUAGE)
    assert (reading.progress, reading.effect) == ("done", "")


def test_every_rule_gives_a_value_of_its_field():
    assert {rule.field for rule in LANGUAGE.rules} == set(FIELDS)
    assert all(rule.value in FIELDS[rule.field] for rule in LANGUAGE.rules)


def test_a_partnerships_own_words_come_first(tmp_path):
    own = tmp_path / "status.toml"
    own.write_text('[cell_words]\nlate = ["parked"]\n', encoding="utf-8")
    assert load_status_language(own).cell_words["parked"] == "late"
    own.write_text('[[rule]]\nfield = "progress"\nvalue = "gone"\n', encoding="utf-8")
    with pytest.raises(FrameworkError, match="gone"):
        load_status_language(own)


def test_sentences_in_many_words_and_their_near_misses():
    """Invented lines of field, value and words; an empty value is a near miss."""
    lines = Path(__file__).with_name("status_sentences.tsv").read_text(encoding="utf-8")
    wrong = [
        (field, value, getattr(read_status(words, LANGUAGE), field), words)
        for field, value, words in (line.split("\t") for line in lines.splitlines())
        if getattr(read_status(words, LANGUAGE), field) != value
    ]
    assert wrong == []
