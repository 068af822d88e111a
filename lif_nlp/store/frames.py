"""Tables of a workspace as pandas frames, with the columns that others rely on.

List-valued columns hold tuples of strings; scores come as columns named
`score_<layer>_<code>`, one for each score that any finding has.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd

from lif_nlp.errors import UnknownNameError
from lif_nlp.records import HELD, SOFT_BLAME, audit_notes
from lif_nlp.schema import column_names
from lif_nlp.store.findings import PERSON, corrected_scores
from lif_nlp.store.json_columns import load_marks, strings

_LISTS = ("hindsight", "agencies", "priorities", "themes")
_NOTED = {layer: f'["{layer}",' for layer in ("why", "priority", "hindsight")}
"""Layers whose notes become columns, with the beginning of their marks in JSON."""


def documents_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per document, quarantined sources included."""
    rows = db.execute(
        "SELECT doc_id, source, title, review_type, published, area, pages, words, 'ok', '',"
        " duplicate_of, units, kept, boilerplate FROM documents UNION ALL "
        "SELECT substr('q-' || source_hash, 1, 18), source, '', '', '', '', 0, 0, 'quarantined',"
        " reason, '', 0, 0, 0 FROM quarantined ORDER BY 2, 1"
    ).fetchall()
    columns = column_names("documents")
    frame = pd.DataFrame(rows, columns=[c for c in columns if c != "year"])
    years = pd.to_numeric(frame["published"].str[:4], errors="coerce").astype("Int64")
    frame.insert(columns.index("year"), "year", years)
    return frame


def findings_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per finding, in reading order of each document, as people decided.

    `role` and `why` are those that a person corrected, where one did.  `themes` are the
    themes that the finding is assigned to, of any kind and without rejected ones; before
    themes are built, the practice themes that the annotator read in it.
    """
    cursor = db.execute(
        "SELECT f.finding_id, f.doc_id, d.source, f.page, f.page_end, f.paragraph, f.heading,"
        " f.kind, f.text, f.current_role AS role, f.current_why AS why, f.hindsight, f.aware,"
        f" f.actor, f.agencies, f.priorities, {_assigned(db)} AS themes,"
        " f.repeated AS stock_wording,"
        ' f.start, f.stop AS "end", f.scores, f.marks, f.role_by_person, f.why_by_person'
        " FROM current_findings f JOIN documents d USING (doc_id)"
        " ORDER BY d.source, f.doc_id, f.start"
    )
    columns = [column for column, *_ in cursor.description]
    frame = pd.DataFrame(cursor.fetchall(), columns=columns)
    frame["heading"] = frame["heading"].map(lambda cell: " > ".join(strings(cell)))
    for column in _LISTS:
        frame[column] = frame[column].map(strings)
    for column in ("why", "aware", "stock_wording"):
        frame[column] = frame[column].astype(bool)
    notes = [_notes(cell) for cell in frame["marks"]]
    for column, layer in (("reasons", "why"), ("sub_areas", "priority")):
        frame[column] = [tuple(dict.fromkeys(by_layer.get(layer, ()))) for by_layer in notes]
    frame["note"] = [_audit_notes(cell) for cell in frame["marks"]]
    frame["speaker"] = [by_layer.get("hindsight", [""])[0] for by_layer in notes]
    for column, person_column in (("role_by", "role_by_person"), ("why_by", "why_by_person")):
        frame[column] = np.where(frame[person_column].notna(), PERSON, "machine")
    # The kinds of reason are the machine's; they go with the reason that a person took away.
    reason_denied = ~frame["why"] & frame["why_by"].eq(PERSON)
    frame["reasons"] = [
        () if no_reason else kinds
        for no_reason, kinds in zip(reason_denied, frame["reasons"], strict=True)
    ]
    scores = [
        corrected_scores(
            json.loads(cell),
            None if pd.isna(role) else role,
            None if pd.isna(why) else int(why),
        )
        for cell, role, why in zip(
            frame["scores"], frame["role_by_person"], frame["why_by_person"], strict=True
        )
    ]
    frame["role_confidence"] = [
        row.get(f"role:{role}", np.nan) for row, role in zip(scores, frame["role"], strict=True)
    ]
    frame["role_confidence"] = frame["role_confidence"].astype(float)
    return pd.concat([frame[list(column_names("findings"))], _score_columns(scores)], axis=1)


def themes_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per theme, counted over distinct documents, most reports first."""
    rows = db.execute(
        # DISTINCT, since machine and person may both have put a finding in a theme.
        "SELECT t.theme_id, t.name, t.kind, t.parent, COUNT(DISTINCT f.doc_id),"
        " COUNT(DISTINCT f.finding_id), COUNT(DISTINCT CASE WHEN f.current_role='strength' THEN"
        " f.finding_id END), COUNT(DISTINCT CASE WHEN f.current_role='problem' THEN f.finding_id"
        " END),"
        # An empty date would come before all others.
        " COALESCE(MIN(NULLIF(d.published,'')),''), COALESCE(MAX(d.published),''), t.stability,"
        " t.status, t.terms, t.exemplars FROM themes t LEFT JOIN assignments a USING (theme_id)"
        " LEFT JOIN current_findings f USING (finding_id) LEFT JOIN documents d USING (doc_id)"
        " GROUP BY t.theme_id ORDER BY 5 DESC, 6 DESC, t.theme_id"
    ).fetchall()
    frame = pd.DataFrame(rows, columns=list(column_names("themes")))
    for column in ("terms", "exemplars"):
        frame[column] = frame[column].map(strings)
    return frame


def assignments_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per finding and theme, with its confidence (0..1) and who assigned it."""
    rows = db.execute(
        "SELECT finding_id, theme_id, confidence, by FROM assignments ORDER BY finding_id, theme_id"
    ).fetchall()
    return pd.DataFrame(rows, columns=list(column_names("assignments")))


def recommendations_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per recommendation; the synthesis fills `repeat_of`."""
    rows = db.execute(
        "SELECT r.finding_id, f.doc_id, d.source, d.published, f.page, f.text, r.owner, r.due,"
        " r.missing FROM recommendations r JOIN findings f USING (finding_id)"
        " JOIN documents d USING (doc_id) ORDER BY d.source, f.start"
    ).fetchall()
    # what people decided, and what a recommendation repeats, is added by the workflow
    columns = [
        column
        for column in column_names("recommendations")
        if column not in ("repeat_of", "decision", "same_as")
    ]
    frame = pd.DataFrame(rows, columns=columns)
    frame["missing"] = frame["missing"].map(strings)
    frame.insert(columns.index("due") + 1, "repeat_of", "")
    return frame


def facts_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per fact about a document, with its evidence and page."""
    rows = db.execute("SELECT * FROM facts ORDER BY doc_id, name").fetchall()
    return pd.DataFrame(rows, columns=list(column_names("facts")))


def skipped_parts_frame(db: sqlite3.Connection) -> pd.DataFrame:
    """One row per part of a source that was skipped, with the reason."""
    rows = db.execute(
        "SELECT d.source, u.place, u.reason FROM unused u JOIN documents d USING (doc_id)"
        " ORDER BY 1, 2"
    ).fetchall()
    return pd.DataFrame(rows, columns=list(column_names("skipped_parts")))


FRAMES: dict[str, Callable[[sqlite3.Connection], pd.DataFrame]] = {
    "documents": documents_frame,
    "findings": findings_frame,
    "themes": themes_frame,
    "assignments": assignments_frame,
    "recommendations": recommendations_frame,
    "facts": facts_frame,
    "skipped_parts": skipped_parts_frame,
}


def frame(db: sqlite3.Connection, table: str) -> pd.DataFrame:
    """The table with this name; raises UnknownNameError, listing the tables."""
    if table not in FRAMES:
        raise UnknownNameError("table", table, sorted(FRAMES))
    return FRAMES[table](db)


def _assigned(db: sqlite3.Connection) -> str:
    """SQL expression for the themes of a finding `f`, as a JSON list."""
    # Before themes are built the labels are all there is; later, what people moved counts too.
    if db.execute("SELECT 1 FROM theme_sets").fetchone() is None:
        return "f.themes"
    return (
        "COALESCE((SELECT json_group_array(theme_id) FROM (SELECT DISTINCT a.theme_id, t.position"
        " FROM assignments a JOIN themes t USING (theme_id) WHERE a.finding_id = f.finding_id"
        " AND t.status <> 'rejected' ORDER BY t.position)), '[]')"
    )


def _notes(cell: str) -> dict[str, list[str]]:
    """The notes of a finding's marks in order, for the layers in `_NOTED`."""
    # few findings have such marks, and parsing them all dominates the time of the frame
    if not any(begin in cell for begin in _NOTED.values()):
        return {}
    by_layer: dict[str, list[str]] = {}
    for layer, *_, note in json.loads(cell):
        if note and layer in _NOTED:
            by_layer.setdefault(layer, []).append(note)
    return by_layer


def _audit_notes(cell: str) -> tuple[str, ...]:
    """Soft blame, and what guards held back, from the JSON of a finding's marks."""
    if f'["{HELD}",' not in cell and f'"{SOFT_BLAME}"' not in cell:
        return ()
    return tuple(audit_notes(load_marks(cell)))


def _score_columns(rows: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    # Without an index, findings that have no score at all would lose their rows.
    scores = pd.DataFrame(rows, index=range(len(rows)), dtype="float64")
    scores = scores.reindex(sorted(scores.columns), axis=1)
    return scores.rename(columns=lambda name: "score_" + name.replace(":", "_"))
