"""The facilitated session: a scenario told from the time, then what reports found.

Made for slides: the scenario is an invented example of the framework and says so;
later facts come only after people have said what they would do.
"""

from __future__ import annotations

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, questions, statement
from lif_nlp.briefs.sections.figures import balance_of_agencies
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim

_THEN = (
    "What would you do by five o'clock?",
    "What would you want to know, and who could tell you?",
    "What would make the safer step easier here?",
)
_PLAN = (
    "In half an hour we will read a situation as it looked on the day, say what we would do, see "
    "what reports found, and choose one thing to change."
)
_AFTER = (
    "How did your confidence change as you learnt more?",
    "What could nobody have known at the time?",
)


def session(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Half an hour for a team: scenario, what would you do, reveal, discussion, action."""
    quoter = Quoter(material, subject, audience.group)
    return assemble(
        ("session", "Learning session"),
        quoter,
        audience,
        [
            ("What we will do", [statement(_PLAN), *boxes.background(material, subject)]),
            ("A scenario, as it looked at the time", _scenario(material, subject)),
            ("What would you do?", questions(_THEN)),
            ("Reveal: strengths in the reports", boxes.strengths(subject, quoter, 2)),
            ("Reveal: problems in the reports", boxes.problems(subject, quoter, 2)),
            ("Reveal: reasons in the reports", boxes.reasons(material, subject, quoter, 2)),
            ("BriefBranding back together", questions(_AFTER)),
            ("What to do, and questions to ask", boxes.do(material, subject, audience)),
        ],
        [balance_of_agencies(material, subject)],
    )


def _scenario(material: Material, subject: Subject) -> list[Claim]:
    """An invented situation of the framework, or how to bring one's own."""
    told = examples(material, subject)
    if told:
        return [
            statement(f"An invented situation: {told[0]}"),
            statement("Imagine it is that day. This is all you know."),
        ]
    return [
        statement(
            "Bring a situation from your own work. Tell it up to the moment of the decision, with "
            "only what was known then, and change anything that could identify someone."
        )
    ]


def examples(material: Material, subject: Subject) -> tuple[str, ...]:
    """Invented examples of difficulty that the framework holds for a subject."""
    known = {t.code: t.problems for t in material.framework.themes}
    known |= {t.name: t.problems for t in material.framework.themes}
    known |= {p.id: p.problems for p in material.framework.priorities}
    return known.get(subject.id) or known.get(subject.borrowed) or ()
