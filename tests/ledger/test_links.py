"""Asks, answers and checks: a miss rather than a wrong link, and nothing from silence."""

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.framework.status import FIELDS, load_status_language
from lif_nlp.ledger.action_class import class_of
from lif_nlp.ledger.answer_passages import _ROW_LEAD
from lif_nlp.ledger.answers import answers_of
from lif_nlp.ledger.asks import addressees_of, asks_of
from lif_nlp.ledger.checks import checks_of
from lif_nlp.ledger.documents import kind_of
from lif_nlp.ledger.matching import AskMatcher
from lif_nlp.ledger.numbering import is_number_column, listed_keys, mentions
from lif_nlp.ledger.review_links import ReviewLinker, ReviewWords
from lif_nlp.ledger.status import read_status
from lif_nlp.workflow.status_models import value_of
from tests.ledger.makers import REVIEW, document

LANGUAGE = load_status_language()
ASKS = asks_of(REVIEW, [])
MATCHER = AskMatcher(ASKS)


def number_of(ask_id):
    return next((ask.number for ask in ASKS if ask.ask_id == ask_id), "")


def answers(*paragraphs):
    response = document("d-r", "Response to the review of Child Heron", *paragraphs)
    return [
        (number_of(a.ask_id), a.position, a.link_by)
        for a in answers_of(response, MATCHER, LANGUAGE)
    ]


def test_recommendations_have_numbers_words_and_addressees():
    assert [(ask.number, ask.addressees) for ask in ASKS] == [
        ("1", "The Partnership"), ("2", "The Trust"), ("3", "Schools"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("How do you know that contractors will use the card?", ""),
        ("Staff, we know, must ring the desk.", ""),
        (
            "All agencies who meet the child should ring the desk.",
            "All agencies who meet the child",
        ),
    ],
)
def test_a_question_or_a_clause_names_no_addressee(text, who):
    assert addressees_of(text) == who


def test_a_corrected_file_keeps_the_ids_of_recommendations():
    mended = replace(REVIEW, doc_id="d-new", text=REVIEW.text.replace("booking", "bo0king"))
    assert [a.ask_id for a in asks_of(mended, [])] == [a.ask_id for a in ASKS]


def test_an_answer_goes_to_the_number_it_names():
    assert answers("We accept recommendations 1 and 3. We do not accept R2.") == [
        ("1", "accepted", "number"), ("3", "accepted", "number"), ("2", "rejected", "number"),
    ]  # fmt: skip


def test_a_heading_with_a_number_covers_what_stands_below_it():
    assert answers("# Absence (R3)", "Accepted in part. Some schools cannot ring.") == [
        ("3", "part", "number")
    ]


def test_an_answer_without_a_number_goes_by_its_words():
    assert answers("We agree that the two bruising forms should become one pathway.") == [
        ("1", "accepted", "words")
    ]


@pytest.mark.parametrize(
    ("reply", "positions"),
    [
        (
            ["Accepted: 1 and 3.", "Not accepted: 2."],
            {"1": "accepted", "2": "rejected", "3": "accepted"},
        ),
        (["1 and 3 are accepted in part."], {"1": "part", "3": "part"}),
        (
            ["The first recommendation is accepted. So is the second."],
            {"1": "accepted", "2": "accepted"},
        ),
        (["Your concern (2): accepted."], {"2": "accepted"}),
        (
            ["Rec 1 – AGREED. Rec 2 – NOT AGREED, chair to write. Rec 3 – noted."],
            {"1": "accepted", "2": "rejected", "3": "noted"},
        ),
        (["Fathers (Recommendation 2). Accepted. The form will have a line."], {"2": "accepted"}),
        (["Recommendation 2", "Response: Rejected."], {"2": "rejected"}),
    ],
)
def test_one_answer_may_be_given_to_a_list_of_numbers_or_under_a_label(reply, positions):
    paragraphs = [f"# {line}" if line.startswith("Recommendation") else line for line in reply]
    matcher = AskMatcher(ASKS)
    answers = answers_of(document("d-r", "Reply", *paragraphs), matcher, LANGUAGE)
    numbers = {ask.ask_id: ask.number for ask in ASKS}
    assert {numbers[a.ask_id]: a.position for a in answers} == positions


def test_words_that_fit_no_recommendation_are_not_linked():
    assert answers("We accept that winters are cold by the harbour.") == []


def test_a_recommendation_that_nobody_mentions_gets_no_answer():
    assert "3" not in {number for number, *_ in answers("Recommendation 1 is accepted.")}


def test_awaiting_a_reply_is_no_answer():
    assert answers("# R2", "Awaiting reply") == []


def test_a_number_against_the_words_is_a_question():
    response = document(
        "d-r", "Response", "# R2",
        "Accepted. The duty desk has a line for schools on the day of absence.",
    )  # fmt: skip
    [answer] = answers_of(response, MATCHER, LANGUAGE)
    assert "nearer to 3" in answer.conflict


def test_verdicts_of_an_audit_go_to_their_recommendation():
    audit = document(
        "d-a", "Re-audit of bruising",
        "The bruising pathway is now embedded in six of the eight wards.",
        "We did not look at absence calls to the duty desk by schools.",
        "The guidance was sent to 90 staff.",
    )  # fmt: skip
    checks = checks_of(audit, "check", MATCHER, LANGUAGE)
    assert [(number_of(c.ask_id), c.verdict, c.sample) for c in checks] == [
        ("1", "improved", "eight"), ("3", "not tested", ""),
    ]  # fmt: skip


def test_what_a_document_is():
    assert kind_of(document("d", "Our response to the review of Child Heron")) == "response"
    assert kind_of(document("d", "Annual report 2024")) == "annual report"
    assert kind_of(document("d", "Bruising: re-audit")) == "check"
    assert kind_of(document("d", "Local review: Child Heron")) == ""


def test_a_document_is_linked_to_its_review_or_to_none():
    other = ReviewWords("d-2", "Review: Child Plover", "Northby", "2023", "", "Northby", ())
    own = ReviewWords("d-1", REVIEW.title, "Saltmere", "2024-01", "", REVIEW.text, tuple(ASKS))
    linker = ReviewLinker([own, other])

    def link(text, published="2024-06"):
        found = linker.link(text, title="", source="", area="", published=published)
        return found.doc_id if found else ""

    assert link("The Saltmere partners answer the review of Child Heron.") == "d-1"
    assert link("Winters are cold by the harbour.") == ""
    assert link("The Saltmere partners on Child Heron.", published="2023-01") == ""
    early = {"title": REVIEW.title, "source": "", "area": "Saltmere", "published": "2023-01"}
    assert linker.link(REVIEW.text, **early).doc_id == "d-1"
    assert linker.link(REVIEW.text, **early, is_given=False) is None


def test_a_report_of_another_area_follows_up_no_review_that_it_does_not_name():
    own = ReviewWords("d-1", "Return on Section 11", "Saltmere", "2018", "", "", tuple(ASKS))
    text = "Absence of two days: schools ring the desk. Forms, pathway, father at booking: seen."

    def link(area, **given):
        found = ReviewLinker([own]).link(
            text, title="Audit of schools", source="", area=area, published="2024", **given
        )
        return found.doc_id if found else ""

    assert link("Northby", is_given=False) == ""
    assert [link("Saltmere", is_given=False), link("Northby"), link("")] == ["d-1"] * 3


def test_a_question_of_an_audit_is_no_recommendation():
    sheet = document(
        "d-s",
        "Return 2018",
        "How do you know that the card is used? We do not know. Report back in six months.",
        "The Trust should ring schools on the second day of absence.",
    )
    spans = [(block.start, block.end, str(block.start)) for block in sheet.blocks]
    assert [ask.text[:9] for ask in asks_of(sheet, spans)] == ["The Trust"]


def test_a_review_is_known_by_the_letter_of_its_child():
    titles = ("Review concerning Baby T", "Review concerning Baby R", "Review: Baby Tamsin")
    reviews = [
        ReviewWords(f"d-{place}", title, "", "2023", "", "", ())
        for place, title in enumerate(titles)
    ]
    link = ReviewLinker(reviews).link(
        "Actions and their leads", title="Baby T action plan", source="", area="", published="2024"
    )
    assert link is not None and link.doc_id == "d-0"


def test_recommendations_may_be_known_by_letters():
    known = list("abcdefghi")
    named = [key for m in mentions("We note Recommendations C and D.", known) for key in m.keys]
    assert list(dict.fromkeys(named)) == ["c", "d"]
    assert mentions("Recommendation B: yes.", known)[0].keys == ("b",)
    assert not mentions("No one from Homes was present.", ["1", "2"])
    assert listed_keys("A(i)", known) == ("a",)


def test_references_in_a_text():
    assert [m.keys for m in mentions("The second recommendation and R3", ["1", "2", "3"])] == [
        ("2",), ("3",),
    ]  # fmt: skip
    assert listed_keys("Three (i) and (ii): letters", ["1", "3i", "3ii"]) == ("3i", "3ii")


def test_the_class_of_a_step_comes_with_its_words():
    assert class_of("Build in a field that cannot be skipped.")[0] == "stronger"
    assert class_of("Remind staff of the policy.") == ("weaker", "Remind")


def test_an_audit_is_linked_by_the_words_under_its_numbers():
    def review(doc_id, *texts):
        asks = asks_of(document(doc_id, f"Review {doc_id}", "# Recommendations", *texts), [])
        return ReviewWords(doc_id, f"Review {doc_id}", "", "2022", "", "", tuple(asks))

    own = review(
        "d-own",
        "R1 The Trust should open one clinic for examinations.",
        "R2 The police should meet social workers within two days.",
        "R3 Schools should date drawings that worry a teacher.",
    )
    other = review(
        "d-other",
        "R1 Schools should open a breakfast club for pupils.",
        "R2 The Trust should tell midwives of the police report.",
        "R3 Social workers should visit the clinic each term.",
    )
    text = "R1 examined at the clinic in 8. R2 met in two days in 5. R3 drawings were dated."
    link = ReviewLinker([other, own]).link(
        text, title="Audit", source="audit.xlsx", area="", published="2023"
    )
    assert link is not None and link.doc_id == "d-own"


def test_paragraphs_that_recommend_make_the_list_where_no_heading_does():
    review = document(
        "d-w",
        "Learning review",
        "# Around the child",
        "The nurse closed the case on the move.",
        "We recommend that carers are offered health visits.",
        "The Committee may wish to consider a seat for pharmacists.",
    )
    assert len(asks_of(review, [])) == 2


def test_halves_of_a_recommendation_have_numbers_of_their_own():
    review = document(
        "d-h",
        "Review",
        "# Recommendations",
        "R3(a) Schools should date any drawing that worries them.",
        "R3(b) Schools should show the lead the drawing that day.",
    )
    matcher = AskMatcher(asks_of(review, []))
    assert matcher.keys == ("3a", "3b")
    assert listed_keys("R3", matcher.keys) == ("3a", "3b")


def test_an_answer_may_be_written_like_a_name():
    lines = ("Accepted In Full", "Not Accepted", "Children’s Social Care")
    response = document("d-t", "Response to the review of Child Heron", *lines)
    rows = tuple(
        replace(block, cells=(("Rec", str(number)), ("Response", line)))
        for number, (block, line) in enumerate(zip(response.blocks, lines, strict=True), 1)
    )
    found = answers_of(replace(response, blocks=rows), MATCHER, LANGUAGE)
    assert [(number_of(a.ask_id), a.position) for a in found] == [
        ("1", "accepted"), ("2", "rejected"),
    ]  # fmt: skip


def test_a_plain_no_is_not_softened_by_its_reasons():
    assert answers("R1: Not agreed. We accept that booking is slow and shall mend it.") == [
        ("1", "rejected", "number")
    ]


@pytest.mark.parametrize(("value", "taken"), [("done", ""), ("late", "late")])
def test_an_end_is_not_claimed_for_being_expected(value, taken):
    scores = np.zeros(1 + len(FIELDS["progress"]))
    scores[0], scores[1 + FIELDS["progress"].index(value)] = 0.8, 0.13
    assert value_of("progress", scores, is_expected=True) == taken


def test_a_column_that_counts_names_no_recommendation():
    names = ("Rec no.", "Recommendation(s)", "#", "No. of files", "Number of children")
    assert [is_number_column(name) for name in names] == [True, True, True, False, False]


def row_checks(*cells):
    """Checks of a row, of which each cell is a block, as the reader makes them."""
    audit = document("d-a", "Audit", *(value for _, value in cells if len(value.split()) > 3))
    blocks = tuple(replace(block, kind="table_row", cells=cells) for block in audit.blocks)
    audit = replace(audit, blocks=blocks)
    return [(number_of(c.ask_id), c.quote) for c in checks_of(audit, "check", MATCHER, LANGUAGE)]


def test_a_row_is_read_without_its_plans_and_the_words_of_its_recommendation():
    seen = "The pathway is now embedded in six of the eight wards."
    cells = (
        ("No. of files", "3"),
        ("Rec", "1"),
        ("What was asked", "The Partnership should replace two bruising forms with one pathway."),
        ("What we saw", seen),
        ("Next steps", "The pathway will be embedded in all eight wards."),
    )  # fmt: skip
    assert row_checks(*cells) == [("1", seen)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We accept 4.2, with thanks.", ["4.2"]),
        ("Proposals at 4.2 and 5.2 were welcome.", ["4.2", "5.2"]),
        ("The median wait fell from 5.2 days to 4.2.", []),
        ("It took an average of 4.2 agencies.", []),
        ("The final point we wish to make is of thanks.", []),
        ("The final recommendation is agreed.", ["5.2"]),
    ],
)
def test_a_measurement_is_no_number_of_a_recommendation(text, named):
    assert [key for m in mentions(text, ["4.2", "5.2"]) for key in m.keys] == named


def test_an_age_is_no_number_of_a_recommendation():
    assert mentions("Under 2, most babies were seen.", ["1", "2"]) == []


def test_a_row_begins_with_a_number_only_where_it_is_marked_as_one():
    leads = ("3. Agreed.", "3 Agreed.", "B Agreed.", "A) Agreed.", "(c) agreed")
    none = ("3 sessions were held.", "A new pathway is in place.", "A Trust")
    assert all(_ROW_LEAD.match(words) for words in leads)
    assert not any(_ROW_LEAD.match(words) for words in none)


def test_a_link_taken_over_from_the_sentence_before_is_by_words():
    audit = document(
        "d-a", "Audit", "R1 is now embedded in six of eight wards. But it has not changed practice."
    )
    links = [(c.link_by, c.score) for c in checks_of(audit, "check", MATCHER, LANGUAGE)]
    assert links == [("number", 1.0), ("words", 0.5)]


@pytest.mark.parametrize(
    "text",
    [
        "We will keep it as it is.",
        "We will leave things as they are.",
        "We cannot take it further.",
        "We cannot take R4 forward.",
    ],
)
def test_leaving_things_as_they_are_is_a_refusal(text):
    assert read_status(text, LANGUAGE).position == "rejected"


def test_what_is_accepted_about_the_past_is_no_position():
    assert answers("We accept that Heron was let down when forms were replaced.") == []


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("We accept that two forms were confusing and have replaced them.", ["accepted"]),
        ("A separate letter sets out our plan; we accept the recommendation.", ["accepted"]),
        ("We shall write separately.", []),
        ("The Trust will send its own response and will publish it in May.", []),
    ],
)
def test_what_a_body_goes_on_to_do_is_its_answer(text, positions):
    assert [position for _, position, _ in answers(f"R1: {text}")] == positions


def test_a_column_for_each_agency_gives_an_answer_for_each():
    cells = {"Recommendation": "1", "Council": "Agreed in full.", "Constabulary": "Not accepted."}
    response = document("d-t", "Response to the review of Child Heron", " ".join(cells.values()))
    rows = tuple(replace(block, cells=tuple(cells.items())) for block in response.blocks)
    found = answers_of(replace(response, blocks=rows), MATCHER, LANGUAGE)
    assert [(number_of(a.ask_id), a.position) for a in found] == [
        ("1", "accepted"), ("1", "rejected"),
    ]  # fmt: skip
