"""The learning summary: one page, for a notice board or the top of an e-mail."""

from __future__ import annotations

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.one_report import report_on_a_page
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief


def summary(material: Material, subject: Subject, audience: Audience) -> Brief:
    """What works, what is difficult, why, and what to do, on one page."""
    if subject.kind == "report":
        return report_on_a_page(material, subject, audience)
    quoter = Quoter(material, subject, audience.group, turn=1)
    do = boxes.do(material, subject, audience)
    todo = [claim for claim in do if claim.kind == "action"]
    prompts = [claim for claim in do if claim.kind == "question"]
    return assemble(
        ("summary", "Learning summary"),
        quoter,
        audience,
        [
            ("In short", boxes.about(material, subject, audience)[:2]),
            (boxes.difficult(subject), boxes.problems(subject, quoter, 2)),
            ("What lay behind it", boxes.reasons(subject, quoter, 1)),
            ("What worked", boxes.strengths(subject, quoter, 2)),
            ("How sure we are", boxes.sure(material, subject, [])),
            ("What to do", [*todo[:3], *prompts[:2], *todo[3:]]),
        ],
    )
