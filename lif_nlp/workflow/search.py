"""Searches findings by meaning, with report and page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.runtime.session import Session
from lif_nlp.schema import column_names, make_frame

WORD_BONUS = 0.15
"""Largest addition to the cosine of a finding that contains the words themselves; the best
match gets all of it, the last nothing.  A larger bonus ranks literal matches before nearer
meanings.  Chosen by judgement; not tuned."""

MAX_LITERAL_MATCHES = 200
"""Number of findings that can get a bonus.  Chosen by judgement; not tuned."""


def search(session: Session, words: str, *, limit: int = 10) -> pd.DataFrame:
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

    Raises
    ------
    LifError
        When `words` is empty.
    """
    if not words.strip():
        raise LifError("nothing to search for: the words are empty; give a few words")
    findings = session.store.frame("findings")
    if findings.empty:
        return make_frame("search_results")
    vectors = session.encode(findings["text"].tolist())
    cosine = vectors @ session.encoder.encode([words])[0]
    bonus = pd.Series(0.0, index=findings["finding_id"])
    literal = session.store.word_search(words, limit=MAX_LITERAL_MATCHES)
    bonus[literal] = np.linspace(WORD_BONUS, 0.0, num=len(literal), endpoint=False)
    titles = session.store.frame("documents")[["doc_id", "title"]]
    scored = findings.assign(score=np.round(cosine + bonus.to_numpy(), 4))
    best = scored.sort_values(["score", "finding_id"], ascending=[False, True]).head(limit)
    results = best.merge(titles, on="doc_id")
    return results[list(column_names("search_results"))].reset_index(drop=True)
