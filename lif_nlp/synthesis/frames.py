"""What every table counts: distinct reports, findings by role, shares with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lif_nlp.stats import wilson_interval

Frames = Mapping[str, pd.DataFrame]
"""The store's tables by name: documents, findings, themes, assignments, recommendations."""

TALLIES = ("reports", "findings", "strengths", "problems", "actions", "reasons")
SHARES = ("of_reports", "share", "low", "high")
_DOCUMENTS = ("doc_id", "title", "review_type", "published", "year", "area")
_FINDINGS = (
    "finding_id", "doc_id", "page", "heading", "text", "role", "why", "hindsight", "aware",
    "agencies", "priorities", "themes", "speaker",
)  # fmt: skip


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """A frame without rows under these columns."""
    return pd.DataFrame(columns=list(columns))


def frame(frames: Frames, name: str, columns: Sequence[str] = ()) -> pd.DataFrame:
    """The table of this name, or an empty one; columns it lacks are added as missing."""
    found = frames.get(name)
    table = empty(columns) if found is None else found
    missing = [column for column in columns if column not in table.columns]
    return table.assign(**dict.fromkeys(missing, None)) if missing else table


def reports(frames: Frames) -> pd.DataFrame:
    """Documents that count: read well, and not a second copy of another one.

    Adds `year` (Int64, missing where the report is undated).
    """
    table = frame(frames, "documents", _DOCUMENTS)
    if "status" in table.columns:
        table = table[table["status"].eq("ok")]
    if "duplicate_of" in table.columns:
        table = table[table["duplicate_of"].fillna("").eq("")]
    year = pd.to_numeric(table["published"].fillna("").astype(str).str[:4], errors="coerce")
    return table.assign(year=year.astype("Int64"))


def findings(frames: Frames) -> pd.DataFrame:
    """Findings of the reports that count, with the `year` and `review_type` of each.

    Wording that stands word for word in several reports (`repeated`) is left out.
    """
    table = frame(frames, "findings", _FINDINGS)
    known = reports(frames)[["doc_id", "year", "review_type"]]
    if "repeated" in table.columns:
        table = table[~table["repeated"].eq(True)]
    kept = table.drop(columns=["year", "review_type"], errors="ignore")
    return kept.merge(known, on="doc_id", how="inner")


def lean(frames: Frames) -> Frames:
    """The same tables, the findings with only what is counted, so that joins stay quick."""
    kept = findings(frames)
    columns = [c for c in (*_FINDINGS, "year", "review_type") if c in kept.columns]
    return {**frames, "findings": kept[columns]}


def theme_names(frames: Frames) -> pd.DataFrame:
    """Themes in use (not rejected): theme_id, name, kind, parent."""
    table = frame(frames, "themes", ("theme_id", "name", "kind", "parent", "status"))
    return table[table["status"].ne("rejected")][["theme_id", "name", "kind", "parent"]]


def linked(frames: Frames) -> pd.DataFrame:
    """One row per finding and theme it belongs to, with `theme_id` and `confidence`.

    Read from the assignments; where there are none yet, from the findings' own
    practice themes, all with confidence 1.
    """
    links = frame(frames, "assignments", ("finding_id", "theme_id", "confidence"))
    rows = findings(frames)
    if links.empty:
        exploded = rows.assign(theme_id=rows["themes"], confidence=1.0).explode("theme_id")
        return exploded[exploded["theme_id"].notna()].reset_index(drop=True)
    themes = frame(frames, "themes", ("theme_id", "status"))
    rejected = themes.loc[themes["status"].eq("rejected"), "theme_id"]
    kept = links.loc[~links["theme_id"].isin(rejected), ["finding_id", "theme_id", "confidence"]]
    return rows.merge(kept, on="finding_id", how="inner")


def unfolded(rows: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """One row per finding and value of a list-valued column, the value under `name`."""
    exploded = rows.assign(**{name: rows[column]}).explode(name)
    return exploded[exploded[name].notna()].reset_index(drop=True)


def tally(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Counts of `rows` (findings) per group: distinct reports, findings, roles, reasons."""
    keys = list(by)
    if rows.empty:
        return empty([*keys, *TALLIES])
    role = rows["role"]
    marked = rows.assign(
        strengths=role.eq("strength"),
        problems=role.eq("problem"),
        actions=role.eq("action"),
        reasons=rows["why"].fillna(False).astype(bool),
    )
    return marked.groupby(keys, as_index=False, sort=True).agg(
        reports=("doc_id", "nunique"),
        findings=("finding_id", "nunique"),
        strengths=("strengths", "sum"),
        problems=("problems", "sum"),
        actions=("actions", "sum"),
        reasons=("reasons", "sum"),
    )


def add_share(table: pd.DataFrame, of: Sequence[int]) -> pd.DataFrame:
    """The table with `of_reports`, `share`, `low` and `high` beside its `reports`."""
    hits = [int(value) for value in table["reports"]]
    ends = [wilson_interval(hit, total) for hit, total in zip(hits, of, strict=True)]
    return table.assign(
        of_reports=list(of),
        share=[hit / total if total else 0.0 for hit, total in zip(hits, of, strict=True)],
        low=[low for low, _ in ends],
        high=[high for _, high in ends],
    )
