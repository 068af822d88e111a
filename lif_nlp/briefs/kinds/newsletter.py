"""The newsletter paragraph: why it matters, one thing learnt, one thing to do this week."""

from __future__ import annotations

from datetime import date

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble, brief_id, file_stem
from lif_nlp.briefs.sections.claims import Quoter, action
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


def newsletter(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Why it matters, what came back most, what went well, a small step and a question."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    learnt = boxes.problems(subject, quoter, 1)
    strengths = boxes.strengths(subject, quoter, 1)
    # An issue without any words of a report teaches nothing: what reports ask for may have some.
    has_words = any(line.kind == "quote" for line in [*learnt, *strengths])
    asked = [] if has_words else boxes.asked(subject, quoter, 1)
    return assemble(
        ("newsletter", "Learning in brief"),
        quoter,
        audience,
        [
            ("Why it matters", boxes.why(material, subject, audience)[:1]),
            (boxes.difficult(subject), learnt),
            ("What worked", strengths),
            ("What reports ask for", asked),
            ("This week", _to_do(material, subject)),
        ],
    )  # fmt: skip


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
    lines += [action(f"Ask: {fit[0]}")] if fit else []
    return [*lines, action(_read_on(material, subject))]


def _read_on(material: Material, subject: Subject) -> str:
    """Where the whole briefing is: its address on the partnership's pages, or whom to ask."""
    briefing = f"the seven-minute briefing on {english.lower_first(subject.name)}"
    if not material.briefs_folder:
        return f"Read on: ask the learning lead for {briefing}."
    page = f"{file_stem(brief_id('seven-minute', subject))}.html"
    return f"Read on: {briefing}, {material.briefs_folder.rstrip('/')}/{page}"
