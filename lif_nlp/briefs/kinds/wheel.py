"""The seven-minute briefing on one page: seven short boxes around their subject, for a wall."""

from __future__ import annotations

from lif_nlp.briefs.audiences import EVERYONE, Audience
from lif_nlp.briefs.kinds.one_report import report_wheel, short_steps
from lif_nlp.briefs.kinds.seven_minute import headings_of
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, count, statement
from lif_nlp.briefs.sections.evidence_strength import assess_evidence
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief

_QUOTES = 1
"""Quotes of a box: more would need letters too small for a wall."""


def wheel(material: Material, subject: Subject, audience: Audience = EVERYONE) -> Brief:
    """What the briefing says, in as few words as fit on one page; same points, same counts."""
    if subject.kind == "report":
        return report_wheel(material, subject, audience)
    quoter = Quoter(material, subject, audience.group)
    bodies = (
        [statement(subject.why_it_matters)] if subject.why_it_matters else [],
        boxes.problems(subject, quoter, _QUOTES),
        boxes.strengths(subject, quoter, _QUOTES),
        boxes.reasons(subject, quoter, _QUOTES),
        boxes.asked(subject, quoter, _QUOTES),
        [count(assess_evidence(material, subject).in_short, subject.rows)],
        short_steps(boxes.do(material, subject, audience)),
    )
    return assemble(
        ("wheel", "Seven minutes on one page"),
        quoter,
        audience,
        list(zip(headings_of(subject), bodies, strict=True)),
    )
