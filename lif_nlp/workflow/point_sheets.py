"""The sheets "Points" and "Members" of the review workbook, out and in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.point_records import PointEdit, PointSet
from lif_nlp.runtime.session import Session
from lif_nlp.themes.revision.edit_log import UNCLEAR
from lif_nlp.workflow.point_decisions import point_id_of
from lif_nlp.workflow.tables import table
from lif_nlp.workflow.workbook import Row, cells_of, why_here

FROM_REPORTS = 2
"""Reports from which a point is shown for review: echoes too, since a person may know more."""

SAMPLE_PER_POINT = 6
"""Findings of each point in the workbook, the least certain first; chosen by judgement."""


def point_sheets(session: Session) -> dict[str, pd.DataFrame]:
    """What the two sheets show; empty before points are built."""
    points = table(session, "points")
    points = points[points["documents"].ge(FROM_REPORTS) | points["status"].ne("proposed")]
    members = table(session, "point_members")
    members = members[members["point_id"].isin(points["point_id"])]
    names = dict(zip(points["point_id"], points["name"], strict=True))
    sample = (
        members.assign(
            # So that the members follow in the order of the points' own sheet.
            place=pd.Categorical(members["point_id"], categories=list(names)),
            point=members["point_id"].map(names),
            why_here=[
                why_here(confidence, by)
                for confidence, by in zip(members["confidence"], members["by"], strict=True)
            ],
        )
        .sort_values(["place", "confidence", "finding_id"])
        .groupby("place", observed=True)
        .head(SAMPLE_PER_POINT)
    )
    return {"Points": points, "Members": sample}


def point_decisions(
    session: Session,
    points: Sequence[Row],
    members: Sequence[Row],
    names: Mapping[str, str],
    provenance: Mapping[str, Any],
) -> list[PointEdit]:
    """Decisions of the two sheets; a row that cannot be read is one that is in conflict.

    Parameters
    ----------
    points, members
        Rows in which a person filled in something.
    names
        IDs of points by folded name, as the workbook showed them.
    provenance
        Author, time and file of all the decisions.
    """
    new_points = {
        edit.value.casefold(): edit
        for edit in session.store.point_edits()
        if edit.action == "split" and edit.batch == provenance["batch"]
    }
    reading = _Reading(session.store.points(), names, new_points, provenance)
    for row in points:
        reading.take_point(row)
    for row in members:
        reading.take_member(row)
    return reading.finished()


class _Reading:
    """Reads rows one by one; `begun` are the splits taken from the same export before."""

    def __init__(
        self,
        points: PointSet | None,
        names: Mapping[str, str],
        begun: Mapping[str, PointEdit],
        provenance: Mapping[str, Any],
    ) -> None:
        self._points, self._names, self._provenance = points, names, provenance
        self._begun = begun
        self._edits: list[PointEdit] = []
        self._splits: dict[str, PointEdit] = {}
        self._joining: list[PointEdit] = []

    def finished(self) -> list[PointEdit]:
        """The decisions; rows that give the same new point are one split, or join it."""
        splits = (
            replace(edit, finding_ids=tuple(sorted(edit.finding_ids)))
            for edit in self._splits.values()
        )
        return [*self._edits, *splits, *self._joining]

    def take_point(self, row: Row) -> None:
        """Decisions on a point as a whole."""
        point_id, decision = row["point_id"], row["decision"].lower()
        if row["fault"] or not point_id:
            self._unclear("Points", row, row["fault"] or "the point_id is missing")
            return
        if row["new_name"]:
            self._decide("Points", row, "rename", row["new_name"])
        if decision:
            self._decide("Points", row, decision)
        if row["merge_into"]:
            self._decide("Points", row, "merge", self._target(row["merge_into"]))

    def take_member(self, row: Row) -> None:
        """Decisions on whether a finding states a point."""
        fault = row["fault"] or _contradiction(row)
        if fault:
            self._unclear("Members", row, fault)
            return
        finding_ids = (row["finding_id"],)
        if row["new_point"]:
            self._take_new(row, finding_ids)
        elif row["move_to"]:
            self._decide("Members", row, "move", self._target(row["move_to"]), finding_ids)
        else:
            # "right" is a move to where the finding is: from now on because a person says so
            stays = row["decision"].lower() == "right"
            self._decide("Members", row, "move", row["point_id"] if stays else "", finding_ids)

    def _take_new(self, row: Row, finding_ids: tuple[str, ...]) -> None:
        """A finding for a new point: it begins it, joins its beginning or moves there after."""
        name, point_id = row["new_point"], row["point_id"]
        key = name.casefold()
        earlier, first = self._begun.get(key), self._splits.get(key)
        if earlier is not None:
            if earlier.point_id == point_id and set(finding_ids) <= set(earlier.finding_ids):
                # The same rows once more: the log knows this split already.
                self._splits[key] = earlier
            else:
                self._joining.append(self._edit("Members", row, "move", name, finding_ids))
        elif first is None:
            self._splits[key] = self._edit("Members", row, "split", name, finding_ids)
        elif first.point_id == point_id:
            self._splits[key] = replace(first, finding_ids=(*first.finding_ids, *finding_ids))
        else:
            self._joining.append(self._edit("Members", row, "move", name, finding_ids))

    def _target(self, name_or_id: str) -> str:
        """ID of the point that a cell names, or what stands there if there is none."""
        point_id = self._names.get(name_or_id.casefold())
        try:
            # The names of the workbook first: a point may have been renamed since it was written.
            return point_id or point_id_of(self._points, name_or_id)
        except LifError:
            # Left as typed: the decision is then in conflict, and says which name is not there.
            return name_or_id

    def _decide(
        self,
        sheet: str,
        row: Row,
        action: str,
        value: str = "",
        finding_ids: tuple[str, ...] = (),
    ) -> None:
        self._edits.append(self._edit(sheet, row, action, value, finding_ids))

    def _edit(
        self, sheet: str, row: Row, action: str, value: str, finding_ids: tuple[str, ...]
    ) -> PointEdit:
        place = {**self._provenance, "row": f"{sheet} {row['row']}"}
        return PointEdit(action, row["point_id"], value, finding_ids, **place)

    def _unclear(self, sheet: str, row: Row, fault: str) -> None:
        findings = tuple(filter(None, [row.get("finding_id", "")]))
        edit = self._edit(sheet, row, UNCLEAR, cells_of(sheet, row), findings)
        self._edits.append(replace(edit, status="conflict", reason=fault))


def _contradiction(row: Row) -> str:
    """Why nothing can be taken from a row of members; empty where it is clear."""
    if not (row["finding_id"] and row["point_id"]):
        return "the finding_id or point_id is missing"
    if row["move_to"] and row["new_point"]:
        return "give move_to or new_point, not both; nothing was taken from the row"
    if row["decision"].lower() == "right" and (row["move_to"] or row["new_point"]):
        return "it says right and moves the finding; nothing was taken from the row"
    return ""
