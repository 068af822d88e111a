"""Priorities: real evidence counts, near-misses and long lists do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import spacy

from lif_nlp.annotate.components.priorities import (
    PriorityFinder,
    PriorityTagger,
    priority_feature_names,
)
from lif_nlp.annotate.enumeration import listed_with, sentence_spans
from lif_nlp.annotate.models.features import FeatureSpec
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.unit_tokens import units_of
from lif_nlp.framework import load_framework
from lif_nlp.framework.model import Priority

FRAMEWORK = load_framework()
FINDER = PriorityFinder(FRAMEWORK)


def given(text: str) -> list[str]:
    return [mark.code for mark in FINDER.find(text) if mark.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Chronic neglect was not recognised for two years.", "neglect"),
        ("Emotional abuse and neglect were named in the plan.", "neglect"),
        ("The toddler was hungry at every visit.", "neglect"),
        ("He was not brought to seven hospital appointments.", "neglect"),
        ("The children had to fend for themselves at weekends.", "neglect"),
        ("Home conditions were poor and the children unkempt.", "neglect"),
        ("Harmful sexual behaviour by the older boy was handled as discipline.", "sexual_harm"),
        ("Risks of sexual and criminal exploitation were mapped.", "sexual_harm"),
        ("Intimate images of the girl were passed round.", "sexual_harm"),
        ("A registered sex offender had moved into the home.", "sexual_harm"),
        ("Children are victims of domestic abuse in their own right.", "domestic_abuse"),
        ("His coercive control of the mother went unseen.", "domestic_abuse"),
        ("The MARAC listed the children as also present.", "domestic_abuse"),
        ("She was frightened of her partner and the family fled to a refuge.", "domestic_abuse"),
        ("He had strangled her in front of the twins.", "domestic_abuse"),
    ],
)
def test_evidence_gives_the_priority(text, priority):
    assert priority in given(text)


@pytest.mark.parametrize(
    "text",
    [
        "The criteria ask whether abuse or neglect of a child is known.",
        "Staff protect children from abuse and neglect.",
        "The jury found that neglect contributed to his death.",
        "His death was contributed to by neglect by the hospital.",
        "The policy on self-neglect was reviewed.",
        "The nurse neglected to record the call.",
        "Transport is a neglected area of practice.",
        "The baby had failure to thrive.",
        "Progress was not good enough.",
        "Criminal exploitation and county lines were well understood.",
        "She attended a sexual health clinic.",
        "Sexual orientation was recorded.",
        "The dog grooming parlour was closed.",
        "Serious youth violence rose by a tenth.",
        "Infection control staff and domestic staff were trained.",
        "The agency indicated the report, naming the father as the perpetrator.",
    ],
)
def test_near_miss_gives_none(text):
    assert given(text) == []


@pytest.mark.parametrize(
    ("priority", "described", "near_miss"),
    [
        # Partner violence told by what was done to whom.
        ("domestic_abuse", "He punched his wife in the hallway.", "He punched a wall."),
        (
            "domestic_abuse",
            "She had been hospitalised by her husband a year before.",
            "She was hospitalised by her GP a year before.",
        ),
        (
            "domestic_abuse",
            "Their father murdered their mother in May.",
            "A stranger murdered the shopkeeper in May.",
        ),
        (
            "domestic_abuse",
            "The grandfather's violence towards the grandmother was known.",
            "The boy's violence towards staff was known.",
        ),
        (
            "domestic_abuse",
            "He wanted dad to stop hurting mum.",
            "He wanted his knee to stop hurting.",
        ),
        # Control told by what it looks like.
        (
            "domestic_abuse",
            "Her husband replied for her at each scan.",
            "The interpreter replied for her at each scan.",
        ),
        (
            "domestic_abuse",
            "She looked at him before she spoke. He kept her bank card.",
            "She looked at the chart before she spoke.",
        ),
        (
            "domestic_abuse",
            "Ms Dale was told to stop her ex-partner from visiting.",
            "Staff were told to stop the water from leaking.",
        ),
        (
            "domestic_abuse",
            "Perpetrators are seldom spoken to and few programmes exist.",
            "Perpetrators of the arson were not identified.",
        ),
        (
            "domestic_abuse",
            "The danger rises after a separation.",
            "The danger rises after a rainy week.",
        ),
        # Needs of a child that were not met, without the word.
        (
            "neglect",
            "The youngest puts herself to bed most nights.",
            "The nurse put the notes to one side.",
        ),
        (
            "neglect",
            "The boy took food from the bins at break.",
            "He took bottles from the bins at break.",
        ),
        (
            "neglect",
            "The fridge had a padlock and the boy was not allowed in the kitchen.",
            "The drugs fridge had a padlock and patients were not allowed in the kitchen.",
        ),
        (
            "neglect",
            "The girl's weight had dropped two centiles since the spring.",
            "Her mood had dropped since the spring.",
        ),
        ("neglect", "The girl's hair was matted.", "The girl's hair was brown."),
        (
            "neglect",
            "She was left alone for the whole weekend.",
            "She was left alone to think about the offer.",
        ),
        (
            "neglect",
            "The mother left the baby unattended in the bath.",
            "The officer left the car unattended in the road.",
        ),
        (
            "neglect",
            "The toddler found loose tablets on the rug.",
            "The nurse found loose tablets on the trolley.",
        ),
        (
            "neglect",
            "The parents did not seek medical care for the infant's burn.",
            "The driver did not seek legal advice for the infant's claim.",
        ),
        (
            "neglect",
            "The boys slept in an unheated caravan.",
            "The files were kept in an unheated caravan.",
        ),
        (
            "neglect",
            "A girl of fifteen was told to leave home by her mother.",
            "A girl of fifteen was told to leave class by her teacher.",
        ),
        (
            "neglect",
            "Nobody asked what the children went without.",
            "The walk went without a hitch.",
        ),
        # Sexual harm told in the words of a child or a file.
        (
            "sexual_harm",
            "He had a conviction for an offence against a girl of ten.",
            "He had a conviction for an offence against a shop.",
        ),
        (
            "sexual_harm",
            "She said that her uncle gets into her bed.",
            "She said that her cat gets into her bed.",
        ),
        (
            "sexual_harm",
            "A pupil told staff that the coach had touched him.",
            "A pupil told staff that the story had touched him.",
        ),
        (
            "sexual_harm",
            "He drew what she did to him in the shower.",
            "He drew what she did in the garden.",
        ),
        (
            "sexual_harm",
            "The pupil had sent a man pictures of herself.",
            "She had sent a man a picture of the sea.",
        ),
        (
            "sexual_harm",
            "The girl was found in a hotel room with three men.",
            "The girl was found in a hotel with her parents.",
        ),
        (
            "domestic_abuse",
            "The girls had heard their father hit their mother.",
            "The girls had heard their father hit the drum.",
        ),
        (
            "domestic_abuse",
            "There were holes in the doors and she was afraid of him.",
            "There were holes in the doors and the roof leaked.",
        ),
        (
            "neglect",
            "The twins lived with mice and their clothes were not washed.",
            "The twins kept two mice and washed their cage.",
        ),
        (
            "neglect",
            "A boy of four was found alone in the street.",
            "A boy of four was found a place in the nursery.",
        ),
        (
            "sexual_harm",
            "At thirteen she had a boyfriend in his twenties, whom nobody at school asked about.",
            "At thirteen she had a brother in his twenties, whom everybody at school liked.",
        ),
        # As narrative reviews tell it.
        (
            "neglect",
            "The boy slept on two cushions and told nursery staff about it.",
            "The lounge had two new cushions for visitors.",
        ),
        (
            "neglect",
            "She was offered nine appointments and was brought to three.",
            "She was offered nine appointments and chose three.",
        ),
        (
            "neglect",
            "The boy's weight fell from the 25th to the 2nd centile.",
            "At six weeks the baby was following the 25th centile.",
        ),
        (
            "neglect",
            "The flat was not fit for infants.",
            "The statutory review was neglected.",
        ),
        (
            "sexual_harm",
            "A man of thirty was texting the girl about sex.",
            "A man of thirty was texting the girl about school.",
        ),
        (
            "sexual_harm",
            "The man touched her in a way she did not like.",
            "The man spoke to her in a way she did not like.",
        ),
        (
            "domestic_abuse",
            "He says he will make mummy go to sleep.",
            "He read to us until mummy went to sleep.",
        ),
        (
            "domestic_abuse",
            "The written agreement placed the onus on the victim.",
            "The policy placed the onus on the manager.",
        ),
        (
            "domestic_abuse",
            "He kept her bank card and decided which friends she saw.",
            "She kept her bank card in a drawer.",
        ),
        (
            "domestic_abuse",
            "Separation was taken for the end of the danger.",
            "Separation was taken to be final by the court.",
        ),
    ],
)
def test_harm_is_found_where_it_is_described_and_not_named(priority, described, near_miss):
    assert given(described) == [priority]
    assert given(near_miss) == []


@pytest.mark.parametrize(
    "text",
    [
        "There were 12 plans for neglect, 9 for emotional abuse and 3 for sexual abuse.",
        "A broken fence stood in the neglected back garden.",
        "Lack of supervision for the GP was a concern of her practice.",
        "Social workers spoke of inadequate supervision and high caseloads.",
        "The nursing home left a patient alone all night.",
        "A seminar was held for adults who were sexually assaulted.",
        "Inspectors looked at a sample of children who were living with neglect.",
    ],
)
def test_counts_staff_gardens_and_adults_are_no_evidence(text):
    assert given(text) == []


def test_harm_in_a_list_of_three_counts_and_in_a_longer_one_goes_to_review():
    assert given("Courses covered neglect, gangs and housing.") == ["neglect"]
    marks = FINDER.find("Courses covered neglect, gangs, radicalisation, housing and debt.")
    assert [(mark.code, mark.by) for mark in marks] == [("neglect", "rule:long-list")]
    assert 0.3 <= marks[0].score < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The DVDs for new carers were well liked.", []),
        ("The DVDS told her of his convictions.", ["domestic_abuse"]),
        ("The audit of ten files found late plans and a lack of supervision.", []),
        ("Staff had high caseloads and a lack of supervision.", []),
        ("There was a lack of reflective supervision for the school nurse.", []),
        ("The toddler was hurt through lack of supervision at home.", ["neglect"]),
        ("A lack of parental supervision was noted.", ["neglect"]),
    ],
)
def test_weak_words_need_company(text, expected):
    assert given(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Groups help those drinking, stealing, being sexually exploited or going missing.", []),
        ("Help reaches children being sexually exploited or going missing.", ["sexual_harm"]),
        (
            "Plans name those with poor health, those at risk of sexual exploitation, young carers"
            " and those in custody.",
            [],
        ),
        ("Leaders set up, for children at risk of CSE, a safe house.", ["sexual_harm"]),
        (
            "Help exists for children missing from home and those at risk of sexual and gang"
            " exploitation or radicalisation.",
            [],
        ),
        (
            "The police map sexual and criminal exploitation, gangs and children missing from"
            " home or care.",
            ["sexual_harm"],
        ),
        (
            "Children at risk of child sexual exploitation, being trafficked or having gone"
            " missing or run away are traced.",
            ["sexual_harm"],
        ),
    ],
)
def test_groups_of_children_are_counted_as_things_listed(text, expected):
    assert [code for code in given(text) if code == "sexual_harm"] == expected


def test_one_mark_per_priority_points_at_its_words_and_names_the_sub_area():
    text = "The plan was late. Sexual exploitation by older men was not considered."
    (mark,) = FINDER.find(text)
    assert text[mark.start : mark.end].lower().startswith("sexual exploitation")
    assert mark.note in {area.id for area in FRAMEWORK.priority("sexual_harm").sub_areas}


def test_adults_in_a_coroners_report_are_not_children():
    assert (
        given("Mrs Ashdown, a resident of a nursing home, had weight loss and malnutrition.") == []
    )


def test_priority_added_by_a_partnership_works_by_phrases_and_near_misses():
    own = Priority(
        "online_harm", "Online harm", "Harm online.", ("online harm", "chat room"), ("online form",)
    )
    finder = PriorityFinder(replace(FRAMEWORK, priorities=(own,)))
    assert [m.code for m in finder.find("He met them in a chat room.")] == ["online_harm"]
    assert finder.find("She filled in an online form.") == []


def test_the_clause_that_leads_into_a_list_is_part_of_its_first_item():
    text = "Workers know the impact of neglect, debt and drugs."
    assert listed_with(text, 27, 34) == (
        "Workers know the impact of neglect",
        "debt",
        "drugs.",
    )


def test_children_and_families_are_one_thing():
    text = "neglect, children and families, debt"
    assert listed_with(text, 0, 7) == ("neglect", "children and families", "debt")


def test_sentences_end_at_bullets_and_semicolons_too():
    text = "One thing; two things\n• Three"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["One thing", "two things", "Three"]


def labelled_with_model(text, framework=FRAMEWORK, bias=-3.0):
    """Evidence on a text by rules and a model that knows one word, "wages", for each priority."""
    labels = ("neglect", "sexual_harm", "domestic_abuse")
    names = priority_feature_names(labels)
    weights = np.zeros((3, 1 + len(names)), np.float32)
    weights[:, 0] = [0, 0, 8]
    model = LinearModel(
        "tiny", "any-of", labels, weights, np.full(3, bias, np.float32),
        (0.5,) * 3, (0.3,) * 3,
        FeatureSpec(words=("wage",), idf=(1.0,), extra=names), np.zeros(0, np.float32),
    )  # fmt: skip
    doc = spacy.blank("en")(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    [unit] = units_of(PriorityTagger(framework, model)(doc))
    return unit.span._.marks


def test_a_model_gives_what_no_rule_gave_and_shows_the_text():
    text = "His brother took over the wages and the door keys."
    [mark] = labelled_with_model(text)
    assert (mark.code, mark.by) == ("domestic_abuse", "model:priorities")
    assert mark.score > 0.9 and (mark.start, mark.end) == (0, len(text))


def test_a_model_shows_the_words_that_the_rules_doubted():
    text = "He kept her wages and asked where she had been."
    [mark] = labelled_with_model(text)
    assert mark.by == "model:priorities" and mark.score > 0.9
    assert text[mark.start : mark.end] == "kept her wages"


def test_words_of_a_rule_stay_the_evidence():
    text = "Domestic abuse was known, and he kept her wages."
    [mark] = labelled_with_model(text)
    assert mark.by == "rule:substantive" and text[mark.start : mark.end] == "Domestic abuse"


def test_a_model_does_not_make_more_of_a_harm_in_a_long_list():
    text = "The wages policy lists debt, domestic abuse, gangs, knives, drugs and fire."
    assert [mark.by for mark in labelled_with_model(text)] == ["rule:long-list"]


def test_a_model_that_doubts_sends_the_text_to_review():
    [mark] = labelled_with_model("The wages that month were low.", bias=-8.5)
    assert 0.3 <= mark.score < 0.5


def test_a_sentence_needs_a_higher_score_than_a_paragraph_and_a_word_gets_none():
    sentence = "The wages that month were low."
    [mark] = labelled_with_model(sentence, bias=-7.9)
    assert mark.score == 0.49
    [mark] = labelled_with_model(sentence + " It was said." * 9, bias=-7.9)
    assert 0.5 <= mark.score < 0.6
    assert labelled_with_model("Wages") == []


def test_a_model_gives_no_priority_that_the_framework_lacks():
    own = replace(FRAMEWORK, priorities=FRAMEWORK.priorities[:1])
    assert labelled_with_model("He kept her wages.", own) == []
