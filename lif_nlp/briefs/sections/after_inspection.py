"""What to do after an inspection of all services: advice on what its letter says must improve."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from lif_nlp.briefs.audiences import Audience, advice_of
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import FORM, STEPS, follow_up
from lif_nlp.briefs.sections.claims import action, questions
from lif_nlp.framework.model import PracticeTheme, Priority
from lif_nlp.records import Claim
from lif_nlp.text import english

_ASKED = (
    "Which of these could be written about us, and where would we look to see?",
    "Who holds each of them here, and when did we last look at it with children and families?",
    "What would inspectors find good here, and what makes it possible?",
)
"""Questions after an inspection of all services."""

_STEPS = (
    "Waiting for inspectors to tell us what children and families tell us already.",
    "Take one line of the list to the people who do the work, and ask what it looks like here.",
    "Doing what the inspectors found good: say who does it, and keep the time for it.",
)
"""What to stop, start and keep where the letter speaks of no theme and of no priority."""

_CARE = "care_and_care_leavers"
_HOMES = re.compile(
    r"(?i)\b(?:placements?|foster\w*|residential|permanen\w+|matched|moves?|moved)\b"
)
"""The theme on children in care, and words of what its advice is on."""

_SHOWN = 3
"""Themes and priorities with advice; more, and nobody does any of it.  By judgement."""

_GENERAL = frozenset({"leadership_and_quality", "policy_and_systems"})
"""Themes that stand in every letter, and say least of this one."""


def after_inspection(
    material: Material, rows: pd.DataFrame, must: Sequence[Claim], audience: Audience
) -> list[Claim]:
    """Advice on what must improve, or a role's own steps, with questions and a date to look again.

    Parameters
    ----------
    material
        The material of the brief.
    rows
        All findings of the letter.
    must
        Its items of what must improve, as printed; without them its problems count.
    audience
        The readers; a role, such as a board, has steps of its own that hold whatever the theme.
    """
    advice = advice_of(material.framework, audience) if not audience.group else None
    subjects = _subjects(material, _of_items(rows, must), rows[rows["role"].eq("problem")])
    if advice:
        steps, first = (advice.stop, advice.start, advice.keep), 0
    elif subjects:
        strengths = rows[rows["role"].eq("strength")]
        good = _subjects(material, strengths, strengths)
        kept = next((one for one in good if one not in subjects), subjects[0])
        steps, first = (subjects[0].stop, subjects[0].start, kept.keep), 1
    else:
        steps, first = _STEPS, 0
    lines = [action(f"{name}: {text}") for name, text in zip(STEPS, steps, strict=True) if text]
    lines += [action(line) for line in (advice.also if advice else ())]
    # A board asks of services; what they do is theirs.
    if audience.id != "board":
        lines += [
            action(f"{one.name}: {english.lower_first(one.start)}")
            for one in subjects[first:_SHOWN]
        ]
    return [
        *lines,
        *questions(_ASKED),
        action(follow_up(material.created, is_board=audience.id == "board")),
        FORM,
    ]


def _care(material: Material) -> str:
    """The name of the theme on children in care; empty where the framework has none."""
    return next((one.name for one in material.framework.themes if one.code == _CARE), "")


def _of_items(rows: pd.DataFrame, must: Sequence[Claim]) -> pd.DataFrame:
    """The findings that the items stand for; the problems where none is on a theme."""
    ids = {id for claim in must for id in claim.finding_ids}
    items = rows[rows["finding_id"].isin(ids)]
    return items if items["themes"].map(len).any() else rows[rows["role"].eq("problem")]


def _subjects(
    material: Material, rows: pd.DataFrame, whole: pd.DataFrame
) -> list[Priority | PracticeTheme]:
    """What the findings are on and there is advice on, those of most findings first.

    Of those with as many, the one that more of `whole`, the letter's findings of this side, is on.
    """

    def count(entry: Priority | PracticeTheme, among: pd.DataFrame) -> int:
        id, column = (
            (entry.id, "priorities") if isinstance(entry, Priority) else (entry.code, "themes")
        )
        return int(among[column].map(lambda own: id in own).sum())

    entries: list[Priority | PracticeTheme] = [
        *material.framework.priorities, *material.framework.themes
    ]  # fmt: skip
    told = [entry for entry in entries if entry.start and count(entry, rows)]
    # Advice on care is on moves and homes, and most letters speak of care leavers' plans.
    speaks_of_homes = rows["text"].str.contains(_HOMES).any()
    told = [entry for entry in told if speaks_of_homes or entry.name != _care(material)]

    def place(entry: Priority | PracticeTheme) -> tuple[bool, int, int]:
        says_least = isinstance(entry, PracticeTheme) and entry.code in _GENERAL
        return says_least, -count(entry, rows), -count(entry, whole)

    return sorted(told, key=place)
