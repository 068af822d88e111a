"""Which points are shown, and in what order."""

from __future__ import annotations

from lif_nlp.point_records import Point, PointSet
from lif_nlp.themes.points.thresholds import GROUPS


def shown_points(
    points: PointSet, *, role: str = "", theme: str = "", priority: str = ""
) -> list[Point]:
    """Points that enough reports state, or that a person approved; rejected ones never.

    Groups that nobody has checked (`unchecked_groups`) are not among them.

    Parameters
    ----------
    points
        The points in force.
    role, theme, priority
        Only points with these, if given.

    Returns
    -------
    list of Point
        Those that most reports state come first.
    """
    return [
        point
        for point in points.points
        if point.status != "rejected"
        and (_comes_back(point) or point.status == "approved")
        and role in ("", point.role)
        and theme in ("", point.theme)
        and (not priority or priority in point.priorities)
    ]


def _comes_back(point: Point) -> bool:
    """Whether enough reports state a point with a name that a person or the framework gave."""
    return point.documents >= GROUPS.shown_reports and point.is_vouched


def unchecked_groups(points: PointSet) -> list[Point]:
    """Groups of enough reports that the program found alike and nobody has decided about."""
    return [
        point
        for point in points.points
        if point.documents >= GROUPS.shown_reports
        and not point.is_vouched
        and point.status == "proposed"
    ]


def echoes(points: PointSet) -> list[Point]:
    """Points that two reports state: worth watching, and not shown as recurrent."""
    return [
        point
        for point in points.points
        if point.documents == GROUPS.echo_reports
        and point.is_vouched
        and point.status == "proposed"
    ]
