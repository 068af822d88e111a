"""What every table counts: distinct reports, findings by role, shares with intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt

import pandas as pd

Frames = Mapping[str, pd.DataFrame]
"""The store's tables by name: documents, findings, themes, assignments, recommendations."""

TALLIES = ("reports", "findings", "strengths", "problems", "actions", "reasons")
SHARES = ("of_reports", "share", "low", "high")
_Z = 1.959963984540054
_DOCUMENTS = ("doc_id", "title", "review_type", "published", "year", "area")
_FINDINGS = (
    "finding_id", "doc_id", "page", "heading", "text", "role", "why", "hindsight", "aware",
    "agencies", "priorities", "themes", "speaker",
)  # fmt: skip


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval for a share, both ends in 0..1; (0, 1) when `of` is 0.

    It stays sensible for the small numbers of reports that a partnership has.

    >>> [round(end, 2) for end in wilson(8, 10)]
    [0.49, 0.94]
    """
    if of == 0:
        return 0.0, 1.0
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(hits: int, of: int, hits_then: int, of_then: int) -> tuple[float, float]:
    """Newcombe's 95 % interval for the change of a share, from then to now, in -1..1.

    >>> [round(end, 2) for end in difference(9, 10, 2, 10)]
    [0.27, 0.87]
    """
    if not of or not of_then:
        return -1.0, 1.0
    now, then = hits / of, hits_then / of_then
    low, high = wilson(hits, of)
    low_then, high_then = wilson(hits_then, of_then)
    change = now - then
    return (
        change - sqrt((now - low) ** 2 + (high_then - then) ** 2),
        change + sqrt((high - now) ** 2 + (then - low_then) ** 2),
    )


def difference_within(strata: Iterable[tuple[int, int, int, int]]) -> tuple[float, float]:
    """95 % interval for the change of a share inside groups, from then to now, in -1..1.

    Each stratum holds (hits, of, hits then, of then) of one kind of report; kinds met only
    once, now or then, say nothing of a change.  Weights as Mantel and Haenszel's, shares
    with one hit and one miss added, so that small kinds do not look certain.

    >>> difference_within([(9, 10, 0, 0)])
    (-1.0, 1.0)
    >>> [round(end, 2) for end in difference_within([(9, 10, 2, 10), (5, 5, 5, 5)])]
    [0.14, 0.64]
    """
    total = change = spread = 0.0
    for hits, of, hits_then, of_then in strata:
        if of and of_then:
            weight = of * of_then / (of + of_then)
            now, then = (hits + 1) / (of + 2), (hits_then + 1) / (of_then + 2)
            total += weight
            change += weight * (now - then)
            spread += weight**2 * (now * (1 - now) / (of + 2) + then * (1 - then) / (of_then + 2))
    if not total:
        return -1.0, 1.0
    half = _Z * sqrt(spread) / total
    return max(-1.0, change / total - half), min(1.0, change / total + half)


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
    ends = [wilson(hit, total) for hit, total in zip(hits, of, strict=True)]
    return table.assign(
        of_reports=list(of),
        share=[hit / total if total else 0.0 for hit, total in zip(hits, of, strict=True)],
        low=[low for low, _ in ends],
        high=[high for _, high in ends],
    )
