"""A person's corrections: themes and findings out to a workbook, decisions back in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.records import ThemeSet
from lif_nlp.themes import Edit, revise
from lif_nlp.workflow.manifest import Run
from lif_nlp.workflow.session import Session
from lif_nlp.workflow.tables import table
from lif_nlp.workflow.workbook import read_workbook, write_workbook

SAMPLE_PER_THEME = 8
UNASSIGNED_SHOWN = 60
TYPICAL_SHOWN = 3
UNSURE_BELOW = 0.5
"""Assignments weaker than this come first: they need a person most."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How many decisions were applied, and a sentence for each that could not be."""

    edits: int
    conflicts: tuple[str, ...]


def export_review(session: Session, path: Path) -> int:
    """Write the review workbook and return how many findings it shows.

    It holds all themes, of each a sample of its findings (the least sure first),
    findings without a theme, and the recommendations.
    """
    themes = _built(session)
    findings = session.store.frame("findings").set_index("finding_id", drop=False)
    shown = _findings_sheet(themes, findings)
    sheets = {
        "Themes": _themes_sheet(session, findings),
        "Findings": shown,
        "Recommendations": table(session, "recommendations"),
    }
    write_workbook(path, sheets)
    return len(shown)


def import_review(session: Session, path: Path, run: Run, *, author: str = "") -> Reviewed:
    """Apply a workbook's decisions; they stand in every later run.

    Ids are kept, a decision that cannot be applied is listed and kept for later.
    Raises LifError when the file is no review workbook.
    """
    themes = _built(session)
    rows = read_workbook(path)
    now = datetime.now(UTC).date().isoformat()
    edits = [
        *_theme_edits(rows["Themes"], themes, author, now),
        *_finding_edits(rows["Findings"], author, now),
    ]
    revised = revise(themes, edits)
    session.store.save_themes(revised.themes)
    run.results["review"] = {"edits": len(edits), "conflicts": list(revised.conflicts)}
    return Reviewed(len(edits), revised.conflicts)


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


def _findings_sheet(themes: ThemeSet, findings: pd.DataFrame) -> pd.DataFrame:
    names = {theme.theme_id: theme.name for theme in themes.themes}
    by_theme = sorted(themes.assignments, key=lambda a: (a.theme_id, a.strength, a.finding_id))
    rows = []
    for theme_id, group in groupby(by_theme, key=lambda a: a.theme_id):
        ordered = list(group)
        # the least sure half of the sample, then evenly spread ones
        unsure = ordered[: SAMPLE_PER_THEME // 2]
        rest = ordered[SAMPLE_PER_THEME // 2 :]
        spread = rest[:: max(1, len(rest) // (SAMPLE_PER_THEME // 2))][: SAMPLE_PER_THEME // 2]
        rows += [
            (a.finding_id, theme_id, names[theme_id], _why_here(a.strength, a.by))
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


def _theme_edits(
    rows: list[dict[str, str]], themes: ThemeSet, author: str, now: str
) -> Iterator[Edit]:
    names = {theme.theme_id: theme.name for theme in themes.themes}
    for row in rows:
        theme_id, decision = row["theme_id"], row["decision"].lower()
        if row["new_name"] and row["new_name"] != names.get(theme_id):
            yield Edit("rename", theme_id, row["new_name"], (), author, now)
        if decision:
            yield Edit(decision, theme_id, "", (), author, now)
        if row["merge_into"]:
            yield Edit("merge", theme_id, row["merge_into"], (), author, now)


def _finding_edits(rows: list[dict[str, str]], author: str, now: str) -> Iterator[Edit]:
    for row in rows:
        alone, theme_id = (row["finding_id"],), row["theme_id"]
        if row["also_in"]:
            yield Edit("add", row["also_in"], "", alone, author, now)
        if row["move_to"] and theme_id:
            yield Edit("reassign", theme_id, row["move_to"], alone, author, now)
        elif row["move_to"]:
            yield Edit("add", row["move_to"], "", alone, author, now)
        elif row["decision"].lower() == "wrong" and theme_id and not row["new_theme"]:
            yield Edit("reassign", theme_id, "", alone, author, now)
        elif row["decision"].lower() == "right":
            yield Edit("add", theme_id, "", alone, author, now)
    named = sorted(
        (row for row in rows if row["new_theme"]), key=lambda r: (r["theme_id"], r["new_theme"])
    )
    for (theme_id, name), group in groupby(named, key=lambda r: (r["theme_id"], r["new_theme"])):
        ids = tuple(sorted(row["finding_id"] for row in group))
        yield Edit("split" if theme_id else "create", theme_id, name, ids, author, now)
