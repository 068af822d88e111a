"""Training of the small linear models: fit, cross-validate by document, set thresholds.

Everything is deterministic: folds follow the hash of a document's name, the fit is
convex, and nothing is drawn at random.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lif_nlp.annotate.models.features import Matrix, terms_of
from lif_nlp.text.folding import tokenize

Labels = npt.NDArray[np.bool_]
"""One row per text, one column per label."""

_ROUNDS = 120
_GRID = np.arange(0.10, 0.61, 0.02)


@dataclass(frozen=True)
class Fitted:
    """Weights (labels, columns) and bias (labels,)."""

    weights: Matrix
    bias: npt.NDArray[np.float32]

    def probabilities(self, rows: Matrix, kind: str) -> Matrix:
        """Probability of each label for each row."""
        logits = np.clip(rows @ self.weights.T + self.bias, -50, 50)
        if kind == "one-of":
            powers = np.exp(logits - np.max(logits, axis=1, keepdims=True))
            return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def fit(
    rows: Matrix, labels: Labels, *, kind: str, weight: npt.NDArray[np.float32], penalty: float
) -> Fitted:
    """Logistic regression of all labels at once, with an L2 penalty on the weights.

    `weight` has the shape of `labels`: 0 leaves a doubtful label of a text out.
    `kind` is "any-of" (one logistic per label) or "one-of" (softmax).
    """
    from scipy.optimize import minimize

    columns, count = rows.shape[1], labels.shape[1]
    wanted = labels.astype(np.float32)

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        packed = flat.astype(np.float32)
        weights, bias = packed[: count * columns].reshape(count, columns), packed[-count:]
        given = Fitted(weights, bias).probabilities(rows, kind)
        safe = np.clip(given, 1e-6, 1 - 1e-6)
        cost = -wanted * np.log(safe)
        if kind == "any-of":
            cost -= (1 - wanted) * np.log(1 - safe)
        error = weight * (given - wanted)
        slope = np.concatenate([(error.T @ rows + penalty * weights).ravel(), error.sum(axis=0)])
        total = float((weight * cost).sum() + 0.5 * penalty * (weights * weights).sum())
        return total, slope.astype(np.float64)

    share = np.clip(labels.mean(axis=0), 1e-3, 1 - 1e-3)
    bias = np.log(share / (1 - share)) if kind == "any-of" else np.log(share)
    start = np.concatenate([np.zeros(count * columns), bias])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    weights = found[: count * columns].reshape(count, columns)
    return Fitted(weights.astype(np.float32), found[-count:].astype(np.float32))


@dataclass(frozen=True)
class Evened:
    """Columns `first` to `last` of rows brought to one mean and one spread.

    The penalty of a fit asks the same of every column, and the columns of a middle layer
    differ tenfold.  `undone` writes the evening into the weights, so that a model is used
    on rows as they come.
    """

    first: int
    last: int
    mean: npt.NDArray[np.float32]
    factor: npt.NDArray[np.float32]

    @classmethod
    def of(cls, rows: Matrix, first: int, last: int, *, length: float) -> Evened:
        """What evens these columns of `rows`, so that together they have about `length`."""
        part = rows[:, first:last]
        spread = np.maximum(part.std(axis=0), 1e-6) * np.sqrt(max(1, last - first))
        return cls(first, last, part.mean(axis=0), (length / spread).astype(np.float32))

    def done(self, rows: Matrix) -> Matrix:
        """A copy of `rows` with the columns evened."""
        evened = rows.copy()
        evened[:, self.first : self.last] -= self.mean
        evened[:, self.first : self.last] *= self.factor
        return evened

    def undone(self, fitted: Fitted) -> Fitted:
        """The same model for rows that are not evened."""
        weights = fitted.weights.copy()
        weights[:, self.first : self.last] *= self.factor
        return Fitted(weights, fitted.bias - weights[:, self.first : self.last] @ self.mean)


def folds_of(documents: Sequence[str], folds: int = 8) -> npt.NDArray[np.int_]:
    """Number of the fold of each text; all texts of a document are in one."""
    hashes = [hashlib.sha256(name.encode("utf-8")).digest()[0] for name in documents]
    return np.asarray([h % folds for h in hashes])


def cross_validated(
    rows: Matrix,
    labels: Labels,
    folds: npt.NDArray[np.int_],
    *,
    kind: str,
    weight: npt.NDArray[np.float32],
    penalty: float,
) -> Matrix:
    """Probabilities of each text from a model that never saw its document."""
    given = np.zeros(labels.shape, dtype=np.float32)
    for fold in sorted(set(folds.tolist())):
        out = folds == fold
        fitted = fit(rows[~out], labels[~out], kind=kind, weight=weight[~out], penalty=penalty)
        given[out] = fitted.probabilities(rows[out], kind)
    return given


def thresholds_for(
    given: Matrix, labels: Labels, weight: npt.NDArray[np.float32], *, trust: float = 8.0
) -> tuple[float, ...]:
    """Threshold of each label that gives the best F1, leaning on all labels where it is rare.

    `trust` is how many texts with a label weigh as much as the labels all together.
    """
    sure = weight > 0
    tables = [_table(given, labels & sure, ~labels & sure, line) for line in _GRID]
    hits, false, missed = (np.asarray([t[i] for t in tables], dtype=float) for i in range(3))
    chosen = []
    scale = trust / max(1.0, float((hits + missed)[0].sum()))
    for column in range(labels.shape[1]):
        tp, fp, fn = (a[:, column] + a.sum(axis=1) * scale for a in (hits, false, missed))
        chosen.append(float(_GRID[int(np.argmax(2 * tp / (2 * tp + fp + fn + 1e-9)))]))
    return tuple(round(line, 2) for line in chosen)


def vocabulary(
    texts: Sequence[str], documents: Sequence[str], *, least: int = 5, most: int = 3000
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words and pairs that stand in at least `least` documents, with their idf.

    Words that are mostly written with a capital inside a sentence are left out: they
    are names.
    """
    seen: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    names = _names(texts)
    for text, document in zip(texts, documents, strict=True):
        for term in set(terms_of(text)):
            if not set(term.split()) & names and any(len(w) > 2 for w in term.split()):
                seen.setdefault(term, set()).add(document)
                counts[term] += 1
    kept = [t for t, where in seen.items() if len(where) >= least and counts[t] < 0.5 * len(texts)]
    kept = sorted(sorted(kept), key=lambda t: -counts[t])[:most]
    idf = [float(np.log((1 + len(texts)) / (1 + counts[t])) + 1.0) for t in sorted(kept)]
    return tuple(sorted(kept)), tuple(round(value, 4) for value in idf)


def _table(given: Matrix, yes: Labels, no: Labels, line: float) -> tuple[npt.NDArray[np.int_], ...]:
    """Hits, false alarms and misses of each label at one threshold."""
    over = given >= line
    return (over & yes).sum(axis=0), (over & no).sum(axis=0), (~over & yes).sum(axis=0)


def _names(texts: Sequence[str]) -> set[str]:
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text in texts:
        for word in tokenize(text):
            inside = word.start > 1 and text[word.start - 2] not in ".!?:\n•"
            if inside and word.raw[0].isalpha():
                total[word.folded] += 1
                capital[word.folded] += word.raw[0].isupper()
    return {word for word, n in total.items() if capital[word] > 0.4 * n}
