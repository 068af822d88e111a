"""Wording that shares its words with hindsight and is none, beside its true twin."""

import pytest

COUNTERFACTUAL, BLAME, EXPLICIT = {"counterfactual"}, {"blame"}, {"explicit"}
NONE = frozenset[str]()


@pytest.fixture(scope="module")
def codes(annotator):
    return lambda text: set(annotator.label([text])[0].hindsight)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two files were shut when a home visit was required.", NONE),
        ("Two files were shut when a home visit was required, and no one went.", COUNTERFACTUAL),
        ("A home visit was needed that week and was not made.", COUNTERFACTUAL),
        ("It is clear that a home visit is needed, yet visits are not made.", NONE),
        ("The skill that is now required was not taught in the course.", NONE),
        ("Leaders found that some required repairs were not made.", NONE),
        ("There were delays in required checks, which were not made for weeks.", NONE),
        ("No further visit was required and the file was not kept open.", NONE),
        ("The duty team were required to hold cases that were not theirs.", NONE),
        ("The nurse was required to ring the ward but did not.", COUNTERFACTUAL),
        ("The plan was no longer followed because it had changed or needed to be changed.", NONE),
        ("The bruise required an explanation, and none was sought.", COUNTERFACTUAL),
        ("Information required by the panel was not in the bundle.", NONE),
        ("The leaders saw that more work was required. The hub does not meet often.", NONE),
    ],
)
def test_a_need_counts_when_it_was_past_and_was_not_met(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One carer said we could not have done it without their support.", NONE),
        ("One carer said the team could have done more to help.", COUNTERFACTUAL),
        ("Staff give prompt thought to whether there may have been earlier harm.", NONE),
        ("Earlier thought by staff may have led to a safer plan.", COUNTERFACTUAL),
        (
            "The chair is told if letters arrive which members believe ought to have been sent.",
            NONE,
        ),
        ("The family raised a letter which they believe ought to have been sent.", COUNTERFACTUAL),
        ("Visits may be delayed and opportunities to hear the child missed.", COUNTERFACTUAL),
        ("There may be missed opportunities elsewhere.", NONE),
    ],
)
def test_thanks_questions_and_standing_rules_are_no_counterfactual(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The response to pupils who fail to attend lessons is swift.", NONE),
        ("The letters to parents who failed to come were kind.", NONE),
        ("The letters came from workers who failed to visit.", BLAME),
        ("The response to pupils was late and failed to keep them safe.", BLAME),
        (
            "Parents are helped, and steps follow a failure to improve within the child's time.",
            NONE,
        ),
        ("There was a failure to improve recording after the first audit.", BLAME),
        ("There was a failure to engage the father in the plan for the child.", BLAME),
        ("The meeting met a failure to attend by the nurse, and the mother sat alone.", BLAME),
        ("Her plan rested on a presumption of failure.", NONE),
        ("Her plan rested on a series of failures.", BLAME),
    ],
)
def test_the_one_who_failed_is_a_service(codes, text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leaders now understand that visits must come first.", NONE),
        ("The team now accepts that recording is a shared duty.", NONE),
        ("The team now accepts that the first call was misread.", EXPLICIT),
        ("The manager now sees why the boy kept away.", EXPLICIT),
    ],
)
def test_what_is_understood_now_is_about_the_past(codes, text, expected):
    assert codes(text) == expected
