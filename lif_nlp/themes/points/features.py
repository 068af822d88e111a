"""What the pair test looks at: figures of two findings, and what rules "same" out.

All are symmetric and computed for many pairs at once from two rows of a `StatementTable`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from lif_nlp.themes.points.statements import StatementTable, Weights

Rows = npt.NDArray[np.intp]
"""Row numbers, shape (m,): pair i is row `left[i]` with row `right[i]`."""

VETOES = ("", "polarity", "direction", "negation", "actor", "quantity")
"""Why a pair cannot be the same, in the order in which it is given; "" if it can."""

ROLE_DOUBT = 0.2
"""Agreement of two findings' roles (0..1) under which they are on different sides for
certain.  Set by judgement: at 0 a mislabelled role is never outvoted by the frames, at 0.5
every doubtful role rules a pair out."""

NEAR = 0.6
"""Cosine over which nearness counts once more: the figure "near" lets the test bend there.  Part
of the trained weights; set before training."""

_CHUNK = 1 << 14
"""Pairs compared at a time; bounds memory, the figures do not change."""


def _shared(a: csr_matrix, b: csr_matrix) -> Weights:
    """Sum of products of the rows of a and b, shape (m,)."""
    return np.asarray(a.multiply(b).sum(axis=1), np.float32).ravel()


def _sums(a: csr_matrix) -> Weights:
    return np.asarray(a.sum(axis=1), np.float32).ravel()


def _squares(a: csr_matrix) -> Weights:
    return _sums(a.multiply(a).tocsr())


def _rarest(a: csr_matrix, b: csr_matrix) -> Weights:
    return np.sqrt(np.asarray(a.multiply(b).max(axis=1).todense(), np.float32)).ravel()


def _pair_figures(t: StatementTable, left: Rows, right: Rows) -> dict[str, Weights]:
    words_a, words_b = t.words[left], t.words[right]
    common = _shared(words_a, words_b)
    own_a, own_b = _squares(words_a), _squares(words_b)
    phrases = _shared(t.pairs[left], t.pairs[right])
    aspects_a, aspects_b = t.aspects[left], t.aspects[right]
    defects_a, defects_b = t.defects[left], t.defects[right]
    aspect = _shared(aspects_a, aspects_b) > 0
    defect = _shared(defects_a, defects_b) > 0
    aspects_known = (_sums(aspects_a) > 0) & (_sums(aspects_b) > 0)
    defects_known = (_sums(defects_a) > 0) & (_sums(defects_b) > 0)
    themes = _shared(t.themes[left], t.themes[right])
    either = _sums(t.themes[left]) + _sums(t.themes[right]) - themes
    cosine = np.einsum("ij,ij->i", t.vectors[left], t.vectors[right]).astype(np.float32)
    space = np.einsum("ij,ij->i", t.space[left], t.space[right]).astype(np.float32)
    near = np.einsum("ij,ij->i", t.aspect_vectors[left], t.aspect_vectors[right])
    quantity_a, quantity_b = t.quantities[left], t.quantities[right]
    gap = np.where((quantity_a != 0) & (quantity_b != 0), np.abs(quantity_a - quantity_b), 0)
    # As a ratio: three words beside six differ as thirty beside sixty.
    lengths = np.log(t.lengths[left] / t.lengths[right])
    shorter = np.minimum(t.lengths[left], t.lengths[right])
    overlap = common / np.maximum(own_a + own_b - common, 1e-9)
    roles_a, roles_b = t.roles[left], t.roles[right]
    cover = common / np.maximum(np.minimum(own_a, own_b), 1e-9)
    return {
        "cosine": cosine,
        "near": np.maximum(0.0, cosine - NEAR),
        "space": space,
        "overlap": overlap,
        "cover": cover,
        "rarest": _rarest(words_a, words_b),
        "phrases": np.log1p(phrases),
        "key": (_shared(t.keys[left], t.keys[right]) > 0).astype(np.float32),
        "aspect": aspect.astype(np.float32),
        "other_aspect": (aspects_known & ~aspect).astype(np.float32),
        "aspect_cosine": np.where(aspect, 1.0, near).astype(np.float32),
        "defect": defect.astype(np.float32),
        "other_defect": (defects_known & ~defect).astype(np.float32),
        "defect_near": defect * cosine,
        "aspect_near": aspect * cosine,
        "themes": themes / np.maximum(either, 1.0),
        "quantity_gap": gap.astype(np.float32),
        "length_ratio": np.abs(lengths).astype(np.float32),
        "short": (1.0 / shorter).astype(np.float32),
        "role": role_agreement(t, left, right),
        "sides": t.sides[left] * t.sides[right],
        "clash": np.maximum(0.0, -t.sides[left] * t.sides[right]),
        "two_roles": (roles_a[:, 0] * roles_b[:, 1] + roles_a[:, 1] * roles_b[:, 0]),
    }


FIGURES = (
    "cosine", "near", "space", "overlap", "cover", "rarest", "phrases", "key", "aspect",
    "other_aspect", "aspect_cosine", "defect", "other_defect", "defect_near", "aspect_near",
    "themes", "quantity_gap", "length_ratio", "short", "role", "sides", "clash", "two_roles",
)  # fmt: skip
"""Names of the figures of a pair, in the order of the columns of `pair_figures`."""


def pair_figures(table: StatementTable, left: Rows, right: Rows) -> Weights:
    """The figures of pairs, shape (m, len(FIGURES))."""

    def rows(a: Rows, b: Rows) -> Weights:
        figures = _pair_figures(table, a, b)
        return np.column_stack([figures[name] for name in FIGURES]).astype(np.float32)

    return _in_chunks(rows, left, right, len(FIGURES))


def _in_chunks(
    function: Callable[[Rows, Rows], Weights], left: Rows, right: Rows, width: int
) -> Weights:
    out = np.zeros((len(left), width), np.float32)
    for start in range(0, len(left), _CHUNK):
        part = slice(start, start + _CHUNK)
        out[part] = function(left[part], right[part])
    return out


def role_agreement(table: StatementTable, left: Rows, right: Rows) -> Weights:
    """How far two findings have the same role, 0..1: shared probability of roles."""
    shares = table.roles / np.maximum(table.roles.sum(axis=1, keepdims=True), 1e-9)
    agreement: Weights = np.minimum(shares[left], shares[right]).sum(axis=1).astype(np.float32)
    return agreement


def vetoes(table: StatementTable, left: Rows, right: Rows) -> npt.NDArray[np.intp]:
    """Place in `VETOES` of what rules "same" out for each pair, shape (m,); 0 if nothing does."""
    result = np.zeros(len(left), np.intp)

    def rule_out(veto: str, pairs: npt.NDArray[np.bool_]) -> None:
        result[(result == 0) & pairs] = VETOES.index(veto)

    shared_defect = _shared(table.defects[left], table.defects[right]) > 0
    claim_overlap = _shared(table.claims[left], table.claims[right]) + _shared(
        table.denials[left], table.denials[right]
    )
    contrary = _shared(table.defects[left], table.contraries[right]) > 0
    denial_overlap = _shared(table.claims[left], table.denials[right]) + _shared(
        table.denials[left], table.claims[right]
    )
    actors_a, actors_b = table.actors[left], table.actors[right]
    family_a, family_b = actors_a[:, 1:].any(axis=1), actors_b[:, 1:].any(axis=1)
    agency_a, agency_b = actors_a[:, 0] > 0, actors_b[:, 0] > 0
    quantity_a, quantity_b = table.quantities[left], table.quantities[right]
    sides = table.sides[left] * table.sides[right]
    # In this order: the first that holds is given as the reason.
    rule_out("polarity", (role_agreement(table, left, right) < ROLE_DOUBT) | (sides <= -1))
    rule_out("direction", contrary & ~shared_defect)
    rule_out("negation", (denial_overlap > 0) & (claim_overlap == 0))
    rule_out("actor", (family_a & ~agency_a & agency_b & ~family_b)
             | (family_b & ~agency_b & agency_a & ~family_a))  # fmt: skip
    rule_out("quantity", (quantity_a * quantity_b < 0))
    return result
