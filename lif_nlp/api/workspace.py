"""What a notebook uses: a workspace, and the sample to try it on."""

from __future__ import annotations

import glob
import hashlib
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pandas as pd

from lif_nlp.about import SAMPLE
from lif_nlp.api import frames as views
from lif_nlp.config import load_settings
from lif_nlp.display.file_links import Written
from lif_nlp.display.findings import FindingTable
from lif_nlp.display.page import table as html_table
from lif_nlp.display.progress import bars
from lif_nlp.display.themes import ThemeTable
from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.framework import Framework
from lif_nlp.protocols import Progress
from lif_nlp.records import ROLES, Document
from lif_nlp.runtime.manifest import record_run
from lif_nlp.runtime.session import Session
from lif_nlp.schema import describe
from lif_nlp.store import Store
from lif_nlp.workflow.tables import TABLES, current_name, table

if TYPE_CHECKING:
    from lif_nlp.workflow.plot import Picture
    from lif_nlp.workflow.review import Reviewed
    from lif_nlp.workflow.status import Status
    from lif_nlp.workflow.watch import Round

Sources = str | Path | Iterable[str | Path]

_TOLD = {
    "documents_kept": "documents read",
    "documents_quarantined": "documents that could not be read (status says why)",
    "units_kept": "findings: sentences, bullets and table rows that say something",
    "units_boilerplate": "left out: contents, signatures, wording of the law",
    "units_quarantined": "parts of documents not used (status says why)",
    "themes": "themes, with those that do not return steadily",
}


class Workspace:
    """A folder in which reports, findings, themes and briefs are kept.

    `settings` are those of `lif.toml` (framework, profile, jobs, seed ...); a
    setting given here wins.  Tables come as pandas frames; `explain` tells what their
    columns mean.  Steps that take longer than a moment show a progress bar; `progress`
    takes a function of your own.  Use `close`, or a `with` block, when done.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Workspace(folder) as ws:
    ...     len(ws.documents())
    0
    """

    def __init__(self, folder: str | Path = "learning", **settings: Any) -> None:
        self.folder = Path(folder)
        # Warnings of the packages underneath say nothing that a learning lead could act on
        warnings.simplefilter("ignore")
        self._session = Session(Store(self.folder), load_settings(self.folder, **settings))

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
        """Close the workspace; everything is kept in its folder."""
        self._session.store.close()

    @property
    def framework(self) -> Framework:
        """The partnership's framework: priorities, practice themes, agencies, glossary."""
        return self._session.framework

    # ---- reading -----------------------------------------------------------------------

    def add(self, sources: Sources, *, progress: Progress | None = None) -> pd.DataFrame:
        """Read new or changed reports and return the documents frame.

        `sources` are files, folders or globs.  What cannot be read has the status
        "quarantined" and a reason; the rest goes on.  Raises LifError when there is
        nothing at a path.
        """
        from lif_nlp.workflow.add import add

        with record_run(self._session, "add") as run, bars(progress) as show:
            add(self._session, _named(sources), run, progress=show)
        return self.documents()

    def add_frame(self, reports: pd.DataFrame, *, progress: Progress | None = None) -> pd.DataFrame:
        """Read a frame of coroners' reports, as PFD Toolkit gives it, one report a row.

        Needs the columns `circumstances` and `concerns`; `id`, `date`, `coroner`, `area`,
        `receiver`, `investigation` and `url` are used where they are there.  The frame is
        kept as a CSV file in the workspace, so that each finding has its source.
        Raises LifError when a column is missing or the frame is empty.
        """
        content = views.coroners_table(reports)
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
    ) -> Written:
        """Do the main job (add, themes, briefs) and return the briefs' paths."""
        from lif_nlp.workflow.mine import mine

        with record_run(self._session, "mine") as run, bars(progress) as show:
            done = mine(self._session, _named(sources), run, formats=formats, progress=show)
        return Written(done.briefs)

    def watch(self, folder: str | Path, *, rounds: int = 1) -> list[Round]:
        """Read what is new in a folder, tell of it in a digest, and return each round.

        A file is taken once it has not changed for a while (`settle_seconds`).
        """
        from lif_nlp.workflow.watch import watch

        return list(watch(self._session, Path(folder), rounds=rounds))

    def status(self) -> Status:
        """Counts that add up (read = kept + boilerplate + quarantined), and what was refused."""
        from lif_nlp.workflow.status import status

        return status(self._session)

    def document(self, doc_id: str) -> Document:
        """A document as it was read, with its blocks; UnknownNameError when it is not here."""
        try:
            return self._session.store.document(doc_id)
        except KeyError as error:
            known = self.documents()
            ids = known.loc[known["status"] == "ok", "doc_id"].tolist()
            raise UnknownNameError("document", doc_id, ids) from error

    def blocks(self, doc_id: str) -> pd.DataFrame:
        """How a document was read, block by block, to hold beside the original.

        Columns: `page`, `kind` (heading, paragraph, bullet, table_row, note), `number`,
        `heading`, `text`, `left_out` (why a block carries no finding, or empty).
        """
        return views.blocks(self.document(doc_id))

    def purge(self, doc_id: str) -> list[str]:
        """Remove a document and all that came from it; returns the briefs to withdraw."""
        from lif_nlp.workflow.purge import purge

        with record_run(self._session, "purge") as run:
            return list(purge(self._session, doc_id, run).briefs)

    # ---- tables ------------------------------------------------------------------------

    def documents(self) -> pd.DataFrame:
        """One row per document; quarantined sources are listed with their reason.

        Columns: `doc_id`, `source`, `title`, `review_type`, `published`, `year`, `area`,
        `pages`, `words`, `status`, `reason`, `units`, `kept`, `boilerplate`.
        """
        return self.table("documents")

    def findings(
        self,
        *,
        role: str = "",
        priority: str = "",
        theme: str = "",
        agency: str = "",
        document: str = "",
        hindsight: bool | None = None,
        why: bool | None = None,
    ) -> pd.DataFrame:
        """Findings that meet all the conditions given, in reading order, with `title`.

        One row per sentence, bullet or table row.  Columns: `finding_id`, `doc_id`,
        `title`, `source`, `page`, `heading`, `text`, `role`, `why`, `hindsight`, `aware`,
        `agencies`, `priorities`, `themes` and more (see `explain`).  `theme` is the id of
        any theme, known or emergent.  Raises UnknownNameError when a role, priority,
        theme, agency or document does not exist.
        """
        found = self._titled(self.table("findings"))
        allowed = {
            "role": (role, ROLES),
            "priority": (priority, [p.id for p in self.framework.priorities]),
            "agency": (agency, [a.id for a in self.framework.agencies]),
        }
        for what, (got, names) in allowed.items():
            if got:
                _check(what, got, names)
        if role:
            found = found[found["role"] == role]
        for column, wanted in (("priorities", priority), ("agencies", agency)):
            if wanted:
                found = found[found[column].map(lambda given, w=wanted: w in given)]
        if theme:
            found = found[self._in_theme(found, theme)]
        if document:
            _check("document", document, sorted(set(self.documents()["doc_id"])))
            found = found[found["doc_id"] == document]
        if hindsight is not None:
            found = found[found["hindsight"].map(bool) == hindsight]
        if why is not None:
            found = found[found["why"] == why]
        return found.reset_index(drop=True)

    def themes(self, *, shown_only: bool = True, progress: Progress | None = None) -> pd.DataFrame:
        """Build themes where something changed, and return them, most reports first.

        Columns: `theme_id`, `name`, `kind` (known, emergent, sub), `parent`, `documents`,
        `findings`, `strengths`, `problems`, `first_seen`, `last_seen`, `stability` (0..1),
        `status`, `terms`, `exemplars`.  Themes that do not return steadily, and those that
        a person rejected, are left out unless `shown_only` is False.
        """
        from lif_nlp.themes import SHOW_FROM
        from lif_nlp.workflow.themes import themes

        with record_run(self._session, "themes") as run, bars(progress) as show:
            show("finding themes", 0, 1)
            themes(self._session, run)
            show("finding themes", 1, 1)
        found = self.table("themes")
        if shown_only:
            steady = found["stability"].ge(SHOW_FROM) & found["status"].ne("rejected")
            found = found[steady | found["status"].eq("approved")]
        return found.reset_index(drop=True)

    def recommendations(self) -> pd.DataFrame:
        """What reports ask for: `text`, `owner`, `due`, `missing`, and `repeat_of`.

        `repeat_of` is the earliest near-same recommendation of another report, or empty.
        """
        return self._titled(self.table("recommendations"))

    def training(self, courses: pd.DataFrame | None = None) -> pd.DataFrame:
        """Training needs: one row per theme and professional group, most reports first.

        Columns: `theme_id`, `theme`, `group`, `name`, `basis` (named in reports, or usual
        in the framework), `problems`, `strengths`, `reports`, `finding_ids`, `courses`.
        `courses` is a frame of your courses with the columns `title` and `themes` (ids or
        names joined by ";"); a need that none covers has an empty tuple.  Raises LifError
        when one of its columns is missing.
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

    def compare(self, area: str, *, role: str = "problem") -> pd.DataFrame:
        """Our area against all other reports here, theme by theme, largest difference first.

        Columns: see `schema`, table "comparison".
        `role` is "problem", "strength", "action" or empty for any mention.  Raises
        UnknownNameError for an area of which there is no report.
        """
        from lif_nlp.synthesis import compare
        from lif_nlp.workflow.tables import frames

        documents = self.documents()
        areas = sorted({one for one in documents["area"] if one})
        _check("area", area, areas)
        ours = documents.loc[documents["area"].eq(area), "doc_id"].tolist()
        return compare(frames(self._session), self.framework, ours=ours, role=role)

    def table(self, name: str) -> pd.DataFrame:
        """Any table by name: documents, findings, themes, trends, training, hindsight ...

        Raises UnknownNameError with the names there are; `tables` lists them.
        """
        return table(self._session, name)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of all tables."""
        return TABLES

    def explain(self, name: str) -> pd.DataFrame:
        """What each column of a table means, one row per column."""
        table = self.table(name)
        rows = describe(current_name(name), table.columns)
        return pd.DataFrame(rows, columns=["column", "meaning"])

    def export(self, name: str, path: str | Path) -> int:
        """Write a table to .csv, .parquet, .xlsx or .jsonl; returns its rows.

        "themes" may also go to a .qdc codebook, "assignments" to a .qdpx project (REFI-QDA).
        """
        from lif_nlp.workflow.export import export

        return export(self._session, name, Path(path))

    def search(self, words: str, *, limit: int = 10) -> pd.DataFrame:
        """The findings nearest in meaning, best first.

        Columns: `finding_id`, `score`, `title`, `source`, `page`, `role`, `text`.
        """
        from lif_nlp.workflow.search import search

        return search(self._session, words, limit=limit)

    def questions(self, document: str = "") -> pd.DataFrame:
        """Hindsight wording turned into questions that ask for the view at the time.

        One row per wording met: `title`, `page`, `text`, `wording` (the words that
        earned the label), `code`, `question`, `finding_id`.  Give a `document` id for
        one report only.
        """
        found = self.findings(document=document, hindsight=True)
        records = self._session.store.some_findings(found["finding_id"])
        return views.questions(found, records, self.framework)

    # ---- showing -----------------------------------------------------------------------

    def show_themes(self, *, top: int = 10, quotes: int = 2, shown_only: bool = True) -> ThemeTable:
        """The `top` themes as a table for people, with years, balance and typical quotes."""
        found = self.themes(shown_only=shown_only).head(top)
        findings = self.findings().set_index("finding_id", drop=False)
        typical = {
            str(row["theme_id"]): findings.reindex(row["exemplars"]).dropna(subset=["text"])
            for row in found.to_dict("records")
        }
        cut = {theme: part.head(quotes).astype({"page": int}) for theme, part in typical.items()}
        return ThemeTable(found, self.table("trends"), cut)

    def show_findings(
        self, findings: pd.DataFrame | None = None, *, most: int = 20, interactive: bool = True
    ) -> FindingTable:
        """Findings (all, or those given) as a table for people, to sort and search offline.

        `most` rows are shown where `interactive` is False or itables is not installed.
        """
        shown = self.findings() if findings is None else findings
        names = {p.id: p.name for p in self.framework.priorities}
        names |= {t.code: t.name for t in self.framework.themes}
        return FindingTable(shown, names, most, interactive)

    def plot(self, kind: str = "recurrence", *, top: int = 10, of: str = "") -> Picture:
        """A picture: "board", "recurrence", "balance", or "trend" (`of` a theme or priority id).

        "board" shows, for the themes met in most reports, in how many of them problems
        outweigh strengths, with the likely range.
        """
        from lif_nlp.workflow.plot import plot

        return plot(self._session, kind, top=top, of=of)

    def brief(
        self,
        *,
        theme: str = "",
        priority: str = "",
        document: str = "",
        audience: str = "",
        kind: str = "seven-minute",
        format: str | Sequence[str] = "html",
        courses: str | Path | None = None,
        out: str | Path | None = None,
    ) -> Written:
        """Write a learning brief and return its paths, one per format.

        It is about one theme, priority or document; without any, a kind that needs one
        is written for each priority.  `courses` is a CSV file of courses (columns title and
        themes, ids or names joined by ";") for the training pack.

        Kinds: seven-minute, summary, session, newsletter, training, annual, board,
        horizon, voice, cdop, explorer.  Formats: html, docx, pptx, pdf, md.  Every quote
        is compared with the stored report first.
        """
        from lif_nlp.workflow.brief import brief

        formats = [format] if isinstance(format, str) else list(format)
        with record_run(self._session, "brief") as run:
            paths = brief(
                self._session,
                run,
                theme=theme,
                priority=priority,
                report=document,
                audience=audience,
                kind=kind,
                formats=formats,
                courses=Path(courses) if courses else None,
                out=Path(out) if out else None,
            )
        return Written(paths)

    # ---- people ------------------------------------------------------------------------

    def export_review(self, path: str | Path = "review.xlsx") -> int:
        """Write what a person is to review to .xlsx or .qdpx; returns the findings shown."""
        from lif_nlp.workflow.review import export_review

        return export_review(self._session, Path(path))

    def import_review(self, path: str | Path = "review.xlsx", *, author: str = "") -> Reviewed:
        """Take people's decisions from .xlsx, .qdpx or .qdc; they stand in every later run."""
        from lif_nlp.workflow.review import import_review

        with record_run(self._session, "review") as run:
            return import_review(self._session, Path(path), run, author=author)

    def _titled(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with the title of their report beside its id."""
        documents = self.table("documents")
        # What was quarantined has no id, however many files there are.
        titles = dict(zip(documents["doc_id"], documents["title"], strict=True))
        place = list(rows.columns).index("doc_id") + 1
        rows = rows.copy()
        rows.insert(place, "title", rows["doc_id"].map(titles).fillna(""))
        return rows

    def _in_theme(self, found: pd.DataFrame, theme: str) -> pd.Series[bool]:
        assigned = self.table("assignments")
        known = [t.code for t in self.framework.themes]
        _check("theme", theme, [*known, *self.table("themes")["theme_id"]])
        ids = assigned.loc[assigned["theme_id"] == theme, "finding_id"]
        coded = found["themes"].map(lambda given: theme in given).astype(bool)
        return found["finding_id"].isin(ids) | coded

    def __repr__(self) -> str:
        counts = self._session.store.counts()
        return (
            f"Workspace({str(self.folder)!r}: {counts['documents_kept']} documents, "
            f"{counts['units_kept']} findings)"
        )

    def _repr_html_(self) -> str:
        counts = self._session.store.counts()
        built = self._session.store.themes()
        counts["themes"] = len(built.themes) if built else 0
        rows = [(words, f"{counts[name]:,}") for name, words in _TOLD.items()]
        return html_table(f"Workspace {self.folder.name}", ("What", "How many"), rows)


def load_sample(folder: str | Path = "learning-sample", **settings: Any) -> Workspace:
    """A workspace that holds the fictional sample reports, read and themed.

    Raises LifError when the sample is not beside the package (it comes with the project).
    """
    if not SAMPLE.is_dir():
        raise LifError(
            f"{SAMPLE}: the sample reports are not here; work from a copy of the whole project, "
            "or add reports of your own with Workspace(folder).add(reports)"
        )
    workspace = Workspace(folder, **settings)
    workspace.add(SAMPLE)
    workspace.themes()
    return workspace


def _named(sources: Sources) -> list[str | Path]:
    """The sources as a list; raises LifError for a path at which nothing is."""
    named = [sources] if isinstance(sources, str | Path) else list(sources)
    for source in named:
        if not Path(source).exists() and not glob.glob(str(source), recursive=True):  # noqa: PTH207
            raise LifError(
                f"{source}: no such file or folder (looked for it from {Path.cwd()}); check the "
                "spelling, and write / between folders, as in 'C:/reviews/2025'"
            )
    return named


def _check(what: str, got: str, allowed: Sequence[str]) -> None:
    if got not in allowed:
        raise UnknownNameError(what, got, list(dict.fromkeys(allowed)))
