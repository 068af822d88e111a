"""A reason counts when its cause stands in the sentence and practice is spoken of."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "The visit was late because the worker carried forty cases.",
        "Lack of training led to weak assessments.",
        "Delays were due to vacancies in the team.",
        "The system did not allow notes to be shared and, as a result, the nurse was not told.",
        "High turnover meant that no worker knew the family.",
    ],
)
def test_a_stated_cause_is_a_reason(annotator, text):
    assert annotator.label([text])[0].why


@pytest.mark.parametrize(
    "text",
    [
        "This means that children wait.",
        "The driver lost control because the road was wet.",
        "As the result of the safety assessment the child stayed with an aunt.",
        "She died because of her injuries.",
        "Leaders use all means of reaching families.",
    ],
)
def test_an_effect_alone_or_an_accident_is_no_reason(annotator, text):
    assert not annotator.label([text])[0].why


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Visits were missed because of high caseloads and workload.", "workload"),
        ("The form was wrong because staff had not been trained in it.", "training"),
        ("Notes were lost because the recording system is old.", "systems"),
        ("Plans drifted because supervision was rare.", "supervision"),
    ],
)
def test_the_kind_of_factor_is_named(annotator, text, kind):
    [found] = annotator.label([text])
    assert {m.note for m in found.marks if m.layer == "why"} == {kind}
