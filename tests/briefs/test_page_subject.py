"""What a page on one review is about: what its quotes are on, and what befell the child."""

from dataclasses import replace

import pandas as pd
import pytest

from lif_nlp.briefs import KINDS, subject_of
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.briefs.kinds.one_report import report_parts
from lif_nlp.briefs.page_subject import page_subject
from lif_nlp.briefs.sections.report_learning import _claims, _is_title
from lif_nlp.briefs.sections.report_requests import _is_asked, _is_request
from lif_nlp.briefs.sections.report_sentences import leans_back
from lif_nlp.errors import EmptyBriefError
from lif_nlp.framework.load import load_framework
from lif_nlp.framework.shipped import DEFAULT
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import invented
from tests.briefs.test_one_report import material_of

BRUISES = [
    "A bruise on a baby who cannot roll was explained by a toy.",
    "The bruising protocol was on the wall of the clinic.",
    "The second bruise was seen at a weighing clinic.",
]
SHARING = ["The letter was filed by a clerk.", "No one rang the nursery.", "Two lists were kept."]


@pytest.fixture(scope="module")
def material(shipped):
    frames, _ = invented(reports=1)
    return prepare_material(frames, shipped, KINDS["seven-minute"], created="2026-01-05")


@pytest.fixture(scope="module")
def shipped():
    return load_framework(DEFAULT)


def review(material, sentences, priority="", theme=""):
    """A review of (words, priorities, themes), about a priority or theme."""
    rows = pd.DataFrame(
        [
            {"finding_id": f"f{n}", "text": text, "start": n, "priorities": own, "themes": codes}
            for n, (text, own, codes) in enumerate(sentences)
        ]
    )
    subject = subject_of(material, report="d-00")
    return replace(subject, rows=rows, priority=priority, theme=theme, borrowed="Own subject")


def test_the_quotes_lead_where_none_is_on_the_review_s_own_subject(material):
    told = [(text, [], []) for text in BRUISES]
    whole = review(material, told, priority="domestic_abuse")
    page = page_subject(material, whole, ["f0", "f1"], is_baby=True)
    assert page.topic.borrowed == "Injury to a baby and own subject"
    assert page.topic.stop == page.cases.first.stop
    # One quote is too few to lead.
    assert page_subject(material, whole, ["f0"], is_baby=True).topic.borrowed == "Own subject"


def test_the_bruise_of_an_older_child_has_advice_of_its_own(material):
    whole = review(material, [(text, [], []) for text in BRUISES])
    page = page_subject(material, whole, ["f0", "f1"], is_baby=False)
    assert page.cases.first.id == "child_injury"


def test_a_review_is_about_a_life_rather_than_about_services_work(material):
    codes = [["information_sharing", "child_mental_health"], ["information_sharing"]]
    told = [(text, [], codes[n % 2]) for n, text in enumerate(SHARING * 2)]
    whole = review(material, told, theme="information_sharing")
    page = page_subject(material, whole, ["f1", "f3", "f5"], is_baby=False)
    assert page.topic.theme == "child_mental_health"
    assert page.learning.code == "information_sharing"


@pytest.mark.parametrize(
    ("words", "is_still_asked"),
    [
        ("The Trust has already withdrawn the slides on bruising.", False),
        ("Conference lists are on the custody system.", False),
        ("Other areas may wish to copy the scheme for young parents.", False),
        ("Practices are invited to consider adding “Do you have a child?”", False),
        ("No child to be excluded before a call between head and police.", True),
        ("Foster carers are invited to every strategy meeting about a child.", True),
        ("Rewrite the neglect section so that it describes teenagers.", True),
    ],
)
def test_under_recommendations_only_what_is_still_asked_is_shown(words, is_still_asked):
    assert _is_request(words, set(), is_headed=True) is is_still_asked


@pytest.mark.parametrize(
    ("words", "is_for_readers"),
    [
        ("What did partners know about debt, and when?", False),
        ("Will the remaining practices know what they are missing?", False),
        ("When did you last ring a parent back?", True),
    ],
)
def test_a_question_about_the_case_is_not_put_to_readers(words, is_for_readers):
    assert _is_asked(words, set()) is is_for_readers


@pytest.mark.parametrize(
    ("title", "is_claim"),
    [
        ("The violence and the hunger were kept in separate cupboards", False),
        ("Home conditions became the measure of the children", False),
        ("Professional disagreement is voiced to colleagues", True),
        ("Adults are drawn to a parent’s need", True),
    ],
)
def test_a_title_counts_as_learning_where_it_says_what_holds(title, is_claim):
    assert _claims(title) is is_claim


def test_the_name_of_a_chapter_is_no_learning():
    assert not _is_title("Told in five chapters / Chapter two: it was quiet for years", set())


def test_a_review_of_which_one_sentence_can_be_quoted_has_no_page(framework):
    sentences = [
        ("action", [], [], [], False, [], "Schools should tell the nurse of each long absence."),
        ("context", [], [], [], False, [], "The family had lived in the town for two years."),
    ]
    material = material_of(framework, sentences, "cspr", ["Recommendations", "Background"])
    subject = subject_of(material, report="d-00")
    for kind in ("seven-minute", "wheel"):
        with pytest.raises(EmptyBriefError, match="read the report itself"):
            KINDS[kind].compose(material, subject, EVERYONE)


@pytest.mark.parametrize(
    ("words", "leans"),
    [
        ("The rapid response meeting took place that afternoon with all there.", True),
        ("Staff who had been at the scene were seen by their own manager.", True),
        ("Area B closed on transfer of the booking.", True),
        ("There is no local paediatrician on the rota, so families wait.", False),
        ("There is no local paediatrician, and the fix has been put off.", True),
    ],
)
def test_a_sentence_that_points_to_what_the_page_does_not_show_leans_back(words, leans):
    assert leans_back(words, 0.9) is leans


def test_a_deed_that_names_the_child_alone_is_shown_with_a_bracket(framework):
    texts = [
        ("context", "Child K’s school told of his absence in the spring."),
        ("context", "Child K’s mother told his school of it the same day."),
        (
            "strength",
            "The youth worker took a map along and let Child K show his safe places.",
        ),
        ("strength", "The school nurse rang Mrs Harte and let Child K show his safe places."),
        ("action", "Schools should tell the nurse of each long absence."),
    ]
    sentences = [(role, [], [], [], False, [], words) for role, words in texts]
    headings = ["The case", "The case", "What went well", "What went well", "Recommendations"]
    material = material_of(framework, sentences, "cspr", headings)
    good = report_parts(material, subject_of(material, report="d-00"), EVERYONE).good
    told = [one.bracketed for line in good for one in line.evidence]
    assert told == [texts[2][1].replace("Child K", "[the child]")]
