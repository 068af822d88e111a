"""Practice themes: cues agree, a bare mention is no evidence, at most four."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lif_nlp.about import MODELS
from lif_nlp.annotate.components.practice_themes import (
    ThemeFinder,
    cue_feature_names,
    cue_features,
    rule_scores,
)
from lif_nlp.annotate.models.linear import find_model
from lif_nlp.annotate.rules.theme_cues import CueFinder
from lif_nlp.annotate.thresholds import THEMES
from lif_nlp.embed import load_encoder
from lif_nlp.framework import load_framework
from lif_nlp.framework.model import PracticeTheme
from lif_nlp.protocols import deep_encode
from lif_nlp.records import Block, Document, Finding

FRAMEWORK = load_framework()
RULES = ThemeFinder(FRAMEWORK)


def given(finder: ThemeFinder, text: str) -> list[str]:
    return [mark.code for mark in finder.find([text])[0] if mark.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Information was not shared with the school, and agencies worked in silos.",
            "information_sharing",
        ),
        (
            "Supervision was not reflective and managers did not give direction; oversight of "
            "the case was weak.",
            "supervision_and_oversight",
        ),
        (
            "High caseloads and turnover left the work unallocated.",
            "workforce_and_capacity",
        ),
        (
            "The chronology showed a pattern of repeat referrals that was never read.",
            "history_and_cumulative_harm",
        ),
        (
            "Nobody saw the children alone or asked about their wishes and feelings.",
            "voice_of_child",
        ),
    ],
)
def test_cues_that_agree_give_the_theme(text, code):
    assert code in given(RULES, text)


@pytest.mark.parametrize(
    "text",
    [
        "The inquest heard that the lorry turned right.",
        "A supervision order was made.",
        "He was found within ten minutes of the call.",
        "The family had no prior documented involvement.",
    ],
)
def test_plain_facts_and_other_senses_give_none(text):
    assert given(RULES, text) == []


def test_at_most_four_themes_most_central_first():
    text = (
        "Training was poor, records were incomplete, supervision was absent, caseloads were high, "
        "information was not shared, thresholds were unclear, chronologies were missing, early "
        "help was late and the child's voice, wishes and feelings were lost."
    )
    marks = RULES.find([text])[0]
    assert len([m for m in marks if m.score >= 0.5]) <= THEMES.max_themes
    assert [m.score for m in marks] == sorted((m.score for m in marks), reverse=True)


def test_less_certain_themes_go_to_review():
    marks = RULES.find(["The threshold was debated."])[0]
    assert all(mark.score >= THEMES.review_from for mark in marks)


def test_evidence_is_a_slice_of_the_text():
    text = "The core groups drifted and the plan was vague."
    for mark in RULES.find([text])[0]:
        assert 0 <= mark.start < mark.end <= len(text)


def test_repeated_words_do_not_add_up():
    cues = CueFinder(FRAMEWORK).find("Caseloads. Caseloads. Caseloads.")
    codes = ("workforce_and_capacity",)
    names = cue_feature_names(codes)
    values = cue_features("Caseloads. Caseloads. Caseloads.", cues, codes)
    row = dict(zip(names, values, strict=True))
    assert row["strong:workforce_and_capacity"] == pytest.approx(np.log(2))
    assert row["spread:workforce_and_capacity"] == 1.0
    assert rule_scores([], codes) == [0.0]


def test_theme_added_by_a_partnership_is_found_by_its_phrases():
    own = PracticeTheme(
        "sleep_pods", "Sleep pods", "Sleep pods.", phrases=("sleep pod", "pod visit")
    )
    finder = ThemeFinder(replace(FRAMEWORK, themes=(*FRAMEWORK.themes, own)))
    assert "sleep_pods" in given(finder, "A sleep pod was given at the pod visit.")


def test_theme_added_by_a_partnership_may_be_known_by_abbreviations():
    own = PracticeTheme("sleep_pods", "Sleep pods", "Sleep pods.", phrases=("SPV", "pod"))
    finder = ThemeFinder(replace(FRAMEWORK, themes=(*FRAMEWORK.themes, own)))
    assert "sleep_pods" in given(finder, "The SPV was not made and no pod was given.")
    assert "sleep_pods" not in given(finder, "The spv was not made and no pod was given.")


def test_without_an_encoder_the_model_that_needs_no_vectors_is_used():
    model = find_model(MODELS, "themes", encode=None)
    assert model.name == "themes-words"
    finder = ThemeFinder(FRAMEWORK, model)
    text = "Care leavers have a pathway plan and stable placements with foster carers."
    assert "care_and_care_leavers" in given(finder, text)
    assert finder.find([text])[0][0].by == "model:themes"


def test_each_encoder_has_the_model_that_was_trained_on_its_vectors():
    model = find_model(MODELS, "themes", encode=deep_encode(load_encoder("static")))
    assert model.name == "themes-static"


@pytest.fixture
def second_sentence(annotator):
    """The finding of the second sentence of a paragraph."""

    def of(text: str) -> Finding:
        document = Document("d", "d.txt", "Letter", text, (Block(0, len(text), page=1),), 1)
        return annotator.annotate(document).findings[1]

    return of


def test_a_judgement_with_some_evidence_of_its_paragraphs_theme_takes_it(second_sentence):
    found = second_sentence(
        "Case records were out of date, and record keeping was poor. "
        "Entries were too brief and not timely."
    )
    assert found.themes == ("recording",)
    given = [m for m in found.marks if m.layer == "theme" and m.score >= 0.5]
    assert [(m.by, m.score) for m in given] == [("paragraph", 0.5)]


def test_a_judgement_on_something_else_takes_no_theme(second_sentence):
    found = second_sentence(
        "Case records were out of date, and record keeping was poor. "
        "The roof was weak and not timely."
    )
    assert found.role == "problem"
    assert found.themes == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The family was fobbed off at the desk.", "family_engagement"),
        ("Supervision gave no space to think.", "supervision_and_oversight"),
        ("At eighteen she met a cliff edge.", "transitions_and_moves"),
        ("Each new team began with a clean slate.", "history_and_cumulative_harm"),
        ("The offer of help fizzled out by May.", "early_help"),
        ("Her overdose was called attention seeking.", "child_mental_health"),
        ("The action was closed as green.", "leadership_and_quality"),
        ("The protocol was silent on lodgers.", "policy_and_systems"),
    ],
)
def test_the_wordings_of_reviews_are_cues(text, code):
    assert code in {cue.code for cue in CueFinder(load_framework()).find(text)}
