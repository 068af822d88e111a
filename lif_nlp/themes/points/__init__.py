"""Findings become learning points: propositions that several reports state.

    machine = build_points(findings, vectors, framework, reports=facts, encode=encode)
    in_force = revise_points(machine, edits, documents=doc_id_by_finding_id).points
    figures = figures_of(in_force, findings_by_id, facts)
    for point in shown_points(in_force):
        print(point.name, figures[point.point_id].documents)

Known points of the framework and shared frame keys come first; what they miss is grouped
by a pair test (`pair_test`), which is also what `lif points --pairs` uses.
"""

from __future__ import annotations

from lif_nlp.themes.points.build import build_points
from lif_nlp.themes.points.figures import figures_of
from lif_nlp.themes.points.growth import extend_points
from lif_nlp.themes.points.revise import RevisedPoints, decided_points, revise_points
from lif_nlp.themes.points.shown import echoes, shown_points, unchecked_groups

__all__ = [
    "RevisedPoints",
    "build_points",
    "decided_points",
    "echoes",
    "extend_points",
    "figures_of",
    "revise_points",
    "shown_points",
    "unchecked_groups",
]
