"""The newsletter paragraph: a few lines that point to the full briefing."""

from __future__ import annotations

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, count, with_role
from lif_nlp.briefs.sections.discussion_questions import discussion_questions
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim
from lif_nlp.text import english


def newsletter(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Why it matters, two figures, one quote that shows it going well, one question."""
    quoter = Quoter(material, subject, audience.group)
    rows = subject.rows
    good, bad = with_role(rows, "strength"), with_role(rows, "problem")
    share = english.share_of(subject.reports, len(material.reports), "report")
    sides = f", with {english.some(len(good), 'strength')} and {english.some(len(bad), 'problem')}"
    verb = english.agree(subject.reports or 1, "mention")
    told = count(f"{share} {verb} it{sides if subject.reports else ''}.", rows)
    lines = [*boxes.why(material, subject, audience)[:1], told]
    lines += quoter.quotes(good, 1) or quoter.quotes(bad, 1)
    lines += [Claim("question", discussion_questions(material, subject)[-1])]
    return assemble(("newsletter", "Learning in brief"), quoter, audience, [(subject.name, lines)])
