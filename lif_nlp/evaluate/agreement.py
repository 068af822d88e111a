"""Agreement of two coders beyond chance, on coded text only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two coders on one code.

    Parameters
    ----------
    code
        The code.
    units
        Findings compared.
    agreement
        Share of them (0..1) on which both coders used the code, or neither did.
    kappa, alpha
        Cohen's kappa and Krippendorff's alpha: 1 is full agreement, 0 is chance.
    """

    code: str
    units: int
    agreement: float
    kappa: float
    alpha: float


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Cohen's kappa of two coders' labels, in -1..1; NaN without labels.

    As scikit-learn computes it, except that two coders who only ever gave one and the same
    label agree fully (1.0), where the formula divides zero by zero.

    Raises
    ------
    ValueError
        When the coders did not label the same number of units.

    >>> round(cohen_kappa("aabb", "aaba"), 3)
    0.5
    """
    from sklearn.metrics import cohen_kappa_score

    if len(first) != len(second):
        raise ValueError(f"{len(first)} labels but {len(second)} by the second reader")
    if not first:
        return float("nan")
    # Chance alone then agrees always, and the formula divides by zero.
    if len({*first, *second}) == 1:
        return 1.0
    return float(cohen_kappa_score(list(first), list(second)))


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]]) -> float:
    """Krippendorff's alpha for nominal labels, in -1..1; NaN without a pair of labels.

    Parameters
    ----------
    units
        One label per coder for each unit, None where a coder gave none.  Units that fewer
        than two coders labelled do not count.

    References
    ----------
    K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of
    Pennsylvania, Annenberg School for Communication: nominal data, any number of coders,
    missing labels allowed.

    >>> round(krippendorff_alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", None)]), 3)
    0.444
    """
    coincidences: dict[tuple[Hashable, Hashable], float] = {}
    for unit in units:
        labels = [label for label in unit if label is not None]
        for pair in permutations(labels, 2):
            # Each ordered pair of a unit counts 1 / (labels - 1), so that a unit weighs its labels.
            coincidences[pair] = coincidences.get(pair, 0.0) + 1 / (len(labels) - 1)
    totals: Counter[Hashable] = Counter()
    for (label, _), weight in coincidences.items():
        totals[label] += weight  # type: ignore[assignment]
    n = sum(totals.values())
    if n <= 1:
        return float("nan")
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    expected = (n**2 - sum(weight**2 for weight in totals.values())) / (n - 1)
    return 1.0 if expected == 0 else 1 - observed / expected


def compare_codings(
    first: Mapping[str, Collection[str]], second: Mapping[str, Collection[str]]
) -> tuple[Agreement, ...]:
    """Agreement per code on the findings that both coders read and at least one coded.

    Each argument maps a finding id to the codes that a coder gave it.  Findings that
    neither coded are left out: they would make kappa look better than it is.

    >>> compare_codings({"f1": {"x"}, "f2": {"x"}}, {"f1": {"x"}, "f2": {"y"}})[0].agreement
    0.5
    """
    # What neither coded would make them agree on every code.
    finding_ids = sorted(f for f in first.keys() & second.keys() if first[f] or second[f])
    codes = sorted({code for f in finding_ids for code in (*first[f], *second[f])})
    return tuple(
        _agreement(
            code, [code in first[f] for f in finding_ids], [code in second[f] for f in finding_ids]
        )
        for code in codes
    )


def _agreement(code: str, first: Sequence[bool], second: Sequence[bool]) -> Agreement:
    pairs = list(zip(first, second, strict=True))
    share = sum(one == other for one, other in pairs) / len(pairs)
    return Agreement(code, len(pairs), share, cohen_kappa(first, second), krippendorff_alpha(pairs))
