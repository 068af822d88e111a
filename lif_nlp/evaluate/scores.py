"""Precision, recall and F1 of labels, with bootstrap intervals for F1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.evaluate.gold import GoldPassage, GoldSentence
from lif_nlp.records import HINDSIGHT_CODES, ROLES, Finding

RESAMPLES = 1000
"""Bootstrap samples, as is usual for percentile intervals (B. Efron and R. J. Tibshirani (1993),
"An Introduction to the Bootstrap", chapter 13)."""

_Sets = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Labels that both readers gave, that either gave, and that the tool gave."""

Counts = npt.NDArray[np.int64]
"""Per item, shape (n, 4): labels of the tool that either reader gave, all labels of the tool,
labels of both readers that the tool gave, all labels of both readers."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one label is recognised: precision, recall and F1, in 0..1.

    `low` and `high` are the ends of the 95% interval of F1, from the percentiles of bootstrap
    samples of the items.  `support` counts the labels that both readers gave.
    """

    measure: str
    label: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    support: int


def score_sentences(
    gold: Sequence[GoldSentence], findings: Sequence[Finding], *, seed: int = 0
) -> list[Score]:
    """Scores for hindsight and its codes, awareness, reasons and roles.

    Parameters
    ----------
    gold, findings
        Labels by the readers and by the tool, item by item.
    seed
        Of the bootstrap: the same seed gives the same intervals.

    Returns
    -------
    list of Score
        The label "macro" of roles is the mean over the four roles.
    """
    pairs = list(zip(gold, findings, strict=True))
    codes: list[_Sets] = [(g.codes_sure, g.codes_any, frozenset(f.hindsight)) for g, f in pairs]
    roles = [
        _binary("role", role, [(g.role == role, f.role == role) for g, f in pairs if g.role], seed)
        for role in ROLES
    ]
    return [
        _binary("hindsight", "any", [(g.hindsight, bool(f.hindsight)) for g, f in pairs], seed),
        _sets("hindsight", "codes", codes, seed),
        *(_one_label("hindsight", code, codes, seed) for code in HINDSIGHT_CODES),
        _binary("aware", "aware", [(g.aware, f.aware) for g, f in pairs], seed),
        _binary("why", "why", [(g.why, f.why) for g, f in pairs], seed),
        *roles,
        _macro("role", roles),
    ]


def score_passages(
    gold: Sequence[GoldPassage],
    findings: Sequence[Finding],
    *,
    priorities: Iterable[str],
    themes: Iterable[str],
    seed: int = 0,
) -> list[Score]:
    """Scores per priority and practice theme, and "micro" and "macro" over all themes.

    Parameters
    ----------
    gold, findings
        Labels by the readers and by the tool, item by item.
    priorities, themes
        Ids to be scored.
    seed
        Of the bootstrap.

    Returns
    -------
    list of Score
        "micro" pools the labels of all themes; "macro" is the mean over themes with support.
    """
    pairs = list(zip(gold, findings, strict=True))
    priority_sets: list[_Sets] = [
        (g.priorities_sure, g.priorities_any, frozenset(f.priorities)) for g, f in pairs
    ]
    theme_sets: list[_Sets] = [(g.themes_sure, g.themes_any, frozenset(f.themes)) for g, f in pairs]
    per_theme = [_one_label("theme", theme, theme_sets, seed) for theme in themes]
    return [
        *(_one_label("priority", priority, priority_sets, seed) for priority in priorities),
        *per_theme,
        _sets("theme", "micro", theme_sets, seed),
        _macro("theme", [score for score in per_theme if score.support]),
    ]


def _binary(
    measure: str, label: str, pairs: Iterable[tuple[bool | None, bool]], seed: int
) -> Score:
    # One label of both readers: what either gave and what both gave are the same.
    rows = [(label and own, own, label and own, label) for label, own in pairs if label is not None]
    return _score(measure, label, rows, seed)


def _one_label(measure: str, label: str, triples: Iterable[_Sets], seed: int) -> Score:
    only = frozenset({label})
    return _sets(measure, label, [(s & only, e & only, g & only) for s, e, g in triples], seed)


def _sets(measure: str, label: str, triples: Iterable[_Sets], seed: int) -> Score:
    rows = [(len(g & e), len(g), len(g & s), len(s)) for s, e, g in triples]
    return _score(measure, label, rows, seed)


def _score(measure: str, label: str, rows: Sequence[Sequence[int | bool]], seed: int) -> Score:
    counts = np.array(rows, dtype=np.int64).reshape(-1, 4)
    precision, recall, f1 = _prf(counts.sum(axis=0)[None, :])[0]
    rng = np.random.default_rng(seed)
    # Whole items are resampled, since labels of one item are not independent.
    # max(..., 1): an empty gold draws nothing, and must not fail.
    picks = rng.integers(0, max(len(counts), 1), size=(RESAMPLES, len(counts)))
    resampled = _prf(counts[picks].sum(axis=1))[:, 2]
    # Percentile interval.
    low, high = np.quantile(resampled, [0.025, 0.975])
    return Score(
        measure=measure,
        label=label,
        precision=round(float(precision), 3),
        recall=round(float(recall), 3),
        f1=round(float(f1), 3),
        low=round(float(low), 3),
        high=round(float(high), 3),
        support=int(counts[:, 3].sum()),
    )


def _prf(sums: Counts) -> npt.NDArray[np.float64]:
    hits_either, predicted, hits_both, actual = (sums[:, n].astype(float) for n in range(4))
    # The tool is right if one reader agrees; it misses only what both gave.
    precision = _ratio(hits_either, predicted)
    recall = _ratio(hits_both, actual)
    f1 = _ratio(2 * precision * recall, precision + recall)
    return np.stack([precision, recall, f1], axis=1)


def _ratio(
    numerator: npt.NDArray[np.float64], denominator: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The ratio, 0 where the denominator is 0."""
    return np.divide(numerator, denominator, out=np.zeros_like(denominator), where=denominator > 0)


def _macro(measure: str, scores: Sequence[Score]) -> Score:
    def mean(field: str) -> float:
        values = [getattr(score, field) for score in scores]
        return round(sum(values) / len(values), 3) if values else 0.0

    return Score(
        measure=measure,
        label="macro",
        precision=mean("precision"),
        recall=mean("recall"),
        f1=mean("f1"),
        low=mean("low"),
        high=mean("high"),
        support=sum(score.support for score in scores),
    )
