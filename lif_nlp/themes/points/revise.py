"""The points in force: the machine's own with people's decisions applied to them.

The machine's points are never edited.  Decisions are a log that is replayed on them, so that
any decision can be undone in any order, merges and splits included.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from lif_nlp.errors import UnknownNameError
from lif_nlp.ids import point_id
from lif_nlp.point_records import Point, PointEdit, PointMember, PointSet

PERSON = "person"


@dataclass(frozen=True, slots=True)
class RevisedPoints:
    """The points in force, and the log with the outcome of each decision."""

    points: PointSet
    log: tuple[PointEdit, ...]

    @property
    def conflicts(self) -> tuple[PointEdit, ...]:
        """Decisions that cannot be applied and that nobody has undone."""
        return tuple(edit for edit in self.log if edit.active and edit.status == "conflict")


def revise_points(
    machine: PointSet,
    log: Iterable[PointEdit],
    *,
    documents: Mapping[str, str] | None = None,
) -> RevisedPoints:
    """The machine's points with the decisions of a log applied in order.

    Parameters
    ----------
    machine
        The points as `build_points` or `extend_points` gives them.
    log
        All decisions, oldest first; undone ones are left out.
    documents
        Report of each finding, by id, to count reports again where findings moved, and to
        leave out findings that are gone; without it counts stay as they are.

    Returns
    -------
    RevisedPoints
        A decision that names a point or finding that is not there has the status "conflict"
        with the reason; it is tried again whenever the log is applied.

    Raises
    ------
    UnknownNameError
        For an action that does not exist.
    """
    log = tuple(log)
    for edit in log:
        if edit.action not in ACTIONS:
            raise UnknownNameError("decision", edit.action, sorted(ACTIONS))
    draft = PointDraft(machine)
    outcomes = tuple(_outcome(draft, edit, documents) for edit in log)
    return RevisedPoints(draft.finished(documents), outcomes)


def made_point_id(edit: PointEdit) -> str:
    """Id of the point that a split makes, or empty; the same decision gives the same id."""
    if edit.action != "split":
        return ""
    content = "|".join([edit.action, edit.point_id, edit.value, *sorted(edit.finding_ids)])
    return edit.new_point_id or point_id("person", content)


def decided_points(log: Iterable[PointEdit]) -> frozenset[str]:
    """Ids of the points that people decided about; a build keeps them (`lasting`)."""
    ids: set[str] = set()
    for edit in log:
        if edit.active and edit.status != "conflict":
            ids |= {edit.point_id, made_point_id(edit)}
            ids |= {edit.value} if edit.action in ("merge", "move") else set()
    return frozenset(ids - {""})


class PointDraft:
    """Points taken apart into dictionaries, to which decisions are applied."""

    def __init__(self, points: PointSet) -> None:
        self._set = points
        self.points: dict[str, Point] = {p.point_id: p for p in points.points}
        self.members: dict[str, dict[str, PointMember]] = {p: {} for p in self.points}
        for member in points.members:
            self.members.setdefault(member.point_id, {})[member.finding_id] = member
        self._waiting = set(points.unassigned)
        self.changed: set[str] = set()

    def id_for(self, name_or_id: str) -> str:
        """Id of the point with this id or name (ignoring case); empty if there is none."""
        if name_or_id in self.points:
            return name_or_id
        name = name_or_id.strip().casefold()
        return next((p.point_id for p in self.points.values() if p.name.casefold() == name), "")

    def change(self, id: str, **changes: str) -> None:
        """Change fields of one point."""
        self.points[id] = replace(self.points[id], **changes)  # type: ignore[arg-type]

    def put(self, id: str, finding_id: str) -> None:
        """Let a finding state a point, as a person says."""
        self.members.setdefault(id, {})[finding_id] = PointMember(
            id, finding_id, 1.0, PERSON, PERSON
        )
        self.changed.add(id)

    def take(self, id: str, finding_id: str) -> None:
        """Let a finding not state a point."""
        if self.members.get(id, {}).pop(finding_id, None) is not None:
            self._waiting.add(finding_id)
            self.changed.add(id)

    def drop(self, id: str) -> list[str]:
        """Remove a point; returns the ids of its findings."""
        self.points.pop(id, None)
        return sorted(self.members.pop(id, {}))

    def finished(self, documents: Mapping[str, str] | None) -> PointSet:
        """The points with their members, counted again where findings moved."""
        members = [
            member
            for id in sorted(self.points)
            for _, member in sorted(self.members.get(id, {}).items())
            if documents is None or member.finding_id in documents
        ]
        points = list(self.points.values())
        # Without the findings at hand, the counts that the machine made still hold.
        if documents is not None:
            points = [self._counted(point, documents) for point in points]
        assigned_ids = {member.finding_id for member in members}
        # A point that was merged away opposes nothing any more.
        there = set(points_ids := [p.point_id for p in points])
        return replace(
            self._set,
            points=tuple(
                replace(p, opposed_by=tuple(o for o in p.opposed_by if o in there))
                for p in sorted(
                    points, key=lambda p: (-p.documents, -p.findings, points_ids.index(p.point_id))
                )
            ),
            members=tuple(members),
            unassigned=tuple(sorted(self._waiting - assigned_ids)),
        )

    def _counted(self, point: Point, documents: Mapping[str, str]) -> Point:
        findings = [f for f in self.members.get(point.point_id, {}) if f in documents]
        # A quote may have moved to another point, or be gone with its report.
        quotes = tuple(f for f in point.quotes if f in findings) or tuple(sorted(findings)[:1])
        reports = len({documents[f] for f in findings})
        return replace(
            point,
            documents=reports,
            findings=len(findings),
            likely=reports + max(0, point.likely - point.documents),
            quotes=quotes,
        )


def _approve(draft: PointDraft, edit: PointEdit) -> None:
    draft.change(edit.point_id, status="approved")


def _reject(draft: PointDraft, edit: PointEdit) -> None:
    draft.change(edit.point_id, status="rejected")


def _rename(draft: PointDraft, edit: PointEdit) -> None:
    draft.change(edit.point_id, name=edit.value.strip(), named_by=PERSON)


def _merge(draft: PointDraft, edit: PointEdit) -> None:
    target = draft.id_for(edit.value)
    # The next build may have made one point of the two by itself.
    if target != edit.point_id and edit.point_id in draft.points:
        for finding_id in draft.drop(edit.point_id):
            draft.put(target, finding_id)


def _split(draft: PointDraft, edit: PointEdit) -> None:
    source, id = draft.points[edit.point_id], made_point_id(edit)
    draft.points[id] = replace(
        source,
        point_id=id,
        name=edit.value.strip(),
        named_by=PERSON,
        origin=PERSON,
        centre=edit.finding_ids[0],
        exemplars=edit.finding_ids[1:4],
        quotes=edit.finding_ids[:1],
        # Which of the less sure reports would go with the part, nobody knows.
        likely=source.documents,
        status="approved",
    )
    for finding_id in edit.finding_ids:
        draft.take(edit.point_id, finding_id)
        draft.put(id, finding_id)


def _move(draft: PointDraft, edit: PointEdit) -> None:
    target = draft.id_for(edit.value) if edit.value else ""
    for finding_id in edit.finding_ids:
        draft.take(edit.point_id, finding_id)
        if target:
            draft.put(target, finding_id)


ACTIONS: Mapping[str, Callable[[PointDraft, PointEdit], None]] = {
    "approve": _approve,
    "reject": _reject,
    "rename": _rename,
    "merge": _merge,
    "split": _split,
    "move": _move,
}
"""The function of each action."""


def fault(draft: PointDraft, edit: PointEdit, findings: Collection[str] | None = None) -> str:
    """Why a decision cannot be applied; empty if it can be, or is already."""
    goes = edit.action in ("merge", "move") and bool(edit.value)
    own = {"rename": edit.point_id, "split": made_point_id(edit)}.get(edit.action)
    present = [f for f in edit.finding_ids if findings is None or f in findings]
    checks = (
        (goes and not draft.id_for(edit.value), f"there is no point {edit.value} to move to"),
        (
            edit.point_id not in draft.points and edit.action != "merge",
            f"there is no point {edit.point_id}",
        ),
        (
            edit.action in ("rename", "split", "merge") and not edit.value.strip(),
            "the value is empty",
        ),
        (edit.action in ("split", "move") and not edit.finding_ids, "no finding is named"),
        (
            # Its own name may be given again: the same decision is applied at every build.
            own is not None and draft.id_for(edit.value) not in ("", own),
            "another point has this name",
        ),
        (bool(edit.finding_ids) and not present, "there is none of its findings"),
    )
    return next((reason for wrong, reason in checks if wrong), "")


def _outcome(draft: PointDraft, edit: PointEdit, documents: Mapping[str, str] | None) -> PointEdit:
    """Apply a decision; returns it with its status, reason, before and after."""
    if not edit.active:
        return edit
    before = _summary(draft, edit)
    reason = fault(draft, edit, documents)
    if reason:
        return replace(edit, status="conflict", reason=reason)
    there = tuple(f for f in edit.finding_ids if documents is None or f in documents)
    ACTIONS[edit.action](draft, replace(edit, finding_ids=there, new_point_id=made_point_id(edit)))
    # What stood before is told as it was when the decision was first applied.
    first = not (edit.before or edit.after)
    return replace(
        edit,
        status="applied",
        reason="" if edit.status == "conflict" else edit.reason,
        new_point_id=made_point_id(edit),
        before=before if first else edit.before,
        after=_summary(draft, edit) if first else edit.after,
    )


def _summary(draft: PointDraft, edit: PointEdit) -> str:
    """Current state of what a decision changes: a status, a name, or the findings' points."""
    point = draft.points.get(edit.point_id)
    if edit.action in ("approve", "reject"):
        return point.status if point else ""
    if edit.action == "rename":
        return point.name if point else ""
    if edit.action == "merge":
        point = point or draft.points.get(draft.id_for(edit.value))
        return point.name if point else ""
    names = [
        p.name
        for id, p in draft.points.items()
        if not draft.members.get(id, {}).keys().isdisjoint(edit.finding_ids)
    ]
    return "; ".join(names) or "no point"
