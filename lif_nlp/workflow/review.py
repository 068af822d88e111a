"""Exports themes, findings and learning points for review, and imports the decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd

from lif_nlp.errors import LifError, UnknownNameError
from lif_nlp.ids import file_hash
from lif_nlp.in_words import InWords, outcome_lines
from lif_nlp.records import ThemeSet
from lif_nlp.runtime.manifest import Run
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.decisions import WHY, take, utc_now
from lif_nlp.workflow.link_sheet import link_sheet, take_links
from lif_nlp.workflow.point_codes import part_edits, with_point_codes
from lif_nlp.workflow.point_sheets import point_decisions, point_sheets
from lif_nlp.workflow.refi_qda_export import export_project
from lif_nlp.workflow.refi_qda_import import codebook_edits, project_edits
from lif_nlp.workflow.tables import table
from lif_nlp.workflow.workbook import Row, notice_of, read_workbook, why_here, write_workbook
from lif_nlp.workflow.workbook_decisions import Decisions, recommendation_reviews

SAMPLE_PER_THEME = 8
"""Findings of each theme in the workbook; chosen by judgement; not tuned."""

UNASSIGNED_SHOWN = 60
"""Findings without a theme in the workbook; chosen by judgement; not tuned."""

TYPICAL_SHOWN = 3
"""Typical findings shown beside each theme; chosen by judgement; not tuned."""


@dataclass(frozen=True, slots=True)
class Reviewed(InWords):
    """What became of the decisions of a file.

    `edits` counts the decisions that were new.  `conflicts` has a sentence for every
    decision in the workspace that cannot be applied; it stays there until it is corrected,
    can be applied or is undone.  `disagreements` has one for each new decision that differs
    from another person's, `left_undone` one for each that came again after somebody had
    undone it, `notices` one for each cell that was changed without effect.
    """

    edits: int
    conflicts: tuple[str, ...]
    disagreements: tuple[str, ...] = ()
    left_undone: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The number of new decisions, then each remark on one."""
        return outcome_lines(
            self.edits,
            conflict=self.conflicts,
            disagreement=self.disagreements,
            left_undone=self.left_undone,
            note=self.notices,
        )


def export_review(session: Session, path: Path) -> int:
    """Write what people are to review; returns the number of findings it shows.

    An `.xlsx` workbook holds all themes, a sample of findings for each (the least certain
    first), findings without a theme, the recommendations, and the learning points that two
    reports state, with a sample of what states them, and what was linked to which
    recommendation.  A `.qdpx` project holds
    every report with all its coded findings.  Raises UnknownNameError for other file types.
    """
    themes = _built(session)
    if path.suffix == ".qdpx":
        return export_project(session, themes, path)
    if path.suffix != ".xlsx":
        raise UnknownNameError("file type", path.suffix or path.name, [".xlsx", ".qdpx"])
    findings = session.store.frame("findings").set_index("finding_id", drop=False)
    sheet = _findings_sheet(themes, findings)
    sheets = {
        "Themes": _themes_sheet(session, findings),
        "Findings": sheet,
        "Recommendations": _recommendations_sheet(session, findings),
        **point_sheets(session),
        "Links": link_sheet(session),
    }
    write_workbook(path, sheets)
    return len(sheet)


def import_review(session: Session, path: Path, run: Run, *, author: str = "") -> Reviewed:
    """Take decisions from a workbook, a `.qdpx` project or a `.qdc` codebook.

    All that can be read is taken in one transaction; a row that cannot (a word that is not
    allowed, a theme that is not there, two rows that contradict each other) is kept as an
    open conflict.  Since a file that is taken in twice changes nothing, the reviewer
    corrects these rows and imports the file again.  Raises LifError when the file is none
    of the three kinds.
    """
    themes = _built(session)
    provenance = {
        "author": author, "at": utc_now(), "source": path.name,
        "source_hash": file_hash(path) if path.is_file() else "",
    }  # fmt: skip
    notices: tuple[str, ...] = ()
    if path.suffix == ".qdc":
        edits = codebook_edits(with_point_codes(session, themes), path, provenance)
        of_themes, of_points = part_edits(session, edits)
        outcome = take(session, of_themes, point_edits=of_points)
    elif path.suffix == ".qdpx":
        codes = with_point_codes(session, themes)
        edits, notices = project_edits(session, codes, path, provenance)
        of_themes, of_points = part_edits(session, edits)
        outcome = take(session, of_themes, point_edits=of_points)
    else:
        book = read_workbook(path)
        provenance["batch"] = book.batch
        ids = {row["finding_id"] for row in book.rows["Findings"]}
        findings = session.store.some_findings(ids)
        # A workbook may be imported twice, with more rows filled in: the first half holds.
        earlier = [edit for edit in session.store.edits() if edit.batch == book.batch]
        decisions = Decisions(themes, findings, book.names, earlier, provenance)
        decisions.take_themes(book.rows["Themes"])
        decisions.take_findings(book.rows["Findings"])
        reviews = recommendation_reviews(book.rows["Recommendations"], provenance)
        points = point_decisions(
            session, book.rows["Points"], book.rows["Members"], book.point_names, provenance
        )
        notices = (*book.notices, *_changed_roles(session, book.unchecked))
        outcome = take(session, decisions.edits, reviews, points, batch=book.batch, author=author)
        notices = (*notices, *take_links(session, book.rows["Links"], provenance))
    result = Reviewed(
        outcome.new_decisions,
        outcome.conflicts,
        outcome.disagreements,
        outcome.left_undone,
        notices,
    )
    run.results["review"] = asdict(result)
    return result


def _changed_roles(session: Session, rows: Sequence[Row]) -> Iterator[str]:
    """Notices of role cells that were changed in a workbook of version 0.1."""
    ids = {row["finding_id"] for row in rows}
    current = session.store.some_findings(ids)
    machine = session.store.some_findings(ids, machine=True)
    for row in rows:
        finding_id = row["finding_id"]
        if finding_id in machine and row["role"] not in {
            machine[finding_id].role,
            current[finding_id].role,
        }:
            yield notice_of("Findings", row, "role")


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
        assignments = list(group)
        # half of the sample are the least certain findings, the others evenly spread
        unsure = assignments[: SAMPLE_PER_THEME // 2]
        rest = assignments[SAMPLE_PER_THEME // 2 :]
        spread = rest[:: max(1, len(rest) // (SAMPLE_PER_THEME // 2))][: SAMPLE_PER_THEME // 2]
        rows += [
            (a.finding_id, theme_id, names[theme_id], why_here(a.confidence, a.by))
            for a in (*unsure, *spread)
        ]
    # People can give them a theme, or see that one is lacking.
    rows += [(f, "", "", "no theme found") for f in themes.unassigned[:UNASSIGNED_SHOWN]]
    frame = pd.DataFrame(rows, columns=["finding_id", "theme_id", "theme", "why_here"])
    about = findings[["finding_id", "text", "role", "why", "source", "page"]]
    about = about.reset_index(drop=True).assign(why=[WHY[bool(why)] for why in about["why"]])
    return frame.merge(about, on="finding_id")
