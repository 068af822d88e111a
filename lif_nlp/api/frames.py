"""Frames that a workspace shows, made from records: blocks of a report, questions, notes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.framework import Framework
from lif_nlp.records import Brief, Document, Finding
from lif_nlp.schema import make_frame

CORONERS = ("circumstances", "concerns")
"""Columns that a table of coroners' reports must have."""


def blocks(document: Document) -> pd.DataFrame:
    """A document block by block; table "blocks" of `schema`."""
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
    """A question for each hindsight wording in `findings`; table
    "hindsight_questions" of `schema`.

    Words of the family are testimony and get no question.
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
        for mark in records[row["finding_id"]].marks
        if mark.layer == "hindsight" and mark.note != "family"
    ]
    return make_frame("hindsight_questions", rows)


def notes(brief: Brief) -> pd.DataFrame:
    """The lines of a brief, one row for each quote or line without one; table
    "report_check" of `schema`."""
    rows: list[tuple[str, str, int | None, str]] = []
    for section in brief.sections:
        for claim in section.claims:
            quotes: list[tuple[int | None, str]] = [(e.page, e.quote) for e in claim.evidence]
            quotes = quotes or [(None, "")]
            rows += [(section.heading, claim.text, page, quote) for page, quote in quotes]
    return make_frame("report_check", rows).astype({"page": "Int64"})


def coroners_table(reports: pd.DataFrame) -> bytes:
    """The frame as CSV; raises LifError when it is not one of coroners' reports."""
    names = {str(name).strip().lower() for name in reports.columns}
    missing = [name for name in CORONERS if name not in names]
    if missing or reports.empty:
        what = f"lacks the column '{missing[0]}'" if missing else "has no rows"
        raise LifError(
            f"the frame {what}; give one with the columns circumstances and concerns, such "
            "as the one that PFD Toolkit's load_reports gives"
        )
    return reports.to_csv(index=False, date_format="%Y-%m-%d").encode("utf-8")
