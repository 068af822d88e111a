"""What a review numbers or lists as its own learning is quoted, whole and in its order."""

from dataclasses import replace

import pytest

from lif_nlp.briefs import KINDS, subject_of
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.own_learning import own_learning
from lif_nlp.briefs.sections.report_headings import tells_what_changed, tells_what_is_asked
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import invented

NUMBERED = [
    ("heading", "", "Finding 1. Men who help are not assessed"),
    ("paragraph", "Finding 1. Men who help are not assessed", "The uncle was known to every team."),
    ("heading", "", "Finding 2: Planning"),
    ("heading", "", "Finding 3: The letter that stayed in the envelope"),
    ("heading", "", "Finding 4: Plans were closed when the house was clean"),
]
RUN_IN = [
    ("paragraph", "Findings", "Finding one."),
    ("paragraph", "Findings", "Scarcity shapes belief."),
    ("paragraph", "Findings", "With no other place, harm becomes harder to see."),
    ("paragraph", "Findings", "Lesson 2 -"),
    ("paragraph", "Findings", "Routine questions need a private room."),
    ("paragraph", "Findings", "Jayden Hart was asked in the hall."),
    ("paragraph", "Findings", "Lesson 3: Families who move lose their health visitor."),
    ("paragraph", "Findings", "On 6 March the nurse rang."),
]
LISTED = [
    ("bullet", "Learning points", "Ask to see where the baby sleeps."),
    ("bullet", "Learning points", "A history of removal needs reading, not just mentioning."),
    ("bullet", "Learning points", "The mother should have been seen alone by the worker."),
    ("bullet", "Learning points", "Include whoever is there, the hostel's staff too."),
    ("bullet", "Good practice", "The nurse writes down what she sees."),
]


COUNTED = [
    ("1", "Learning points", "Pregnancy is a chance with an end."),
    ("1", "Learning points", "What is lost at the start is paid for later."),
    ("2", "Learning points", "A history of removal needs reading, not just mentioning."),
    ("3", "Learning points", "Ask to see where the baby sleeps."),
]


def told(framework, lines, shown=9, hindsight=(), numbers=()):
    """The own learning of an invented review of these (kind, heading, words)."""
    sentences = [
        ("problem", [], [], [], False, ["blame"] if at in hindsight else [], words)
        for at, (_, _, words) in enumerate(lines)
    ]
    frames, _ = invented(sentences, reports=1)
    text = " ".join(words for _, _, words in lines)
    starts = [text.index(words) for _, _, words in lines]
    ends = [start + len(line[2]) for start, line in zip(starts, lines, strict=True)]
    kinds, headings, _ = zip(*lines, strict=True)
    findings = frames["findings"].assign(
        kind=list(kinds), heading=list(headings), start=starts, end=ends
    )
    findings = findings.assign(paragraph=list(numbers) or "")
    frames |= {"findings": findings, "documents": frames["documents"].assign(review_type="cspr")}
    material = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    material = replace(material, text_of=lambda _: text)
    claims = own_learning(Quoter(material, subject_of(material, report="d-00")), shown)
    return [claim.evidence[0].quote if claim.evidence else claim.text for claim in claims]


def test_numbered_headings_that_claim_something_are_quoted_without_their_numbers(framework):
    claims = ["Men who help are not assessed", "Plans were closed when the house was clean"]
    assert told(framework, NUMBERED) == claims


def test_a_finding_keeps_the_sentences_after_its_label_but_none_with_a_name(framework):
    assert told(framework, RUN_IN) == [
        "Scarcity shapes belief. With no other place, harm becomes harder to see.",
        "Routine questions need a private room.",
        "Families who move lose their health visitor.",
    ]


def test_items_of_a_list_of_learning_are_quoted_and_the_rest_is_counted(framework):
    assert told(framework, LISTED, shown=2, hindsight=[2]) == [
        "Ask to see where the baby sleeps.",
        "A history of removal needs reading, not just mentioning.",
        "One more stands in the report.",
    ]


@pytest.mark.parametrize(("first", "quotes"), [(1, 3), (7, 0)])
def test_paragraphs_that_count_from_one_under_learning_are_items_of_a_list(
    framework, first, quotes
):
    numbers = [str(int(number) + first - 1) for number, _, _ in COUNTED]
    lines = [("paragraph", heading, words) for _, heading, words in COUNTED]
    claims = told(framework, lines, numbers=numbers)
    joined = f"{COUNTED[0][2]} {COUNTED[1][2]}"
    assert claims == [joined, COUNTED[2][2], COUNTED[3][2]][:quotes]


@pytest.mark.parametrize("lines", [NUMBERED[:1], LISTED[:2], LISTED[4:]])
def test_a_single_finding_or_a_short_list_is_no_account_of_what_was_learnt(framework, lines):
    assert told(framework, lines) == []


def test_what_has_changed_is_not_asked_for_under_any_part():
    part = "What is different, and what we ask"
    assert tells_what_changed(f"{part} > What has changed")
    assert not tells_what_is_asked(f"{part} > What has changed")
    assert tells_what_is_asked(f"{part} > Recommendations")
