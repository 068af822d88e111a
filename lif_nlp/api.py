"""What a notebook uses: a workspace, and the sample to try it on."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pandas as pd

import lif_nlp
from lif_nlp.config import load_settings
from lif_nlp.errors import UnknownNameError
from lif_nlp.framework import Framework
from lif_nlp.records import ROLES, Document
from lif_nlp.store import Store
from lif_nlp.workflow.manifest import record_run
from lif_nlp.workflow.progress import Progress, silent
from lif_nlp.workflow.session import Session
from lif_nlp.workflow.tables import table

if TYPE_CHECKING:
    from lif_nlp.workflow.plot import Picture

SAMPLE = Path(lif_nlp.__file__).parent.parent / "corpora" / "sample"


class Workspace:
    """A folder in which reports, findings, themes and briefs are kept.

    `settings` are those of `lif.toml` (framework, profile, jobs, seed ...); a
    setting given here wins.  Use `close`, or a `with` block, when done.

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

    def add(
        self, sources: str | Path | Iterable[str | Path], *, progress: Progress = silent
    ) -> pd.DataFrame:
        """Read new or changed reports and return the documents frame.

        `sources` are files, folders or globs.  What cannot be read has the status
        "quarantined" and a reason; the rest goes on.
        """
        from lif_nlp.workflow.add import add

        with record_run(self._session, "add") as run:
            add(self._session, _as_list(sources), run, progress=progress)
        return self.documents()

    def themes(self) -> pd.DataFrame:
        """Build themes where something changed, and return the themes frame.

        One row per theme, most reports first: `theme_id`, `name`, `kind` (known,
        emergent, sub), `documents`, `findings`, `strengths`, `problems`,
        `first_seen`, `last_seen`, `stability` (0..1), `status`.
        """
        from lif_nlp.workflow.themes import themes

        with record_run(self._session, "themes") as run:
            themes(self._session, run)
        return self.table("themes")

    def mine(
        self, sources: str | Path | Iterable[str | Path], *, formats: Sequence[str] = ("html",)
    ) -> list[Path]:
        """Do the main job (add, themes, briefs) and return the briefs' paths."""
        from lif_nlp.workflow.mine import mine

        with record_run(self._session, "mine") as run:
            return list(mine(self._session, _as_list(sources), run, formats=formats).briefs)

    def documents(self) -> pd.DataFrame:
        """One row per document; quarantined sources are listed with their reason."""
        return self.table("documents")

    def findings(
        self,
        *,
        role: str = "",
        priority: str = "",
        theme: str = "",
        agency: str = "",
        hindsight: bool | None = None,
    ) -> pd.DataFrame:
        """Findings that meet all the conditions given, in reading order.

        `theme` is the id of any theme, known or emergent.  Raises UnknownNameError
        when a role, priority, theme or agency does not exist.
        """
        found = self.table("findings")
        if role:
            _check("role", role, ROLES)
            found = found[found["role"] == role]
        if priority:
            _check("priority", priority, [p.id for p in self.framework.priorities])
            found = found[found["priorities"].map(lambda given: priority in given)]
        if agency:
            _check("agency", agency, [a.id for a in self.framework.agencies])
            found = found[found["agencies"].map(lambda given: agency in given)]
        if theme:
            assigned = self.table("assignments")
            known = [t.code for t in self.framework.themes]
            _check("theme", theme, [*known, *self.table("themes")["theme_id"]])
            ids = assigned.loc[assigned["theme_id"] == theme, "finding_id"]
            in_theme = found["finding_id"].isin(ids)
            found = found[in_theme | found["themes"].map(lambda given: theme in given)]
        if hindsight is not None:
            found = found[found["hindsight"].map(bool) == hindsight]
        return found.reset_index(drop=True)

    def table(self, name: str) -> pd.DataFrame:
        """Any table by name: findings, recommendations, trends, training, hindsight ..."""
        return table(self._session, name)

    def search(self, words: str, *, limit: int = 10) -> pd.DataFrame:
        """The findings nearest in meaning, best first, with report and page."""
        from lif_nlp.workflow.search import search

        return search(self._session, words, limit=limit)

    def brief(
        self,
        *,
        theme: str = "",
        priority: str = "",
        audience: str = "",
        kind: str = "seven-minute",
        format: str | Sequence[str] = "html",
        out: str | Path | None = None,
    ) -> list[Path]:
        """Write a learning brief and return its paths, one per format."""
        from lif_nlp.workflow.briefs import brief

        formats = [format] if isinstance(format, str) else list(format)
        with record_run(self._session, "brief") as run:
            return brief(
                self._session,
                run,
                theme=theme,
                priority=priority,
                audience=audience,
                kind=kind,
                formats=formats,
                out=Path(out) if out else None,
            )

    def plot(self, kind: str = "recurrence", *, top: int = 10, of: str = "") -> Picture:
        """A picture: "recurrence", "balance", or "trend" (`of` a theme or priority id)."""
        from lif_nlp.workflow.plot import plot

        return plot(self._session, kind, top=top, of=of)

    def export(self, name: str, path: str | Path) -> int:
        """Write a table to .csv, .parquet, .xlsx or .jsonl; returns its rows."""
        from lif_nlp.workflow.export import export

        return export(self._session, name, Path(path))

    def document(self, doc_id: str) -> Document:
        """A document as it was read, with its blocks; KeyError when it is not here."""
        return self._session.store.document(doc_id)

    def _repr_html_(self) -> str:
        counts = self._session.store.counts()
        rows = "".join(
            f"<tr><th style='text-align:left'>{name.replace('_', ' ')}</th><td>{n:,}</td></tr>"
            for name, n in counts.items()
        )
        return f"<table><caption>Workspace {self.folder.name}</caption>{rows}</table>"


def load_sample(folder: str | Path = "learning-sample", **settings: Any) -> Workspace:
    """A workspace that holds the fictional sample reports, read and themed."""
    workspace = Workspace(folder, **settings)
    workspace.add(SAMPLE)
    workspace.themes()
    return workspace


def annotate(texts: Sequence[str], headings: Sequence[str] | None = None) -> pd.DataFrame:
    """Labels of loose texts: one row each, in order, with the findings frame's columns."""
    from lif_nlp.workflow.annotate import annotate_texts

    return annotate_texts(texts, headings, load_settings())


def _as_list(sources: str | Path | Iterable[str | Path]) -> list[str | Path]:
    return [sources] if isinstance(sources, str | Path) else list(sources)


def _check(what: str, got: str, allowed: Sequence[str]) -> None:
    if got not in allowed:
        raise UnknownNameError(what, got, list(dict.fromkeys(allowed)))
