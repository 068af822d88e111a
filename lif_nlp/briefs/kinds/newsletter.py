"""The newsletter paragraph: why it matters, one thing learnt, one thing to do this week."""

from __future__ import annotations

from datetime import date

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble, brief_id, file_stem
from lif_nlp.briefs.sections.child_day import child_day
from lif_nlp.briefs.sections.claims import Quoter, action, count
from lif_nlp.briefs.sections.discussion_questions import (
    LOOKING_BACK,
    discussion_questions,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english

_TURN = 2
"""The kind's place among those that share quotes (`Quoter`)."""

_UNMET = "this child"
"""Words of questions about a child whom readers of a newsletter have not met."""


_LEARNT = 2
"""Quotes of what came back; the page holds one each of what worked and what is asked for."""


def newsletter(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Why it matters, what came back most, what worked and what is asked for, and a small step."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    # A sentence on a child's day is one of them.
    has_day = subject.kind == "priority" and bool(child_day(Quoter(material, subject)))
    learnt = boxes.problems(subject, quoter, _LEARNT - has_day)
    worked = _with_words(boxes.strengths(subject, quoter, 1)) or _tell_us(material, subject)
    asked = _with_words(boxes.asked(subject, quoter, 1))
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


def _with_words(lines: list[Claim]) -> list[Claim]:
    """The lines of a box that shows words of a report; else none."""
    return lines if any(line.kind == "quote" for line in lines) else []


def _tell_us(material: Material, subject: Subject) -> list[Claim]:
    """How many strengths on the subject are named, none of them quotable, and a call for ours."""
    number, on = len(subject.strengths), english.lower_first(subject.name)
    named = (
        "Only one strength" if number == 1 else english.capital(english.some(number, "strength"))
    )
    verb = english.agree(max(number, 1), "be")
    kept = f", and {'its' if number == 1 else 'their'} words cannot go round"
    told = f"{named} on {on} {verb} named in these reports{kept}."
    told = told if number else f"These reports name no strength on {on}; there will be some."
    ask = "Tell us yours: what went well, and what made it possible?"
    return [count(f"{told} {ask}", subject.strengths)]


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
    return [*lines, *_read_on(material, subject)]


def _read_on(material: Material, subject: Subject) -> list[Claim]:
    """Where the whole briefing is on the partnership's pages; no line where that is not known."""
    if not material.briefs_folder:
        return []
    briefing = f"The seven-minute briefing on {english.lower_first(subject.name)}"
    page = f"{file_stem(brief_id('seven-minute', subject))}.html"
    return [action(f"Read on: {briefing}, {material.briefs_folder.rstrip('/')}/{page}")]
