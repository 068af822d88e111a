"""Which words of the reports to show: central, clear, short, safe, from different reports.

Everything that decides is a table: `_REFUSED` never appears in a brief, `_DOUBTS`
cost points.  Ties fall to the finding id, so the choice is always the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from lif_nlp.briefs.material import Material
from lif_nlp.briefs.privacy import identifying, known_words

SHORTEST, LONGEST = 9, 42
_COMFORTABLE = (13, 32)
_POOL = 300
_ALIKE = 0.55

_REFUSED = tuple(
    re.compile(pattern)
    for pattern in (
        # Points at a sentence that the reader does not see.
        r"^(?:This|These|Those|That|They|It|Its|He|She|His|Her|Him|Their|Them|Such|However|Also|"
        r"Additionally|Furthermore|Moreover|Therefore|Consequently|As a result|Similarly|Likewise|"
        r"In addition|For example|For instance|Nevertheless|But|And|Or|So|Others?|Another|Both|"
        r"Here|Then|Thus|Yet|Instead|Otherwise|Again|Finally|First(?:ly)?|Second(?:ly)?|Third(?:ly)?|"
        r"Who|Which|In this|In these|In such|At this|At that|At those|Despite this|Despite these|"
        r"Following this|Due to this|Because of this|To this|By this|With this|For these|For this|"
        r"In contrast|Conversely|Equally|In particular|Specifically|Overall|In one|In a few|"
        r"Nonetheless|Although this|While this|While these|While they|While it|Where this|"
        r"When this|As such|Too often this)\b",
        r"\b(?:above|below|overleaf|aforementioned|the latter|the former|see (?:page|paragraph|"
        r"section|appendix|table|figure))\b",
        # Fault and hindsight are never our voice, whatever the marks say.
        r"(?i)\b(?:should|could|might|ought to) (?:not )?have (?:been|\w+ed)\b|"
        r"\bfail(?:ed|ing|ings|ure|ures|s)?\b|\bneglected to\b|\bmissed opportunit|"
        r"\bopportunit\w+ (?:\w+ ){0,3}(?:missed|lost)\b|\blet down\b|"
        r"\bignored\b|\binexcusabl|\bnegligen|\bincompeten|\bavoidable\b|"
        r"\bpreventable\b|\bforeseeable\b|\bdisguised compliance\b|\bhard to reach\b",
        r"[?\u2026]\s*$|\.\.\.",
        r"^\W*[a-z]",
        r"(?i)\b(?:inspectors? (?:found|saw|looked|met|visited|evaluated|considered)|the author|"
        r"this (?:report|review|letter|inspection|audit|section|chapter)|terms of reference)\b",
        # A graphic description is not for a team meeting.
        r"(?i)\b(?:rape[ds]?|strangl|stabb|decapitat|suicid|hanging|post[- ]mortem)",
    )
)
_DOUBTS = (
    (0.30, re.compile(r"\b(?:he|she|his|her|him|hers)\b")),
    (0.20, re.compile(r"\b(?:this|these|those|such)\b")),
    (0.15, re.compile(r"\b(?:these|those|this) (?:children|families|cases|issues|areas)\b")),
    (0.15, re.compile(r"\d")),
    (0.15, re.compile(r"[;(]")),
    (0.12, re.compile(r"\b[A-Z]{2,}\b")),
    (0.10, re.compile(r"\bthe (?:mother|father|baby|boy|girl|sibling|young person|family)\b")),
    (0.10, re.compile(r"\b(?:we|our|you|your|I)\b")),
    (0.10, re.compile(r"\b(?:inspectors|inspection|Ofsted)\b")),
    (0.25, re.compile(r"^.*[^.!:’”\"']$", re.S)),
)  # fmt: skip
# A finite verb tells a sentence from a bare noun phrase ("Timeliness of letters").
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|will|would|may|must|should|"
    r"needs?|needed|makes?|made|ensures?|works?|helps?|knows?|knew|uses?|receives?|provides?|lacks?|"
    r"means?|meant|led|leads?|reach(?:es)?|tells?|told|meets?|met|sees?|saw|hears?|heard|speaks?|"
    r"spoke|attends?|understands?|listens?|builds?|built|holds?|held|takes?|took|gives?|gave|keeps?|"
    r"kept|asks?|goes|go|went|gets?|got|sends?|sent|writes?|wrote|seeks?|sought|shows?|responds?|"
    r"considers?|identif(?:y|ies)|recognises?|describes?|remains?|contributes?|feels?|felt|brings?|"
    r"brought|comes?|came|becomes?|became|leaves?|left|waits?|rel(?:y|ies)|benefits?|demonstrates?|"
    r"undertakes?|challenges?|supports?|offers?|continues?|believes?|rings?|rang|\w{3,}(?:ed|ises))\b"
)
_CONTENT = re.compile(r"[a-z][a-z’'-]{3,}")


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates for quoting, best first, and how many were set aside and why."""

    rows: pd.DataFrame
    identifying: int
    hindsight: int


def pool(
    rows: pd.DataFrame, material: Material, *, phrases: Sequence[str] = (),
    exemplars: Collection[str] = (),
) -> Pool:  # fmt: skip
    """Findings of `rows` fit to be quoted, best first, with their `merit`.

    `phrases` are words that show the reader the subject; `exemplars` are finding
    ids known to be typical.
    """
    flagged = rows["hindsight"].map(bool)
    known = known_words(material.framework)
    length = rows["text"].map(lambda text: len(text.split()))
    clear = rows[~flagged & length.between(SHORTEST, LONGEST)]
    clear = clear[~clear["text"].map(refused).astype(bool)]
    private = clear.apply(lambda row: _private(row, material, known), axis=1, result_type="reduce")
    private = private.astype(bool) if len(clear) else pd.Series(dtype=bool)
    safe = clear[~private].sort_values("finding_id").drop_duplicates("text")
    merit = safe.apply(
        lambda row: _merit(row, phrases, row["finding_id"] in exemplars), axis=1,
        result_type="reduce",
    ) if len(safe) else pd.Series(dtype=float)  # fmt: skip
    safe = safe.assign(merit=merit)
    best = safe.sort_values(["merit", "finding_id"], ascending=[False, True]).head(_POOL)
    best = best.assign(merit=best["merit"] + 0.8 * centrality(list(best["text"])))
    ordered = best.sort_values(["merit", "finding_id"], ascending=[False, True])
    return Pool(ordered.reset_index(drop=True), int(private.sum()), int(flagged.sum()))


def choose(candidates: pd.DataFrame, count: int, *, used: Collection[str] = ()) -> list[pd.Series]:
    """Up to `count` candidates: the best, from different reports, saying different things.

    `used` are doc ids already quoted elsewhere in the brief; they come last.
    """
    picked: list[pd.Series] = []
    words: list[set[str]] = []
    rows = [row for _, row in candidates.iterrows()]
    for fresh in (True, False):
        for row in rows:
            if len(picked) == count:
                return picked
            docs = {str(one["doc_id"]) for one in picked}
            if str(row["doc_id"]) in docs or (fresh and row["doc_id"] in used):
                continue
            mine = set(_CONTENT.findall(str(row["text"]).casefold()))
            if not any(_overlap(mine, other) > _ALIKE for other in words):
                picked.append(row)
                words.append(mine)
    return picked


def refused(text: str) -> bool:
    """Whether the words must not stand alone in a brief.

    >>> refused("This was not always the case."), refused("Plans are reviewed on time.")
    (True, False)
    """
    return any(pattern.search(text) for pattern in _REFUSED) or not _VERB.search(text)


def centrality(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """How typical each text is of them all, 0..1: cosine with their tf-idf mean."""
    bags = [_CONTENT.findall(text.casefold()) for text in texts]
    vocabulary = {word: at for at, word in enumerate(sorted({w for bag in bags for w in bag}))}
    if not vocabulary:
        return np.zeros(len(texts))
    counts = np.zeros((len(bags), len(vocabulary)))
    for row, bag in enumerate(bags):
        for word in bag:
            counts[row, vocabulary[word]] = 1.0
    # Words of nearly every text (the theme's own name) say nothing about which is typical.
    weights = np.log((1 + len(bags)) / (1 + counts.sum(axis=0))) + 0.1
    rows = counts * weights
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    middle = rows.mean(axis=0)
    cosine = rows @ middle / max(float(np.linalg.norm(middle)), 1e-9)
    return np.asarray(cosine / max(float(cosine.max()), 1e-9))


def _private(row: pd.Series, material: Material, known: frozenset[str]) -> bool:
    found = set(identifying(str(row["text"]), known | _own_words(row, material)))
    # Inspections and audits name services and places that their titles name too.
    if material.family(str(row["doc_id"])) in {"inspection", "audit"}:
        found.discard("proper name")
    return bool(found)


def _own_words(row: pd.Series, material: Material) -> set[str]:
    return set(re.findall(r"[A-Za-z’']+", material.area(str(row["doc_id"]))))


def _merit(row: pd.Series, phrases: Sequence[str], exemplar: bool) -> float:
    text = str(row["text"])
    folded = text.casefold()
    words = len(text.split())
    points = float(row["strength"]) + 0.2 * exemplar
    points += 0.3 * any(phrase.strip("° ").casefold() in folded for phrase in phrases)
    points += 0.1 * bool(row["agencies"]) + 0.1 * bool(row["why"])
    score = row.get(f"score_role_{row['role']}")
    points += 0.3 * float(score) if score is not None and score == score else 0.15  # noqa: PLR0124
    points -= sum(cost for cost, pattern in _DOUBTS if pattern.search(text))
    points -= 0.03 * max(_COMFORTABLE[0] - words, words - _COMFORTABLE[1], 0)
    return points


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
