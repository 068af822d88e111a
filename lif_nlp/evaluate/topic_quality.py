"""Figures on how good themes are: coherence and diversity of terms, and what returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import log

_TOP = 10


def npmi_coherence(
    terms: Sequence[Sequence[str]], texts: Iterable[Collection[str]], *, top: int = _TOP
) -> tuple[float, ...]:
    """Mean NPMI of each theme's first `top` terms, in -1..1, over the texts' words.

    Two terms that often stand in one text score high.  A pair that never meets
    scores -1; a theme with fewer than two terms scores 0.

    >>> texts = [{"plan", "drift"}, {"plan", "drift"}, {"school"}, {"bus"}]
    >>> npmi_coherence([["plan", "drift"], ["school", "bus"]], texts)
    (1.0, -1.0)
    """
    wanted = {term for theme in terms for term in theme[:top]}
    alone: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    n = 0
    for text in texts:
        n += 1
        held = sorted(wanted.intersection(text))
        alone.update(held)
        both.update(combinations(held, 2))
    return tuple(_mean_npmi(theme[:top], alone, both, n) for theme in terms)


def _mean_npmi(
    theme: Sequence[str], alone: Mapping[str, int], both: Mapping[tuple[str, str], int], n: int
) -> float:
    pairs = list(combinations(sorted(set(theme)), 2))
    if not pairs:
        return 0.0
    return sum(_npmi(alone[a], alone[b], both[a, b], n) for a, b in pairs) / len(pairs)


def _npmi(a: int, b: int, both: int, n: int) -> float:
    if not both:
        return -1.0
    return 1.0 if both == n else log(both * n / (a * b)) / -log(both / n)


def topic_diversity(terms: Sequence[Sequence[str]], *, top: int = _TOP) -> float:
    """Share of different terms among the first `top` terms of all themes, in 0..1.

    >>> topic_diversity([["plan", "drift"], ["plan", "bus"]])
    0.75
    """
    said = [term for theme in terms for term in theme[:top]]
    return len(set(said)) / len(said) if said else 0.0


def share_returning(
    before: Mapping[str, Collection[str]],
    after: Mapping[str, Collection[str]],
    present: Collection[str],
    *,
    least: float = 0.5,
) -> float:
    """Share of themes of `before` that return in `after`, in 0..1.

    Both map a theme to its finding ids; only findings in `present` count, so that a
    theme is not held to have changed by what was left out.  A theme returns when a
    theme of `after` overlaps it (Jaccard) by at least `least`.

    >>> share_returning({"a": "12", "b": "34"}, {"x": "12", "y": "45"}, "1235")
    0.5
    """
    here = set(present)
    old = [found for members in before.values() if (found := here.intersection(members))]
    new = [here.intersection(members) for members in after.values()]
    returned = [max((len(a & b) / len(a | b) for b in new), default=0.0) >= least for a in old]
    return sum(returned) / len(returned) if returned else 1.0
