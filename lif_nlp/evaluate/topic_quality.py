"""How good themes are: coherence and diversity of their terms, and whether they return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from math import log

TOP_TERMS = 10
"""Terms of a theme that count, as is usual in the literature on topic models."""


def npmi_coherence(
    terms: Sequence[Sequence[str]], texts: Iterable[Collection[str]], *, top: int = TOP_TERMS
) -> tuple[float, ...]:
    """Coherence of each theme: mean NPMI of pairs of its first `top` terms, in -1..1.

    Two terms that often occur in the same text score high.  A pair that never does scores
    -1; a theme with fewer than two terms scores 0.

    Parameters
    ----------
    terms
        Terms of each theme, best first.
    texts
        Terms that occur in each text.
    top
        Number of terms that count.

    References
    ----------
    G. Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction",
    Proceedings of GSCL; as a measure of topics: J. H. Lau, D. Newman and T. Baldwin (2014),
    "Machine reading tea leaves", EACL.

    >>> texts = [{"plan", "drift"}, {"plan", "drift"}, {"school"}, {"bus"}]
    >>> npmi_coherence([["plan", "drift"], ["school", "bus"]], texts)
    (1.0, -1.0)
    """
    all_terms = {term for theme in terms for term in theme[:top]}
    counts: Counter[str] = Counter()
    pair_counts: Counter[tuple[str, str]] = Counter()
    n = 0
    for text in texts:
        n += 1
        # Sorted, so that a pair is counted under one order of its terms.
        occurring = sorted(all_terms.intersection(text))
        counts.update(occurring)
        pair_counts.update(combinations(occurring, 2))
    return tuple(_mean_npmi(theme[:top], counts, pair_counts, n) for theme in terms)


def _mean_npmi(
    theme: Sequence[str],
    counts: Mapping[str, int],
    pair_counts: Mapping[tuple[str, str], int],
    n: int,
) -> float:
    pairs = list(combinations(sorted(set(theme)), 2))
    if not pairs:
        return 0.0
    return sum(_npmi(counts[a], counts[b], pair_counts[a, b], n) for a, b in pairs) / len(pairs)


def _npmi(count_a: int, count_b: int, count_pair: int, n: int) -> float:
    # The limits of the formula, which divides by log 0 or log 1 there.
    if not count_pair:
        return -1.0
    if count_pair == n:
        return 1.0
    return log(count_pair * n / (count_a * count_b)) / -log(count_pair / n)


def topic_diversity(terms: Sequence[Sequence[str]], *, top: int = TOP_TERMS) -> float:
    """Share of distinct terms among the first `top` terms of all themes, in 0..1.

    A. B. Dieng, F. J. R. Ruiz and D. M. Blei (2020), "Topic modeling in embedding spaces",
    Transactions of the ACL 8.

    >>> topic_diversity([["plan", "drift"], ["plan", "bus"]])
    0.75
    """
    top_terms = [term for theme in terms for term in theme[:top]]
    return len(set(top_terms)) / len(top_terms) if top_terms else 0.0


def share_returning(
    first: Mapping[str, Collection[str]],
    second: Mapping[str, Collection[str]],
    present: Collection[str],
    *,
    min_overlap: float = 0.5,
) -> float:
    """Share of themes of the first build that return in the second, in 0..1.

    Parameters
    ----------
    first, second
        Finding ids of each theme, in two builds.
    present
        Findings that both builds saw.  Others do not count, so that a theme is not held to
        have changed by what was left out.
    min_overlap
        Jaccard overlap with a theme of the second build from which a theme has returned.

    >>> share_returning({"a": "12", "b": "34"}, {"x": "12", "y": "45"}, "1235")
    0.5
    """
    in_both = set(present)
    # A theme whose documents are all gone could not have returned.
    first_themes = [common for ids in first.values() if (common := in_both.intersection(ids))]
    second_themes = [in_both.intersection(ids) for ids in second.values()]
    has_returned = [
        max((len(a & b) / len(a | b) for b in second_themes), default=0.0) >= min_overlap
        for a in first_themes
    ]
    return sum(has_returned) / len(has_returned) if has_returned else 1.0
