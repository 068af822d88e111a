"""What a notebook uses: a workspace, and sample reports to try it on."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Unpack

import pandas as pd

from lif_nlp._deprecated import deprecated_arguments
from lif_nlp.api import frames as api_frames
from lif_nlp.api.decisions import WorkspaceDecisions
from lif_nlp.api.tables import WorkspaceTables
from lif_nlp.choices import AnyPointRole, PlotKind, PointRole, SettingArguments
from lif_nlp.config import load_settings
from lif_nlp.display.file_links import FileLinks
from lif_nlp.display.findings import FindingTable
from lif_nlp.display.page import table as html_table
from lif_nlp.display.points import PointTable
from lif_nlp.display.progress import bars
from lif_nlp.display.themes import ThemeTable
from lif_nlp.errors import LifError
from lif_nlp.protocols import Progress
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.store import Store

if TYPE_CHECKING:
    from bertopic import BERTopic

    from lif_nlp.display.lifeline import LifeLinePicture
    from lif_nlp.records import ThemeSet
    from lif_nlp.themes.topics import FittedTopics
    from lif_nlp.workflow.plot import Picture
    from lif_nlp.workflow.status import Status
    from lif_nlp.workflow.watch import WatchRound

Sources = str | Path | Iterable[str | Path]

_COUNT_CAPTIONS = {
    "documents_kept": "reports read",
    "documents_quarantined": "files that could not be read (see status)",
    "units_kept": "findings: sentences, bullets and table rows",
    "units_boilerplate": "units left out: contents, signatures, statutory wording",
    "units_quarantined": "parts of reports not used (see status)",
    "themes": "themes, including unstable ones",
}


class Workspace(WorkspaceTables, WorkspaceDecisions):
    """A folder that holds reports, findings, themes and briefs.

    Tables are pandas frames; `explain` gives the meaning of their columns.  Steps that
    take more than a moment show a progress bar.  Call `close`, or use a `with` block, when
    done.

    Parameters
    ----------
    folder
        The workspace's folder; created if it does not exist.
    **settings
        Settings of `lif.toml` (framework, profile, jobs, seed ...); these take precedence
        over the file.

    Raises
    ------
    ConfigError
        If a setting is not allowed, or `lif.toml` is not valid.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Workspace(folder) as ws:
    ...     len(ws.documents())
    0
    """

    def __init__(
        self, folder: str | Path = "learning", **settings: Unpack[SettingArguments]
    ) -> None:
        self.folder = Path(folder)
        self._session = Session(Store(self.folder), load_settings(self.folder, **settings))
        self._topics: tuple[tuple[ThemeSet, bool, bool], FittedTopics] | None = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the workspace; everything stays in its folder."""
        self._session.store.close()

    # ---- reading -----------------------------------------------------------------------

    def add(self, sources: Sources, *, progress: Progress | None = None) -> pd.DataFrame:
        """Read new or changed reports and return the documents frame.

        Learning points that were built before are brought up to date.

        Parameters
        ----------
        sources
            Files, folders or globs.  A file that cannot be read gets the status
            "quarantined" and a reason; the others are still read.
        progress
            Called with (stage, done, total); a progress bar when None.

        Raises
        ------
        LifError
            If nothing exists at a path.
        """
        from lif_nlp.workflow.add import add

        with record_run(self._session, "add") as run, bars(progress) as show:
            add(self._session, _checked_sources(sources), run, progress=show)
        return self.documents()

    def add_frame(self, reports: pd.DataFrame, *, progress: Progress | None = None) -> pd.DataFrame:
        """Read a frame of coroners' reports, as PFD Toolkit returns it, one report per row.

        The frame is kept as a CSV file in the workspace, so that each finding has a source.

        Parameters
        ----------
        reports
            Columns `circumstances` and `concerns`; `id`, `date`, `coroner`, `area`,
            `receiver`, `investigation` and `url` are used if present.
        progress
            Called with (stage, done, total); a progress bar when None.

        Raises
        ------
        LifError
            If a required column is missing or the frame is empty.
        """
        content = api_frames.coroners_csv(reports)
        path = self.folder / "frames" / f"{hashlib.sha256(content).hexdigest()[:16]}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return self.add(path, progress=progress)

    def mine(
        self,
        sources: Sources,
        *,
        formats: Sequence[str] = ("html",),
        progress: Progress | None = None,
    ) -> FileLinks:
        """Do the main job (add, themes, briefs) and return the paths of the briefs."""
        from lif_nlp.workflow.mine import mine

        with record_run(self._session, "mine") as run, bars(progress) as show:
            result = mine(
                self._session, _checked_sources(sources), run, formats=formats, progress=show
            )
        return FileLinks(result.briefs)

    def watch(self, folder: str | Path, *, rounds: int = 1) -> list[WatchRound]:
        """Read new reports in a folder, write a digest of them, and return each round.

        A file is read once it has not changed for `settle_seconds`.
        """
        from lif_nlp.workflow.watch import watch

        return list(watch(self._session, Path(folder), rounds=rounds))

    def follow(
        self,
        sources: Sources = (),
        *,
        report: str = "",
        columns: str | Path | None = None,
        as_of: str = "",
    ) -> pd.DataFrame:
        """Take in trackers, responses, checks and logs; return the life lines.

        `report` is the ID of the review the files follow up, where it is not clear from
        them; `columns` a TOML file with the roles of a tracker's columns; `as_of` the date of
        a tracker's version.  What changed is in the run's record and printed by `lif follow`.
        """
        from lif_nlp.workflow.follow import follow

        with record_run(self._session, "follow") as run:
            follow(
                self._session,
                _checked_sources(sources),
                run,
                review=report,
                columns=Path(columns) if columns else None,
                as_of=as_of,
            )
        return self.table("life_lines")

    def lifeline(self, ask_id: str) -> LifeLinePicture:
        """What is recorded of one recommendation, stage by stage, as a picture and as words.

        A hollow stage says in which sources and up to when nothing is recorded.  Raises
        UnknownNameError for an ID that `table("asks")` does not have.
        """
        from lif_nlp.display.lifeline import LifeLinePicture
        from lif_nlp.workflow.ledger_tables import life_line

        return LifeLinePicture(life_line(self._session, ask_id))

    def status(self) -> Status:
        """Counts that add up (read = kept + boilerplate + quarantined), and what was skipped."""
        from lif_nlp.workflow.status import status

        return status(self._session)

    def purge(self, doc_id: str) -> list[str]:
        """Remove a report and all that came from it; returns the briefs to withdraw."""
        from lif_nlp.workflow.purge import purge

        with record_run(self._session, "purge") as run:
            return list(purge(self._session, doc_id, run).briefs)

    # ---- showing -----------------------------------------------------------------------

    def show_themes(self, *, top: int = 10, quotes: int = 2, shown_only: bool = True) -> ThemeTable:
        """The `top` themes as a table to read: years, balance, and `quotes` quotations each."""
        themes = self.themes(shown_only=shown_only).head(top)
        findings = self.findings().set_index("finding_id", drop=False)
        exemplars = {
            str(row["theme_id"]): findings.reindex(row["exemplars"])
            .dropna(subset=["text"])
            .head(quotes)
            .astype({"page": int})
            for row in themes.to_dict("records")
        }
        return ThemeTable(themes, self.table("trends"), exemplars)

    def show_points(
        self,
        *,
        role: AnyPointRole = "",
        theme: str = "",
        priority: str = "",
        top: int = 10,
        quotes: int = 3,
    ) -> PointTable:
        """The `top` learning points as a table to read, with the `quotes` behind each.

        `role`, `theme` and `priority` are as in `points()`.
        """
        everything = self.points(shown_only=False)
        points = self.points(role=role, theme=theme, priority=priority).head(top)
        members = self.point_members()
        quotes_by_point = {}
        for row in points.to_dict("records"):
            order = {finding_id: place for place, finding_id in enumerate(row["quotes"])}
            own = members[members["point_id"] == row["point_id"]]
            own = own.assign(place=own["finding_id"].map(order).fillna(len(order)))
            own = own.sort_values(["place", "confidence"], ascending=[True, False], kind="stable")
            quotes_by_point[str(row["point_id"])] = own.drop_duplicates("doc_id").head(quotes)
        return PointTable(
            points, self.table("point_years"), quotes_by_point, everything.set_index("point_id")
        )

    @deprecated_arguments(most="max_rows")
    def show_findings(
        self,
        findings: pd.DataFrame | None = None,
        *,
        max_rows: int = 20,
        interactive: bool = True,
    ) -> FindingTable:
        """Findings (all, or those given) as a table to read, sort and search offline.

        Parameters
        ----------
        findings
            Rows of `findings()`.
        max_rows
            Rows shown if `interactive` is False or itables is not installed.
        interactive
            Use itables where a notebook can show it.
        """
        rows = self.findings() if findings is None else findings
        names = {p.id: p.name for p in self.framework.priorities}
        themes = self.table("themes")
        names |= {t.code: t.name for t in self.framework.themes}
        names |= dict(zip(themes["theme_id"], themes["name"], strict=True))
        return FindingTable(rows, names, max_rows, interactive)

    @deprecated_arguments(of="theme")
    def plot(
        self,
        kind: PlotKind = "recurrence",
        *,
        top: int = 10,
        theme: str = "",
        priority: str = "",
        role: PointRole = "problem",
    ) -> Picture:
        """Draw a chart.

        Parameters
        ----------
        kind
            "points": the learning points that come back, by reports and years;
            "recurrence": in how many reports each theme is mentioned; "balance": strengths
            and problems of each theme; "board": in how many reports problems outweigh
            strengths, with 95% intervals; "trend": one theme or priority over time.
        top
            Number of themes or points drawn.
        theme, priority
            The subject of a "trend", by ID; the theme or priority of "points".
        role
            Which "points": "problem", "strength" or "action".
        """
        from lif_nlp.workflow.plot import plot, plot_points

        if kind == "points":
            self.points()
            return plot_points(self._session, role=role, theme=theme, priority=priority, top=top)
        return plot(self._session, kind, top=top, subject_id=theme or priority)

    @deprecated_arguments(document="report")
    def brief(
        self,
        *,
        theme: str = "",
        priority: str = "",
        report: str = "",
        audience: str = "",
        kind: str = "seven-minute",
        format: str | Sequence[str] = "html",
        courses: str | Path | None = None,
        partnership: str = "",
        out: str | Path | None = None,
    ) -> FileLinks:
        """Write a learning brief and return its paths, one per format.

        It is about one theme, priority or report; without any, a kind that needs one
        is written for each priority.  `courses` is a CSV file of courses (columns title and
        themes, ids or names joined by ";") for the training pack; `partnership` is the name
        printed on top, instead of that in `lif.toml`.

        Kinds: seven-minute, wheel, summary, session, newsletter, training, annual, board,
        horizon, voice, cdop, programme, explorer.  Formats: html, docx, pptx, pdf, md.  Every quote
        is compared with the stored report first.
        """
        from lif_nlp.briefs.request import BriefRequest
        from lif_nlp.workflow.brief import brief

        request = BriefRequest(
            theme=theme,
            priority=priority,
            report=report,
            audience=audience,
            kind=kind,
            formats=(format,) if isinstance(format, str) else tuple(format),
            courses=Path(courses) if courses else None,
            partnership=partnership,
            out=Path(out) if out else None,
        )
        with record_run(self._session, "brief") as run:
            return FileLinks(brief(self._session, run, request))

    # ---- BERTopic ----------------------------------------------------------------------

    def topic_model(self, *, sub_themes: bool = False, shown_only: bool = True) -> BERTopic:
        """The themes as a fitted BERTopic, for its tables and pictures.

        Its topics are the themes of this workspace, built first if anything has changed, with
        their names as custom labels and their exemplars as representative documents.  Its
        documents are the findings about practice (see `topic_documents`).  A finding has one
        topic, its theme with the highest confidence; topic -1 holds those without a theme.
        Nothing is clustered again: this is BERTopic's manual topic modelling.

        BERTopic's pictures over time count findings, so years with more reports stand higher;
        `plot("trend", ...)` draws the share of reports.  Its colours repeat after seven topics.

        Parameters
        ----------
        sub_themes
            Make parts of known themes topics of their own.
        shown_only
            Leave out unstable themes that nobody approved.

        Raises
        ------
        LifError
            If there are no themes yet.

        Examples
        --------
        >>> model = ws.topic_model()                             # doctest: +SKIP
        >>> model.get_topic_info()                               # doctest: +SKIP
        >>> model.visualize_topics(custom_labels=True)           # doctest: +SKIP
        >>> dated = ws.topic_documents().dropna(subset="year")   # doctest: +SKIP
        >>> model.topics_over_time(                              # doctest: +SKIP
        ...     dated["text"].tolist(), dated["year"].tolist(), topics=dated["topic"].tolist()
        ... )
        """
        return self._fitted_topics(sub_themes, shown_only).model

    def topic_documents(self, *, sub_themes: bool = False, shown_only: bool = True) -> pd.DataFrame:
        """The documents of `topic_model` in its order, one row per finding.

        Columns: `finding_id`, `doc_id`, `year` (missing if the report is undated), `text`,
        `topic` (-1 for no theme), `theme_id` and `theme` (empty for no theme).  The
        parameters are those of `topic_model`.
        """
        from lif_nlp.workflow.topic_model import topic_documents

        return topic_documents(
            self._fitted_topics(sub_themes, shown_only), self._session.store.frame("documents")
        )

    def _fitted_topics(self, sub_themes: bool, shown_only: bool) -> FittedTopics:
        from lif_nlp.workflow.themes import themes
        from lif_nlp.workflow.topic_model import topic_model

        with record_run(self._session, "themes") as run:
            theme_set = themes(self._session, run)
            key = theme_set, sub_themes, shown_only
            if self._topics is None or self._topics[0] != key:
                self._topics = key, topic_model(self._session, *key)
        return self._topics[1]

    # ---- how it shows itself -----------------------------------------------------------

    def __repr__(self) -> str:
        counts = self._session.store.counts()
        return (
            f"Workspace({str(self.folder)!r}: {counts['documents_kept']} documents, "
            f"{counts['units_kept']} findings)"
        )

    def _repr_html_(self) -> str:
        counts = self._session.store.counts()
        themes = self._session.store.themes()
        in_use = [t for t in themes.themes if t.status != "rejected"] if themes else []
        counts["themes"] = len(in_use)
        rows = [(caption, f"{counts[name]:,}") for name, caption in _COUNT_CAPTIONS.items()]
        return html_table(f"Workspace {self.folder.name}", ("What", "How many"), rows)


def load_sample(
    folder: str | Path = "learning-sample", **settings: Unpack[SettingArguments]
) -> Workspace:
    """A workspace that holds the fictional sample reports, with themes and learning points.

    Raises LifError when `folder` is a workspace that holds other reports.
    """
    from lif_nlp.workflow.demo import sample_for

    workspace = Workspace(folder, **settings)
    try:
        sample = sample_for(workspace._session)
    except LifError:
        workspace.close()
        raise
    workspace.add(sample)
    workspace.themes()
    workspace.points()
    return workspace


def _checked_sources(sources: Sources) -> list[str | Path]:
    """The sources as a list; raises LifError if nothing exists at a path."""
    from lif_nlp.ingest import locate, missing_reason

    paths = [sources] if isinstance(sources, str | Path) else list(sources)
    for path in paths:
        place = locate(path)
        if not place.exists() and not glob.glob(str(place), recursive=True):  # noqa: PTH207
            raise LifError(
                f"{path}: {missing_reason(path)}; write / between folders, as in 'C:/reviews/2025'"
            )
    return paths
