"""Training of the small linear models: fit, cross-validate by document, set thresholds.

Everything is deterministic: folds depend on a hash of the document's name, both fits are
convex, and nothing is drawn at random.  Labels that do not exclude each other are fitted
with scikit-learn.  For labels of which a text has exactly one, `_fit_softmax` minimises the
loss itself, since scikit-learn takes one weight per text there: a text on which readers
disagree must drop out for the doubtful label only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from lif_nlp.annotate.models.features import Matrix, terms_of
from lif_nlp.annotate.models.linear import logistic
from lif_nlp.text.folding import tokenize

Labels = npt.NDArray[np.bool_]
"""One row per text, one column per label."""

_ITERATIONS = 120
"""Most iterations of L-BFGS in `_fit_softmax`.

Enough for the loss to stop falling in practice; more only adds time.  Chosen by judgement.
"""

_THRESHOLDS = np.arange(0.10, 0.61, 0.02)
"""Thresholds that `thresholds_for` tries.

Rare labels end up well below 0.5, because F1 rewards recall there.  Chosen by judgement.
"""

_NAME_SHARE = 0.4
"""Share of capitals inside sentences above which a word counts as a name.

Chosen by judgement; not tuned.  A lower value loses words of the field ("Partnership"), a
higher one lets names of people and places into a model.
"""


@dataclass(frozen=True)
class LinearFit:
    """Weights of shape (labels, columns) and bias of shape (labels,)."""

    weights: Matrix
    bias: npt.NDArray[np.float32]

    def probabilities(self, rows: Matrix, kind: str) -> Matrix:
        """Probability of each label for each row, shape (rows, labels)."""
        logits = rows @ self.weights.T + self.bias
        values = softmax(logits, axis=1) if kind == "one-of" else logistic(logits)
        return np.asarray(values, dtype=np.float32)


def fit(
    rows: Matrix, labels: Labels, *, kind: str, weight: npt.NDArray[np.float32], penalty: float
) -> LinearFit:
    """Logistic regression with an L2 penalty on the weights.

    Parameters
    ----------
    rows
        Features, shape (texts, columns).
    labels
        Shape (texts, labels).
    kind
        "any-of" (a text may have any number of labels) or "one-of" (exactly one).
    weight
        Shape of `labels`: how much each label of each text counts; 0 leaves it out.
    penalty
        Factor of half the squared weights; scikit-learn's C is its inverse.
    """
    if kind == "one-of":
        return _fit_softmax(rows, labels, weight=weight, penalty=penalty)
    columns = [
        _fit_label(rows, labels[:, place], weight=weight[:, place], penalty=penalty)
        for place in range(labels.shape[1])
    ]
    weights, bias = zip(*columns, strict=True)
    return LinearFit(np.asarray(weights, np.float32), np.asarray(bias, np.float32))


def _fit_label(
    rows: Matrix, label: Labels, *, weight: npt.NDArray[np.float32], penalty: float
) -> tuple[Matrix, float]:
    """Weights and bias for one label; a label that never varies has a bias alone."""
    from sklearn.linear_model import LogisticRegression

    used = weight > 0
    if len(set(label[used].tolist())) < 2:
        share = float(np.clip(label[used].mean() if used.any() else 0.0, 1e-3, 1 - 1e-3))
        return np.zeros(rows.shape[1], np.float32), float(np.log(share / (1 - share)))
    model = LogisticRegression(C=1.0 / penalty, max_iter=1000)
    model.fit(rows[used], label[used], sample_weight=weight[used])
    return model.coef_[0], float(model.intercept_[0])


def _fit_softmax(
    rows: Matrix, labels: Labels, *, weight: npt.NDArray[np.float32], penalty: float
) -> LinearFit:
    """Multinomial logistic regression with a weight for each label of each text."""
    from scipy.optimize import minimize

    columns, count = rows.shape[1], labels.shape[1]
    target = labels.astype(np.float32)

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        packed = flat.astype(np.float32)
        weights, bias = packed[: count * columns].reshape(count, columns), packed[-count:]
        predicted = LinearFit(weights, bias).probabilities(rows, "one-of")
        cost = -target * np.log(np.clip(predicted, 1e-6, 1 - 1e-6))
        error = weight * (predicted - target)
        slope = np.concatenate([(error.T @ rows + penalty * weights).ravel(), error.sum(axis=0)])
        total = float((weight * cost).sum() + 0.5 * penalty * (weights * weights).sum())
        return total, slope.astype(np.float64)

    share = np.clip(labels.mean(axis=0), 1e-3, 1 - 1e-3)
    start = np.concatenate([np.zeros(count * columns), np.log(share)])
    options = {"maxiter": _ITERATIONS}
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    weights = flat[: count * columns].reshape(count, columns)
    return LinearFit(weights.astype(np.float32), flat[-count:].astype(np.float32))


@dataclass(frozen=True)
class ScaledColumns:
    """Columns `first` to `last` of rows, scaled to one mean and one spread.

    A penalty treats all columns alike, but the columns of an encoder's middle layer differ
    tenfold.  `unscale` moves the scaling into the weights, so that a model works on rows
    as they come.
    """

    first: int
    last: int
    mean: npt.NDArray[np.float32]
    factor: npt.NDArray[np.float32]

    @classmethod
    def fit(cls, rows: Matrix, first: int, last: int, *, length: float) -> ScaledColumns:
        """The scaling after which these columns of a row together have about `length`."""
        part = rows[:, first:last]
        spread = np.maximum(part.std(axis=0), 1e-6) * np.sqrt(max(1, last - first))
        return cls(first, last, part.mean(axis=0), (length / spread).astype(np.float32))

    def scale(self, rows: Matrix) -> Matrix:
        """A copy of `rows` with the columns scaled."""
        scaled = rows.copy()
        scaled[:, self.first : self.last] -= self.mean
        scaled[:, self.first : self.last] *= self.factor
        return scaled

    def unscale(self, fitted: LinearFit) -> LinearFit:
        """The same model for rows that are not scaled."""
        weights = fitted.weights.copy()
        weights[:, self.first : self.last] *= self.factor
        return LinearFit(weights, fitted.bias - weights[:, self.first : self.last] @ self.mean)


def folds_of(documents: Sequence[str], folds: int = 8) -> npt.NDArray[np.int_]:
    """Number of the fold of each text; all texts of a document are in one.

    By a hash of the document's name rather than by GroupKFold, so that new documents leave
    the folds of the others, and with them the figures, comparable.
    """
    hashes = [hashlib.sha256(name.encode("utf-8")).digest()[0] for name in documents]
    return np.asarray([h % folds for h in hashes])


def cross_validate(
    rows: Matrix,
    labels: Labels,
    folds: npt.NDArray[np.int_],
    *,
    kind: str,
    weight: npt.NDArray[np.float32],
    penalty: float,
) -> Matrix:
    """Probabilities of each text from a model that never saw its document, as `labels`.

    Arguments as for `fit`; `folds` come from `folds_of`.
    """
    from sklearn.model_selection import LeaveOneGroupOut

    predicted = np.zeros(labels.shape, dtype=np.float32)
    for train, test in LeaveOneGroupOut().split(rows, groups=folds):
        fitted = fit(rows[train], labels[train], kind=kind, weight=weight[train], penalty=penalty)
        predicted[test] = fitted.probabilities(rows[test], kind)
    return predicted


def thresholds_for(
    predicted: Matrix, labels: Labels, weight: npt.NDArray[np.float32], *, trust: float = 8.0
) -> tuple[float, ...]:
    """The threshold of each label that gives the best F1.

    For a rare label the best threshold is mostly chance, so the counts of all labels
    together are added to its own.

    Parameters
    ----------
    predicted
        Cross-validated probabilities, shape (texts, labels).
    labels, weight
        As for `fit`.
    trust
        Number of texts with a label that weigh as much as all labels together.
    """
    certain = weight > 0
    counts = [_counts(predicted, labels & certain, ~labels & certain, t) for t in _THRESHOLDS]
    hits, false, misses = (np.asarray([c[i] for c in counts], dtype=float) for i in range(3))
    best = []
    scale = trust / max(1.0, float((hits + misses)[0].sum()))
    for column in range(labels.shape[1]):
        tp, fp, fn = (a[:, column] + a.sum(axis=1) * scale for a in (hits, false, misses))
        best.append(float(_THRESHOLDS[int(np.argmax(2 * tp / (2 * tp + fp + fn + 1e-9)))]))
    return tuple(round(threshold, 2) for threshold in best)


def vocabulary(
    texts: Sequence[str], documents: Sequence[str], *, min_documents: int = 5, size: int = 3000
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words and word pairs for a model, in alphabetical order, with their idf.

    Names are left out, so that no model can recall a person or a place: words mostly
    written with a capital inside a sentence.

    Parameters
    ----------
    texts, documents
        Each text and its document.
    min_documents
        Documents in which a term must occur.
    size
        Most terms; the most frequent are taken.
    """
    documents_of: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    names = _names(texts)
    for text, document in zip(texts, documents, strict=True):
        for term in set(terms_of(text)):
            if not set(term.split()) & names and any(len(w) > 2 for w in term.split()):
                documents_of.setdefault(term, set()).add(document)
                counts[term] += 1
    terms = [
        term
        for term, sources in documents_of.items()
        if len(sources) >= min_documents and counts[term] < 0.5 * len(texts)
    ]
    terms = sorted(sorted(sorted(terms), key=lambda t: -counts[t])[:size])
    idf = [float(np.log((1 + len(texts)) / (1 + counts[t])) + 1.0) for t in terms]
    return tuple(terms), tuple(round(value, 4) for value in idf)


def _counts(
    predicted: Matrix, positive: Labels, negative: Labels, threshold: float
) -> tuple[npt.NDArray[np.int_], ...]:
    """Hits, false alarms and misses of each label at one threshold."""
    decisions = predicted >= threshold
    return (
        (decisions & positive).sum(axis=0),
        (decisions & negative).sum(axis=0),
        (~decisions & positive).sum(axis=0),
    )


def _names(texts: Sequence[str]) -> set[str]:
    capitals: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text in texts:
        for word in tokenize(text):
            is_inside = word.start > 1 and text[word.start - 2] not in ".!?:\n•"
            if is_inside and word.raw[0].isalpha():
                total[word.folded] += 1
                capitals[word.folded] += word.raw[0].isupper()
    return {word for word, n in total.items() if capitals[word] > _NAME_SHARE * n}
