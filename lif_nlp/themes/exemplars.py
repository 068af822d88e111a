"""The findings that show best what a theme is: typical, different, from several reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from lif_nlp.protocols import Vectors
from lif_nlp.records import Finding
from lif_nlp.themes.corpus import Corpus, unit_mean

SHOWN = 5
_LOOKED_AT = 200
_REPEAT = 0.9
_NEWER_BONUS = 0.03
_LEANS_ON_OTHERS = re.compile(r"(this|these|those|they|it|he|she|such|however|also|but)\b", re.I)
_WORDS = (8, 45)


def choose_exemplars(
    corpus: Corpus,
    rows: Sequence[int],
    *,
    strengths: Sequence[float] | None = None,
    published: Mapping[str, str] | None = None,
    shown: int = SHOWN,
) -> tuple[str, ...]:
    """Ids of up to `shown` findings among `rows`, most typical first.

    Central findings come first; each next one is unlike those taken, from another
    report while there is one, and no repeat.  Sentences that make little sense alone
    (very short, very long, or beginning with "This") count less, newer reports a
    little more.
    """
    if not len(rows):
        return ()
    vectors = corpus.vectors[list(rows)]
    findings = [corpus.findings[i] for i in rows]
    worth = vectors @ unit_mean(vectors) * np.array([_readable(f) for f in findings])
    worth = worth * np.asarray(strengths if strengths is not None else 1.0)
    worth = worth + _newness(findings, published or {})
    order = sorted(range(len(findings)), key=lambda i: (-worth[i], findings[i].finding_id))
    taken = _spread(order[:_LOOKED_AT], vectors, findings, worth, shown)
    return tuple(findings[i].finding_id for i in taken)


def _readable(finding: Finding) -> float:
    words = len(finding.text.split())
    size = 1.0 if _WORDS[0] <= words <= _WORDS[1] else 0.8
    return size * (0.93 if _LEANS_ON_OTHERS.match(finding.text) else 1.0)


def _newness(findings: Sequence[Finding], published: Mapping[str, str]) -> Vectors:
    """A small bonus that rises with the date of the report, shape (n,)."""
    dates = sorted({published.get(f.doc_id, "") for f in findings})
    rank = {date: place / max(1, len(dates) - 1) for place, date in enumerate(dates)}
    return np.array(
        [_NEWER_BONUS * rank[published.get(f.doc_id, "")] for f in findings], dtype=np.float32
    )


def _spread(
    order: Sequence[int], vectors: Vectors, findings: Sequence[Finding], worth: Vectors, shown: int
) -> list[int]:
    """Greedy choice: worth less likeness to those taken, other reports first."""
    taken: list[int] = []
    rest = list(order)
    while rest and len(taken) < shown:
        likeness = {
            i: max((float(vectors[i] @ vectors[t]) for t in taken), default=0.0) for i in rest
        }
        rest = [i for i in rest if likeness[i] < _REPEAT]
        used = {findings[t].doc_id for t in taken}
        fresh = [i for i in rest if findings[i].doc_id not in used] or rest
        if not fresh:
            break
        best = max(fresh, key=lambda i: 0.7 * float(worth[i]) - 0.3 * likeness[i])
        taken.append(best)
        rest.remove(best)
    return taken
