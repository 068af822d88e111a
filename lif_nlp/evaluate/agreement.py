"""How far two readers agree, beyond chance: on coded text only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two readers on one code: units, share alike, kappa and alpha."""

    code: str
    units: int
    alike: float
    kappa: float
    alpha: float


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Cohen's kappa of two readers' labels, in -1..1; 1.0 when both never differ.

    >>> round(cohen_kappa("aabb", "aaba"), 3)
    0.5
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} labels but {len(second)} by the second reader")
    if not first:
        return float("nan")
    n = len(first)
    alike = sum(a == b for a, b in zip(first, second, strict=True)) / n
    mine, theirs = Counter(first), Counter(second)
    chance = sum(mine[label] * theirs[label] for label in mine) / n**2
    return 1.0 if chance == 1 else (alike - chance) / (1 - chance)


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]]) -> float:
    """Krippendorff's alpha for nominal labels, in -1..1.

    Each unit holds one label per reader, None where a reader gave none; units that
    fewer than two readers labelled do not count.

    >>> round(krippendorff_alpha([("a", "a"), ("a", "b"), ("b", "b"), ("b", None)]), 3)
    0.444
    """
    pairs: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        labels = [label for label in unit if label is not None]
        if len(labels) > 1:
            for i, one in enumerate(labels):
                for j, other in enumerate(labels):
                    if i != j:
                        pairs[one, other] += 1 / (len(labels) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in pairs.items():
        totals[one] += weight
    n = sum(totals.values())
    if n <= 1:
        return float("nan")
    observed = sum(weight for (one, other), weight in pairs.items() if one != other)
    expected = (n**2 - sum(weight**2 for weight in totals.values())) / (n - 1)
    return 1.0 if expected == 0 else 1 - observed / expected


def compare_codings(
    first: Mapping[str, Collection[str]], second: Mapping[str, Collection[str]]
) -> tuple[Agreement, ...]:
    """Agreement per code on the findings that both readers saw and either coded.

    Each argument maps a finding id to the codes that a reader gave it.  Findings
    that neither coded are left out: they would make kappa look better than it is.

    >>> compare_codings({"f1": {"x"}, "f2": {"x"}}, {"f1": {"x"}, "f2": {"y"}})[0].alike
    0.5
    """
    units = sorted(f for f in first.keys() & second.keys() if first[f] or second[f])
    codes = sorted({code for f in units for code in (*first[f], *second[f])})
    found = []
    for code in codes:
        mine = [code in first[f] for f in units]
        theirs = [code in second[f] for f in units]
        alike = sum(a == b for a, b in zip(mine, theirs, strict=True)) / len(units)
        pairs = list(zip(mine, theirs, strict=True))
        found.append(
            Agreement(code, len(units), alike, cohen_kappa(mine, theirs), krippendorff_alpha(pairs))
        )
    return tuple(found)
