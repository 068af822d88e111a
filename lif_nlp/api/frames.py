"""Frames made from records: blocks of a report, hindsight questions, notes on a draft."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lif_nlp.annotate import hindsight_wordings
from lif_nlp.errors import LifError
from lif_nlp.framework import Framework
from lif_nlp.records import Brief, Document, Finding
from lif_nlp.schema import make_frame

CORONERS_COLUMNS = ("circumstances", "concerns")
"""Columns that a frame of coroners' reports must have."""


def blocks(document: Document) -> pd.DataFrame:
    """The blocks of a report (table "blocks" of `schema`)."""
    rows = [
        (
            block.page,
            block.kind,
            block.number,
            " > ".join(block.heading),
            document.slice(block.start, block.end),
            block.boilerplate,
        )
        for block in document.blocks
    ]
    return make_frame("blocks", rows)


def questions(
    findings: pd.DataFrame, records: Mapping[str, Finding], framework: Framework
) -> pd.DataFrame:
    """A question for each hindsight wording (table "hindsight_questions" of `schema`).

    Parameters
    ----------
    findings
        Rows of `Workspace.findings`.
    records
        The findings' records by ID, with their evidence.
    framework
        Has the questions.
    """
    rows = [
        (
            row["title"],
            row["page"],
            row["text"],
            row["text"][mark.start : mark.end],
            mark.code,
            framework.hindsight_code(mark.code).ask(mark.by.partition(":")[2]),
            row["finding_id"],
        )
        for row in findings.to_dict("records")
        for mark in hindsight_wordings(records[row["finding_id"]])
    ]
    return make_frame("hindsight_questions", rows)


def notes(brief: Brief) -> pd.DataFrame:
    """The lines of a check (table "report_check" of `schema`), one row per quote."""
    rows: list[tuple[str, str, int | None, str]] = []
    for section in brief.sections:
        for claim in section.claims:
            quotes: list[tuple[int | None, str]] = [(e.page, e.quote) for e in claim.evidence]
            quotes = quotes or [(None, "")]
            rows += [(section.heading, claim.text, page, quote) for page, quote in quotes]
    return make_frame("report_check", rows).astype({"page": "Int64"})


def coroners_csv(reports: pd.DataFrame) -> bytes:
    """A frame of coroners' reports as CSV; raises LifError if a column or all rows are missing."""
    names = {str(name).strip().lower() for name in reports.columns}
    missing = [name for name in CORONERS_COLUMNS if name not in names]
    if missing or reports.empty:
        fault = f"lacks the column '{missing[0]}'" if missing else "has no rows"
        raise LifError(
            f"the frame {fault}; it needs the columns circumstances and concerns, as returned "
            "by load_reports of PFD Toolkit"
        )
    # Without a time of day: the same frame gives the same bytes, and so the same ids.
    return reports.to_csv(index=False, date_format="%Y-%m-%d").encode("utf-8")
