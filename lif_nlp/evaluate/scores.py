"""Precision, recall and F1 of labels, with intervals from resampled items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.evaluate.gold import GoldPassage, GoldSentence
from lif_nlp.records import HINDSIGHT_CODES, ROLES, Finding

RESAMPLES = 1000
_Sets = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""Labels that both readers gave, that either gave, and that were found."""

Counts = npt.NDArray[np.int64]
"""Per item: right among given, given, right among wanted, wanted; shape (n, 4)."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one label is found: precision, recall and F1 in 0..1.

    `low` and `high` bound F1 (95 % of bootstrap resamples over items); `support`
    counts the items that carry the label for sure.
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
    gold: Sequence[GoldSentence], found: Sequence[Finding], *, seed: int = 0
) -> list[Score]:
    """Scores for hindsight, its codes, aware, role and why; same order of items.

    The label "macro" of role is the mean of the four roles' F1.
    """
    pairs = list(zip(gold, found, strict=True))
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
    found: Sequence[Finding],
    *,
    priorities: Iterable[str],
    themes: Iterable[str],
    seed: int = 0,
) -> list[Score]:
    """Scores per priority and per practice theme; "micro" and "macro" over all themes."""
    pairs = list(zip(gold, found, strict=True))
    harms: list[_Sets] = [
        (g.priorities_sure, g.priorities_any, frozenset(f.priorities)) for g, f in pairs
    ]
    coded: list[_Sets] = [(g.themes_sure, g.themes_any, frozenset(f.themes)) for g, f in pairs]
    per_theme = [_one_label("theme", theme, coded, seed) for theme in themes]
    return [
        *(_one_label("priority", priority, harms, seed) for priority in priorities),
        *per_theme,
        _sets("theme", "micro", coded, seed),
        _macro("theme", [score for score in per_theme if score.support]),
    ]


def _binary(
    measure: str, label: str, pairs: Iterable[tuple[bool | None, bool]], seed: int
) -> Score:
    rows = [(want and got, got, want and got, want) for want, got in pairs if want is not None]
    return _score(measure, label, rows, seed)


def _one_label(measure: str, label: str, triples: Iterable[_Sets], seed: int) -> Score:
    alone = frozenset({label})
    return _sets(measure, label, [(s & alone, e & alone, g & alone) for s, e, g in triples], seed)


def _sets(measure: str, label: str, triples: Iterable[_Sets], seed: int) -> Score:
    rows = [(len(g & e), len(g), len(g & s), len(s)) for s, e, g in triples]
    return _score(measure, label, rows, seed)


def _score(measure: str, label: str, rows: Sequence[Sequence[int | bool]], seed: int) -> Score:
    counts = np.array(rows, dtype=np.int64).reshape(-1, 4)
    precision, recall, f1 = _prf(counts.sum(axis=0)[None, :])[0]
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, max(len(counts), 1), size=(RESAMPLES, len(counts)))
    resampled = _prf(counts[picks].sum(axis=1))[:, 2]
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
    right_p, given, right_r, wanted = (sums[:, column].astype(float) for column in range(4))
    precision = np.divide(right_p, given, out=np.zeros_like(given), where=given > 0)
    recall = np.divide(right_r, wanted, out=np.zeros_like(wanted), where=wanted > 0)
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return np.stack([precision, recall, f1], axis=1)


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
