"""How far the answers of the test of known points can be believed, point by point.

Fitted on answers that strict readers judged: those about reports that taught the test say how the
points differ, those about reports that taught it nothing how far the test is too sure.  For a new
sentence the latter count alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from lif_nlp.frame_record import POINT_ROLES
from lif_nlp.themes.points.known_test import TRUST_AT, TRUST_ENDS

Array = npt.NDArray[Any]

POINT_SPREAD, SLOPE_SPREAD = 0.7, 0.3
"""Standard deviation of points around their side, in odds, and of slopes around 1.  Fitted without
the last readers' answers, points at 0.4, 0.7 and 1.0 gave these a mean loss of 0.481, 0.474 and
0.472, and answers taken as they are 0.534 (595 answers, December 2026)."""


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """What a strict reader made of an answer of which the test was so `sure` (0..1).

    `truth` is 1 or 0, or between them where a reader judged under another name of the point.
    `is_apart` is true of a report that taught the test nothing.
    """

    point: str
    role: str
    sure: float
    truth: float
    is_apart: bool


def fit_trust(
    judged: Sequence[JudgedAnswer], points: Sequence[str], roles: Sequence[str]
) -> dict[str, list[float]]:
    """`KnownTest.trust` of these points, of which the roles are given in the same order.

    A logistic regression with a constant and a slope for each side, apart and not, and a constant
    for each point that is drawn towards 0.
    """
    place = {point: i for i, point in enumerate(points)}
    p = np.clip(np.array([answer.sure for answer in judged]), *TRUST_ENDS)
    odds = np.log(p / (1.0 - p)) - TRUST_AT
    truth = np.array([answer.truth for answer in judged])
    side = np.array([2 * POINT_ROLES.index(a.role) + a.is_apart for a in judged])
    of_point = np.array([place[answer.point] for answer in judged])
    sides = 2 * len(POINT_ROLES)

    def logits(weights: Array) -> Array:
        constant, slope, own = np.split(weights, [sides, 2 * sides])
        return constant[side] + slope[side] * odds + own[of_point]

    def loss(weights: Array) -> tuple[float, Array]:
        _, slope, own = np.split(weights, [sides, 2 * sides])
        values = logits(weights)
        error = 1.0 / (1.0 + np.exp(-values)) - truth
        total = np.sum(np.logaddexp(0.0, values) - truth * values)
        total += np.sum((own / POINT_SPREAD) ** 2) / 2
        total += np.sum(((slope - 1.0) / SLOPE_SPREAD) ** 2) / 2
        gradient = np.concatenate([
            np.bincount(side, error, sides),
            np.bincount(side, error * odds, sides) + (slope - 1.0) / SLOPE_SPREAD**2,
            np.bincount(of_point, error, len(points)) + own / POINT_SPREAD**2,
        ])  # fmt: skip
        return float(total), gradient

    start = np.concatenate([np.zeros(sides), np.ones(sides), np.zeros(len(points))])
    fitted: Array = minimize(loss, start, jac=True, method="L-BFGS-B").x
    constant, slope, own = np.split(fitted, [sides, 2 * sides])
    believed = 1.0 / (1.0 + np.exp(-logits(fitted)))
    known = np.bincount(of_point, believed * (1.0 - believed), len(points))
    spread = 1.0 / np.sqrt(known + 1.0 / POINT_SPREAD**2)
    apart = [2 * POINT_ROLES.index(role) + 1 for role in roles]
    rows = np.column_stack([constant[apart] + own, slope[apart], spread]).round(3)
    return dict(zip(points, rows.tolist(), strict=True))
