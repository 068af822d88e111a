"""Whom a brief is for: a role in the partnership or a professional group."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.claims import count, list_counts, statement
from lif_nlp.briefs.sections.counts import role_counts
from lif_nlp.briefs.subjects import Subject
from lif_nlp.framework.brief_texts import Advice
from lif_nlp.framework.model import Framework
from lif_nlp.names import known_id
from lif_nlp.records import Claim
from lif_nlp.text import english


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers of a brief: their name in print, their own questions, their group's id."""

    id: str
    name: str
    questions: tuple[str, ...] = ()
    group: str = ""


_WORK = {
    "education": re.compile(
        r"(?i)\b(?:exclu(?:ded|sions?)\b(?! (?:zone|order|criteria))|part-time hours|timetables?|"
        r"head ?teachers?|pupils?)\b"
    ),
    "police": re.compile(
        r"(?i)\b(?:custody|arrest\w*|officers on|response officers|intelligence)\b"
    ),
    "care_providers": re.compile(
        r"(?i)\b(?:residential homes?|children['’]s homes?|placements?)\b"
    ),
}
"""Words of work that is one service's own, by its ID, where a sentence need not name it."""

_NEAR = 2
"""Themes that a brief points to where it holds nothing about its readers."""

_ROLES = (
    Audience("frontline", "frontline practitioners"),
    Audience(
        "managers",
        "managers",
        (
            "How often is it so here on days when nothing goes wrong?",
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
        Audience(a.id, english.lower_first(a.name), group=a.id)
        for a in framework.agencies
        if a.id != "all"
    ]
    audiences = {audience.id: audience for audience in (EVERYONE, *_ROLES, *groups)}
    if not given:
        return EVERYONE
    names = {a.id: a.name for a in audiences.values() if a.id}
    # "midwives" and "midwifery" are words by which reports, too, name the service.
    synonyms = {
        word.casefold(): agency.id
        for agency in framework.agencies
        for word in (*agency.names, *agency.abbreviations, *agency.roles)
    }
    return audiences[known_id("audience", given, names, synonyms=synonyms)]


def advice_of(framework: Framework, audience: Audience, priority: str = "") -> Advice | None:
    """What the framework advises these readers on a priority, or in general; None for everyone."""
    group = framework.audience_group(audience.id) if audience.id else None
    return group.on(priority) if group else None


def meaning(material: Material, audience: Audience, subject: Subject) -> list[Claim]:
    """What the findings say of a professional group, or what is near where none names it.

    Nothing where none does and the framework has advice for the group: that is then the page.
    """
    if not audience.group:
        return []
    own = naming(subject.rows, audience.group)
    lead = f"For {audience.name}: "
    if own.empty and advice_of(material.framework, audience, subject.priority):
        return []
    if own.empty:
        near = _near(material, audience, subject)
        ask = "Ask where your work meets this."
        return [statement(f"{lead}no finding on this names you. {near or ask}")]
    counts = role_counts(own)
    reports = english.some(counts.reports, "report")
    # Which side they speak of stands where they are quoted; a side that is not would be missed.
    return [count(f"{lead}{reports} {english.agree(counts.reports, 'speak')} of your work.", own)]


def naming(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """The findings that name a professional group; none for an empty group."""
    return rows[_names(rows, group)]


def _names(rows: pd.DataFrame, group: str) -> pd.Series:
    """Which findings name a professional group."""
    return rows["agencies"].map(lambda agencies: group in agencies).astype(bool)


def about_work(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """The findings that name a group or speak of work that is its own, such as exclusions."""
    speaks = _WORK.get(group)
    if speaks is None:
        return naming(rows, group)
    of_work = rows["text"].map(lambda text: bool(speaks.search(text))).astype(bool)
    return rows[_names(rows, group) | of_work]


def near_themes(material: Material, audience: Audience, subject: Subject) -> list[tuple[str, int]]:
    """Themes on which reports do name the group, by id with their reports, most first."""
    known = {theme.code for theme in material.framework.themes}
    links = naming(material.links, audience.group)
    # A theme found by machine has no name that readers could ask for.
    links = links[links["theme_id"].isin(known - {subject.id})]
    reports = links.groupby("theme_id")["doc_id"].nunique()
    return sorted(((str(code), int(n)) for code, n in reports.items()),
                  key=lambda pair: (-pair[1], pair[0]))  # fmt: skip


def _near(material: Material, audience: Audience, subject: Subject) -> str:
    """Where to read on for a group that nothing on the subject names; empty where nothing does."""
    names = {theme.code: theme.name for theme in material.framework.themes}
    counts = [(names[code], n) for code, n in near_themes(material, audience, subject)]
    if not counts:
        return ""
    return f"Reports name you most on {list_counts(counts, _NEAR)}; ask for that brief too."
