"""What people said about recommendations: no recommendation at all, or the same as another.

The log of it is kept in the workspace; every table made later respects it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lif_nlp.runtime.session import Session

NO_REPEAT = "none"
"""What stands in `same_as` where a recommendation is no repeat of an earlier one."""

_KEY = "review.recommendations"


@dataclass(frozen=True, slots=True)
class Judged:
    """How many decisions were taken, and which could not be or speak against each other."""

    taken: int = 0
    conflicts: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()


def judge(session: Session, rows: Sequence[Mapping[str, str]], author: str, now: str) -> Judged:
    """Keep what the rows of the sheet "Recommendations" decide."""
    ids = set(session.store.frame("recommendations")["finding_id"])
    log = _log(session)
    standing = {entry["finding_id"]: entry for entry in log}
    conflicts, disputes, new = [], [], []
    for row in rows:
        entry = {
            "finding_id": row["finding_id"],
            "decision": row["decision"].lower(),
            "same_as": row["same_as"],
            "author": author,
            "at": now,
        }
        if fault := _fault(entry, ids):
            conflicts.append(f"sheet 'Recommendations', row {row['row']}: {fault}")
            continue
        earlier = standing.get(row["finding_id"], entry)
        if earlier["author"] != author and _said(earlier) != _said(entry):
            disputes.append(
                f"recommendation {row['finding_id']}: {author or 'this workbook'} says otherwise "
                f"than {earlier['author'] or 'an earlier one'} ({earlier['at']}); the later one "
                "is in force"
            )
        new.append(entry)
    session.store.set_note(_KEY, json.dumps([*log, *new]))
    return Judged(len(new), tuple(conflicts), tuple(disputes))


def with_judgements(session: Session, found: pd.DataFrame) -> pd.DataFrame:
    """Recommendations with the columns `decision` and `same_as`, empty where nobody judged."""
    said = {entry["finding_id"]: entry for entry in _log(session)}
    return found.assign(
        decision=[said.get(f, {}).get("decision", "") for f in found["finding_id"]],
        same_as=[said.get(f, {}).get("same_as", "") for f in found["finding_id"]],
    )


def _log(session: Session) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = json.loads(session.store.note(_KEY) or "[]")
    return kept


def _said(entry: Mapping[str, str]) -> tuple[str, str]:
    return entry["decision"], entry["same_as"]


def _fault(entry: Mapping[str, str], ids: set[str]) -> str:
    same_as = entry["same_as"]
    if entry["finding_id"] not in ids:
        return f"there is no recommendation {entry['finding_id']}"
    if same_as and same_as != NO_REPEAT and same_as not in ids:
        return f"same_as names no recommendation: {same_as}"
    if same_as.partition(":")[0] == entry["finding_id"].partition(":")[0]:
        return "same_as names the same report; only another report can repeat it"
    if entry["decision"] == "wrong" and same_as:
        return "it says wrong and gives same_as; nothing was taken from the row"
    return ""
