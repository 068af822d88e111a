"""The seven-minute briefing on one page: seven short boxes around their subject, for a wall."""

from __future__ import annotations

from lif_nlp.briefs.audiences import EVERYONE, Audience
from lif_nlp.briefs.kinds.seven_minute import HEADINGS
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import STEPS, assemble
from lif_nlp.briefs.sections.claims import Quoter, count, statement
from lif_nlp.briefs.sections.evidence_strength import assess_evidence
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim

_POINTS, _QUOTES = 3, 1
"""Points that came back, and quotes, of a box: more would need letters too small for a wall."""


def wheel(material: Material, subject: Subject, audience: Audience = EVERYONE) -> Brief:
    """What the briefing says, in as few words as fit on one page; same points, same counts."""
    quoter = Quoter(material, subject, audience.group)
    bodies = (
        [statement(subject.why_it_matters)] if subject.why_it_matters else [],
        boxes.problems(subject, quoter, _QUOTES, _POINTS),
        boxes.strengths(subject, quoter, _QUOTES, 1),
        boxes.reasons(subject, quoter, _QUOTES),
        boxes.asked(subject, quoter, _QUOTES, 1),
        [count(assess_evidence(material, subject).in_short, subject.rows)],
        _to_do(boxes.do(material, subject, audience)),
    )
    return assemble(
        ("wheel", "Seven minutes on one page"),
        quoter,
        audience,
        list(zip(HEADINGS, bodies, strict=True)),
    )


def _to_do(lines: list[Claim]) -> list[Claim]:
    """What to stop, start and keep, with the first question and the one on what goes well."""
    steps = [claim for claim in lines if claim.text.partition(":")[0] in STEPS]
    questions = [claim for claim in lines if claim.kind == "question"]
    # The last question is the one on a strength (`discussion_questions`); one alone is not
    # repeated.
    return [*steps, *questions[:1], *questions[1:][-1:]]
