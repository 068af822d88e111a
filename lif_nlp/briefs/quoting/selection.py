"""Which sentences to quote: central, clear, short, safe, from different reports.

Ties are settled by the finding id, so that the choice is always the same.
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
from lif_nlp.briefs.quoting.privacy import identifying_details
from lif_nlp.briefs.quoting.quotability import contradicts_role, is_unquotable, penalty
from lif_nlp.briefs.quoting.sides import (
    side_of_heading,
    stands_on_its_side,
    tells_of_service,
)
from lif_nlp.briefs.quoting.stands_alone import probability_alone
from lif_nlp.briefs.quoting.thresholds import GAINS, LIMITS
from lif_nlp.circulation import split_words

Row = Mapping[str, Any]
"""A finding by its column names."""

_HOW = re.compile(
    r"\b(?:so that|because|by \w+ing|which (?:helps?|enables?|means)|enabling|helping|"
    r"such as|before|within|same day|daily|weekly|directly|regularly)\b"
)
_WHO = re.compile(
    r"\b(?:social workers?|teachers?|nurses?|officers?|police|practitioners?|midwi(?:fe|ves)|"
    r"health visitors?|gps?|general practitioners?|doctors?|clinicians?|personal advisers?|"
    r"schools?|staff|workers?|parents|children|young people)\b"
)
_POINTS_BACK = re.compile(
    r"^(?:\S+ ){0,4}(?:them|it|its|this|these|those)\b|\bthe same (?:way|thing)\b"
)
"""Words of a speaker that point to a sentence the reader does not see."""

_ONE_WORKER = re.compile(
    r"^(?:DSL|SW|HV|GP|FSW|CMW|PN|IDVA|Worker|Officer|Nurse|Teacher|Midwife|Manager|\w+ officer) "
    r"(?:did|was|had|could|knew|cannot|dis\w+ed|\w+ed)\b"
)
"""A note on what one worker did not do, as in a row of an audit: it would finger them."""

_COLUMNS = frozenset(
    ["finding_id", "doc_id", "page", "page_end", "paragraph", "kind", "text", "role", "why",
     "aware", "actor", "heading",
     "agencies", "start", "end", "year", "confidence", "sureness", "basis"]
)  # fmt: skip
"""Columns of a finding that choosing and citing it need, apart from the scores of its role."""

_FORM = re.compile(r"\b[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*\b")
_PLAIN_FORMS = frozenset({"GP", "GPs", "NHS", "IT", "UK", "PE", "OK", "TV"})
"""Short forms that every reader knows."""

_FIRST_WORD = re.compile(r"[A-Za-z’']+")
_CONTENT_WORD = re.compile(r"[a-z][a-z’'-]{3,}")
_IDF_FLOOR = 0.1
"""Weight of a word that every text holds; chosen by judgement, not tuned.  Above 0, so that
texts of such words alone still have a direction."""


@dataclass(frozen=True, slots=True)
class CandidatePool:
    """Candidates for quoting with their `merit`, best first, and how many were left out."""

    rows: list[Row]
    identifying: int
    hindsight: int


def rank_candidates(
    rows: pd.DataFrame, material: Material, *, phrases: Sequence[str] = (),
    exemplars: Collection[str] = (), testimony: bool = False, one_report: bool = False,
) -> CandidatePool:  # fmt: skip
    """Findings that can be quoted, best first, with their `merit` in points.

    Parameters
    ----------
    rows
        Findings with their `confidence` in the subject.
    material
        The material of the brief, which knows areas and names.
    phrases
        Words that show the reader the subject.
    exemplars
        Ids of findings known to be typical.
    testimony
        Whether people speak in the findings; the role that a model gave their words, and who
        reports them, then do not matter.
    one_report
        Whether the brief is on one report, so that readers know which case a sentence is about.
    """
    uses_hindsight = rows["hindsight"].astype(bool)
    quotable = [
        row
        for row in _as_mappings(rows[~uses_hindsight])
        if _is_quotable(row, material, testimony=testimony, one_report=one_report)
    ]
    safe = [row for row in quotable if not _could_identify(row, material)]
    # The same text in several findings is one candidate: that of the first finding id.
    by_text = {str(row["text"]): row for row in sorted(safe, key=_finding_id, reverse=True)}
    distinct = list(by_text.values())
    words = [phrase.casefold() for phrase in phrases]
    points = [_merit(row, words, row["finding_id"] in exemplars, material) for row in distinct]
    merit = np.array(points, dtype=float) + GAINS.recency * recency(distinct)
    best = _best_first(distinct, merit)[: LIMITS.pool_size]
    merit = np.array([row["merit"] for row in best])
    merit = merit + GAINS.centrality * centrality([row["text"] for row in best])
    return CandidatePool(
        _best_first(best, merit), len(quotable) - len(safe), int(uses_hindsight.sum())
    )


def select_quotes(
    candidates: Sequence[Row], count: int, *, quoted_docs: Collection[str] = (),
    quoted_texts: Sequence[str] = (), one_report: bool = False,
) -> list[Row]:  # fmt: skip
    """The best candidates, each from another report and saying something different.

    This is maximal marginal relevance (Carbonell and Goldstein, 1998) with points in place
    of a query's similarity.

    Parameters
    ----------
    candidates
        Findings with their `merit`.
    count
        How many to take at most.
    quoted_docs, quoted_texts
        Ids of the reports, and the words, quoted in the brief so far; both count against a
        candidate.
    one_report
        Whether all may come from the same report.
    """
    texts = [str(row["text"]) for row in candidates]
    rows = tfidf_vectors([*texts, *quoted_texts])
    similarity = rows @ rows.T
    merit = np.array(
        [
            row["merit"] - LIMITS.same_report_cost * (row["doc_id"] in quoted_docs)
            for row in candidates
        ]
    )
    places = list(range(len(texts), len(texts) + len(quoted_texts)))
    is_open = [True] * len(texts)
    selection: list[int] = []
    while len(selection) < count and any(is_open):
        nearest = similarity[: len(texts), places].max(axis=1) if places else np.zeros(len(texts))
        points = np.where(is_open, merit - LIMITS.repetition_cost * nearest, -np.inf)
        best = int(points.argmax())
        selection.append(best)
        places.append(best)
        doc_id = candidates[best]["doc_id"]
        is_open[best] = False
        if not one_report:
            is_open = [
                still and row["doc_id"] != doc_id
                for still, row in zip(is_open, candidates, strict=True)
            ]
    return [candidates[at] for at in selection]


def tfidf_vectors(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Tf-idf rows of unit length for a few hundred texts, shape (n, words).

    Not scikit-learn's TfidfVectorizer: its weight of a word that every text holds is 1, ours
    `_IDF_FLOOR`, so that a theme's own name, which stands in nearly every candidate, does
    not decide which is typical.  The quotes chosen would differ.
    """
    bags = [_CONTENT_WORD.findall(text.casefold()) for text in texts]
    vocabulary = {word: at for at, word in enumerate(sorted({w for bag in bags for w in bag}))}
    rows = np.zeros((len(bags), max(1, len(vocabulary))))
    for at, bag in enumerate(bags):
        for word in bag:
            rows[at, vocabulary[word]] = 1.0
    rows *= np.log((1 + len(bags)) / (1 + rows.sum(axis=0))) + _IDF_FLOOR
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


def centrality(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """How typical each text is of them all, 0..1: cosine with the mean of their vectors."""
    if not texts:
        return np.zeros(0)
    rows = tfidf_vectors(texts)
    mean = rows.mean(axis=0)
    cosine = rows @ mean / max(float(np.linalg.norm(mean)), 1e-9)
    return np.asarray(cosine / max(float(cosine.max()), 1e-9))


def _as_mappings(table: pd.DataFrame) -> list[Row]:
    """The rows as plain mappings, which are read many times faster than Series."""
    columns = [n for n in table.columns if n in _COLUMNS or n.startswith("score_role_")]
    return cast(list[Row], table[columns].to_dict("records"))


def _finding_id(row: Row) -> str:
    return str(row["finding_id"])


def _best_first(rows: Sequence[Row], merit: npt.NDArray[np.float64]) -> list[Row]:
    """The rows with this `merit`, the greatest first."""
    candidates = [
        {**row, "merit": points} for row, points in zip(rows, merit.tolist(), strict=True)
    ]
    return sorted(candidates, key=lambda row: (-row["merit"], row["finding_id"]))


_GONE = re.compile(
    r"\b(?:Primary Care Trusts?|PCTs?|Strategic Health Authorit(?:y|ies)|Connexions|LSCBs?|"
    r"Local Safeguarding Children Boards?|Clinical Commissioning Groups?|CCGs?)\b"
)
"""Bodies in England that were replaced by 2022."""


def _is_quotable(
    row: Row, material: Material, *, testimony: bool = False, one_report: bool = False
) -> bool:
    """Whether a finding can be quoted at all."""
    text, role, area = str(row["text"]), str(row["role"]), material.area(str(row["doc_id"]))
    fewest = LIMITS.min_words_of_point if _states_point(row) else LIMITS.min_words
    if not fewest <= len(text.split()) <= LIMITS.max_words:
        return False
    # Nobody can ask it of a body that is gone; on one report its own time is plain.
    is_closed = not one_report and bool(_GONE.search(text))
    is_closed |= has_unknown_form(text, material, str(row["doc_id"]))
    # Too local: it tells of that place first.
    if is_closed or (area and text.startswith(area[: LIMITS.area_prefix])):
        return False
    if testimony:
        return not is_unquotable(text, testimony=True) and not _POINTS_BACK.search(text.casefold())
    if _role_confidence(row) < _least_confidence(row, material):
        return False
    if is_unquotable(text) or contradicts_role(text, role) or not _stands_on_its_side(row):
        return False
    most = LIMITS.max_penalty_one_report if one_report else LIMITS.max_penalty
    alone = LIMITS.min_stands_alone_action if role == "action" else LIMITS.min_stands_alone
    alone -= LIMITS.one_report_ease * one_report
    tells_story = not material.is_headed_by_subject(str(row["doc_id"]))
    return penalty(text, kind=str(row.get("kind") or ""), role=role) < most and not (
        tells_story and _alone(row, material, one_report=one_report) < alone
    )


def _alone(row: Row, material: Material, *, one_report: bool) -> float:
    """How likely a finding is to be understood alone; on one report its place counts too."""
    text = str(row["text"])
    return material.alone(text, str(row["doc_id"])) if one_report else probability_alone(text)


def has_unknown_form(text: str, material: Material, doc_id: str) -> bool:
    """Whether a text holds a short form that neither a table nor its report spells out."""
    forms = set(_FORM.findall(text)) - _PLAIN_FORMS
    return any(not material.meaning(form, doc_id) for form in forms)


def _least_confidence(row: Row, material: Material) -> float:
    """The least confidence in the role with which a finding of this report is quoted."""
    role = str(row["role"])
    is_scored_side = role in ("strength", "problem") and pd.notna(row.get(f"score_role_{role}"))
    if not is_scored_side or material.is_headed_by_subject(str(row["doc_id"])):
        return LIMITS.min_role_confidence
    return LIMITS.min_strength_confidence if role == "strength" else LIMITS.min_problem_confidence


def _stands_on_its_side(row: Row) -> bool:
    """Whether a strength or problem is surely one, and of practice rather than of a family."""
    text, role = str(row["text"]), str(row["role"])
    if role not in ("strength", "problem"):
        return True
    if role == "problem" and _ONE_WORKER.search(text):
        return False
    side = side_of_heading(str(row.get("heading") or ""))
    # Under "Strengths" a problem is a strength that was read wrongly, or the reverse.
    if side and side != role:
        return False
    actor = row.get("actor", "agency")
    is_of_practice = actor in ("agency", "system", "none")
    is_of_practice |= actor in ("child", "other") and tells_of_service(text)
    takes_view_from_the_time = bool(row.get("aware"))
    # A point is of its role: to state it surely says as much of the side as a heading does.
    is_headed = side == role or _states_point(row)
    return (
        is_of_practice
        and not takes_view_from_the_time
        and stands_on_its_side(text, role, _role_confidence(row), is_headed=is_headed)
    )


def _states_point(row: Row) -> bool:
    """Whether a finding is quoted for a learning point of its own role, and surely states it."""
    # Themes give sureness too, but no basis: what is about a theme may praise or blame.
    return "basis" in row and float(row["sureness"]) >= LIMITS.sure_of_point


def recency(rows: Sequence[Row]) -> npt.NDArray[np.float64]:
    """Where each finding's year lies between the first and the last year, shape (n,), 0..1."""
    years = np.array([np.nan if pd.isna(row["year"]) else float(row["year"]) for row in rows])
    known_years = years[~np.isnan(years)]
    spread = known_years.max() - known_years.min() if known_years.size else 0.0
    # One year only, or none: nothing is newer than the rest.
    if not spread:
        return np.zeros(len(rows))
    return np.asarray(np.nan_to_num((years - known_years.min()) / spread))


def _role_confidence(row: Row) -> float:
    """How certain the role of a finding is, 0..1."""
    score = row.get(f"score_role_{row['role']}")
    return LIMITS.unknown_role_confidence if score is None or pd.isna(score) else float(score)


def _could_identify(row: Row, material: Material) -> bool:
    text, area = str(row["text"]), material.area(str(row["doc_id"]))
    opening = _FIRST_WORD.search(text)
    first = re.sub(r"[’']s$", "", opening.group()) if opening else ""
    if first in material.names and first not in split_words(area):
        return True
    return bool(identifying_details(text, material.known_in(area)))


def _merit(row: Row, phrases: Sequence[str], is_exemplar: bool, material: Material) -> float:
    text, area = str(row["text"]), material.area(str(row["doc_id"]))
    lower = text.casefold()
    words = len(text.split())
    shortest, longest = LIMITS.comfortable_words
    points = float(row["confidence"]) + GAINS.exemplar * is_exemplar
    points += GAINS.phrase * any(phrase in lower for phrase in phrases)
    points += GAINS.agency * bool(row["agencies"]) + GAINS.reason * bool(row["why"])
    points += GAINS.role_confidence * _role_confidence(row)
    if not material.is_headed_by_subject(str(row["doc_id"])):
        points += GAINS.stands_alone * probability_alone(text)
    # A reader learns from who did what, and how.
    points += GAINS.how * bool(_HOW.search(lower)) + GAINS.who * bool(_WHO.search(lower))
    points -= penalty(text, kind=str(row.get("kind") or ""), role=str(row["role"]))
    points -= LIMITS.area_cost * (bool(area) and area in text)
    # A short form that only the report spells out is harder to read than one of every table.
    unknown = [form for form in _FORM.findall(text) if not material.meaning(form)]
    points -= LIMITS.unknown_form_cost * len(set(unknown) - _PLAIN_FORMS)
    return points - LIMITS.word_cost * max(shortest - words, words - longest, 0)
