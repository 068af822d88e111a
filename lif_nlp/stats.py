"""Intervals for shares of reports and for their differences, and a bound for many tests.

A partnership has few reports, so every interval here is one that holds its coverage for
small counts; none uses the plain normal approximation (Wald).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import comb, sqrt

Interval = tuple[float, float]
"""Lower and upper end."""

Z_95 = 1.959963984540054
"""Two-sided 95% quantile of the standard normal distribution."""


def wilson_interval(hits: int, total: int) -> Interval:
    """Wilson score interval for the share `hits / total`.

    Parameters
    ----------
    hits, total : int
        Reports that say a thing, and reports looked at; 0 <= hits <= total.

    Returns
    -------
    (float, float)
        Both ends in 0..1; (0, 1), that is nothing known, when `total` is 0.

    References
    ----------
    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22(158), 209-212.

    >>> [round(end, 2) for end in wilson_interval(8, 10)]
    [0.49, 0.94]
    """
    # Nothing was looked at, so the share can be anything.
    if total == 0:
        return 0.0, 1.0
    share, square = hits / total, Z_95 * Z_95
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = (
        Z_95
        / (1 + square / total)
        * sqrt(share * (1 - share) / total + square / (4 * total * total))
    )
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe_interval(hits: int, total: int, hits_before: int, total_before: int) -> Interval:
    """Newcombe's score interval for the difference of two independent shares.

    Parameters
    ----------
    hits, total : int
        Reports that say a thing, and all reports, of the later (or first) set.
    hits_before, total_before : int
        The same of the earlier (or second) set.

    Returns
    -------
    (float, float)
        Ends of `hits / total - hits_before / total_before`, in -1..1; (-1, 1) when
        either set is empty.

    References
    ----------
    R. G. Newcombe (1998), "Interval estimation for the difference between independent
    proportions: comparison of eleven methods", Statistics in Medicine 17(8), 873-890
    (method 10, without continuity correction).

    >>> [round(end, 2) for end in newcombe_interval(9, 10, 2, 10)]
    [0.27, 0.87]
    """
    if not total or not total_before:
        return -1.0, 1.0
    share, share_before = hits / total, hits_before / total_before
    low, high = wilson_interval(hits, total)
    low_before, high_before = wilson_interval(hits_before, total_before)
    change = share - share_before
    return (
        change - sqrt((share - low) ** 2 + (high_before - share_before) ** 2),
        change + sqrt((high - share) ** 2 + (share_before - low_before) ** 2),
    )


def mantel_haenszel_interval(strata: Iterable[tuple[int, int, int, int]]) -> Interval:
    """Interval for the difference of two shares within strata, pooled over them.

    Used to ask whether a change also holds within each type of report, rather than
    coming from a different mix of types.

    Parameters
    ----------
    strata : iterable of (hits, total, hits_before, total_before)
        One tuple per type of report.  A type that only one of the two sets contains
        says nothing about a change and is ignored.

    Returns
    -------
    (float, float)
        Ends of the pooled difference, in -1..1; (-1, 1) when no type is in both sets.

    References
    ----------
    Weights: N. Mantel and W. Haenszel (1959), "Statistical aspects of the analysis of data
    from retrospective studies of disease", Journal of the National Cancer Institute 22(4),
    719-748; for differences of shares: S. Greenland and J. M. Robins (1985), "Estimation
    of a common effect parameter from sparse follow-up data", Biometrics 41(1), 55-68.
    Shares and variances of a stratum: A. Agresti and B. Caffo (2000), "Simple and effective
    confidence intervals for proportions and differences of proportions result from adding
    two successes and two failures", The American Statistician 54(4), 280-288: one hit and
    one miss are added to each share, so that a type with few reports does not look certain.

    >>> mantel_haenszel_interval([(9, 10, 0, 0)])
    (-1.0, 1.0)
    >>> [round(end, 2) for end in mantel_haenszel_interval([(9, 10, 2, 10), (5, 5, 5, 5)])]
    [0.14, 0.64]
    """
    weights = change = variance = 0.0
    for hits, total, hits_before, total_before in strata:
        if total and total_before:
            weight = total * total_before / (total + total_before)
            # One success and one failure more: a share of 0 or 1 would have no variance at all.
            n, n_before = total + 2, total_before + 2
            share, share_before = (hits + 1) / n, (hits_before + 1) / n_before
            weights += weight
            change += weight * (share - share_before)
            variance += weight**2 * (
                share * (1 - share) / n + share_before * (1 - share_before) / n_before
            )
    if not weights:
        return -1.0, 1.0
    half = Z_95 * sqrt(variance) / weights
    return max(-1.0, change / weights - half), min(1.0, change / weights + half)


FALSE_DISCOVERIES = 0.1
"""Share of the themes called rising or falling that may be so by chance alone.

Chosen by judgement in November 2026, not tuned.  Larger, and more is called moving."""


def fisher_p_value(hits: int, total: int, hits_before: int, total_before: int) -> float:
    """Two-sided p value of Fisher's exact test that two shares are the same.

    Parameters
    ----------
    hits, total, hits_before, total_before : int
        As for `newcombe_interval`.

    Returns
    -------
    float
        Probability, 0..1, of a table as unlikely as this one or more, given its margins;
        1 when either set is empty.

    References
    ----------
    R. A. Fisher (1935), "The logic of inductive inference", Journal of the Royal Statistical
    Society 98(1), 39-82.

    >>> round(fisher_p_value(3, 4, 1, 4), 3), fisher_p_value(0, 0, 1, 4)
    (0.486, 1.0)
    """
    if not total or not total_before:
        return 1.0
    both = hits + hits_before
    least, most = max(0, both - total_before), min(total, both)
    ways = [comb(total, k) * comb(total_before, both - k) for k in range(least, most + 1)]
    own = ways[hits - least]
    # Whole numbers, so that ways that are equally likely compare as equal.
    return sum(way for way in ways if way <= own) / sum(ways)


def false_discovery_rates(p_values: Sequence[float]) -> list[float]:
    """The least false discovery rate at which each of many tests would count, in their order.

    Parameters
    ----------
    p_values : sequence of float
        One for each test, 0..1.

    Returns
    -------
    list of float
        Adjusted values, 0..1: those at or below a bound may be called discoveries, of which
        about that share is chance.

    References
    ----------
    Y. Benjamini and Y. Hochberg (1995), "Controlling the false discovery rate: a practical and
    powerful approach to multiple testing", Journal of the Royal Statistical Society B 57(1),
    289-300.

    >>> [round(rate, 3) for rate in false_discovery_rates([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    order = sorted(range(len(p_values)), key=lambda at: -p_values[at])
    rates, least = [1.0] * len(p_values), 1.0
    for place, at in enumerate(order):
        # From the largest p value down: a rate is never above that of a weaker test.
        least = min(least, p_values[at] * len(p_values) / (len(p_values) - place))
        rates[at] = least
    return rates
