"""Trained reading of position, progress and effect, on sentences that nobody trained with."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.framework.status import FIELDS, load_status_language
from lif_nlp.ledger.answer_reading import together, with_whole
from lif_nlp.ledger.answers import answers_of
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.status import read_status
from lif_nlp.ledger.trackers.rows import read_tracker
from lif_nlp.workflow.follow import language_of
from lif_nlp.workflow.status_models import load_status_models, value_of
from tests.ledger.makers import REVIEW, document, grid
from tests.workflow.conftest import opened

RULES = load_status_language()
LANGUAGE = replace(RULES, trained=load_status_models("static"))


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("The hospital takes this up without reservation.", "position", "accepted"),
        ("The orchard schools voted this down.", "position", ""),
        ("The lead has gone and nobody has picked this line up.", "progress", "not started"),
        ("Folded into the damp plan.", "progress", "superseded"),
        ("Seventeen of eighteen charts now have it; before, three.", "effect", "improved"),
        ("The father agreed to go to the clinic.", "position", ""),
        ("The form was used in 2 of 20.", "effect", "not embedded"),
        ("The two forms were replaced by one pathway.", "progress", "done"),
        ("The old leaflet has been replaced by one in five languages.", "progress", "done"),
        ("This action was replaced by action 7.", "progress", "superseded"),
        ("Replaced by the regional plan.", "progress", "superseded"),
    ],
)
def test_models_read_what_no_rule_was_written_for(text, field, value):
    assert getattr(read_status(text, LANGUAGE), field) == value


@pytest.mark.parametrize(
    "text",
    [
        "Practice was poor in 22 of 25 files.",
        "Supervision was weak in nine of ten files.",
        "Children were unseen in 90% of visits.",
        "Only 3 of 25 files held the tool, down from 20 of 25.",
        "The tool was missing in 22 of 25 files.",
        "Fewer staff use the tool than before.",
        "Supervision was recorded in two of ten files, against eight of ten last year.",
        "Strategy meetings were late in 80% of cases.",
    ],
)
def test_a_fall_or_a_large_share_of_what_is_wrong_is_no_gain(text):
    assert read_status(text, LANGUAGE, "effect").effect != "improved"


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("Repeat referrals fell to one in ten.", "not embedded"),
        ("Complaints came from two of fifty families.", "not embedded"),
        ("The single pathway was in use in eleven of twelve files.", "not embedded"),
    ],
)
def test_a_gain_is_not_told_as_a_lack(text, effect):
    assert read_status(text, LANGUAGE, "effect").effect != effect


@pytest.mark.parametrize(
    ("cell", "statuses"),
    [
        ("Nothing outstanding; all done.", ("done",)),
        ("Waiting list cleared, done", ("done",)),
        ("None outstanding, closed.", ("done",)),
        ("Complete. Form no longer used.", ("done",)),
        ("Closed on 3 May", ("done",)),
        ("Action closed", ("done",)),
        ("Closed, overtaken by the regional plan", ("superseded",)),
        ("Nothing done so far", ("not started", "none recorded")),
        ("Not completed", ("not started", "in progress", "late", "unreadable", "none recorded")),
    ],
)
@pytest.mark.parametrize("column", ["Status", "Update"])
def test_a_plain_end_is_told_as_one_and_a_denied_end_is_none(cell, statuses, column):
    plan = grid(("Ref", "Action", "Due", column), ("1", "Send the forms", "May 2024", cell))
    [row] = read_tracker([plan], "p.csv", LANGUAGE).rows
    assert row.status in statuses


def test_a_verdict_in_doubt_is_none_and_none_is_taken_for_being_expected():
    assert FIELDS["effect"][0] == "improved"
    for sure, verdict in (([0.3, 0.37, 0.33], ""), ([0.2, 0.5, 0.3], "improved")):
        scores = np.asarray([*sure, 0.0, 0.0, 0.0, 0.0], np.float32)
        assert value_of("effect", scores, is_expected=True) == verdict
    in_doubt = np.asarray([0.45, 0.42, 0.13, 0.0, 0.0, 0.0, 0.0], np.float32)
    assert value_of("effect", in_doubt, is_expected=True) == ""


@pytest.mark.parametrize(
    ("answer", "position"),
    [
        (["We shall do this in our two hospitals from June.",
          "The community clinics will not take part."], "part"),
        (["The trust is happy to do it for babies.",
          "It will not extend the call to older children."], "part"),
        (["A member asked whether it had been accepted.", "The answer comes next time."], ""),
    ],
)  # fmt: skip
def test_a_yes_and_its_limit_in_two_sentences_are_one_answer(answer, position):
    alone = together([read_status(unit, LANGUAGE, "position") for unit in answer])
    assert alone.position != "part"
    assert with_whole(alone, answer, LANGUAGE).position == position
    assert with_whole(alone, answer, RULES) == alone


def test_a_partnerships_own_rule_goes_before_the_models(tmp_path):
    own = tmp_path / "status.toml"
    own.write_text(
        '[[rule]]\nfield = "progress"\nvalue = "late"\nname = "ours"\n'
        "patterns = ['\\bin the long grass\\b']\n",
        encoding="utf-8",
    )
    language = replace(load_status_language(own), trained=load_status_models("static"))
    assert read_status("Finished, then left in the long grass.", language).progress == "late"


def test_rules_alone_read_where_the_settings_ask_for_them(tmp_path):
    session, other = opened(tmp_path / "w", rules_only=True), opened(tmp_path / "v")
    assert language_of(session).trained is None
    assert language_of(other).trained is not None
    session.store.close()
    other.store.close()


def test_a_column_that_tells_of_progress_is_one_whatever_its_name():
    sheet = grid(
        ("Ref", "Step", "Lead", "By", "Where we have got to with it"),
        ("1", "Write the form", "Trust", "May 2024", "Finished, all wards have it"),
        ("2", "Send the form", "Trust", "May 2024", "Nobody has picked this up"),
    )
    assert [row.status for row in read_tracker([sheet], "p.csv", LANGUAGE).rows] == [
        "done",
        "not started",
    ]


def test_each_part_of_a_response_answers_one_recommendation():
    reply = document(
        "d-reply",
        "Reply on Child Heron",
        "# Forms",
        "We agree. The two have been replaced by one pathway.",
        "# Fathers",
        "The Trust cannot do this at booking.",
        "# Days of absence",
        "All schools have agreed to ring the desk.",
    )
    matcher = AskMatcher(asks_of(REVIEW, []))
    numbers = {ask.ask_id: ask.number for ask in matcher.asks}
    answers = answers_of(reply, matcher, LANGUAGE)
    assert {numbers[answer.ask_id]: answer.position for answer in answers} == {
        "1": "accepted",
        "2": "rejected",
        "3": "accepted",
    }
