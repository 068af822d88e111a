"""What comes back: the learning points that most reports state, and those on each priority."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.kinds.board import came_back
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.claims import Quoter, ids, statement
from lif_nlp.briefs.sections.point_pictures import picture_of_points
from lif_nlp.briefs.sections.recurring_points import (
    RecurringPoint,
    differing,
    point_lines,
    recurring_echoes,
    recurring_points,
)
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SHOWN = 20
"""Points of each role, with one quote each. Chosen by judgement."""

_DRAWN = 8
"""Points in a picture; with more, two pictures do not fit on a page."""

_OF_PRIORITY = 5
"""Points of each role under a priority."""

_TENSIONS = 5
"""Points on which reports differ, as problem here and strength there."""

_ECHOES = 10
"""Points of two reports, told where fewer than these come back: a small collection has little that
three reports state."""

_FEW_SHOWN, _FEW_QUOTED = 8, 4
"""Themes and points of a small collection, and of each part those with a quote."""

_FEWEST_DRAWN = 3
"""Points from which a picture shows more than its line."""

_TURN = 0
"""The kind's place among those that share quotes (`Quoter`): it has the best ones."""

_HEADINGS = {
    "problem": "Problems that come back",
    "strength": "Strengths that come back",
    "action": "Actions that come back",
}
_HOW_TO_READ = (
    "The number after each line is how many reports say it, of those that could have. What "
    "reviewers often write about need not be what most often happens."
)


def points(material: Material, subject: Subject, audience: Audience) -> Brief:
    """The points that most reports state, by side and by priority, each with a quote if safe."""
    quoter = Quoter(material, subject, audience.group, turn=_TURN)
    by_role = {role: recurring_points(material, subject, role) for role in _HEADINGS}
    sections: list[tuple[str, list[Claim]]] = []
    few = sum(map(len, by_role.values())) < _ECHOES
    if any(by_role.values()):
        sections.append(("How to read this page", [statement(_HOW_TO_READ)]))
    headings = dict(_HEADINGS)
    if few:
        # Where hardly a point came back, themes are told beside them.
        lines = came_back(quoter, _FEW_SHOWN, _FEW_QUOTED, echoes=0)
        sections.append((headings.pop("problem"), lines))
    sections += [
        (heading, point_lines(quoter, by_role[role][:_SHOWN], _SHOWN))
        for role, heading in headings.items()
    ]
    sections.append(("Where reports differ", differing(material, by_role["problem"], _TENSIONS)))
    if few:
        echoes = recurring_echoes(material, subject)[:_ECHOES]
        lines = point_lines(quoter, echoes, _FEW_QUOTED)
        sections.append(("Worth watching: in two reports each", lines))
    told_ids = {point.id for points in by_role.values() for point in points[:_SHOWN]}
    sections += [
        (f"Our priority: {priority.name}", _of_priority(quoter, priority.id, told_ids))
        for priority in material.framework.priorities
    ]
    pictures = [_picture(material, by_role[role][:_DRAWN], role) for role in _HEADINGS]
    return assemble(("points", "What comes back"), quoter, audience, sections, pictures)


def _of_priority(quoter: Quoter, priority_id: str, told: Collection[str]) -> list[Claim]:
    """The problems and strengths that most reports on a priority state; briefly if told before."""
    own = quoter.for_subject(subject_of(quoter.material, priority=priority_id))
    lines: list[Claim] = []
    for role in ("problem", "strength"):
        for point in recurring_points(quoter.material, own.subject, role)[:_OF_PRIORITY]:
            # Of a wider point the number on this harm is new, so it is told again.
            if point.id in told and not point.aside:
                text = (
                    f"{point.name.rstrip('.')}: {english.some(point.reports, 'report')}, see above."
                )
                lines.append(Claim("point", text, ids(point.rows)))
            else:
                aside = point.aside.replace("this harm", english.lower_first(own.subject.name))
                lines += point_lines(own, [replace(point, aside=aside)], 1)
    quoter.identifying += own.identifying
    return lines


def _picture(material: Material, found: list[RecurringPoint], role: str) -> Chart | None:
    if len(found) < _FEWEST_DRAWN:
        return None
    return picture_of_points(material, found, f"{_HEADINGS[role]}, by reports and years")
