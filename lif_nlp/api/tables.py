"""The tables of a workspace as pandas frames: findings, themes, comparisons, exports."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from lif_nlp._deprecated import deprecated_arguments
from lif_nlp.api import frames as api_frames
from lif_nlp.choices import AnyPointRole, AnyRole, Role
from lif_nlp.display.progress import bars
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.framework import Framework
from lif_nlp.names import known_id
from lif_nlp.protocols import Progress
from lif_nlp.records import Document
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.schema import describe
from lif_nlp.workflow.tables import TABLES, current_name, table


class WorkspaceTables:
    """The part of `Workspace` that returns frames."""

    folder: Path
    _session: Session

    @property
    def framework(self) -> Framework:
        """The partnership's framework: priorities, practice themes, agencies, glossary."""
        return self._session.framework

    # ---- reports -----------------------------------------------------------------------

    def documents(self) -> pd.DataFrame:
        """One row per report; quarantined files are listed with the reason.

        Columns: `doc_id`, `source`, `title`, `review_type`, `published`, `year`, `area`,
        `pages`, `words`, `status`, `reason`, `duplicate_of`, `units`, `findings`,
        `boilerplate`.
        """
        return self.table("documents")

    def document(self, doc_id: str) -> Document:
        """The record of a report, with its blocks; UnknownNameError if it is not here."""
        try:
            return self._session.store.document(doc_id)
        except KeyError as error:
            documents = self.documents()
            ids = documents.loc[documents["status"] == "ok", "doc_id"].tolist()
            raise UnknownNameError("report", doc_id, ids) from error

    def blocks(self, doc_id: str) -> pd.DataFrame:
        """How a report was read, block by block, to compare with the original.

        Columns: `page`, `kind`, `number`, `heading`, `text`, `boilerplate`.
        """
        return api_frames.blocks(self.document(doc_id))

    # ---- findings and themes -----------------------------------------------------------

    @deprecated_arguments(document="report")
    def findings(
        self,
        *,
        role: AnyRole = "",
        priority: str = "",
        theme: str = "",
        point: str = "",
        agency: str = "",
        report: str = "",
        year: int | str = "",
        hindsight: bool | None = None,
        why: bool | None = None,
    ) -> pd.DataFrame:
        """Findings that meet all the conditions given, in reading order.

        Columns: `finding_id`, `doc_id`, `title`, `source`, `page`, `page_end`,
        `paragraph`, `heading`, `kind`, `text`, `role`, `role_confidence`,
        `role_by`, `why`, `why_by`, `reasons`, `hindsight`, `aware`, `speaker`,
        `actor`, `note`, `agencies`, `priorities`,
        `sub_areas`, `themes`, `stock_wording`, `start`, `end`.  One column for each score follows.

        Parameters
        ----------
        role
            "strength", "problem", "action" or "context".
        priority, agency
            ID or name of a priority or agency in the framework.
        theme
            ID or current name of any theme: known, emergent or sub-theme.  A finding
            belongs to a theme if it is assigned to it, after people's decisions; the counts
            of `themes()` are over the same findings.
        point
            ID or name of a learning point that the finding states.
        report
            ID (`doc_id`), title or file name of a report.
        year
            Year of publication, such as 2024, or several as "2019-2024".
        hindsight
            True for findings with hindsight wording, False for those without.
        why
            True for findings that give a reason, False for those that do not.

        Raises
        ------
        UnknownNameError
            For a role, priority, theme, point, agency or report that does not exist.
        LifError
            For a year that is none.
        """
        from lif_nlp.workflow.select_findings import FindingFilter, select_findings

        conditions = FindingFilter(
            role=role,
            priority=priority,
            theme=theme,
            point=point,
            agency=agency,
            report=report,
            years=str(year),
            hindsight=hindsight,
            why=why,
        )
        return select_findings(self._session, self._with_title(self.table("findings")), conditions)

    def themes(self, *, shown_only: bool = True, progress: Progress | None = None) -> pd.DataFrame:
        """Build the themes if anything has changed, and return them, most reports first.

        Columns: `theme_id`, `name`, `kind`, `parent`, `documents`, `findings`,
        `strengths`, `problems`, `first_seen`, `last_seen`, `stability`, `status`,
        `terms`, `exemplars`.

        Parameters
        ----------
        shown_only
            Leave out unstable themes that nobody approved, and rejected ones.
        progress
            Called with (stage, done, total); a progress bar when None.
        """
        from lif_nlp.workflow.theme_lookup import select_shown
        from lif_nlp.workflow.themes import themes

        with record_run(self._session, "themes") as run, bars(progress) as show:
            show("finding themes", 0, 1)
            themes(self._session, run)
            show("finding themes", 1, 1)
        table = self.table("themes")
        return select_shown(table) if shown_only else table

    def points(
        self,
        *,
        role: AnyPointRole = "",
        theme: str = "",
        priority: str = "",
        shown_only: bool = True,
        progress: Progress | None = None,
    ) -> pd.DataFrame:
        """Build the learning points if anything has changed, and return them.

        Those that most reports state come first.

        Columns: `point_id`, `name`, `role`, `theme`, `priorities`, `documents`, `findings`,
        `first_seen`, `last_seen`, `quote`, `quote_finding_id`, `stability`, `opposed_by`,
        `status`, `of_documents`, `share`, `low`, `high`, `quotes`, `named_by`, `origin`,
        `single_area`, `tensions`, `likely`.

        Parameters
        ----------
        role
            "problem", "strength" or "action".
        theme
            ID or current name of the practice theme that points stand under.
        priority
            ID of a priority in the framework.
        shown_only
            Leave out points that fewer than three reports state and nobody approved, those
            that no report states, rejected ones, and groups that the program found alike
            (`named_by` is "frame" or "quote") and nobody has checked, approved or named.
        progress
            Called with (stage, done, total); a progress bar when None.

        Raises
        ------
        UnknownNameError
            For a role, theme or priority that does not exist.
        """
        from lif_nlp.workflow.point_tables import select_points
        from lif_nlp.workflow.points import points

        with record_run(self._session, "points") as run, bars(progress) as show:
            show("finding learning points", 0, 1)
            points(self._session, run)
            show("finding learning points", 1, 1)
        return select_points(
            self._session, role=role, theme=theme, priority=priority, shown_only=shown_only
        )

    def point_members(self, point: str = "") -> pd.DataFrame:
        """Which findings state which learning points, with what confidence, and why.

        Columns: `point_id`, `finding_id`, `confidence`, `by`, `basis`, `doc_id`, `title`,
        `source`, `page`, `text`.  Give the ID or name of a `point` for that point only.
        """
        members = self._with_title(self.table("point_members"))
        if point:
            members = members[members["point_id"] == self._point_id(point)]
        return members.reset_index(drop=True)

    def recommendations(self) -> pd.DataFrame:
        """What reports recommend, and which earlier recommendation each repeats.

        Columns: `finding_id`, `doc_id`, `title`, `source`, `published`, `page`, `text`,
        `owner`, `due`, `repeat_of`, `missing`, `decision`, `same_as`.
        """
        return self._with_title(self.table("recommendations"))

    @deprecated_arguments(document="report")
    def questions(self, report: str = "") -> pd.DataFrame:
        """Hindsight wording turned into questions about how things looked at the time.

        Columns: `title`, `page`, `text`, `wording`, `code`, `question`, `finding_id`.
        Give the ID of a `report` for that report only.
        """
        findings = self.findings(report=report, hindsight=True)
        records = self._session.store.some_findings(findings["finding_id"])
        return api_frames.questions(findings, records, self.framework)

    def search(
        self,
        words: str,
        *,
        limit: int = 10,
        role: AnyRole = "",
        theme: str = "",
        priority: str = "",
        report: str = "",
        year: int | str = "",
    ) -> pd.DataFrame:
        """The `limit` findings nearest in meaning to `words`, best first.

        The other parameters narrow the search, as in `findings`.

        Columns: `finding_id`, `score`, `title`, `source`, `page`, `role`, `text`.
        """
        from lif_nlp.workflow.search import search
        from lif_nlp.workflow.select_findings import FindingFilter

        conditions = FindingFilter(
            role=role, theme=theme, priority=priority, report=report, years=str(year)
        )
        return search(self._session, words, limit=limit, conditions=conditions)

    def search_points(
        self,
        words: str,
        *,
        limit: int = 3,
        role: AnyPointRole = "",
        theme: str = "",
        priority: str = "",
    ) -> pd.DataFrame:
        """The learning points nearest in meaning to `words`, best first; none if none is near.

        `role`, `theme` and `priority` are as in `points`.

        Columns: `point_id`, `score`, `name`, `role`, `documents`, `of_documents`,
        `first_seen`, `last_seen`, `quote`, `title`, `source`, `page`.
        """
        from lif_nlp.workflow.search import search_points
        from lif_nlp.workflow.select_findings import FindingFilter

        conditions = FindingFilter(role=role, theme=theme, priority=priority)
        return search_points(self._session, words, limit=limit, conditions=conditions)

    # ---- tables drawn from them --------------------------------------------------------

    def training(self, courses: pd.DataFrame | None = None) -> pd.DataFrame:
        """Training needs by theme and professional group, most reports first.

        Columns: `theme_id`, `theme`, `group`, `name`, `basis`, `problems`, `strengths`,
        `reports`, `finding_ids`, `courses`.

        Parameters
        ----------
        courses
            Your courses, with the columns `title` and `themes` (IDs or names joined by
            ";").  The column `courses` of the result is empty where none covers a need.

        Raises
        ------
        LifError
            If one of those columns is missing.
        """
        from lif_nlp.synthesis import training_needs
        from lif_nlp.workflow.tables import frames

        for column in ("title", "themes"):
            if courses is not None and column not in courses.columns:
                raise LifError(
                    f"the frame of courses lacks the column '{column}'; give one row per course "
                    "with its title and its themes, joined by ';'"
                )
        return training_needs(frames(self._session), self.framework, courses=courses)

    def compare(self, area: str, *, role: Role = "problem") -> pd.DataFrame:
        """Compare an area's reports with all others, theme by theme, largest difference first.

        Columns: `theme_id`, `name`, `our_reports`, `of_our_reports`, `our_share`,
        `our_low`, `our_high`, `other_reports`, `of_other_reports`, `other_share`,
        `other_low`, `other_high`, `change`, `change_low`, `change_high`, `type_shift`,
        `conclusion`.

        Parameters
        ----------
        area
            An area as in `documents()`.
        role
            "problem", "strength" or "action", or empty for any mention.

        Raises
        ------
        UnknownNameError
            For an area without reports.
        """
        from lif_nlp.synthesis import compare
        from lif_nlp.workflow.tables import frames

        documents = self.documents()
        areas = sorted({name for name in documents["area"] if name})
        area = known_id("area", area, areas)
        ours = documents.loc[documents["area"].eq(area), "doc_id"].tolist()
        return compare(frames(self._session), self.framework, ours=ours, role=role)

    def table(self, name: str) -> pd.DataFrame:
        """Any table by name: documents, findings, themes, trends, training, hindsight ...

        Raises UnknownNameError, listing the tables, for one that does not exist; `tables`
        lists them too, and `explain` describes their columns.
        """
        return table(self._session, name)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of all tables."""
        return TABLES

    def explain(self, name: str) -> pd.DataFrame:
        """The meaning of each column of a table: `column`, `meaning`."""
        columns = self.table(name).columns
        return pd.DataFrame(describe(current_name(name), columns), columns=["column", "meaning"])

    def export(self, name: str, path: str | Path, *, circulate: bool = False) -> int:
        """Write a table to .csv, .parquet, .xlsx or .jsonl; returns its number of rows.

        "themes" may also be written as a REFI-QDA codebook (.qdc), "assignments" as a
        REFI-QDA project (.qdpx).  With `circulate` whatever may identify a child, family or
        worker is left out, so that the file may leave the learning team.
        """
        from lif_nlp.workflow.export import export

        return export(self._session, name, Path(path), circulate=circulate)

    # ---- helpers -----------------------------------------------------------------------

    def _with_title(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the title of their report after its ID."""
        documents = self.table("documents")
        # quarantined files may share an ID, so this cannot be a merge
        titles = dict(zip(documents["doc_id"], documents["title"], strict=True))
        position = list(rows.columns).index("doc_id") + 1
        rows = rows.copy()
        rows.insert(position, "title", rows["doc_id"].map(titles).fillna(""))
        return rows

    def _point_id(self, point: str) -> str:
        from lif_nlp.workflow.point_decisions import point_id_of

        return point_id_of(self._session.store.points(), point)
