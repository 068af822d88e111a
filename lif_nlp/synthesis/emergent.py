"""Emergent themes, each summarised in one sentence of counts and a quotation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.schema import column_names, make_frame
from lif_nlp.synthesis.frames import (
    Frames,
    counted_findings,
    counted_reports,
    frame_or_empty,
)
from lif_nlp.synthesis.recurrence import recurrence


def emergent(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Emergent themes, most reports first, each with a sentence for a board to read.

    Columns: see `schema`, table "emergent".  `summary` consists of counts and the text
    of the most typical finding that is counted; `quote`, `title` and `page` cite it.
    """
    themes_found = recurrence(frames, framework)
    themes_found = themes_found[themes_found["kind"].eq("emergent")]
    if themes_found.empty:
        return make_frame("emergent")
    themes = frame_or_empty(frames, "themes", ("theme_id", "exemplars", "stability"))
    table = themes_found.merge(themes[["theme_id", "exemplars", "stability"]], on="theme_id")
    findings = counted_findings(frames).merge(
        counted_reports(frames)[["doc_id", "title"]], on="doc_id"
    )
    findings = findings.drop_duplicates("finding_id").set_index("finding_id")
    rows = [_with_quote(row, findings) for row in table.to_dict("records")]
    return pd.DataFrame(rows, columns=list(column_names("emergent")))


def _with_quote(row: Mapping[Any, Any], findings: pd.DataFrame) -> dict[str, object]:
    exemplars = [finding_id for finding_id in row["exemplars"] if finding_id in findings.index]
    role = "problem" if row["problems"] > row["strengths"] else "strength"
    # a quotation of the majority role, so that it does not contradict the counts
    same_role = [f for f in exemplars if findings.loc[f, "role"] == role]
    finding_id = next(iter(same_role or exemplars), "")
    quote: dict[str, object] = {"quote": "", "title": "", "page": 0, "finding_id": finding_id}
    if finding_id:
        finding: Any = findings.loc[finding_id]
        quote |= {
            "quote": finding["text"],
            "title": finding["title"],
            "page": int(finding["page"]),
        }
    full = {str(key): value for key, value in row.items()} | quote
    return full | {"summary": _summary(full)}


def _summary(row: Mapping[str, Any]) -> str:
    """The counts of a theme and the text of its most typical finding."""
    years = _years(row["first_seen"], row["last_seen"])
    counts = (
        f"Mentioned in {row['reports']} of {row['of_reports']} reports{years} "
        f"({row['share']:.0%}, 95% interval {row['low']:.0%} to {row['high']:.0%}): "
        f"problems in {_findings(row['problems'])}, strengths in "
        f"{_findings(row['strengths'])}; "
        f"it reappeared in {row['stability']:.0%} of resampled runs."
    )
    if not row["finding_id"]:
        return counts
    return f"{counts} Typical: “{row['quote']}” ({row['title']}, page {row['page']})"


def _findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count} findings"


def _years(first: object, last: object) -> str:
    if pd.isna(first):  # type: ignore[call-overload]
        return ""
    return f" of {first}" if first == last else f" from {first} to {last}"
