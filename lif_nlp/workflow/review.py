"""A person's corrections: themes and findings out to a workbook, decisions back in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pandas as pd

from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.records import ThemeSet
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.themes import revise
from lif_nlp.workflow.recommendation_reviews import Judged, judge
from lif_nlp.workflow.refi_qda_export import export_project
from lif_nlp.workflow.refi_qda_import import codebook_edits, project_edits
from lif_nlp.workflow.tables import table
from lif_nlp.workflow.workbook import read_workbook, write_workbook
from lif_nlp.workflow.workbook_decisions import Decisions

SAMPLE_PER_THEME = 8
UNASSIGNED_SHOWN = 60
TYPICAL_SHOWN = 3
UNSURE_BELOW = 0.5
"""Assignments weaker than this come first: they need a person most."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many decisions were taken.

    `conflicts` holds a sentence for each that could not be applied, `disputes` one for
    each that speaks against what another person had decided.
    """

    edits: int
    conflicts: tuple[str, ...]
    disputes: tuple[str, ...] = ()


def export_review(session: Session, path: Path) -> int:
    """Write what a person is to review, and return how many findings it shows.

    An `.xlsx` workbook holds all themes, of each a sample of its findings (the least sure
    first), findings without a theme, and the recommendations; a `.qdpx` project holds
    every report with all its coded findings.  Raises UnknownNameError for another file type.
    """
    themes = _built(session)
    if path.suffix == ".qdpx":
        return export_project(session, themes, path)
    if path.suffix != ".xlsx":
        raise UnknownNameError("file type", path.suffix or path.name, [".xlsx", ".qdpx"])
    findings = session.store.frame("findings").set_index("finding_id", drop=False)
    shown = _findings_sheet(themes, findings)
    sheets = {
        "Themes": _themes_sheet(session, findings),
        "Findings": shown,
        "Recommendations": _recommendations_sheet(session, findings),
    }
    write_workbook(path, sheets)
    return len(shown)


def import_review(session: Session, path: Path, run: Run, *, author: str = "") -> Reviewed:
    """Take decisions from a workbook, a `.qdpx` project or a `.qdc` codebook.

    They stand in every later run.  Ids are kept, a decision that cannot be applied is
    listed and kept for later.  Raises LifError when the file is none of these.
    """
    themes = _built(session)
    now = datetime.now(UTC).date().isoformat()
    about = Decisions(themes, author, now)
    judged = Judged()
    if path.suffix == ".qdc":
        about.edits = codebook_edits(themes, path, author, now)
    elif path.suffix == ".qdpx":
        about.edits, about.faults = project_edits(session, themes, path, author, now)
    else:
        rows = read_workbook(path)
        about.take_themes(rows["Themes"])
        about.take_findings(rows["Findings"])
        judged = judge(session, rows["Recommendations"], author, now)
    there = {f.finding_id for f in session.store.findings()}
    revised = revise(themes, about.edits, findings=there)
    session.store.save_themes(revised.themes)
    done = Reviewed(
        len(about.edits) + judged.taken,
        (*about.faults, *revised.conflicts, *judged.conflicts),
        (*revised.disputes, *judged.disputes),
    )
    run.results["review"] = asdict(done)
    return done


def _built(session: Session) -> ThemeSet:
    themes = session.store.themes()
    if themes is None:
        raise LifError("there are no themes to review yet; run: lif themes")
    return themes


def _themes_sheet(session: Session, findings: pd.DataFrame) -> pd.DataFrame:
    frame = session.store.frame("themes")
    frame["typical"] = [
        "\n".join(findings.loc[f, "text"] for f in ids[:TYPICAL_SHOWN] if f in findings.index)
        for ids in frame["exemplars"]
    ]
    return frame


def _recommendations_sheet(session: Session, findings: pd.DataFrame) -> pd.DataFrame:
    frame = table(session, "recommendations")
    texts = findings["text"].reindex(frame["repeat_of"]).fillna("")
    return frame.assign(repeat_text=texts.to_numpy())


def _findings_sheet(themes: ThemeSet, findings: pd.DataFrame) -> pd.DataFrame:
    names = {theme.theme_id: theme.name for theme in themes.themes}
    by_theme = sorted(themes.assignments, key=lambda a: (a.theme_id, a.confidence, a.finding_id))
    rows = []
    for theme_id, group in groupby(by_theme, key=lambda a: a.theme_id):
        ordered = list(group)
        # the least sure half of the sample, then evenly spread ones
        unsure = ordered[: SAMPLE_PER_THEME // 2]
        rest = ordered[SAMPLE_PER_THEME // 2 :]
        spread = rest[:: max(1, len(rest) // (SAMPLE_PER_THEME // 2))][: SAMPLE_PER_THEME // 2]
        rows += [
            (a.finding_id, theme_id, names[theme_id], _why_here(a.confidence, a.by))
            for a in (*unsure, *spread)
        ]
    rows += [(f, "", "", "no theme found") for f in themes.unassigned[:UNASSIGNED_SHOWN]]
    frame = pd.DataFrame(rows, columns=["finding_id", "theme_id", "theme", "why_here"])
    about = findings[["finding_id", "text", "role", "source", "page"]].reset_index(drop=True)
    return frame.merge(about, on="finding_id")


def _why_here(strength: float, by: str) -> str:
    if by == "person":
        return "a person said so"
    return f"unsure ({strength:.2f})" if strength < UNSURE_BELOW else f"machine ({strength:.2f})"
