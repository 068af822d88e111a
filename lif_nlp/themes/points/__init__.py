"""Findings become learning points: propositions that several reports state.

    points = build_points(findings, vectors, framework, reports=facts)
    in_force = revise_points(points, edits)
    for point in shown_points(in_force.points):
        figures_of(point, in_force.points, findings_by_id, facts)

Known points of the framework and shared frame keys come first; what they miss is grouped
by a pair test (`relation_of`), which is also what `lif points --pairs` uses.
"""

from __future__ import annotations
