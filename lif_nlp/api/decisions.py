"""People's decisions: a workbook out and in, corrections, the log, and undo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from lif_nlp.choices import PointAction, Role
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session

if TYPE_CHECKING:
    from lif_nlp.workflow.decisions import Taken
    from lif_nlp.workflow.review import Reviewed


class WorkspaceDecisions:
    """The part of `Workspace` in which people decide."""

    _session: Session

    def export_review(self, path: str | Path = "review.xlsx") -> int:
        """Write what people are to review to .xlsx or .qdpx; returns the number of findings."""
        from lif_nlp.workflow.review import export_review

        return export_review(self._session, Path(path))

    def import_review(self, path: str | Path = "review.xlsx", *, author: str = "") -> Reviewed:
        """Take people's decisions from .xlsx, .qdpx or .qdc; they apply to every later run.

        A file that is taken in twice changes nothing the second time.
        """
        from lif_nlp.workflow.review import import_review

        with record_run(self._session, "review") as run:
            return import_review(self._session, Path(path), run, author=author)

    def correct(
        self,
        finding_id: str,
        *,
        role: Role | None = None,
        why: bool | None = None,
        author: str = "",
    ) -> Taken:
        """Correct the labels of a finding.

        Parameters
        ----------
        finding_id
            As in `findings()`.
        role
            "strength", "problem", "action" or "context".
        why
            Whether the text gives a reason.
        author
            Who decided.

        Raises
        ------
        UnknownNameError
            For a role that does not exist.
        LifError
            For a finding that is not here, or if neither label is given.
        """
        from lif_nlp.workflow.decisions import correct

        with record_run(self._session, "correct"):
            return correct(self._session, finding_id, role=role, why=why, author=author)

    def decide_point(
        self,
        point: str,
        action: PointAction,
        value: str = "",
        *,
        findings: Sequence[str] = (),
        author: str = "",
    ) -> Taken:
        """Decide on a learning point; the decision holds in every later run.

        Parameters
        ----------
        point
            ID or name of the point.
        action
            "approve", "reject", "rename" (`value`: the new name), "merge" (`value`: the point
            it becomes part of), "split" (`value`: name of the new point, which takes
            `findings`), or "move" (`findings` go to the point `value`, or out if it is empty).
        value
            A name, or the ID or name of a point.
        findings
            IDs of findings, as in `point_members()`.
        author
            Who decided.

        Raises
        ------
        UnknownNameError
            For an action or point that does not exist.
        LifError
            If there are no points yet, or the action needs more than it was given.
        """
        from lif_nlp.workflow.decisions import take, utc_now
        from lif_nlp.workflow.point_decisions import point_edit

        with record_run(self._session, "decide"):
            points = self._session.store.points()
            edit = point_edit(points, point, action, value, findings, author=author, at=utc_now())
            return take(self._session, (), point_edits=[edit])

    def decisions(self) -> pd.DataFrame:
        """Every decision, oldest first, undone ones included.

        Columns: `edit_id`, `at`, `author`, `action`, `theme_id`, `point_id`, `finding_ids`,
        `value`, `before`, `after`, `status` (applied, conflict or undone), `reason`,
        `undone_by`, `undone_at`, `source`, `source_hash`, `row`.
        """
        from lif_nlp.workflow.decisions import decisions

        return decisions(self._session)

    def undo(self, edit_id: int, *, author: str = "") -> None:
        """Undo one decision; everything is then as if it had not been made.

        Decisions can be undone in any order.  `edit_id` is its number in `decisions()`.

        Raises
        ------
        LifError
            For a number that is not there or is undone already, and for decisions made
            with version 0.1.
        """
        from lif_nlp.workflow.decisions import undo

        with record_run(self._session, "undo"):
            undo(self._session, int(edit_id), author=author)

    def redo(self, edit_id: int) -> None:
        """Bring a decision that was undone back, in its old place in the log."""
        from lif_nlp.workflow.decisions import redo

        with record_run(self._session, "redo"):
            redo(self._session, int(edit_id))
