"""Which words of the reports to show: central, clear, short, safe, from different reports.

Ties fall to the finding id, so the choice is always the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.quoting.privacy import identifying_details, split_words
from lif_nlp.briefs.quoting.quotability import contradicts_role, is_unquotable, penalty

Row = Mapping[str, Any]
"""A finding by its column names."""

SHORTEST, LONGEST = 9, 42
_COMFORTABLE = (13, 32)
_POOL = 300
_SAME_SENSE = 2.2
"""Points that a quote loses for saying again, word for word, what was quoted already."""

_SAME_REPORT = 0.5
_TOO_DOUBTFUL = 0.8
_SURE = 0.45
"""A finding whose role is less sure than this is counted, and not quoted."""
_HOW = re.compile(
    r"\b(?:so that|because|by \w+ing|which (?:helps?|enables?|means)|enabling|helping|"
    r"such as|before|within|same day|daily|weekly|directly|regularly)\b"
)
_WHO = re.compile(
    r"\b(?:social workers?|teachers?|nurses?|officers?|police|practitioners?|midwi(?:fe|ves)|"
    r"health visitors?|gps?|general practitioners?|doctors?|clinicians?|personal advisers?|"
    r"schools?|staff|workers?|parents|children|young people)\b"
)
_READ = frozenset(
    ["finding_id", "doc_id", "page", "page_end", "paragraph", "kind", "text", "role", "why",
     "agencies", "start", "end", "year", "confidence"]
)  # fmt: skip
"""Columns of a finding, beside the scores of its role, that choosing and citing it need."""

_FIRST = re.compile(r"[A-Za-z’']+")
_CONTENT = re.compile(r"[a-z][a-z’'-]{3,}")


@dataclass(frozen=True, slots=True)
class CandidatePool:
    """Candidates for quoting with their `merit`, best first, and how many were set aside."""

    rows: list[Row]
    identifying: int
    hindsight: int


def rank_candidates(
    rows: pd.DataFrame, material: Material, *, phrases: Sequence[str] = (),
    exemplars: Collection[str] = (), testimony: bool = False,
) -> CandidatePool:  # fmt: skip
    """Findings of `rows` fit to be quoted, best first, with their `merit`.

    `phrases` are words that show the reader the subject; `exemplars` are finding
    ids known to be typical.  In `testimony` people speak, so that the role that a
    model gave their words does not matter.
    """
    flagged = rows["hindsight"].astype(bool)
    fit = [row for row in _rows(rows[~flagged]) if _fit(row, material, testimony=testimony)]
    safe = [row for row in fit if not _private(row, material)]
    told = {str(row["text"]): row for row in sorted(safe, key=_finding_id, reverse=True)}
    once = list(told.values())
    words = [phrase.casefold() for phrase in phrases]
    merit = [_merit(row, words, row["finding_id"] in exemplars, material) for row in once]
    worth = np.array(merit, dtype=float) + 0.4 * _recency(once)
    best = _best_first(once, worth)[:_POOL]
    worth = np.array([row["merit"] for row in best]) + 0.8 * centrality([r["text"] for r in best])
    return CandidatePool(_best_first(best, worth), len(fit) - len(safe), int(flagged.sum()))


def select_quotes(
    candidates: Sequence[Row], count: int, *, used: Collection[str] = (),
    said: Sequence[str] = (), one_report: bool = False,
) -> list[Row]:  # fmt: skip
    """Up to `count` candidates: the best, each from another report, saying different things.

    `candidates` carry their `merit`.  `used` are doc ids already quoted elsewhere
    in the brief and `said` the words quoted; both count against a candidate.
    With `one_report` all may come from the same one.
    """
    texts = [str(row["text"]) for row in candidates]
    rows = tfidf_vectors([*texts, *said])
    likeness = rows @ rows.T
    merit = np.array([row["merit"] - _SAME_REPORT * (row["doc_id"] in used) for row in candidates])
    told = list(range(len(texts), len(texts) + len(said)))
    open_ = [True] * len(texts)
    picked: list[int] = []
    while len(picked) < count and any(open_):
        nearest = likeness[: len(texts), told].max(axis=1) if told else np.zeros(len(texts))
        worth = np.where(open_, merit - _SAME_SENSE * nearest, -np.inf)
        best = int(worth.argmax())
        picked.append(best)
        told.append(best)
        doc = candidates[best]["doc_id"]
        open_[best] = False
        if not one_report:
            open_ = [
                still and row["doc_id"] != doc for still, row in zip(open_, candidates, strict=True)
            ]
    return [candidates[at] for at in picked]


def tfidf_vectors(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Tf-idf rows of unit length for a few hundred texts, shape (n, words)."""
    bags = [_CONTENT.findall(text.casefold()) for text in texts]
    vocabulary = {word: at for at, word in enumerate(sorted({w for bag in bags for w in bag}))}
    rows = np.zeros((len(bags), max(1, len(vocabulary))))
    for at, bag in enumerate(bags):
        for word in bag:
            rows[at, vocabulary[word]] = 1.0
    # Words of nearly every text (the theme's own name) say nothing about which is typical.
    rows *= np.log((1 + len(bags)) / (1 + rows.sum(axis=0))) + 0.1
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


def centrality(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """How typical each text is of them all, 0..1: cosine with their tf-idf mean."""
    if not texts:
        return np.zeros(0)
    rows = tfidf_vectors(texts)
    middle = rows.mean(axis=0)
    cosine = rows @ middle / max(float(np.linalg.norm(middle)), 1e-9)
    return np.asarray(cosine / max(float(cosine.max()), 1e-9))


def _rows(table: pd.DataFrame) -> list[Row]:
    """The rows as plain mappings, which are read many times faster than Series."""
    read = [name for name in table.columns if name in _READ or name.startswith("score_role_")]
    return cast(list[Row], table[read].to_dict("records"))


def _finding_id(row: Row) -> str:
    return str(row["finding_id"])


def _best_first(rows: Sequence[Row], merit: npt.NDArray[np.float64]) -> list[Row]:
    """The rows with this `merit`, the greatest first."""
    judged = [{**row, "merit": points} for row, points in zip(rows, merit.tolist(), strict=True)]
    return sorted(judged, key=lambda row: (-row["merit"], row["finding_id"]))


def _fit(row: Row, material: Material, *, testimony: bool = False) -> bool:
    """Whether a finding can be quoted at all; one that opens with its area is too local."""
    text, role, area = str(row["text"]), str(row["role"]), material.area(str(row["doc_id"]))
    if not SHORTEST <= len(text.split()) <= LONGEST or (area and text.startswith(area[:8])):
        return False
    if testimony:
        return not is_unquotable(text, testimony=True)
    if _sureness(row) < _SURE or is_unquotable(text) or contradicts_role(text, role):
        return False
    return penalty(text, kind=str(row.get("kind") or ""), role=role) < _TOO_DOUBTFUL


def _recency(rows: Sequence[Row]) -> npt.NDArray[np.float64]:
    """Where each finding's year lies between the first and the last year, 0..1."""
    years = np.array([np.nan if pd.isna(row["year"]) else float(row["year"]) for row in rows])
    dated = years[~np.isnan(years)]
    spread = dated.max() - dated.min() if dated.size else 0.0
    if not spread:
        return np.zeros(len(rows))
    return np.asarray(np.nan_to_num((years - dated.min()) / spread))


def _sureness(row: Row) -> float:
    """How sure the role of a finding is, 0..1; an even half where no score was kept."""
    score = row.get(f"score_role_{row['role']}")
    return 0.5 if score is None or pd.isna(score) else float(score)


def _private(row: Row, material: Material) -> bool:
    text, area = str(row["text"]), material.area(str(row["doc_id"]))
    opening = _FIRST.search(text)
    first = re.sub(r"[’']s$", "", opening.group()) if opening else ""
    if first in material.names and first not in split_words(area):
        return True
    return bool(identifying_details(text, material.known_in(area)))


def _merit(row: Row, words: Sequence[str], exemplar: bool, material: Material) -> float:
    text, area = str(row["text"]), material.area(str(row["doc_id"]))
    folded = text.casefold()
    length = len(text.split())
    points = float(row["confidence"]) + 0.2 * exemplar
    points += 0.3 * any(word in folded for word in words)
    points += 0.1 * bool(row["agencies"]) + 0.1 * bool(row["why"])
    points += 0.8 * _sureness(row)
    # A reader learns from who did what, and how.
    points += 0.25 * bool(_HOW.search(folded)) + 0.15 * bool(_WHO.search(folded))
    points -= penalty(text, kind=str(row.get("kind") or ""), role=str(row["role"]))
    points -= 0.3 * (bool(area) and area in text)
    return points - 0.03 * max(_COMFORTABLE[0] - length, length - _COMFORTABLE[1], 0)
