"""Minutes, yearly reports and tables of answers: what is about the review, and what is not."""

from dataclasses import astuple, replace

import pytest

from lif_nlp.briefs import brief_kinds
from lif_nlp.framework import load_framework
from lif_nlp.framework.status import load_status_language
from lif_nlp.ingest.formats.html import read_html
from lif_nlp.ledger.answers import answers_of, answers_told
from lif_nlp.ledger.asks import asks_of
from lif_nlp.ledger.checks import checks_of
from lif_nlp.ledger.lifelines import LedgerData, life_lines
from lif_nlp.ledger.logs import log_records
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.programme import programme_rows
from lif_nlp.ledger.review_links import ReviewLinker, ReviewWords
from lif_nlp.ledger.sections import Subject
from lif_nlp.ledger_records import Action, ActionAsk, Answer, Check, Snapshot, State
from lif_nlp.records import Block
from lif_nlp.schema import make_frame
from lif_nlp.workflow.material_cache import prepare_material
from tests.ledger.makers import REVIEW, document, grid

LANGUAGE = load_status_language()
ASKS = asks_of(REVIEW, [])
MATCHER = AskMatcher(ASKS)
SUBJECT = Subject(REVIEW.title, REVIEW.text)
NUMBERS = {ask.ask_id: ask.number for ask in ASKS}


def told(*paragraphs, read=answers_of, title="Minutes of the executive"):
    found = read(document("d-m", title, *paragraphs), MATCHER, LANGUAGE, SUBJECT)
    return [(NUMBERS[answer.ask_id], answer.position) for answer in found]


def test_numbers_of_paragraphs_of_minutes_are_no_recommendations():
    minutes = document(
        "d-m", "Minutes", "Recommendation 1 was agreed.", "Members accepted recommendation 2."
    )
    blocks = [
        Block(b.start, b.end, 1, number=number)
        for b, number in zip(minutes.blocks, ("3.1", "3.2"), strict=True)
    ]
    numbered = replace(minutes, blocks=tuple(blocks))
    found = answers_of(numbered, MATCHER, LANGUAGE, SUBJECT)
    assert [(NUMBERS[a.ask_id], a.position) for a in found] == [
        ("1", "accepted"), ("2", "accepted"),
    ]  # fmt: skip


def test_what_stands_under_another_subject_is_no_answer():
    assert told(
        "# Child Heron", "Recommendation 1 was agreed.",
        "# Section 11 audit", "Recommendation 2 was agreed.",
    ) == [("1", "accepted")]  # fmt: skip


def test_recommendations_of_another_paper_are_not_answered():
    assert told("Recommendation 2 of the Section 11 report was accepted.") == []
    assert told("Recommendation 2 of the published review was accepted.") == [("2", "accepted")]


def test_a_sentence_that_says_where_answers_stand_is_none():
    assert told("This page says, for each recommendation, what each partner has decided.") == []
    assert told("Members considered the three recommendations in turn.") == []


def test_a_yearly_report_tells_an_answer_only_by_number_or_clearly():
    assert told(
        "The Trust has now agreed to Recommendation 2.",
        "The Partnership welcomes the work of its partners and will report next year.",
        "Schools accepted a place on the board.",
        read=answers_told,
    ) == [("2", "accepted")]


def test_a_list_of_ordinals_names_each():
    assert told("Its first and third recommendations are accepted.") == [
        ("1", "accepted"), ("3", "accepted"),
    ]  # fmt: skip


def test_what_was_asked_is_followed_by_its_answer():
    assert told("The second asks for a good deal. We support the aim.") == [("2", "principle")]


def test_checks_under_the_name_of_another_child_are_left_out():
    report = document(
        "d-y", "Yearly report", "# Child Heron", "The pathway is embedded in all wards.",
        "# Child Bracken (2023)", "Practice in schools has improved.",
    )  # fmt: skip
    checks = checks_of(report, "annual report", MATCHER, LANGUAGE, SUBJECT)
    assert [check.quote for check in checks] == ["The pathway is embedded in all wards."]


def test_of_a_paper_that_is_linked_to_no_review_every_verdict_is_read():
    audit = document("d-a", "Audit", "# Child Bracken (2023)", "Practice in schools has improved.")
    assert [check.verdict for check in checks_of(audit, "check", MATCHER, LANGUAGE)] == ["improved"]


def test_an_earlier_figure_stays_with_the_newer_one():
    audit = document(
        "d-a", "Re-audit",
        "Of 44 wards, the pathway was in use in 40. In the same months of 2021 it was 19 of 52.",
    )  # fmt: skip
    quotes = [c.quote for c in checks_of(audit, "check", MATCHER, LANGUAGE)]
    assert all("40" in quote and "19" in quote for quote in quotes)


def test_a_yes_in_a_column_of_decisions_is_one_and_its_words_stay():
    response = document("d-r", "Response", "Y Joint visits start in May")
    row = (("Rec", "2"), ("Accepted?", "N"), ("Agency", "Police"), ("Reasons", "No money."))
    [block] = response.blocks
    found = answers_of(
        replace(response, blocks=(replace(block, kind="table_row", cells=row),)), MATCHER, LANGUAGE
    )
    assert [(NUMBERS[a.ask_id], a.position) for a in found] == [("2", "rejected")]
    assert "Police" not in found[0].quote and found[0].quote.startswith("N")


def test_a_cell_that_reaches_over_two_rows_stands_in_both():
    page = b"""<table><tr><th>Recommendation</th><th>Partner</th><th>Decision</th></tr>
    <tr><td rowspan="2">1. One pathway</td><td>Council</td><td>Agreed with all of this.</td></tr>
    <tr><td>Schools</td><td>Not agreed by the schools.</td></tr></table>"""
    rows = [piece.cells for piece in read_html(page, "p.html").pieces if piece.cells]
    assert {row[0][1] for row in rows} == {"1. One pathway"}
    assert [row[-1][1] for row in rows][-1] == "Not agreed by the schools."


def test_a_word_in_a_row_makes_no_log_of_a_table_of_answers():
    table = grid(
        ("Rec", "Accepted?", "Agency", "Agreed action", "By"),
        ("1", "Y", "Education", "Visits start after half term", "May 2024"),
    )
    assert log_records([table], "response.docx") == []


def test_an_output_is_no_check_and_another_position_is_told():
    ask = ASKS[0]

    def answer(doc, position, quote):
        return Answer(f"r-{doc}", doc, ask.ask_id, position, "", quote, 1, "number", 1.0)

    data = LedgerData(
        [ask], [], [answer("d1", "noted", "Noted."), answer("d2", "accepted", "Now agreed.")],
        [], [], [], [],
        [Check("c1", "d2", ask.ask_id, "annual report", "", "Sent to 240 staff.", 1,
               level="output")],
        dates={"d1": "2023-01", "d2": "2024-01"},
    )  # fmt: skip
    [line] = life_lines(data)
    assert line.stage("answered").words == "noted: Noted.; then accepted: Now agreed."
    assert not line.stage("checked").recorded


@pytest.mark.parametrize(
    ("answers", "words", "positions"),
    [
        # two bodies in one response, on one day: nobody changed their mind
        ([("2024-03", "accepted"), ("2024-03", "rejected")],
         "accepted: 0.; and also not accepted: 1.", ("accepted", "also rejected")),
        # a year is no later than a month of it, and no date is none
        ([("2024", "accepted"), ("2024-03", "rejected")],
         "accepted: 0.; and also not accepted: 1.", ("accepted", "also rejected")),
        ([("", "accepted"), ("2024-03", "rejected")],
         "accepted: 0.; and also not accepted: 1.", ("accepted", "also rejected")),
        # the first answer keeps its words and its date
        ([("2020", "accepted"), ("2021", "rejected"), ("2022", "accepted")],
         "accepted: 0.; then not accepted: 1.; then accepted: 2.",
         ("accepted", "then rejected", "then accepted")),
        ([("2020", "accepted"), ("2020", "rejected"), ("2020", "accepted")],
         "accepted: 0.; and also not accepted: 1.", ("accepted", "also rejected")),
        ([("2020", "accepted"), ("2020", "rejected"), ("2021", "rejected")],
         "accepted: 0.; and also not accepted: 1.", ("accepted", "also rejected")),
        ([("2020", "noted"), ("2021", "noted")], "noted: 0.", ("noted",)),
    ],
)  # fmt: skip
def test_an_answer_comes_after_another_only_with_a_later_date(answers, words, positions):
    days = {f"d{n}-{day}": day for n, (day, _) in enumerate(answers)}
    told_here = [
        Answer(f"r{n}", f"d{n}-{day}", ASKS[0].ask_id, position, "", f"{n}.", 1, "number", 1.0)
        for n, (day, position) in enumerate(answers)
    ]
    [line] = life_lines(LedgerData(ASKS[:1], [], told_here, [], [], [], [], [], dates=days))
    stage = line.stage("answered")
    assert (stage.words, stage.date, line.positions) == (words, answers[0][0], positions)


def test_a_step_left_its_plan_only_where_a_newer_version_of_that_plan_lacks_it():
    versions = [
        Snapshot("s1", "police", "police.xlsx", "h", "2024-01-10"),
        Snapshot("s2", "health", "health.xlsx", "h", "2024-04-10"),
        Snapshot("s3", "health", "health.xlsx", "h", "2024-06-10"),
        Snapshot("s4", "school", "school.xlsx", "h", "", position=1),
        Snapshot("s5", "school", "school.xlsx", "h", "", position=2),
    ]
    plans = {"a1": "police", "a2": "health", "a3": "health", "a4": "school"}
    states = {"a1": "s1", "a2": "s2", "a3": "s3", "a4": "s4"}
    rows = programme_rows(
        LedgerData(
            ASKS[:1], [], [], versions, [Action(one, at, one, one) for one, at in plans.items()],
            [ActionAsk(one, ASKS[0].ask_id, "number", 1.0) for one in plans],
            [State(one, at, "in progress", due="2024-02-01") for one, at in states.items()], [],
        )
    )  # fmt: skip
    # two plans of one review are not compared, and an undated one tells of no later day
    left = {"a1": "", "a2": "2024-06-10", "a3": "", "a4": ""}
    assert {row.action_id: row.absent_from for row in rows} == left
    frames = {"programme": make_frame("programme", map(astuple, rows))}
    made = prepare_material(frames, load_framework(), brief_kinds()["board"], created="2026-01-05")
    assert made.left_plan["action_id"].tolist() == ["a2"]


def test_a_response_is_about_its_review_whatever_its_title():
    response = document(
        "d-r", "Our response to the recommendations",
        "# Child Heron: response of the partners", "# Our response",
        "Recommendation 1 The partners accept this recommendation.",
        "Recommendation 2 Accepted. The Trust has already changed its form.",
    )  # fmt: skip
    found = answers_of(response, MATCHER, LANGUAGE, SUBJECT)
    assert [(NUMBERS[a.ask_id], a.position) for a in found] == [
        ("1", "accepted"), ("2", "accepted"),
    ]  # fmt: skip


def test_an_audit_on_one_recommendation_is_about_it_throughout():
    audit = document(
        "d-a", "Dip sample of the bruising pathway",
        "The bruising pathway is now embedded in six of the eight wards.",
        "Nothing of the kind had been seen two years ago.",
        "Nurses at night were unaware of it.",
    )  # fmt: skip
    checks = checks_of(audit, "check", MATCHER, LANGUAGE, SUBJECT)
    assert len(checks) > 1 and {NUMBERS[c.ask_id] for c in checks} == {"1"}


def test_minutes_that_name_three_codes_of_a_review_follow_it_up():
    asks = tuple(replace(ask, number=f"scp-{place}") for place, ask in enumerate(ASKS, start=1))
    one = ReviewWords("d-1", "Kit", "", "2023-01", "kit.docx", "A review.", asks)
    other = ReviewWords("d-2", "Moor", "", "2023-01", "moor.docx", "Another.", ASKS)
    linker = ReviewLinker([one, other])
    text = "SCP-1: agreed. SCP-2: deferred. SCP-3: the forum will write."
    options = {"title": "Minutes", "source": "m.docx", "area": "", "published": "2023-05"}
    assert linker.link(text, **options).doc_id == "d-1"
    assert linker.link("SCP-1: agreed.", **options) is None


@pytest.mark.parametrize(
    ("reply", "position"),
    [
        ("We accept recommendation 2, and health visitors will respond to every call.", "accepted"),
        ("Recommendation 2 is rejected; the helpline will answer calls at night.", "rejected"),
        ("Our response is that we do not accept recommendation 2.", "rejected"),
    ],
)
def test_an_outright_answer_is_one_whatever_it_goes_on_to_say(reply, position):
    assert told(reply) == [("2", position)]
