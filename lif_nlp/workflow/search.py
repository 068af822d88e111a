"""Words -> the findings nearest in meaning, with report and page."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lif_nlp.errors import LifError
from lif_nlp.runtime.session import Session
from lif_nlp.schema import column_names, make_frame

WORD_BONUS = 0.15
"""Added to the likeness (at most 1) of a finding that holds the very words."""


def search(session: Session, words: str, *, limit: int = 10) -> pd.DataFrame:
    """The findings nearest to `words` in meaning, best first; columns: see
    `schema`, table "search_results".

    `score` is the cosine of the vectors plus a bonus for findings that hold the
    words themselves, highest first.  Raises LifError when `words` is empty.
    """
    if not words.strip():
        raise LifError("nothing to search for: the words are empty; give a few words")
    findings = session.store.frame("findings")
    if findings.empty:
        return make_frame("search_results")
    vectors = session.encode(findings["text"].tolist())
    likeness = vectors @ session.encoder.encode([words])[0]
    bonus = pd.Series(0.0, index=findings["finding_id"])
    literal = session.store.word_search(words, limit=200)
    bonus[literal] = np.linspace(WORD_BONUS, 0.0, num=len(literal), endpoint=False)
    titles = session.store.frame("documents")[["doc_id", "title"]]
    found = findings.assign(score=np.round(likeness + bonus.to_numpy(), 4))
    best = found.sort_values(["score", "finding_id"], ascending=[False, True]).head(limit)
    results = best.merge(titles, on="doc_id")
    return results[list(column_names("search_results"))].reset_index(drop=True)
