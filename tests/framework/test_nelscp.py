"""The framework that comes with lif_nlp holds what the partnership's notes ask for."""

from itertools import combinations

import pytest

from lif_nlp.colour import contrast_with_white
from lif_nlp.framework import load_framework
from lif_nlp.framework.validators import MIN_CONTRAST

FRAMEWORK = load_framework()

CODES = [
    "information_sharing",
    "professional_curiosity",
    "voice_of_child",
    "assessment_and_risk",
    "history_and_cumulative_harm",
    "thresholds_and_referrals",
    "escalation_and_challenge",
    "supervision_and_oversight",
    "planning_and_review",
    "early_help",
    "fathers_and_hidden_adults",
    "parental_mental_health",
    "parental_substance_misuse",
    "infants_and_prebirth",
    "exploitation_and_missing",
    "child_mental_health",
    "disability_and_send",
    "identity_and_culture",
    "family_engagement",
    "education_and_attendance",
    "workforce_and_capacity",
    "training_and_knowledge",
    "recording",
    "transitions_and_moves",
    "care_and_care_leavers",
    "leadership_and_quality",
    "policy_and_systems",
]

# Simulated views (Machado 2009, full severity) of linear RGB, one row of weights per channel.
COLOUR_VISION = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def test_holds_the_27_codes_of_the_annotation_guidelines_in_their_order():
    assert [theme.code for theme in FRAMEWORK.themes] == CODES


def test_holds_the_three_priorities():
    assert [p.id for p in FRAMEWORK.priorities] == ["neglect", "sexual_harm", "domestic_abuse"]


def test_holds_requirements_1_to_47_in_order():
    assert [r.id for r in FRAMEWORK.requirements] == [f"R{n}" for n in range(1, 48)]
    assert all(r.part and r.text and r.toolkit and r.evidence for r in FRAMEWORK.requirements)


@pytest.mark.parametrize("entry", [*FRAMEWORK.themes, *FRAMEWORK.priorities], ids=lambda e: e.name)
def test_every_theme_and_priority_can_fill_a_brief(entry):
    assert entry.includes and entry.excludes and entry.why_it_matters
    assert entry.stop and entry.start and entry.keep and entry.groups
    assert len(entry.problems) == 2 and len(entry.good) == 1 and len(entry.questions) == 3
    assert len(entry.phrases) >= 18


def test_every_priority_has_sub_areas_with_phrases_and_near_misses():
    assert {p.id: len(p.sub_areas) for p in FRAMEWORK.priorities} == {
        "neglect": 10,
        "sexual_harm": 8,
        "domestic_abuse": 12,
    }
    assert all(area.phrases for p in FRAMEWORK.priorities for area in p.sub_areas)
    assert "abuse and neglect" in FRAMEWORK.priority("neglect").near_misses


@pytest.mark.parametrize("vision", COLOUR_VISION)
def test_colours_of_priorities_are_told_apart_by_colour_blind_readers(vision):
    seen = [_lab(p.colour, COLOUR_VISION[vision]) for p in FRAMEWORK.priorities]
    distances = [
        sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) for pair in combinations(seen, 2)
    ]
    assert min(distances) ** 0.5 > 30


def test_colours_of_priorities_can_be_read_on_white():
    assert all(contrast_with_white(p.colour) >= MIN_CONTRAST for p in FRAMEWORK.priorities)


def test_old_and_new_names_lead_to_one_review_type():
    aliases = FRAMEWORK.review_type("cspr").aliases
    assert {"CSPR", "LCSPR", "serious case review", "SCR", "Part 8 review"} <= {*aliases}
    assert "MAPPA SCR" in FRAMEWORK.review_type("mappa_scr").aliases


def test_every_agency_of_the_notes_is_there():
    assert [agency.id for agency in FRAMEWORK.agencies] == [
        "social_care",
        "mash",
        "early_help",
        "police",
        "health_community",
        "maternity",
        "gp",
        "acute_health",
        "mental_health",
        "substance",
        "ambulance",
        "health_strategic",
        "education",
        "early_years",
        "youth_justice",
        "probation",
        "legal_court",
        "care_providers",
        "housing",
        "adult_services",
        "domestic_abuse_services",
        "voluntary",
        "managers_qa",
        "trainers",
        "partnership",
    ]


def test_glossary_spells_out_the_usual_abbreviations():
    assert len(FRAMEWORK.glossary) >= 140
    assert FRAMEWORK.glossary["MARAC"] == "multi-agency risk assessment conference"


def test_hindsight_patterns_have_questions_of_their_own():
    assert [code.code for code in FRAMEWORK.hindsight] == [
        "explicit",
        "counterfactual",
        "outcome",
        "blame",
        "aware",
    ]
    assert sum(len(code.questions) for code in FRAMEWORK.hindsight) == 28
    assert FRAMEWORK.hindsight_code("blame").ask("failed_to") == (
        "What did this compete with on that shift?"
    )


def test_support_line_names_no_number_to_ring():
    assert not any(character.isdigit() for character in FRAMEWORK.support_line)


def _lab(colour, matrix):
    """CIE Lab of a colour as seen through `matrix`."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    rgb = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    red, green, blue = (
        min(1, max(0, sum(w * p for w, p in zip(row, rgb, strict=True)))) for row in matrix
    )
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
