"""The newsletter paragraph: a few lines that point to the full briefing."""

from __future__ import annotations

from lif_nlp.briefs import parts, plain
from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.claims import Quoter, count, of_role
from lif_nlp.briefs.closing import assemble
from lif_nlp.briefs.inquiry import asked
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim


def newsletter(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Why it matters, two figures, one quote that shows it going well, one question."""
    quoter = Quoter(material, subject, audience.group)
    rows = subject.rows
    good, bad = of_role(rows, "strength"), of_role(rows, "problem")
    told = count(
        f"Of {plain.some(len(material.reports), 'report')}, {plain.number(subject.reports)} speak "
        f"of it, with {plain.some(len(good), 'strength')} and {plain.some(len(bad), 'problem')}.",
        rows,
    )
    lines = [*parts.why(material, subject, audience)[:1], told]
    lines += quoter.quotes(good, 1) or quoter.quotes(bad, 1)
    lines += [Claim("question", asked(material, subject)[-1])]
    return assemble(("newsletter", "Learning in brief"), quoter, audience, [(subject.name, lines)])
