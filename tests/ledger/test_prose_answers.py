"""Answers and checks told in prose: whose they are, what a paragraph is about, two sides."""

from dataclasses import replace

import pytest

from lif_nlp.framework.status import load_status_language
from lif_nlp.ledger.answer_reading import without_parts
from lif_nlp.ledger.answers import answers_of, answers_told
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.bodies import body_of_answer
from lif_nlp.ledger.checks import checks_of
from lif_nlp.ledger.documents import are_minutes
from lif_nlp.ledger.lifelines import left_its_plan
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.sections import Subject, has_part_about
from lif_nlp.ledger_records import NOTHING_RECORDED, Snapshot
from lif_nlp.records import Block
from tests.ledger.makers import REVIEW, document

LANGUAGE = load_status_language()
ASKS = asks_of(REVIEW, [])
MATCHER = AskMatcher(ASKS)
SUBJECT = Subject(REVIEW.title, REVIEW.text)
NUMBERS = {ask.ask_id: ask.number for ask in ASKS}


def answers(*paragraphs):
    found = answers_of(document("d-r", "Reply", *paragraphs), MATCHER, LANGUAGE)
    return [(NUMBERS[answer.ask_id], answer.position, answer.body) for answer in found]


def test_bodies_that_answer_one_recommendation_differently_are_told_apart():
    assert answers(
        "# Recommendation 3",
        "The academy trust accepts the recommendation. The college does not accept it.",
    ) == [("3", "accepted", "The academy trust"), ("3", "rejected", "The college")]
    # one body, and whoever wrote the letter, give one answer
    assert answers(
        "# Recommendation 3", "The academy trust accepts the recommendation. It is right."
    ) == [("3", "accepted", "The academy trust")]
    assert answers("Recommendation 2 is accepted.") == [("2", "accepted", "")]


def test_a_yearly_report_gives_an_answer_and_its_first_sentence_once():
    paper = document(
        "d-y", "Annual report", "# Recommendation 2",
        "The trust accepts recommendation 2. It cannot accept that every midwife should do this.",
        "# Other news", "Recommendation 3 was accepted.",
    )  # fmt: skip
    [whole, _] = answers_of(paper, MATCHER, LANGUAGE, is_told=True)
    [part, other] = told = answers_told(paper, MATCHER, LANGUAGE)
    assert (whole.position, part.position) == ("part", "accepted")
    assert without_parts(told, [whole]) == [other]


@pytest.mark.parametrize(
    "more",
    [
        "Training for all schools will be completed by May.",
        "The council has written to all schools.",
        "Our Council will write to all schools.",
    ],
)
def test_a_body_named_again_or_what_it_will_do_is_no_second_body(more):
    told = answers("# Recommendation 3", f"Marl Council accepts the recommendation. {more}")
    assert told == [("3", "accepted", "Marl Council")]


def test_a_column_called_after_an_agency_gives_the_body_of_its_answers():
    cells = (("Rec", "3"), ("Police", "Accepted."), ("Council", "Not accepted."))
    blocks = (Block(0, 4, 1, "row", (), cells=cells),)
    page = replace(document("d-r", "Reply", "3\n"), blocks=blocks)
    found = answers_of(page, MATCHER, LANGUAGE)
    assert [(a.position, a.body) for a in found] == [
        ("accepted", "Police"), ("rejected", "Council"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("St Bride's has done this since 2021.", "St Bride's"),
        ("The head of the Marl academy does not see the need.", "The head of the Marl academy"),
        ("On behalf of the constabulary, we accept this.", ""),
        ("A child who was seen by the service has left.", ""),
        ("The council's plan will be ready.", ""),
        ("Nobody will have to wait.", ""),
        ("A new pathway between hospitals and schools is ready.", ""),
        ("Good practice is shared.", ""),
        ("Both practices have done this.", "Both practices"),
    ],
)
def test_the_body_of_an_answer_is_the_subject_of_its_words(sentence, body):
    assert body_of_answer(sentence) == body


def test_a_paragraph_that_goes_on_does_not_turn_to_another_recommendation():
    told = answers(
        "The two bruising forms will be replaced with one pathway by the Partnership. "
        "But schools need time, and until then we accept that both will be seen."
    )
    assert [number for number, *_ in told] == ["1"]


def test_what_a_response_tells_of_a_recommendation_is_its_answer_though_no_position_is_read():
    told = answers(
        "To record the father at an early appointment is what every midwife wishes to do."
    )
    assert told == [("2", NOTHING_RECORDED, "")]


def test_what_is_near_to_a_whole_paper_counts_less_in_it():
    texts = ["Schools ring us.", "Schools and the desk.", "The desk was rung by schools on a day."]
    near = MATCHER.nearness("Schools record the father.")
    beside = MATCHER.beside(texts).nearness("Schools record the father.")
    assert near.argmax() == beside.argmax() == 1
    assert beside[2] < near[2] and beside[1] == near[1]
    # what is like nothing asked for stays so, though the paper is far from one of them
    assert not MATCHER.beside(texts).nearness("Weather was dull.").any()
    assert (MATCHER.beside([]).nearness("Schools") == MATCHER.nearness("Schools")).all()


def test_families_of_two_minds_are_one_mixed_verdict():
    audit = document(
        "d-a", "Re-audit", "Bruising forms were looked at in May.",
        "We met three mothers of the bruising pathway. One said that practice has improved since "
        "the last audit of the pathway. Another said that the pathway is not yet embedded.",
    )  # fmt: skip
    verdicts = [check.verdict for check in checks_of(audit, "audit", MATCHER, LANGUAGE)]
    assert verdicts == ["mixed"]


def test_what_is_left_of_a_plan_is_no_other_side_of_what_was_seen():
    audit = document(
        "d-a", "Re-audit", "Bruising forms were looked at in May.",
        "We sampled the forms of the pathway. The pathway is not yet embedded in practice. The "
        "remaining actions on recording the father at booking are planned for May.",
    )  # fmt: skip
    quotes = [check.quote for check in checks_of(audit, "audit", MATCHER, LANGUAGE)]
    assert quotes == ["The pathway is not yet embedded in practice."]


def test_two_audits_are_no_families_of_two_minds():
    audit = document(
        "d-a", "Re-audit",
        "The audit of bruising forms found that practice has improved since the last audit of the "
        "pathway. The audit of recording found that recording the father is not yet embedded.",
    )  # fmt: skip
    verdicts = [check.verdict for check in checks_of(audit, "audit", MATCHER, LANGUAGE)]
    assert verdicts == ["improved", "not embedded"]


@pytest.mark.parametrize(
    ("title", "text", "is_one"),
    [
        ("Minutes of the executive", "Present: the chair.", True),
        ("Board 4 May", "Draft minutes of the meeting held in May", True),
        ("Reply", "A call must be answered within thirty minutes.", False),
        ("Seven-minute briefing", "What happened.", False),
        ("Letter", "We rang after 20 minutes of waiting.", False),
    ],
)
def test_minutes_of_a_meeting_are_no_minutes_of_time(title, text, is_one):
    assert are_minutes(document("d-m", title, text)) is is_one


def test_a_step_left_its_plan_only_by_a_version_that_is_surely_later():
    versions = [
        Snapshot(f"s{place}", "plan", f"{place}.xlsx", "h", day, position=place)
        for place, day in enumerate(("2024-03", "2024-03-20", "2024-06", ""))
    ]
    gone = [left_its_plan(version, versions) for version in versions]
    assert gone == ["2024-06", "2024-06", "", ""]


def test_a_yearly_report_on_one_review_tells_answers_in_words_that_are_not_its_number():
    told = (
        "We accept the recommendation to replace both bruising forms by one pathway.",
        "Twelve files on a second day of absence were read, and practice is not yet embedded.",
    )
    about = document("d-y", "Annual report", "This chapter is on Child Heron.", *told)
    found = answers_of(about, MATCHER, LANGUAGE, SUBJECT, is_told=True)
    assert [(NUMBERS[a.ask_id], a.position) for a in found] == [("1", "accepted")]
    assert has_part_about(about, SUBJECT)
    assert not has_part_about(document("d-y", "Annual report", "The year.", *told), SUBJECT)
    two = document("d-y", "Annual report", "On Child Heron and Child Bracken (2023).", *told)
    assert not has_part_about(two, SUBJECT)
