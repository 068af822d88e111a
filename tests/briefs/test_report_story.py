"""One report in its own words: no name, age or judgement, and nothing without its page."""

from dataclasses import replace

import pandas as pd
import pytest

from lif_nlp.briefs import KINDS, subject_of, verify
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.briefs.kinds.one_report import one_report
from lif_nlp.briefs.quoting.selection import has_unknown_form
from lif_nlp.briefs.report_topic import report_topic
from lif_nlp.briefs.sections import judgement, report_learning, report_requests, report_story
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.sections.report_sentences import LEANS_BACK, without
from lif_nlp.briefs.sections.told_of import told_of
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import invented, tables_of

TITLE = "Learning review: Child W"
LINES = [
    ("What happened", "context", "Child W lived with his mother and a grandmother in one room."),
    ("What happened", "context", "He was admitted to hospital with a bruise on his ear."),
    ("What happened", "context", "His mother was 19 and had grown up in care in the next county."),
    ("What happened", "context", "Dr Vale saw him on 4 March and sent him home with his mother."),
    ("What happened", "context", "The school should have asked about the bruise on his ear."),
    ("Good practice", "strength",
     "Health visitors know the families in their area well because caseloads have stayed stable."),
    ("Lessons", "problem",
     "Hospital staff do not always share discharge letters with school nurses in good time."),
    ("Recommendations", "action",
     "The partnership should agree how discharge letters reach school nurses within two days."),
    ("Lessons", "context", "Does your team know who rings the school nurse before the weekend?"),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(framework):
    text, findings = f"{TITLE}\n", []
    for at, (heading, role, words) in enumerate(LINES):
        start, text = len(text), text + words + "\n"
        findings.append(
            {"finding_id": f"w:{at}", "doc_id": "w", "source": "w.pdf", "page": 2 + at // 5,
             "page_end": 2 + at // 5, "paragraph": "", "heading": heading, "kind": "paragraph",
             "text": words, "role": role, "why": False, "reasons": (), "hindsight": (),
             "aware": False, "speaker": "", "actor": "agency",
             "agencies": ("health_community",) if role == "strength" else (),
             "priorities": ("neglect",) if at < 3 else (), "sub_areas": (), "themes": (),
             "start": start, "end": start + len(words)}
        )  # fmt: skip
    document = {
        "doc_id": "w", "source": "w.pdf", "title": TITLE, "review_type": "learning_review",
        "published": "2024-05-01", "year": 2024, "area": "Eastmarsh", "pages": 3, "words": 90,
        "status": "ok", "reason": "",
    }  # fmt: skip
    frames = tables_of([document], findings)
    frames["facts"] = pd.DataFrame(
        [("w", "age_band", "1 to 4"), ("w", "harm", "physical abuse; neglect")],
        columns=["doc_id", "name", "value"],
    )
    frames["recommendations"] = frames["recommendations"].assign(owner="The partnership", due="")
    # one report is enough here: what few share is for test_rare_children.py
    framework = replace(framework, smallest_group=1)
    material = prepare_material(frames, framework, KINDS["seven-minute"], created="2026-01-05")
    return material, subject_of(material, report="w"), text


def test_the_story_is_exact_and_holds_no_name_age_or_judgement(told):
    lines = report_story.story(*told[:2])
    assert (
        lines[0].text
        == "The review is about a child aged 1 to 4. Harm: physical abuse and neglect."
    )
    quoted = [one.quote for line in lines for one in line.evidence]
    assert quoted == [LINES[0][2], LINES[1][2]]


def test_the_outline_tells_of_services_and_names_nobody(told):
    material, subject, _ = told
    more = [("w", "agencies", "Police; Housing"), ("w", "family_involvement", "yes")]
    facts = pd.concat([material.facts, pd.DataFrame(more, columns=["doc_id", "name", "value"])])
    lines = report_story.story(replace(material, facts=facts), subject)
    assert [line.text for line in lines if not line.evidence] == [
        "The review is about a child aged 1 to 4. Harm: physical abuse and neglect.",
        "Around the child and family: police and housing.",
        "The family took part in the review.",
    ]


def test_a_story_that_only_names_people_is_pointed_to(told):
    material, subject, _ = told
    kept = subject.rows[subject.rows["finding_id"].isin(["w:2", "w:3"])]
    line = report_story.story(material, replace(subject, rows=kept))[-1]
    told = "The story is not told again here, to protect the family: read it on page 2"
    assert line.text == f"{told} of the report."


def test_a_recommendation_stands_above_its_owner(told):
    lines = report_requests.recommendations(Quoter(*told[:2]), 2)
    # "The partnership should ..." says itself who.
    assert [line.text for line in lines] == [""]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Review every plan with the school nurse each term.", True),
        ("Work with colleges is resulting in more advice being asked for.", False),
        ("The council recognises the need to improve its letters.", False),
        ("Across the area, leaders should make sure of the following:", False),
        ("FSW to have the talk about debt/who pays. 2 wks", False),
    ],
)
def test_a_step_that_is_only_reported_is_no_request(text, asks):
    assert report_requests._is_request(text, frozenset({"FSW"})) is asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Who would notice if a student stopped coming?", True),
        ("Why had no referral been audited in four years?", False),
        ("What would that person do next?", False),
        ("What difference has the new policy made?", False),
    ],
)
def test_a_question_about_the_case_is_not_put_to_other_readers(text, asks):
    assert report_requests._is_asked(text, frozenset()) is asks


@pytest.mark.parametrize("owner", ["", "Every plan", "Staff who are on call at night"])
def test_what_cannot_be_asked_is_no_owner(owner):
    assert not report_requests._is_owner(owner)


def test_the_brief_is_about_what_the_report_says_it_is_about(told):
    material, subject, text = told
    assert subject.priority == "neglect"
    brief = one_report(material, subject, EVERYONE, 900)
    verify(brief, {"w": text}.__getitem__)
    assert {one.title for one in brief.evidence()} == {"This report"}
    assert [section.heading for section in brief.sections] == [
        "What happened",
        "Why it matters",
        "Good practice",
        "What was learnt",
        "What the report asks for",
        "Questions that the report asks",
        "What to do, and questions for us",
    ]


@pytest.mark.parametrize(
    ("front", "grades"),
    [
        ("Judgement\nThe impact of leaders on social work practice with children and families "
         "Good\nThe experiences and progress of care leavers Requires improvement to be good\n"
         "Overall effectiveness Inadequate\n",
         {"Overall": "inadequate", "Impact of leaders": "good",
          "Care leavers": "requires improvement to be good"}),
        ("Children’s services in Eastmarsh require improvement to be good\n"
         "1. Children who need help and protection Requires improvement\n",
         {"Overall": "requires improvement to be good",
          "Children who need help and protection": "requires improvement"}),
        ("Homes are good.\nPlans are good\n", {}),
    ],
)  # fmt: skip
def test_the_grades_of_a_letter_are_read_overall_first(front, grades):
    assert list(judgement._grades(front).items()) == list(grades.items())


def test_an_inspection_shows_its_grades_before_anything_is_praised(told):
    material, subject, _ = told
    letter = replace(
        material,
        reports=material.reports.assign(review_type="ilacs"),
        text_of=lambda _: "Overall effectiveness Inadequate\nImpact of leaders Good\n",
    )
    brief = one_report(letter, replace(subject, rows=subject.rows), EVERYONE, 900)
    first = [section.heading for section in brief.sections][:2]
    assert first == ["What the inspectors decided", "Why it matters"]
    assert "Overall: inadequate." in [claim.text for claim in brief.sections[0].claims]


@pytest.mark.parametrize(
    ("text", "is_lesson"),
    [
        ("What a child said was recorded and not carried.", True),
        ("Leaving was treated as safety.", False),
        ("The social worker's manager approved the closure in a batch of fourteen.", False),
        ("His mother rang every number on the fridge.", False),
    ],
)
def test_a_lesson_in_the_past_is_of_nobody_in_particular(text, is_lesson):
    assert report_learning._is_lesson(text) is is_lesson


def test_the_number_of_a_finding_is_left_out_and_its_place_stays_exact():
    row = pd.Series({"text": "Finding 1. Children show rather than tell", "start": 10, "end": 51})
    words = without(report_learning._NUMBERED, row)
    assert (words["text"], words["start"]) == ("Children show rather than tell", 21)


@pytest.mark.parametrize("kind", ["summary", "wheel", "session"])
def test_one_report_has_every_kind_for_a_team(told, kind):
    material, subject, text = told
    brief = KINDS[kind].compose(material, subject, EVERYONE)
    verify(brief, {"w": text}.__getitem__)
    assert brief.brief_id == f"{kind}-report-w"
    assert {one.doc_id for one in brief.evidence()} == {"w"}


def test_a_story_that_cannot_be_told_still_says_what_happened(told):
    material, subject, _ = told
    words = "Sam was found with two stab wounds a week after his fourteenth birthday."
    rows = subject.rows.head(1).assign(text=words, heading="The incident")
    rows = pd.concat([rows, subject.rows.iloc[:6].assign(text="Sam liked Sam and Sam.")])
    told_by_name = replace(
        material,
        reports=material.reports.assign(review_type="cspr"),
        facts=material.facts.iloc[:0],
        findings=pd.concat([material.findings, rows]),
    )
    first = report_story.story(told_by_name, replace(subject, rows=rows, priority=""))[0]
    assert first.text == "A child aged 10 to 15 was seriously hurt with a weapon."


def test_matters_are_told_where_several_sentences_speak_of_them(told):
    texts = ["Insulin was not collected."] * 3 + ["He was educated at home."]
    assert told_of(texts, is_baby=False) == ["diabetes"]
    assert told_of(["The bruise was small."] * 3, is_baby=False) == []


def test_a_session_on_one_report_ends_safely_in_the_notes_of_its_slides(told):
    material, subject, _ = told
    brief = KINDS["session"].compose(material, subject, EVERYONE)
    heads = [section.heading for section in brief.sections]
    before = brief.sections[heads.index("End the story safely") - 1]
    assert not before.for_leader and "ring 999" in before.notes


def test_the_title_of_a_review_tells_its_subject_and_no_name(told):
    material, subject, _ = told
    brief = one_report(material, subject, EVERYONE, 900)
    assert brief.title == "Seven-minute briefing: Neglect: local learning review, Eastmarsh"


@pytest.mark.parametrize(
    ("title", "is_quoted"),
    [
        ("Sexual exploitation was suspected early and acted on late", True),
        ("She was spoken of as a girl who made choices", False),
        ("What did they see?", False),
    ],
)
def test_the_title_of_a_finding_that_begins_with_a_pronoun_is_not_quoted(title, is_quoted):
    assert report_learning._is_title(title, frozenset()) is is_quoted


def test_a_short_form_that_nothing_spells_out_is_not_quoted(told):
    assert has_unknown_form("Send it to the QZX by noon.", told[0], "w")
    assert not has_unknown_form("Send it to the MASH and the GP by noon.", told[0], "w")


SAM = [
    "Sam, aged nine, was taken to hospital with injuries.",
    "Sam had missed most of his appointments and was often hungry at school.",
    "Sam was bruised when he came to the ward.",
    "On 3 May 2019 Sam had moved with his mother and two dogs.",
    "Sam had lived with his mother and a grandmother in one room.",
]


@pytest.mark.parametrize(
    ("kind", "title", "shown"),
    [("cspr", "Sam: a review", 3), ("rapid_review", "Sam: a rapid review", 0)],
)
def test_a_published_review_tells_its_story_in_brackets_and_an_unpublished_none(
    kind, title, shown, framework
):
    sentences = [("context", [], [], [], False, [], words) for words in SAM]
    frames, _ = invented(sentences, reports=1)
    frames["findings"] = frames["findings"].assign(heading="What happened")
    frames["documents"] = frames["documents"].assign(review_type=kind, title=title)
    made = prepare_material(frames, framework, KINDS["summary"], created="2026-01-05")
    lines = report_story.story(made, subject_of(made, report="d-00"))
    printed = [one.bracketed for line in lines for one in line.evidence if one.bracketed]
    assert len(printed) == shown
    if shown:
        assert printed[0].startswith("[The child], [of primary school age], was taken")
        assert lines[-1].text == "Words in square brackets are ours."
        assert not any(word in " ".join(printed) for word in ("Sam", "nine", "2019", "bruised"))


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Twelve were recorded as malicious calls.", True),
        ("Of nine due, two were held by phone.", True),
        ("The nurse there used the checklist each time.", True),
        ("School understood it to be part of a delay.", True),
        ("The form asks about parenting in six boxes.", True),
        ("While this has resulted in change, partners meet.", True),
        ("A referral to the clinic was made in January.", True),
        ("Interviews are meant to be offered within three days.", True),
        ("Schools are not told when a child is on a plan.", False),
        ("Checks with the police were made for every adult in the home.", False),
        ("Families whose form was lost waited a year.", False),
    ],
)
def test_a_sentence_that_counts_or_points_to_what_was_told_before_leans_back(text, leans):
    assert bool(LEANS_BACK.search(text)) is leans


def test_a_further_harm_that_no_finding_speaks_of_is_not_what_a_review_is_about(told):
    material, subject, _ = told
    report = {"doc_id": "w", "title": TITLE}
    assert report_topic(material, report, subject.rows).id == "neglect"
    silent = subject.rows.assign(priorities=[()] * len(subject.rows))
    assert report_topic(material, report, silent) is None
