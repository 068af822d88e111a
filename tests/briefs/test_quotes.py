import pytest

from lif_nlp.briefs.quoting.quotability import (
    contradicts_role,
    gives_reason,
    has_verb,
    is_unquotable,
    penalty,
)
from lif_nlp.briefs.quoting.selection import centrality, rank_candidates, select_quotes
from lif_nlp.briefs.subjects import subject_of


def chosen(material, role, count=3):
    subject = subject_of(material, theme="information_sharing")
    rows = subject.rows[subject.rows["role"].eq(role)]
    return select_quotes(rank_candidates(rows, material, phrases=subject.phrases).rows, count)


def families(pool, material):
    return {material.family(str(row["doc_id"])) for row in pool.rows}


@pytest.mark.parametrize(
    "text",
    [
        "This was not always passed on to the allocated social worker.",
        "They know the families in their area and visit them often.",
        "However, letters reach school nurses late in most areas.",
        "As shown above, letters reach school nurses late in most areas.",
        "Officers failed to pass on their worries about the home.",
        "The hub should have been told of the earlier referrals.",
        "There was a missed opportunity to assess_evidence the baby at home.",
        "and letters reach school nurses late in most of the areas",
        "Better timeliness of letters to school nurses in most areas",
        "Inspectors found that letters reach school nurses late.",
        "The partnership should address the long waiting times for:",
        "After the inspection, the ’s clinics reach most schools.",
        "Clinics reach most schools in good time. area",
        "The inquest heard that money for clinics is poor.",
        "The child was found unresponsive when the sitters awoke.",
        "A road traffic collision conclusion was recorded for the men.",
        "The child was given a screening at the hospital on arrival.",
        "Several had been told in a lesson that they must not ask.",
        "The two clinics have other rules, and nobody had compared them.",
        "On the other hand, the list held forty names that day.",
        "As a consequence, letters reach school nurses late in most areas.",
        "No meeting was called when the letter was found in a drawer.",
        "For some babies this decision is made late by the clinic.",
        "Staff did not like this and had told their managers.",
        "The efforts of clinics to ensure that all new babies are seen.",
        "Mother's partner was not checked until week five.",
        "The record of 2018 did not go to the next school.",
        "Within an hour of the call, their head teacher knew.",
        "A culture in which nurses feel able to ask each other why.",
        "Messages to schools, which are timely and lead to help on the day.",
        "The positive impact of a shared approach to those being exploited.",
        "Drivers who enter homes have not been given it, because it is new.",
        "The comment is honest and deserves an answer from managers.",
        "The school heard of none of the seven calls from the clinic.",
        "The plan from that review counted policies and not practice.",
        "Taken together, the two letters called for a visit to the home.",
        "Nobody did her work on the ward while she was away.",
        "Some lack letters for the new clinic, above all in the north.",
        "In others, letters reach school nurses late.",
    ],
)
def test_words_that_cannot_stand_alone_or_look_back_are_refused(text):
    assert is_unquotable(text)


@pytest.mark.parametrize(
    "text",
    [
        "There is a shared plan for each child who is often missing.",
        "Letters reach school nurses late in most areas.",
        "When children are missing, police officers ring the home on the same day.",
        "Several parents wait for more than a year to be seen by a clinic.",
        "The quality of letters to school nurses is poor in most areas.",
    ],
)
def test_clear_sentences_are_kept(text):
    assert not is_unquotable(text)


def test_quotes_come_from_different_reports_and_say_different_things(material):
    rows = chosen(material, "problem")
    assert len(rows) == 3
    assert len({row["doc_id"] for row in rows}) == 3
    assert len({row["text"] for row in rows}) == 3


def test_no_quote_carries_hindsight_or_could_identify_someone(material):
    texts = " ".join(row["text"] for row in chosen(material, "problem", 9))
    assert "failed" not in texts and "should have" not in texts
    assert "Child Q" not in texts and "Dr Vale" not in texts


def test_the_pool_counts_what_it_set_aside(material):
    subject = subject_of(material, theme="information_sharing")
    rows = subject.rows[subject.rows["role"].eq("problem")]
    found = rank_candidates(rows, material)
    assert (found.hindsight, found.identifying) == (8, 2)


def test_a_side_of_a_review_is_quoted_only_where_it_is_surer_than_one_of_a_letter(material):
    subject = subject_of(material, theme="information_sharing")
    rows = subject.rows[subject.rows["role"].eq("problem")]
    unsure, surer = (
        rank_candidates(rows.assign(score_role_problem=score), material) for score in (0.5, 0.85)
    )
    assert families(unsure, material) == {"inspection"}
    assert families(surer, material) == {"", "inspection"}
    assert surer.identifying == 2


def test_used_reports_come_last():
    rows = [
        {"doc_id": "a", "text": "One plan here.", "merit": 0.9},
        {"doc_id": "b", "text": "Other words there.", "merit": 0.8},
    ]
    assert [row["doc_id"] for row in select_quotes(rows, 2, quoted_docs={"a"})] == ["b", "a"]


def test_the_typical_text_is_the_most_central():
    texts = ["letters reach nurses late", "letters reach schools late", "weather stayed warm"]
    scores = centrality(texts)
    assert scores.argmin() == 2
    assert centrality([]).shape == (0,)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Plans are not always clear about who does what.", "strength"),
        ("Plans are clear about who does what and by when.", "problem"),
        ("Plans are clear about who does what and by when.", "action"),
    ],
)
def test_words_that_speak_against_their_role_are_not_shown(text, role):
    assert contradicts_role(text, role)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Plans are clear about who does what and by when.", "strength"),
        ("Plans are rarely clear about who does what.", "problem"),
        ("The partnership has introduced a shared plan.", "action"),
        ("Plans should say who does what.", "action"),
    ],
)
def test_words_that_fit_their_role_are_shown(text, role):
    assert not contradicts_role(text, role)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ensure that parents are asked when they do not come to meetings.", "problem"),
        ("Nurses assess the small minority of families with worries well.", "problem"),
        ("Letters are adequate and name the actions that are needed.", "action"),
    ],
)
def test_a_demand_is_no_finding_and_a_finding_no_step(text, role):
    assert contradicts_role(text, role)


def test_worries_are_the_subject_of_good_practice_too():
    assert not contradicts_role("Nurses share their concerns with schools promptly.", "strength")


@pytest.mark.parametrize(
    "text",
    [
        "Letters came late because the system could not send them.",
        "High caseloads mean that visits are put off.",
        "Gaps in training led to letters that schools could not use.",
        "Staff shortages have resulted in waits of a year.",
    ],
)
def test_a_reason_says_what_lay_behind(text):
    assert gives_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "Plans run on for years, which means that neglect is not addressed.",
        "Records are poor, leading to an incomplete picture of the children.",
        "Visits do not yet lead to a better life for children.",
        "There is little evidence that supervision leads to safer plans.",
    ],
)
def test_what_followed_is_no_reason(text):
    assert not gives_reason(text)


def test_what_people_do_is_shown_before_what_boards_oversee():
    practice = "Nurses ring the school on the same day, so that teachers know what to look for."
    board = "The board oversees effective strategic arrangements and scrutinises performance well."
    assert penalty(practice, role="strength") < penalty(board, role="strength")


def test_a_noun_phrase_is_no_sentence():
    assert not has_verb("The quality and regularity of clearly recorded supervision")
    assert has_verb("Supervision happened every month.")


def test_findings_of_which_none_is_fit_give_an_empty_pool(material):
    rows = material.findings[material.findings["text"].str.startswith("This was")]
    assert rank_candidates(rows.assign(confidence=1.0), material).rows == []
    assert select_quotes(rank_candidates(rows.assign(confidence=1.0), material).rows, 2) == []


def test_a_quote_that_opens_with_its_area_is_too_local(material):
    row = material.findings.iloc[[0]].assign(
        confidence=1.0,
        doc_id="d-01",
        role="problem",
        text="Eastmarsh has few places in its clinics.",
    )
    assert rank_candidates(row, material).rows == []


@pytest.mark.parametrize(
    "text",
    [
        "Young people’s views are not always recorded within such assessments.",
        "Ensure that decisions are clearly evidenced in case records (paragraph 39).",
        "The safety plan was agreed with both families.",
        "Nobody set her answers beside one another before the plan was made.",
    ],
)
def test_what_points_to_words_or_people_unseen_is_not_quoted(text):
    assert is_unquotable(text)
