"""A group that the program found alike is not what comes back until a person says so."""

from dataclasses import replace

import pytest

from lif_nlp.cli.options import unchecked_in_words
from lif_nlp.frame_record import Frame
from lif_nlp.point_records import Point, PointSet
from lif_nlp.themes.points import echoes, shown_points, unchecked_groups
from lif_nlp.themes.points.groups import KnownPoints

GROUP = Point("p-1", "“Visits were late”", "problem", origin="pair", named_by="quote", documents=5)


@pytest.mark.parametrize("named_by", ["quote", "frame"])
def test_a_group_that_nobody_has_checked_is_not_shown(named_by):
    group = replace(GROUP, named_by=named_by)
    assert shown_points(PointSet((group,))) == []
    assert unchecked_groups(PointSet((group,))) == [group]
    assert echoes(PointSet((replace(group, documents=2),))) == []
    assert "nobody has checked" in unchecked_in_words({"named_by": named_by, "status": "proposed"})


@pytest.mark.parametrize("decision", [{"status": "approved"}, {"named_by": "person"}])
def test_a_group_that_a_person_approved_or_named_is_shown(decision):
    group = replace(GROUP, **decision)
    assert shown_points(PointSet((group,))) == [group]
    assert unchecked_groups(PointSet((group,))) == []


def test_a_rejected_group_is_neither_shown_nor_told():
    points = PointSet((replace(GROUP, status="rejected"),))
    assert shown_points(points) == unchecked_groups(points) == []


def test_what_cannot_be_late_makes_no_point_of_its_own(framework):
    known = KnownPoints(framework)
    assert not known.makes_a_point(Frame("problem", "threshold", "late"))
