"""The findings that best show what a theme is: typical, different, from several reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, unit_mean
from lif_nlp.themes.thresholds import EXEMPLARS

_LEANS_ON_OTHERS = re.compile(r"(this|these|those|they|it|he|she|such|however|also|but)\b", re.I)


def choose_exemplars(
    corpus: Corpus,
    rows: Sequence[int],
    *,
    confidences: Sequence[float] | None = None,
    published: Mapping[str, str] | None = None,
    shown: int = EXEMPLARS.shown,
) -> tuple[str, ...]:
    """Ids of the findings that show a theme best, the most typical first.

    Central findings come first; each further one is unlike those before it, and from another
    report while there is one.  Sentences that make little sense alone (very short, very long,
    or beginning with "This") count less, those of newer reports slightly more.

    Parameters
    ----------
    corpus, rows
        The corpus, and the rows of the theme's findings in it.
    confidences
        Confidence (0..1) of each of `rows`; all 1 when None.
    published
        ISO date of each document, by its id.
    shown
        Number of ids at most.
    """
    if not len(rows):
        return ()
    vectors = corpus.vectors[list(rows)]
    findings = [corpus.findings[i] for i in rows]
    scores = vectors @ unit_mean(vectors) * np.array([_readability(f) for f in findings])
    scores = scores * np.asarray(confidences if confidences is not None else 1.0)
    scores = scores + _newness(findings, published or {})
    order = sorted(range(len(findings)), key=lambda i: (-scores[i], findings[i].finding_id))
    places = _diverse(order[: EXEMPLARS.considered], vectors, findings, scores, shown)
    return tuple(findings[i].finding_id for i in places)


def _readability(finding: Finding) -> float:
    words = len(finding.text.split())
    fits = EXEMPLARS.min_words <= words <= EXEMPLARS.max_words
    leans = _LEANS_ON_OTHERS.match(finding.text)
    return (1.0 if fits else EXEMPLARS.odd_length) * (EXEMPLARS.leans_on_others if leans else 1.0)


def _newness(findings: Sequence[Finding], published: Mapping[str, str]) -> Vectors:
    """A small bonus that rises with the date of the report, shape (n,)."""
    dates = sorted({published.get(f.doc_id, "") for f in findings})
    rank = {date: place / max(1, len(dates) - 1) for place, date in enumerate(dates)}
    return np.array(
        [EXEMPLARS.newest_bonus * rank[published.get(f.doc_id, "")] for f in findings],
        dtype=np.float32,
    )


def _diverse(
    order: Sequence[int],
    vectors: Vectors,
    findings: Sequence[Finding],
    scores: Vectors,
    shown: int,
) -> list[int]:
    """Greedy maximal marginal relevance; other reports come first while there are any."""
    exemplars: list[int] = []
    candidates = list(order)
    while candidates and len(exemplars) < shown:
        cosines = {
            i: max((float(vectors[i] @ vectors[c]) for c in exemplars), default=0.0)
            for i in candidates
        }
        candidates = [i for i in candidates if cosines[i] < EXEMPLARS.max_cosine]
        # One long report must not speak for a theme.
        reports = {findings[c].doc_id for c in exemplars}
        other_reports = [i for i in candidates if findings[i].doc_id not in reports] or candidates
        if not other_reports:
            break
        best = max(
            other_reports,
            key=lambda i: (
                EXEMPLARS.typicality * float(scores[i]) - EXEMPLARS.difference * cosines[i]
            ),
        )
        exemplars.append(best)
        candidates.remove(best)
    return exemplars
