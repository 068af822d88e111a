"""Whom a brief is for: a role in the partnership or a professional group."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import count, statement, with_role
from lif_nlp.errors import UnknownNameError
from lif_nlp.framework.model import Framework
from lif_nlp.records import Claim
from lif_nlp.text import english


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers of a brief: their name in print, their own questions, their group's id."""

    id: str
    name: str
    questions: tuple[str, ...] = ()
    group: str = ""


_ROLES = (
    Audience("frontline", "frontline practitioners"),
    Audience(
        "managers",
        "managers",
        (
            "How often does this happen here when nothing goes wrong?",
            "What would we have to change so that the next worker is likely to act differently?",
        ),
    ),
    Audience(
        "trainers",
        "trainers",
        (
            "Which situation from our own work could people practise with, knowing only what was "
            "known at the time?",
            "In eight weeks, how will we see that practice has changed, and not just knowledge?",
        ),
    ),
    Audience(
        "board",
        "the board",
        (
            "What evidence do we have that earlier action made a difference to children?",
            "Which of our own decisions make it harder for staff to take the safer step?",
        ),
    ),
)
EVERYONE = Audience("", "")


def audience_of(framework: Framework, given: str) -> Audience:
    """The audience of this id; everyone when empty.

    Raises UnknownNameError, with the ids allowed, for one that is not there.
    """
    groups = [
        Audience(a.id, english.lower_first(a.name), _asked_of(a.name), a.id)
        for a in framework.agencies
        if a.id != "all"
    ]
    known = {audience.id: audience for audience in (EVERYONE, *_ROLES, *groups)}
    if given not in known:
        raise UnknownNameError("audience", given, [key for key in known if key])
    return known[given]


def meaning(material: Material, audience: Audience, rows: pd.DataFrame) -> list[Claim]:
    """What the findings mean for a professional group, from those that name it."""
    if not audience.group:
        return []
    own = rows[rows["agencies"].map(lambda got: audience.group in got)]
    lead = f"For {audience.name}: "
    if own.empty:
        ask = "Ask where your work connects with this."
        return [statement(f"{lead}no finding mentions you. {ask}")]
    good, bad = len(with_role(own, "strength")), len(with_role(own, "problem"))
    reports = english.some(own["doc_id"].nunique(), "report")
    verb = english.agree(len(own), "mention")
    told = f"{english.some(len(own), 'finding')} in {reports} {verb} you"
    sides = f"{english.some(good, 'strength')} and {english.some(bad, 'problem')}"
    return [count(f"{lead}{told}, including {sides}.", own)]


def _asked_of(name: str) -> tuple[str, ...]:
    return (
        f"What can only {english.lower_first(name)} see, hear or do here, and who depends on it?",
    )
