"""What comes back: the learning points that most reports state, each with words that show it."""

from __future__ import annotations

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.board import what_came_back
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.boxes import strengths
from lif_nlp.briefs.sections.claims import Quoter, count, statement
from lif_nlp.briefs.sections.point_pictures import picture_of_points
from lif_nlp.briefs.sections.recurring_points import (
    RecurringPoint,
    differing,
    point_lines,
    recurring_echoes,
    recurring_points,
    recurring_themes,
    shown_of,
)
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

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
    "Each line stands above words of one report that say it; the number is how many reports do. "
    "Reports that “name a problem with” a theme are all those with any problem on it; where a "
    "line says one precise thing, they are fewer, so the two are never added up. Where reports "
    "name both a problem and a strength, ask for whom it goes well. What reviewers often write "
    "about need not be what most often happens."
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
        lines["problem"] = _with_sides(quoter, "problem", what_came_back(few, _FEW).lines)
        worked = lines["strength"] or strengths(subject, few, _TENSIONS)
        lines["strength"] = _with_sides(quoter, "strength", worked)
        quoter.identifying = few.identifying
    sections: list[tuple[str, list[Claim]]] = []
    if any(lines.values()):
        sections.append(("How to read this page", [statement(_HOW_TO_READ)]))
    sections += [(heading, lines[role]) for role, heading in _HEADINGS.items()]
    sections.append(("Where reports differ", differing(material, shown["problem"], _TENSIONS)))
    sections += [
        (f"Worth watching: {side} in two reports each", _of_role(material, watched, role))
        for role, side in (("problem", "problems"), ("strength", "strengths"),
                           ("action", "requests"))
    ]  # fmt: skip
    picture = _picture(material, shown["problem"][:_DRAWN])
    return assemble(("points", "What comes back"), quoter, audience, sections, [picture])


def _with_sides(quoter: Quoter, role: str, lines: list[Claim]) -> list[Claim]:
    """The lines, and under each theme in how many of its reports the contrary stands too.

    Else a theme with a problem in 22 reports and a strength in 16 would seem to contradict itself.
    """
    contrary = "strength" if role == "problem" else "problem"
    reports = {
        one.id: set(one.rows["doc_id"])
        for one in recurring_themes(quoter.material, quoter.subject, contrary, everywhere=True)
    }
    themes = recurring_themes(quoter.material, quoter.subject, role, everywhere=True)
    own = {one.line: one for one in themes if one.id in reports}
    result = list[Claim]()
    theme: RecurringPoint | None = None
    for line in lines:
        if line.kind == "point":
            theme = own.get(line.text)
        result.append(line)
        if theme and line.kind == "quote":
            result.append(_both(theme, reports[theme.id], contrary))
            theme = None
    return result


def _both(theme: RecurringPoint, contrary: set[str], role: str) -> Claim:
    """How many reports name the contrary on a theme, and how many of them name both."""
    both = len(contrary & set(theme.rows["doc_id"]))
    also = english.capital(english.some(len(contrary), "report"))
    verb = english.agree(len(contrary), "name")
    told = f"{also} {verb} a {role} in this"
    if both == len(contrary):
        return count(f"{told} as well.")
    other = "problem" if role == "strength" else "strength"
    where = f", {english.number(both)} of them beside a {other}" if both else ""
    return count(f"{told}{where}.")


def _of_role(material: Material, lines: list[Claim], role: str) -> list[Claim]:
    """The points of a role with their quotes, of lines that are both in turn."""
    roles = dict(zip(material.findings["finding_id"], material.findings["role"], strict=True))
    return [
        line for line in lines if line.finding_ids and roles.get(line.finding_ids[0], "") == role
    ]


def _picture(material: Material, found: list[RecurringPoint]) -> Chart | None:
    if len(found) < _FEWEST_DRAWN:
        return None
    title = f"{_HEADINGS['problem']}, by reports and years"
    return picture_of_points(material, found, title)
