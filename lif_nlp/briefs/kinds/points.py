"""What comes back: the learning points that most reports state, each with words that show it."""

from __future__ import annotations

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.board import what_came_back
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.boxes import strengths
from lif_nlp.briefs.sections.claims import Quoter, statement
from lif_nlp.briefs.sections.point_pictures import picture_of_points
from lif_nlp.briefs.sections.recurring_points import (
    RecurringPoint,
    differing,
    point_lines,
    recurring_echoes,
    recurring_points,
    shown_of,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim

_SHOWN = {"problem": 12, "strength": 6, "action": 4}
"""Points of each role, with one quote each: two pages. Chosen by judgement, as are all figures
here."""

_FEW = 5
"""Problems shown where hardly a point came back, and themes stand beside the points."""

_DRAWN = 8
"""Points in the picture; with more, it takes the room of the quotes."""

_FEWEST_DRAWN = 3
"""Points from which a picture shows more than its line."""

_TENSIONS = 2
"""Points on which reports differ, as problem here and strength there."""

_ECHOES = 4
"""Points of two reports, told where hardly a point came back: a small collection has little that
three reports state."""

_TURN = 0
"""The kind's place among those that share quotes (`Quoter`): it has the best ones."""

_HEADINGS = {
    "problem": "Problems that come back",
    "strength": "Strengths that come back",
    "action": "Actions that come back",
}
_HOW_TO_READ = (
    "Each line stands above words of one report that say it, or the page on which to read it; the "
    "number is how many reports do. A line that names a problem with a theme is as wide as the "
    "theme. What reviewers often write about need not be what most often happens."
)


def points(material: Material, subject: Subject, audience: Audience) -> Brief:
    """The points that most reports state, by side, each with the words of a report."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    by_role = {
        role: [one for one in recurring_points(material, subject, role) if not one.is_broad]
        for role in _HEADINGS
    }
    lines = {role: point_lines(quoter, by_role[role], most) for role, most in _SHOWN.items()}
    shown = {role: shown_of(by_role[role], lines[role]) for role in _SHOWN}
    watched: list[Claim] = []
    if len(shown["problem"]) < _FEWEST_DRAWN:
        few = Quoter(material, subject, audience.group, turn=_TURN)
        # More precise than any theme, and so with the first choice of words.
        watched = point_lines(few, recurring_echoes(material, subject), _ECHOES)
        lines["problem"] = what_came_back(few, _FEW).lines
        lines["strength"] = lines["strength"] or strengths(subject, few, _TENSIONS)
        quoter.identifying = few.identifying
    sections: list[tuple[str, list[Claim]]] = []
    if any(lines.values()):
        sections.append(("How to read this page", [statement(_HOW_TO_READ)]))
    sections += [(heading, lines[role]) for role, heading in _HEADINGS.items()]
    sections.append(("Where reports differ", differing(material, shown["problem"], _TENSIONS)))
    sections.append(("Worth watching: in two reports each", watched))
    picture = _picture(material, shown["problem"][:_DRAWN])
    return assemble(("points", "What comes back"), quoter, audience, sections, [picture])


def _picture(material: Material, found: list[RecurringPoint]) -> Chart | None:
    if len(found) < _FEWEST_DRAWN:
        return None
    title = f"{_HEADINGS['problem']}, by reports and years"
    return picture_of_points(material, found, title)
