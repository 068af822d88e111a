"""Decisions of people on learning points: compared with the log, and applied.

They follow the rules for decisions on themes: what came before is no new decision, a
contradiction of one person is unclear, and of two people the later one is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.names import known_id
from lif_nlp.point_records import PointEdit, PointMember, PointSet
from lif_nlp.records import Decision, Edit
from lif_nlp.runtime.session import Session
from lif_nlp.themes.points import RevisedPoints, revise_points
from lif_nlp.themes.revision.edit_log import UNCLEAR, corrected_roles
from lif_nlp.themes.revision.record import Recorded, describe, record

ACTIONS = ("approve", "reject", "rename", "merge", "split", "move")
"""What a person can decide about a point."""

_PROVENANCE = tuple(field.name for field in fields(Decision))


def record_point_edits(
    log: Sequence[PointEdit], edits: Sequence[PointEdit], points: PointSet | None
) -> tuple[tuple[PointEdit, ...], Recorded]:
    """The decisions that are new to the log, and what else there is to say of the others.

    Parameters
    ----------
    log
        All decisions on points so far, undone ones included.
    edits
        What one person or file decides now.
    points
        The points in force, for decisions that name their target by name.
    """
    names = {p.name.casefold(): p.point_id for p in points.points} if points else {}
    outcome = record([_as_edit(e) for e in log], [_as_edit(e) for e in edits], names)
    return tuple(as_point_edit(edit) for edit in outcome.new_edits), outcome


def describe_point_edit(edit: PointEdit) -> str:
    """A decision in a few words, with who decided and when."""
    return edit.value if edit.action == UNCLEAR else describe(_as_edit(edit))


def derive_points(
    session: Session, machine: PointSet, log: Sequence[PointEdit], edits: Sequence[Edit]
) -> RevisedPoints:
    """The points in force: the machine's, under corrected roles and with the log applied.

    Parameters
    ----------
    machine
        The points as they were built.
    log
        Decisions on points.
    edits
        Decisions on themes and labels; a finding whose role was corrected no longer states
        the points of its former role.
    """
    if not (machine.points or log):
        return RevisedPoints(machine, tuple(log))
    # An id of a finding begins with that of its document.
    documents = {f: f.partition(":")[0] for f in session.store.counted_ids()}
    clear = [edit for edit in log if edit.action != UNCLEAR]
    revised = revise_points(_under_roles(session, machine, edits), clear, documents=documents)
    # Rows that could not be read decide nothing, but keep their place in the log.
    outcomes = iter(revised.log)
    return RevisedPoints(
        revised.points, tuple(e if e.action == UNCLEAR else next(outcomes) for e in log)
    )


def point_edit(
    points: PointSet | None,
    point: str,
    action: str,
    value: str,
    finding_ids: Iterable[str],
    **provenance: str,
) -> PointEdit:
    """A decision on the point with this ID or name.

    Raises UnknownNameError for an action or point that does not exist, LifError if no points
    were built or if the action needs a value or findings that are not given.
    """
    if action not in ACTIONS:
        raise UnknownNameError("decision", action, list(ACTIONS))
    point_id = point_id_of(points, point)
    findings = tuple(dict.fromkeys(finding_ids))
    if action in {"rename", "merge", "split"} and not value.strip():
        raise LifError(f"'{action}' needs a value: the new name, or the point to merge into")
    if action in {"split", "move"} and not findings:
        raise LifError(f"'{action}' needs findings: give IDs of the table 'point_members'")
    target = point_id_of(points, value) if value and action in {"merge", "move"} else value.strip()
    return PointEdit(action, point_id, target, findings, **provenance)  # type: ignore[arg-type]


def point_id_of(points: PointSet | None, name_or_id: str) -> str:
    """ID of the point with this ID, or this name in any case.

    Raises
    ------
    LifError
        If no points were built.
    UnknownNameError
        With the names that come nearest.
    """
    if points is None:
        raise LifError("there are no learning points yet; run: lif points")
    if any(name_or_id == p.point_id for p in points.points):
        return name_or_id
    # Of points with one name, the first is meant, as it stands in most reports.
    names = {point.point_id: point.name for point in reversed(points.points)}
    return known_id("learning point", name_or_id, names, see="lif points")


def _under_roles(session: Session, machine: PointSet, edits: Iterable[Edit]) -> PointSet:
    """The machine's points without the findings whose role a person corrected to another."""
    roles = corrected_roles(edits)
    before = session.store.some_findings(roles, machine=True)
    corrected_ids = {id for id, finding in before.items() if finding.role != roles[id]}
    if not corrected_ids:
        return machine
    role_of = {point.point_id: point.role for point in machine.points}

    def stays(member: PointMember) -> bool:
        finding_id = member.finding_id
        return finding_id not in corrected_ids or role_of[member.point_id] == roles[finding_id]

    return replace(machine, members=tuple(m for m in machine.members if stays(m)))


def _as_edit(edit: PointEdit) -> Edit:
    """The same decision as if it were one on a theme.

    A finding that moves to the point in which it is stays there because a person says so.
    """
    action, value = edit.action, edit.value
    if action == "move":
        stays = value == edit.point_id
        action, value = ("add", "") if stays else ("reassign", value)
    return Edit(
        action,
        edit.point_id,
        value,
        edit.finding_ids,
        new_theme_id=edit.new_point_id,
        **{name: getattr(edit, name) for name in _PROVENANCE},
    )


def as_point_edit(edit: Edit) -> PointEdit:
    """The decision on a point; the engine gives the ID of what a split makes."""
    action, value = edit.action, edit.value
    if action in {"add", "reassign"}:
        action, value = "move", edit.theme_id if action == "add" else value
    return PointEdit(
        action,
        edit.theme_id,
        value,
        edit.finding_ids,
        **{name: getattr(edit, name) for name in _PROVENANCE},
    )
