"""Themes that nobody had named beforehand, each told in one sentence of counts and a quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.frames import Frames, empty, findings, frame, reports
from lif_nlp.synthesis.recurrence import recurrence

EMERGENT = (
    "theme_id", "name", "sentence", "reports", "of_reports", "share", "low", "high", "strengths",
    "problems", "first_seen", "last_seen", "stability", "quote", "title", "page", "finding_id",
)  # fmt: skip


def emergent(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Emergent themes, most reports first, each with a sentence that a board can read.

    Columns: `EMERGENT`.  `sentence` holds counts and the words of the most typical finding
    that is counted, and nothing else; `quote`, `title` and `page` say where these stand.
    """
    counted = recurrence(frames, framework)
    counted = counted[counted["kind"].eq("emergent")]
    if counted.empty:
        return empty(EMERGENT)
    kept = frame(frames, "themes", ("theme_id", "exemplars", "stability"))
    table = counted.merge(kept[["theme_id", "exemplars", "stability"]], on="theme_id")
    said = findings(frames).merge(reports(frames)[["doc_id", "title"]], on="doc_id")
    typical = said.drop_duplicates("finding_id").set_index("finding_id")
    rows = [_with_quote(row, typical) for row in table.to_dict("records")]
    return pd.DataFrame(rows, columns=list(EMERGENT))


def _with_quote(row: Mapping[Any, Any], typical: pd.DataFrame) -> dict[str, object]:
    shown = [f for f in row["exemplars"] if f in typical.index]
    side = "problem" if row["problems"] > row["strengths"] else "strength"
    # what most findings say, so that the words do not belie the counts
    told_side = [f for f in shown if typical.loc[f, "role"] == side]
    first = next(iter(told_side or shown), "")
    told: dict[str, object] = {"quote": "", "title": "", "page": 0, "finding_id": first}
    if first:
        words: Any = typical.loc[first]
        told |= {"quote": words["text"], "title": words["title"], "page": int(words["page"])}
    full = {str(key): value for key, value in row.items()} | told
    return full | {"sentence": _sentence(full)}


def _sentence(row: Mapping[str, Any]) -> str:
    """The counts of a theme and its most typical words."""
    when = _years(row["first_seen"], row["last_seen"])
    lasting = f"; it returned in {row['stability']:.0%} of checks on part of the reports"
    counts = (
        f"Met in {row['reports']} of {row['of_reports']} reports{when} "
        f"({row['share']:.0%}, likely range {row['low']:.0%} to {row['high']:.0%}): "
        f"problems in {_findings(row['problems'])}, strengths in "
        f"{_findings(row['strengths'])}{lasting}."
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
