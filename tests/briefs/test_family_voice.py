import pytest

from lif_nlp.briefs import subject_of
from lif_nlp.briefs.audiences import EVERYONE
from lif_nlp.briefs.kinds import KINDS
from lif_nlp.briefs.sections import family_voice
from lif_nlp.workflow.material_cache import prepare_material
from tests.briefs.conftest import SENTENCES, VOICE, invented

SAID = [
    "Care leavers told inspectors that they feel safe and well supported in their flats.",
    "Most parents who spoke to the reviewer felt that letters come too late and are not clear.",
]
HARD = [
    SAID[1],
    "Some carers said that nobody rings them back and that they wait too long for an answer.",
]


@pytest.mark.parametrize(
    "text",
    [
        *SAID,
        "Young people value the drop-in on the seafront.",
        "Some carers said that nobody rings them back.",
        "Visits are regular, and children feel listened to.",
    ],
)
def test_words_of_children_and_families_are_testimony(text):
    assert family_voice.reports_voice(text)


@pytest.mark.parametrize(
    "text",
    [
        "Child permanence reports are not yet of good quality.",
        "Foster carers spoke highly of their supervising workers.",
        "Workers use drawings to understand how children feel.",
        "The voice of children and young people is highly valued.",
        "Children are reported as missing when they should be.",
        "Social workers enjoy their work with children and families, and feel supported.",
        "The parents told the hospital that the child fell from the sofa.",
        "The share of young people who speak English as an additional language grew.",
    ],
)
def test_words_about_them_are_not(text):
    assert not family_voice.reports_voice(text)


def test_an_answer_to_all_is_told_from_a_child_s_own_plan():
    assert family_voice.describes_response(
        "In response to parents’ feedback, clinics open on Saturdays."
    )
    assert not family_voice.describes_response(
        "Children’s views inform their plans and assessments."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Leaders show a commitment to children's views, which shape how services are designed.",
        "Children's views are captured and have shaped the way that meetings open.",
    ],
)
def test_what_is_meant_or_heard_is_no_step(text):
    assert not family_voice.describes_response(text)


def test_where_nothing_was_done_the_page_says_so_and_does_not_promise_it(framework):
    said = [("problem", [VOICE], [], [], False, [], text) for text in HARD]
    made = prepare_material(invented(said, reports=3)[0], framework, KINDS["voice"])
    page = KINDS["voice"].compose(made, subject_of(made), EVERYONE)
    [answer] = [part for part in page.sections if part.heading == "Our answer"]
    assert page.title == "What children and families said"
    assert answer.claims[0].text.startswith("These reports tell of no step that followed.")


def test_with_one_voice_alone_there_is_no_page(framework):
    said = [("problem", [VOICE], [], [], False, [], SAID[1])]
    made = prepare_material(invented(said, reports=3)[0], framework, KINDS["voice"])
    assert not KINDS["voice"].compose(made, subject_of(made), EVERYONE).sections


def test_a_step_that_cannot_be_quoted_is_told_all_the_same(framework):
    told = [
        *(("problem", [VOICE], [], [], False, [], text) for text in HARD),
        ("strength", [VOICE], [], [], False, [],
         "Feedback of the children led to a new leaflet by Mina Gorlick of 7 Elm Row."),
    ]  # fmt: skip
    made = prepare_material(invented(told, reports=4)[0], framework, KINDS["voice"])
    page = KINDS["voice"].compose(made, subject_of(made), EVERYONE)
    # beside the form, as a box without words would be one more thing to read
    [answer] = [part for part in page.sections if part.heading == "Our answer"]
    assert "a step that followed" in answer.claims[0].text
    assert "no step" not in answer.claims[0].text


@pytest.fixture
def page(framework):
    extra = [
        ("strength", [VOICE], [], [], False, [], SAID[0]),
        ("problem", [VOICE], [], [], False, [], SAID[1]),
        ("strength", [VOICE], [], [], False, [],
         "Feedback of the children in care council led to a clear new leaflet on contact."),
        ("strength", [VOICE], [], [], False, [],
         "Families meet the same worker each week and parents now know whom to ring, "
         "which works well."),
    ]  # fmt: skip
    frames, _ = invented([*SENTENCES, *extra])
    material = prepare_material(frames, framework, KINDS["voice"], created="2026-01-05")
    return KINDS["voice"].compose(material, subject_of(material), EVERYONE)


def test_the_voice_page_holds_what_was_said_what_was_done_and_what_changed(page):
    quoted = {s.heading: [one.quote for c in s.claims for one in c.evidence] for s in page.sections}
    assert quoted["Children and families said: this helps"] == [SAID[0]]
    assert quoted["Children and families said: this is hard"] == [SAID[1]]
    assert quoted["What was done there"][0].startswith("Feedback of the children in care")
    assert quoted["What is different for children"][0].startswith("Families meet the same worker")


def test_steps_that_were_only_asked_for_are_not_called_done(page):
    done = next(s for s in page.sections if s.heading == "What was done there")
    assert not any("should" in one.quote for c in done.claims for one in c.evidence)
