"""What people decided, in and out: edits of themes and points, reviews, corrected labels.

A finding that a decision names is found again by its id or, where its report was read
again and its place in the text moved, by the hash of its words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lif_nlp.ids import text_key
from lif_nlp.point_records import PointEdit
from lif_nlp.records import Decision, Edit, RecommendationReview
from lif_nlp.store.json_columns import dump

_PROVENANCE = (
    "author", "at", "source", "source_hash", "row", "batch", "status", "reason", "before",
    "after", "undone_by", "undone_at", "settled",
)  # fmt: skip
_EDIT = ("edit_id", "action", "theme_id", "value", "new_theme_id")
_POINT_EDIT = ("edit_id", "action", "point_id", "value", "new_point_id")
_REVIEW = ("edit_id", "finding_id", "decision", "same_as")
_IN_FORCE = "undone_at = '' AND status = 'applied'"


def load_edits(db: sqlite3.Connection) -> tuple[Edit, ...]:
    """Every edit, undone ones included, oldest first."""
    return tuple(Edit(**fields) for fields in _edits(db, "edits", _EDIT))


def load_point_edits(db: sqlite3.Connection) -> tuple[PointEdit, ...]:
    """Every decision on learning points, undone ones included, oldest first."""
    return tuple(PointEdit(**fields) for fields in _edits(db, "point_edits", _POINT_EDIT))


def load_reviews(db: sqlite3.Connection) -> tuple[RecommendationReview, ...]:
    """Every review of a recommendation, undone ones included, oldest first."""
    columns = (*_REVIEW, *_PROVENANCE)
    rows = db.execute(
        f"SELECT {', '.join(columns)} FROM recommendation_reviews ORDER BY edit_id"
    ).fetchall()
    return tuple(
        RecommendationReview(**{**dict(zip(columns, row, strict=True)), "settled": bool(row[-1])})
        for row in rows
    )


def save_edits(db: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Write edits, each in place of the one with its number."""
    _save_edits(db, "edits", (*_EDIT, *_PROVENANCE), edits)
    _refresh_corrections(db)


def save_point_edits(db: sqlite3.Connection, edits: Iterable[PointEdit]) -> None:
    """Write decisions on learning points, each in place of the one with its number."""
    _save_edits(db, "point_edits", (*_POINT_EDIT, *_PROVENANCE), edits)


def save_reviews(db: sqlite3.Connection, reviews: Iterable[RecommendationReview]) -> None:
    """Write reviews of recommendations, each in place of the one with its number."""
    columns = (*_REVIEW, *_PROVENANCE, "text_key", "same_as_key")
    for review in reviews:
        keys = db.execute(
            "SELECT text_key, same_as_key FROM recommendation_reviews WHERE edit_id = ?",
            (review.edit_id,),
        ).fetchone() or ("", "")
        ids = (review.finding_id, review.same_as)
        text_keys = [_key(db, finding_id) or key for finding_id, key in zip(ids, keys, strict=True)]
        db.execute(
            f"INSERT OR REPLACE INTO recommendation_reviews ({', '.join(columns)})"
            f" VALUES ({_places(columns)})",
            (*_values(review, columns[:-2]), *text_keys),
        )


def next_id(db: sqlite3.Connection) -> int:
    """Number of the next decision; decisions of all kinds share one sequence."""
    # One sequence, so that a number alone says which decision is to be undone.
    (last,) = db.execute(
        "SELECT MAX(n) FROM (SELECT MAX(edit_id) AS n FROM edits UNION ALL"
        " SELECT MAX(edit_id) FROM point_edits UNION ALL"
        " SELECT MAX(edit_id) FROM recommendation_reviews)"
    ).fetchone()
    return int(last or 0) + 1


def follow_findings(
    db: sqlite3.Connection, doc_ids: Sequence[str], replaced: Sequence[str]
) -> None:
    """Point decisions at the findings of documents that were just read again.

    Where the id that a decision names is gone, the finding with the same words takes its
    place.  `before` are the ids of the documents that these replace; a file that holds
    several reports is followed only within each report.
    """
    pairs = [(doc_id, doc_id) for doc_id in doc_ids]
    # With several documents on either side nobody can say which took the place of which.
    if len(doc_ids) == len(replaced) == 1 and doc_ids[0] != replaced[0]:
        pairs.append((replaced[0], doc_ids[0]))
    for old_doc, new_doc in pairs:
        missing = _missing_findings(db, old_doc)
        if not missing:
            continue
        present: dict[str, str] = {}
        for finding_id, text in db.execute(
            "SELECT finding_id, text FROM findings WHERE doc_id = ? ORDER BY start", (new_doc,)
        ):
            # Of a sentence that stands twice the first is taken, so that each run decides alike.
            present.setdefault(text_key(text), finding_id)
        moves = [
            (present[key], finding_id) for finding_id, key in missing.items() if key in present
        ]
        for table, column in _NAMING:
            db.executemany(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", moves)
    _refresh_corrections(db)


def forget_findings(db: sqlite3.Connection, doc_id: str) -> None:
    """Remove what decisions hold of a report that is purged: ids and hashes of its findings.

    A decision about nothing but these findings goes with them.
    """
    of_report = f"{doc_id}:"
    begins = "substr({}, 1, length(?)) = ?"
    for table, new_id in (("edits", "new_theme_id"), ("point_edits", "new_point_id")):
        findings_table = _FINDINGS_OF[table]
        edits = {
            edit_id
            for (edit_id,) in db.execute(
                f"SELECT edit_id FROM {findings_table} WHERE {begins.format('finding_id')}",
                (of_report, of_report),
            )
        }
        db.execute(
            f"DELETE FROM {findings_table} WHERE {begins.format('finding_id')}", (of_report,) * 2
        )
        db.execute(
            # Not one that made a theme or a point: that is still there.
            f"DELETE FROM {table} WHERE edit_id IN (SELECT value FROM json_each(?))"
            f" AND {new_id} = '' AND edit_id NOT IN (SELECT edit_id FROM {findings_table})",
            (dump(sorted(edits)),),
        )
    db.execute(
        "DELETE FROM recommendation_reviews WHERE"
        f" {begins.format('finding_id')} OR {begins.format('same_as')}",
        (of_report, of_report, of_report, of_report),
    )
    # What a decision says in words may name findings of the report too.
    in_words = ("reason", "before", "after")
    for table, columns in (
        ("edits", (*in_words, "value")),
        ("point_edits", (*in_words, "value")),
        ("recommendation_reviews", in_words),
    ):
        for column in columns:
            db.execute(f"UPDATE {table} SET {column} = '' WHERE instr({column}, ?)", (of_report,))
    _refresh_corrections(db)


_FINDINGS_OF = {"edits": "edit_findings", "point_edits": "point_edit_findings"}
"""Table with the findings of each table of edits."""

_NAMING = (
    ("edit_findings", "finding_id"),
    ("point_edit_findings", "finding_id"),
    ("recommendation_reviews", "finding_id"),
    ("recommendation_reviews", "same_as"),
)
"""Tables and columns in which decisions name a finding."""


def _missing_findings(db: sqlite3.Connection, doc_id: str) -> dict[str, str]:
    """Findings of a report that decisions name and that are gone, with the hash of their words."""
    rows = db.execute(
        "SELECT finding_id, text_key FROM edit_findings UNION SELECT finding_id, text_key FROM"
        " point_edit_findings UNION SELECT finding_id, text_key FROM recommendation_reviews"
        " UNION SELECT same_as, same_as_key FROM recommendation_reviews"
    ).fetchall()
    present = {
        finding_id
        for (finding_id,) in db.execute(
            "SELECT finding_id FROM findings WHERE doc_id = ?", (doc_id,)
        )
    }
    return {
        finding_id: key
        for finding_id, key in rows
        if key and finding_id.partition(":")[0] == doc_id and finding_id not in present
    }


def _refresh_corrections(db: sqlite3.Connection) -> None:
    """Write the labels that people corrected; a later decision wins."""
    # Written anew as a whole, so that an undone decision leaves nothing behind.
    db.execute("DELETE FROM corrections")
    rows = db.execute(
        "SELECT finding_id, value FROM edits JOIN edit_findings USING (edit_id)"
        f" WHERE action = 'relabel' AND {_IN_FORCE} ORDER BY edit_id"
    ).fetchall()
    corrections: dict[str, dict[str, str]] = {}
    for finding_id, value in rows:
        layer, _, label = value.partition(":")
        corrections.setdefault(finding_id, {})[layer] = label
    db.executemany(
        "INSERT INTO corrections VALUES (?, ?, ?)",
        [
            (finding_id, labels.get("role"), labels["why"] == "yes" if "why" in labels else None)
            for finding_id, labels in corrections.items()
        ],
    )


def _edits(db: sqlite3.Connection, table: str, own: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The fields of each edit of a table, oldest first, with the findings it names."""
    columns = (*own, *_PROVENANCE)
    ids: dict[int, list[str]] = {}
    for edit_id, finding_id in db.execute(
        f"SELECT edit_id, finding_id FROM {_FINDINGS_OF[table]} ORDER BY edit_id, position"
    ):
        ids.setdefault(edit_id, []).append(finding_id)
    for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY edit_id"):
        yield {
            **dict(zip(columns, row, strict=True)),
            "settled": bool(row[-1]),
            "finding_ids": tuple(ids.get(row[0], ())),
        }


def _save_edits(
    db: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    edits: Iterable[Edit] | Iterable[PointEdit],
) -> None:
    findings_table = _FINDINGS_OF[table]
    for edit in edits:
        # keys are read before the rows go: a finding may be missing now
        keys = dict(
            db.execute(
                f"SELECT finding_id, text_key FROM {findings_table} WHERE edit_id = ?",
                (edit.edit_id,),
            )
        )
        db.execute(f"DELETE FROM {table} WHERE edit_id = ?", (edit.edit_id,))
        db.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_places(columns)})",
            _values(edit, columns),
        )
        db.executemany(
            f"INSERT INTO {findings_table} VALUES (?, ?, ?, ?)",
            [
                (edit.edit_id, n, finding_id, _key(db, finding_id) or keys.get(finding_id, ""))
                for n, finding_id in enumerate(edit.finding_ids)
            ],
        )


def _key(db: sqlite3.Connection, finding_id: str) -> str:
    row = db.execute("SELECT text FROM findings WHERE finding_id = ?", (finding_id,)).fetchone()
    return text_key(row[0]) if row else ""


def _values(decision: Decision, columns: Sequence[str]) -> tuple[object, ...]:
    return tuple(getattr(decision, column) for column in columns)


def _places(columns: Sequence[str]) -> str:
    return ",".join("?" * len(columns))
