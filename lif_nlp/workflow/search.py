"""Searches learning points and findings by meaning, with report and page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.names import fold_name
from lif_nlp.runtime.session import Session
from lif_nlp.schema import column_names, make_frame
from lif_nlp.workflow.point_tables import select_points
from lif_nlp.workflow.select_findings import FindingFilter, select_findings

WORD_BONUS = 0.15
"""Largest addition to the cosine of a finding that contains the words themselves; the best
match gets all of it, the last nothing.  A larger bonus ranks literal matches before nearer
meanings.  Chosen by judgement; not tuned."""

MAX_LITERAL_MATCHES = 200
"""Number of findings that can get a bonus.  Chosen by judgement; not tuned."""

EVERYTHING = FindingFilter()
"""No condition at all."""

ANSWER_FROM = 0.4
"""Cosine of a typical finding with the words from which its learning point is an answer.  Lower,
and points about something else come first.  Chosen by judgement; not tuned."""


def search(
    session: Session, words: str, *, limit: int = 10, conditions: FindingFilter = EVERYTHING
) -> pd.DataFrame:
    """The findings nearest in meaning, best first.

    Columns: see `schema`, table "search_results".  `score` is the cosine of the vectors of
    `words` and the finding, plus a bonus of up to `WORD_BONUS` if it contains the words.

    Parameters
    ----------
    session
        The open workspace.
    words
        What to look for.
    limit
        Number of findings, at most.
    conditions
        Conditions that the findings must meet.

    Raises
    ------
    LifError
        When `words` is empty.
    UnknownNameError
        For a name in `conditions` that does not exist.
    """
    _check(words)
    findings = select_findings(session, session.store.frame("findings"), conditions)
    if findings.empty:
        return make_frame("search_results")
    # From the store; only texts that were never encoded are encoded now.
    vectors = session.encode(findings["text"].tolist())
    cosine = vectors @ session.encoder.encode([words])[0]
    bonus = pd.Series(0.0, index=findings["finding_id"])
    literal = session.store.word_search(words, limit=MAX_LITERAL_MATCHES)
    bonuses = pd.Series(
        np.linspace(WORD_BONUS, 0.0, num=len(literal), endpoint=False), index=literal
    )
    # Added, not multiplied: the words themselves help also where the meaning is far.
    bonus.update(bonuses)
    titles = session.store.frame("documents")[["doc_id", "title"]]
    with_scores = findings.assign(score=np.round(cosine + bonus.to_numpy(), 4))
    best = with_scores.sort_values(["score", "finding_id"], ascending=[False, True]).head(limit)
    results = best.merge(titles, on="doc_id")
    return results[list(column_names("search_results"))].reset_index(drop=True)


def search_points(
    session: Session, words: str, *, limit: int = 3, conditions: FindingFilter = EVERYTHING
) -> pd.DataFrame:
    """The learning points nearest in meaning, best first; empty where none is near.

    Columns: see `schema`, table "point_results".  `score` is the highest cosine of the
    vectors of `words` and a typical finding of the point (its centre, exemplars, quotes).

    Parameters
    ----------
    session
        The open workspace.
    words
        What to look for.
    limit
        Number of points, at most.
    conditions
        Role, theme and priority of the points.  A report or years are conditions on single
        findings: no point is returned with one, as its counts are over all reports.

    Raises
    ------
    LifError
        When `words` is empty.
    """
    _check(words)
    current = session.store.points()
    # A point is of several reports: conditions on a report, agency or year ask for findings.
    about_points = replace(conditions, role="", theme="", priority="") == EVERYTHING
    if current is None or not about_points or fold_name(conditions.role) == "context":
        return make_frame("point_results")
    points = select_points(
        session,
        role=conditions.role,
        theme=conditions.theme,
        priority=conditions.priority,
    )
    if points.empty:
        return make_frame("point_results")
    typical = {
        point.point_id: {point.centre, *point.exemplars, *point.quotes} for point in current.points
    }
    findings = session.store.some_findings(
        sorted({id for point_id in points["point_id"] for id in typical[point_id]} - {""})
    )
    vectors = session.encode([finding.text for finding in findings.values()])
    cosine = dict(
        zip(findings, (vectors @ session.encoder.encode([words])[0]).tolist(), strict=True)
    )
    scores = [
        round(max((cosine[f] for f in typical[point_id] if f in cosine), default=0.0), 4)
        for point_id in points["point_id"]
    ]
    best = (
        points.assign(score=scores)
        .query("score >= @ANSWER_FROM")
        .sort_values(["score", "point_id"], ascending=[False, True])
        .head(limit)
    )
    quotes = [findings[f] for f in best["quote_finding_id"]]
    documents = session.store.frame("documents")[["doc_id", "title", "source"]]
    best = best.assign(doc_id=[f.doc_id for f in quotes], page=[f.page for f in quotes])
    best = best.merge(documents, on="doc_id")
    return best[list(column_names("point_results"))].reset_index(drop=True)


def _check(words: str) -> None:
    if not words.strip():
        raise LifError("nothing to search for: the words are empty; give a few words")
