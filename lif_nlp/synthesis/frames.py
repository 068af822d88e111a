"""What every table counts: distinct reports, findings by role, shares with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lif_nlp.schema import COUNTS
from lif_nlp.stats import wilson_interval

Frames = Mapping[str, pd.DataFrame]
"""The store's tables by name: documents, findings, themes, assignments, recommendations."""

_DOCUMENTS = ("doc_id", "title", "review_type", "published", "year", "area")
_FINDINGS = (
    "finding_id", "doc_id", "page", "heading", "text", "role", "why", "hindsight", "aware",
    "agencies", "priorities", "themes", "speaker",
)  # fmt: skip


def frame_or_empty(frames: Frames, name: str, columns: Sequence[str] = ()) -> pd.DataFrame:
    """The table of this name, or an empty one; missing columns are added as missing values."""
    table = frames.get(name, pd.DataFrame(columns=list(columns)))
    missing = [column for column in columns if column not in table.columns]
    return table.assign(**dict.fromkeys(missing, None)) if missing else table


def counted_reports(frames: Frames) -> pd.DataFrame:
    """Reports that were read and are not duplicates, with `year` (Int64, missing if undated)."""
    table = frame_or_empty(frames, "documents", _DOCUMENTS)
    if "status" in table.columns:
        table = table[table["status"].eq("ok")]
    if "duplicate_of" in table.columns:
        table = table[table["duplicate_of"].fillna("").eq("")]
    year = pd.to_numeric(table["published"].fillna("").astype(str).str[:4], errors="coerce")
    return table.assign(year=year.astype("Int64"))


def counted_findings(frames: Frames) -> pd.DataFrame:
    """Findings of the counted reports, with the `year` and `review_type` of each.

    Stock wording is left out: it says nothing about the case reviewed.
    """
    table = frame_or_empty(frames, "findings", _FINDINGS)
    if "stock_wording" in table.columns:
        table = table[~table["stock_wording"].eq(True)]
    reports = counted_reports(frames)[["doc_id", "year", "review_type"]]
    # Else the merge would keep both, as `year_x` and `year_y`.
    table = table.drop(columns=["year", "review_type"], errors="ignore")
    return table.merge(reports, on="doc_id", how="inner")


def keep_counted_findings(frames: Frames) -> Frames:
    """The same tables; findings with only the rows and columns that are counted.

    Findings have a column for every score.  Without those, joins take a fraction of the time.
    """
    findings = counted_findings(frames)
    columns = [c for c in (*_FINDINGS, "year", "review_type") if c in findings.columns]
    return {**frames, "findings": findings[columns]}


def active_themes(frames: Frames) -> pd.DataFrame:
    """Themes that nobody rejected: theme_id, name, kind, parent."""
    table = frame_or_empty(frames, "themes", ("theme_id", "name", "kind", "parent", "status"))
    return table[table["status"].ne("rejected")][["theme_id", "name", "kind", "parent"]]


def findings_by_theme(frames: Frames) -> pd.DataFrame:
    """One row per counted finding and theme, with `theme_id` and `confidence`.

    Read from the assignments; before themes are built, from the practice themes of the
    findings themselves, with confidence 1.
    """
    assignments = frame_or_empty(frames, "assignments", ("finding_id", "theme_id", "confidence"))
    findings = counted_findings(frames)
    # Before themes are built, the labels of the findings stand for them.
    if assignments.empty:
        # A copy joins the columns, since pandas warns of slow inserts into over a hundred of them.
        by_theme = findings.copy().assign(theme_id=findings["themes"], confidence=1.0)
        by_theme = by_theme.explode("theme_id")
        return by_theme[by_theme["theme_id"].notna()].reset_index(drop=True)
    themes = frame_or_empty(frames, "themes", ("theme_id", "status"))
    rejected_ids = themes.loc[themes["status"].eq("rejected"), "theme_id"]
    active = ~assignments["theme_id"].isin(rejected_ids)
    columns = ["finding_id", "theme_id", "confidence"]
    return findings.merge(assignments.loc[active, columns], on="finding_id", how="inner")


def explode_column(rows: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """One row per finding and value of a list column; the value goes to the column `name`."""
    long_rows = rows.assign(**{name: rows[column]}).explode(name)
    return long_rows[long_rows[name].notna()].reset_index(drop=True)


def count_findings(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The columns `by` and `schema.COUNTS`: reports, findings and roles of each group."""
    keys = list(by)
    if rows.empty:
        return pd.DataFrame(columns=[*keys, *COUNTS])
    role = rows["role"]
    flags = rows.assign(
        strengths=role.eq("strength"),
        problems=role.eq("problem"),
        actions=role.eq("action"),
        findings_with_reason=rows["why"].fillna(False).astype(bool),
    )
    return flags.groupby(keys, as_index=False, sort=True).agg(
        reports=("doc_id", "nunique"),
        findings=("finding_id", "nunique"),
        strengths=("strengths", "sum"),
        problems=("problems", "sum"),
        actions=("actions", "sum"),
        findings_with_reason=("findings_with_reason", "sum"),
    )


def add_share(table: pd.DataFrame, of: Sequence[int]) -> pd.DataFrame:
    """The table with `schema.SHARES`: `reports` as a share of `of`, with its 95% interval."""
    hits = [int(value) for value in table["reports"]]
    intervals = [wilson_interval(hit, total) for hit, total in zip(hits, of, strict=True)]
    return table.assign(
        of_reports=list(of),
        share=[hit / total if total else 0.0 for hit, total in zip(hits, of, strict=True)],
        low=[low for low, _ in intervals],
        high=[high for _, high in intervals],
    )
