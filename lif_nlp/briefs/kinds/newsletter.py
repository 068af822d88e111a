"""The newsletter paragraph: why it matters, one thing learnt, one thing to do this week."""

from __future__ import annotations

from datetime import date

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble, brief_id, file_stem
from lif_nlp.briefs.sections.child_day import child_day
from lif_nlp.briefs.sections.claims import Quoter, action, count, with_role
from lif_nlp.briefs.sections.discussion_questions import (
    LOOKING_BACK,
    discussion_questions,
)
from lif_nlp.briefs.sections.recurring_points import recurring_themes
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_TURN = 2
"""The kind's place among those that share quotes (`Quoter`)."""

_UNMET = "this child"
"""Words of questions about a child whom readers of a newsletter have not met."""


_SURE = 0.7
"""How surely (0..1) a finding is about a theme from which it stands for it; judgement."""

_LEARNT = 2
"""Quotes of what came back; the page holds one each of what worked and what is asked for."""


def newsletter(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Why it matters, what came back most, what worked and what is asked for, and a small step."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    # A sentence on a child's day is one of them.
    has_day = subject.kind == "priority" and bool(child_day(Quoter(material, subject)))
    learnt = boxes.problems(subject, quoter, _LEARNT - has_day)
    worked = _with_words(boxes.strengths(subject, quoter, 1), quoter, "strength")
    asked = _with_words(boxes.asked(subject, quoter, 1), quoter, "action")
    return assemble(
        ("newsletter", "Learning in brief"),
        quoter,
        audience,
        [
            ("Why it matters", boxes.why(material, subject, audience)[:1]),
            (boxes.difficult(subject), learnt),
            ("What worked", worked),
            ("What reports ask for", asked),
            ("This week", _to_do(material, subject)),
        ],
    )  # fmt: skip


def _with_words(lines: list[Claim], quoter: Quoter, role: str) -> list[Claim]:
    """The lines of a box, or words on a theme that problems on the subject are most about.

    Those are said to be wider than the subject.  Where there are none the lines stay.
    """
    if any(line.kind == "quote" for line in lines):
        return lines
    material, subject = quoter.material, quoter.subject
    for theme in recurring_themes(material, subject, "problem", everywhere=True):
        own = quoter.for_subject(subject_of(material, theme=theme.id))
        rows = with_role(own.subject.rows, role)
        # What is about another harm alone does not stand for this one.
        harms = rows["priorities"].map(lambda got: subject.id in got or not len(got))
        rows = rows[harms.astype(bool)] if subject.kind == "priority" else rows
        quotes = own.quotes(rows[rows["confidence"].ge(_SURE)], 1)
        quoter.identifying += own.identifying
        if quotes:
            name = english.lower_first(theme.name)
            beyond = f", in work on more than {english.lower_first(subject.name)}"
            return [count(f"On {name}{beyond}:", rows), *quotes]
    return lines


def _to_do(material: Material, subject: Subject) -> list[Claim]:
    """A small step, another each week, and a question that needs no child known to readers."""
    steps = material.framework.steps_on(subject.priority)
    # By the week, so that the same brief made twice a day says the same.
    week = date.fromisoformat(material.created).isocalendar().week
    lines = [action(f"Try this: {steps[week % len(steps)]}")] if steps else []
    prompts = discussion_questions(material, subject)
    # A question on hindsight needs the case that it is about.
    own = [text for text in prompts if not text.startswith(LOOKING_BACK)]
    fit = [text for text in own if _UNMET not in text.casefold()] or own
    lines += [action(f"Talk about: {fit[0]}")] if fit else []
    return [*lines, action(_read_on(material, subject))]


def _read_on(material: Material, subject: Subject) -> str:
    """Where the whole briefing is: its address on the partnership's pages, or whom to ask."""
    briefing = f"the seven-minute briefing on {english.lower_first(subject.name)}"
    if not material.briefs_folder:
        return f"Read on: The learning lead has {briefing}."
    page = f"{file_stem(brief_id('seven-minute', subject))}.html"
    return f"Read on: {english.capital(briefing)}, {material.briefs_folder.rstrip('/')}/{page}"
