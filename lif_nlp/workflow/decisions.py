"""People's decisions into the workspace, out of it as a table, and undone.

The store keeps two sets of themes, and two of learning points: the machine's own, which no
decision touches, and the one in force, which follows from it and the log.  Every change of
a log derives the second again and commits both in one transaction, so that all readers see
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TypeVar

import pandas as pd

from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.in_words import InWords, outcome_lines
from lif_nlp.point_records import PointEdit, PointSet
from lif_nlp.records import ROLES, Decision, Edit, Finding, RecommendationReview, ThemeSet
from lif_nlp.runtime.session import Session
from lif_nlp.schema import column_names, make_frame
from lif_nlp.store import Store
from lif_nlp.themes import revise
from lif_nlp.themes.revision.apply import Revised, follow_roles
from lif_nlp.themes.revision.edit_log import UNCLEAR, corrected_roles
from lif_nlp.themes.revision.record import describe, place_of, record
from lif_nlp.workflow.point_decisions import derive_points, describe_point_edit, record_point_edits
from lif_nlp.workflow.recommendation_reviews import disagreement, evaluate, record_reviews

WHY = {True: "yes", False: "no"}
"""How a corrected reason is written in an edit."""

_Decision = TypeVar("_Decision", Edit, RecommendationReview, PointEdit)


@dataclass(frozen=True, slots=True)
class Logs:
    """Every decision of a workspace by what it is about, undone ones included, oldest first."""

    edits: Sequence[Edit] = ()
    reviews: Sequence[RecommendationReview] = ()
    point_edits: Sequence[PointEdit] = ()

    @classmethod
    def of(cls, store: Store) -> Logs:
        """The logs that a workspace holds."""
        return cls(store.edits(), store.recommendation_reviews(), store.point_edits())

    @property
    def decisions(self) -> list[Decision]:
        """All of them in one list."""
        return [*self.edits, *self.reviews, *self.point_edits]


@dataclass(frozen=True, slots=True)
class InForce:
    """The sets that follow from the machine's own and the logs; None where none was built."""

    themes: ThemeSet | None
    points: PointSet | None


@dataclass(frozen=True, slots=True)
class Taken(InWords):
    """What became of decisions that were handed in.

    `new_decisions` counts those that the log did not hold.  `conflicts` has a sentence for
    every decision in the workspace that cannot be applied, `disagreements` one for each new
    decision that differs from another person's, `left_undone` one for each that came again
    from the same export after somebody had undone it.
    """

    new_decisions: int
    conflicts: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    left_undone: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The number of new decisions, then each remark on one."""
        return outcome_lines(
            self.new_decisions,
            conflict=self.conflicts,
            disagreement=self.disagreements,
            left_undone=self.left_undone,
        )


def take(
    session: Session,
    edits: Sequence[Edit],
    reviews: Sequence[RecommendationReview] = (),
    point_edits: Sequence[PointEdit] = (),
    *,
    batch: str = "",
    author: str = "",
) -> Taken:
    """Add decisions to the logs and commit what follows from them, in one transaction.

    Parameters
    ----------
    edits, reviews, point_edits
        Decisions on themes and labels, on recommendations, and on learning points, in the
        order of deciding.
    batch
        Id of the export that they come from.  Its open conflicts that did not come again
        have been corrected in the file, so they are closed in the name of `author`.
    """
    store = session.store
    logs = Logs.of(store)
    # What is in the log already is not recorded again, so a workbook can be taken in twice.
    record_of_edits = record(logs.edits, edits, _ids_by_name(store.themes()))
    new_points, of_points = record_point_edits(logs.point_edits, point_edits, store.points())
    new_reviews, undone_reviews = record_reviews(logs.reviews, reviews)
    # All three logs share one row of numbers, since `undo` is given a number and nothing else.
    number = store.next_edit_id()
    new_edits = _numbered_from(number, record_of_edits.new_edits)
    new_points = _numbered_from(number + len(new_edits), new_points)
    numbered_reviews = _numbered_from(number + len(new_edits) + len(new_points), new_reviews)
    # A conflict of an earlier import of this workbook is closed when its row was mended since.
    if batch:
        came_again = {_row_key(d) for d in (*edits, *reviews, *point_edits)}
        logs = Logs(
            _close_corrected(logs.edits, came_again, batch, author),
            _close_corrected(logs.reviews, came_again, batch, author),
            _close_corrected(logs.point_edits, came_again, batch, author),
        )
    outcome, _ = commit(
        session,
        Logs(
            (*logs.edits, *new_edits),
            (*logs.reviews, *numbered_reviews),
            (*logs.point_edits, *new_points),
        ),
    )
    numbers = {decision.edit_id for decision in (*new_edits, *numbered_reviews, *new_points)}
    applied_now = [d for d in outcome.decisions if d.edit_id in numbers and d.status == "applied"]
    disagreements = (
        disagreement(review) for review in outcome.reviews if review.edit_id in numbers
    )
    undone = [*record_of_edits.left_undone, *undone_reviews, *of_points.left_undone]
    return Taken(
        len(applied_now),
        tuple(conflict(d) for d in outcome.decisions if _is_open(d)),
        (*record_of_edits.disagreements, *of_points.disagreements, *filter(None, disagreements)),
        tuple(f"{_in_words(d)} was undone by {d.undone_by or 'somebody'}" for d in undone),
    )


def commit(
    session: Session,
    logs: Logs,
    *,
    machine: ThemeSet | None = None,
    machine_points: PointSet | None = None,
) -> tuple[Logs, InForce]:
    """Derive what the logs say, and commit the logs with it.

    `machine` and `machine_points` are sets that were just built; they are committed along.
    """
    store = session.store
    machine_themes, stored_points = (
        machine or store.machine_themes(),
        machine_points or store.machine_points(),
    )
    # The sets in force are always made anew from the machine's own and the whole log: that is what
    # makes undoing in any order exact.
    themes = derive(session, machine_themes or ThemeSet((), ()), logs.edits)
    points = derive_points(session, stored_points or PointSet(), logs.point_edits, logs.edits)
    outcome = Logs(
        themes.log,
        evaluate(logs.reviews, set(store.frame("recommendations")["finding_id"])),
        points.log,
    )
    in_force = InForce(
        themes.themes if machine_themes else None, points.points if stored_points else None
    )
    store.save_decisions(
        outcome.edits,
        outcome.reviews,
        outcome.point_edits,
        machine=machine,
        current=in_force.themes,
        machine_points=machine_points,
        current_points=in_force.points,
    )
    return outcome, in_force


def derive(session: Session, machine: ThemeSet, log: Sequence[Edit]) -> Revised:
    """The theme set in force: the machine's, under corrected roles and with the log applied."""
    roles = corrected_roles(log)
    # The machine's own labels: those in force hold the corrections already.
    findings = session.store.some_findings(roles, machine=True)
    pairs = [(f, replace(f, role=roles[f.finding_id])) for f in findings.values()]
    themes = follow_roles(machine, pairs) if pairs else machine
    return revise(themes, log, findings=session.store.counted_ids())


def correct(
    session: Session,
    finding_id: str,
    *,
    role: str | None = None,
    why: bool | None = None,
    author: str = "",
) -> Taken:
    """Correct the role of a finding, or whether it gives a reason.

    Raises UnknownNameError for a role or finding that is not there, LifError where neither
    is given.
    """
    if role is None and why is None:
        raise LifError("nothing to correct: give role=... or why=...")
    if role is not None and role not in ROLES:
        raise UnknownNameError("role", role, list(ROLES))
    finding = session.store.some_findings([finding_id]).get(finding_id)
    if finding is None:
        raise LifError(f"there is no finding {finding_id}; take an id from the table 'findings'")
    return take(session, relabel_edits(finding, role=role, why=why, author=author, at=utc_now()))


def relabel_edits(
    finding: Finding, *, role: str | None = None, why: bool | None = None, **provenance: str
) -> list[Edit]:
    """Edits that give a finding other labels than it has, one for each label."""
    labels = []
    if role is not None:
        labels.append(("role", finding.role, role))
    if why is not None:
        labels.append(("why", WHY[finding.why], WHY[why]))
    return [
        Edit(
            "relabel", "", f"{layer}:{label}", (finding.finding_id,),
            before=current, after=label, **provenance,  # type: ignore[arg-type]
        )
        for layer, current, label in labels
    ]  # fmt: skip


def undo(session: Session, edit_id: int, *, author: str = "") -> Decision:
    """Take back one decision; everything is then as if it had not been made.

    The log is replayed without it, so decisions can be undone in any order.  One that
    rested on it (a finding moved to a theme that it made) is then in conflict.  Raises
    LifError for a number that is not there, that is undone already, or that version 0.1
    made.
    """
    decision = _decision_of(session, edit_id)
    if not decision.active:
        by = f" by {decision.undone_by}" if decision.undone_by else ""
        raise LifError(
            f"decision {edit_id} has already been undone{by}, on {decision.undone_at[:10]}"
        )
    # Decisions of 0.1 are part of the machine's set since the move, so they cannot be left out.
    if decision.settled:
        raise LifError(
            f"decision {edit_id} was made with version 0.1, which did not keep what was there "
            "before; decide the opposite instead (another name, approve or reject, move it back)"
        )
    return _changed(session, replace(decision, undone_by=author, undone_at=utc_now()))


def redo(session: Session, edit_id: int) -> Decision:
    """Put a decision that was undone in force again, in its old place in the log.

    Raises LifError for a number that is not there or that is not undone.
    """
    decision = _decision_of(session, edit_id)
    if decision.active:
        raise LifError(f"decision {edit_id} is not undone, so it cannot be redone")
    return _changed(session, replace(decision, undone_by="", undone_at=""))


def decisions(session: Session) -> pd.DataFrame:
    """Every decision, oldest first: who, when, what, before, after, and whether it is in force.

    Columns: see `schema`, table "decisions".  `status` is "applied", "conflict" (with the
    reason) or "undone".
    """
    log = sorted(Logs.of(session.store).decisions, key=lambda d: d.edit_id)
    return make_frame("decisions", [_cells(decision) for decision in log])


def conflict(decision: Decision) -> str:
    """A sentence on a decision that cannot be applied: where it stands, and why."""
    where = place_of(decision.row) if decision.row else _in_words(decision)
    return f"{where}: {decision.reason}"


def utc_now() -> str:
    """This moment as an ISO date and time, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _cells(decision: Decision) -> list[object]:
    """A decision as a row of the table "decisions"."""
    own: dict[str, object] = {
        "status": decision.status if decision.active else "undone",
        "theme_id": getattr(decision, "theme_id", ""),
        "point_id": getattr(decision, "point_id", ""),
    }
    if isinstance(decision, RecommendationReview):
        own |= {
            "action": "recommendation",
            "value": decision.same_as or decision.decision,
            "finding_ids": (decision.finding_id,),
        }
    return [
        own[name] if name in own else getattr(decision, name) for name in column_names("decisions")
    ]


def _in_words(decision: Decision) -> str:
    if isinstance(decision, Edit):
        # Who and when stand in columns of their own.
        without_author = replace(decision, author="", at="")
        return decision.value if decision.action == UNCLEAR else describe(without_author)
    if isinstance(decision, PointEdit):
        return describe_point_edit(replace(decision, author="", at=""))
    assert isinstance(decision, RecommendationReview)
    return f"recommendation {decision.finding_id}"


def _is_open(decision: Decision) -> bool:
    return decision.active and decision.status == "conflict"


def _numbered_from(number: int, decisions: Iterable[_Decision]) -> tuple[_Decision, ...]:
    """New decisions with their numbers in the log."""
    return tuple(replace(d, edit_id=number + place) for place, d in enumerate(decisions))


def _close_corrected(
    log: Sequence[_Decision], came_again: set[tuple[object, ...]], batch: str, author: str
) -> tuple[_Decision, ...]:
    """The log with the open conflicts of an export closed that did not come again."""
    at = utc_now()
    return tuple(
        replace(d, undone_by=author or "corrected in the file", undone_at=at)
        if _is_open(d) and d.batch == batch and _row_key(d) not in came_again
        else d
        for d in log
    )


def _row_key(decision: Decision) -> tuple[object, ...]:
    if isinstance(decision, Edit | PointEdit):
        subject = decision.theme_id if isinstance(decision, Edit) else decision.point_id
        about = (subject, decision.value, tuple(sorted(decision.finding_ids)))
        # Of a row that could not be read only its place is certain.
        return decision.row, *(("",) if decision.action == UNCLEAR else about)
    assert isinstance(decision, RecommendationReview)
    return decision.row, decision.finding_id, decision.decision, decision.same_as


def _ids_by_name(themes: ThemeSet | None) -> dict[str, str]:
    return {theme.name.casefold(): theme.theme_id for theme in themes.themes} if themes else {}


def _decision_of(session: Session, edit_id: int) -> Decision:
    for decision in Logs.of(session.store).decisions:
        if decision.edit_id == edit_id:
            return decision
    raise LifError(
        f"there is no decision {edit_id}; list them with their numbers: lif review --log "
        f'-w "{session.store.folder}"'
    )


def _changed(session: Session, decision: Decision) -> Decision:
    def swapped(log: Sequence[_Decision]) -> tuple[_Decision, ...]:
        return tuple(
            decision if d.edit_id == decision.edit_id else d  # type: ignore[misc]
            for d in log
        )

    logs = Logs.of(session.store)
    commit(session, Logs(swapped(logs.edits), swapped(logs.reviews), swapped(logs.point_edits)))
    return decision
