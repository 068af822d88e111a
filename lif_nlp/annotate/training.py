"""Training of the small linear models: fit, blend with a network's heads, set thresholds.

Everything is deterministic: the fits are convex, and nothing is drawn at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack
from scipy.special import log_softmax, softmax

from lif_nlp.annotate.models.features import (
    FeatureSpec,
    Matrix,
    terms_of,
    vector_block,
    weighted_words,
)
from lif_nlp.annotate.models.linear import logistic
from lif_nlp.text.folding import tokenize

Labels = npt.NDArray[np.bool_]
"""One row per text, one column per label."""

_ITERATIONS = 120
"""Most iterations of L-BFGS in `fit`.

Enough for the loss to stop falling in practice; more only adds time.  Chosen by judgement.
"""

_THRESHOLDS = np.arange(0.10, 0.81, 0.02)
"""Thresholds that `thresholds_for` tries.

Rare labels end up well below 0.5, because F1 rewards recall there.  Chosen by judgement.
"""

_AS_GOOD = 0.005
"""F1 by which a lower threshold may fall short of the best one and is taken all the same.

Differences this small are chance, and a reader sees a label too many, but not one too few.  Chosen
by judgement, November 2026, when two thresholds of "aware", 0.22 and 0.52, were equally good.
"""

_NAME_SHARE = 0.4
"""Share of capitals inside sentences above which a word counts as a name.

Chosen by judgement; not tuned.  A lower value loses words of the field ("Partnership"), a
higher one lets names of people and places into a model.
"""


@dataclass(frozen=True)
class Rows:
    """Features of texts: dense columns (vectors, own columns), and words, which are mostly 0.

    The columns of a model are those of `vectors`, then of `words`, then of `extra`.
    """

    vectors: Matrix
    words: csr_matrix
    extra: Matrix

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.vectors.shape[1] + self.words.shape[1] + self.extra.shape[1])

    def __len__(self) -> int:
        return len(self.extra)

    def take(self, places: npt.NDArray[Any]) -> Rows:
        """The rows at `places`."""
        return Rows(self.vectors[places], self.words[places], self.extra[places])

    def joined(self, other: Rows) -> Rows:
        """These rows, followed by others with the same columns."""
        return Rows(
            np.vstack([self.vectors, other.vectors]),
            csr_matrix(vstack([self.words, other.words])),
            np.vstack([self.extra, other.extra]),
        )

    def times(self, weights: Matrix) -> Matrix:
        """The rows times weights of shape (labels, width)."""
        first = self.vectors.shape[1]
        last = first + self.words.shape[1]
        dense = self.vectors @ weights[:, :first].T + self.extra @ weights[:, last:].T
        return np.asarray(dense + self.words @ weights[:, first:last].T, np.float32)

    def transposed_times(self, errors: Matrix) -> Matrix:
        """Errors of shape (texts, labels) carried back to the columns: (labels, width)."""
        words = (self.words.T @ errors).T
        return np.hstack([errors.T @ self.vectors, words, errors.T @ self.extra])


def rows_of(
    spec: FeatureSpec, texts: Sequence[str], *, vectors: Matrix | None, extra: Matrix
) -> Rows:
    """The rows of `spec` for texts; `vectors` are scaled as the spec says."""
    places, columns, values = [], [], []
    for place, text in enumerate(texts):
        own_columns, own_values = weighted_words(spec, text)
        columns += own_columns
        values += own_values.tolist()
        places += [place] * len(own_columns)
    shape = (len(texts), len(spec.words))
    words = csr_matrix((np.asarray(values, np.float32), (places, columns)), shape=shape)
    scaled = vector_block(spec, len(texts), vectors)
    return Rows(scaled, words, np.asarray(extra, np.float32))


@dataclass(frozen=True)
class LinearFit:
    """Weights of shape (labels, columns) and bias of shape (labels,)."""

    weights: Matrix
    bias: npt.NDArray[np.float32]

    def logits(self, rows: Rows) -> Matrix:
        """Logit of each label for each row, shape (rows, labels)."""
        return rows.times(self.weights) + self.bias


def probabilities_of(logits: Matrix, kind: str) -> Matrix:
    """Probabilities for logits of shape (texts, labels), by the kind of model."""
    values = softmax(logits, axis=1) if kind == "one-of" else logistic(logits)
    return np.asarray(values, dtype=np.float32)


def fit(
    rows: Rows, targets: Matrix, *, kind: str, weight: npt.NDArray[np.float32], penalty: float
) -> LinearFit:
    """Logistic regression with an L2 penalty on the weights, by L-BFGS.

    scikit-learn is not used: it takes one weight for each text and no probabilities as
    targets, but a text on which readers disagree must drop out for the doubtful label only,
    and models learn from the probabilities of other models.

    Parameters
    ----------
    rows
        Features of the texts.
    targets
        Shape (texts, labels): 1 or 0 by a reader, or a probability by another model.
    kind
        "any-of" (a text may have any number of labels) or "one-of" (exactly one).
    weight
        Shape of `targets`: how much each label of each text counts; 0 leaves it out.
    penalty
        Factor of half the squared weights.
    """
    from scipy.optimize import minimize

    columns, count = rows.width, targets.shape[1]
    target = np.asarray(targets, np.float32)

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        packed = flat.astype(np.float32)
        weights, bias = packed[: count * columns].reshape(count, columns), packed[-count:]
        shares = probabilities_of(LinearFit(weights, bias).logits(rows), kind)
        # One sentence that is labelled wrongly must not cost infinitely much.
        clipped = np.clip(shares, 1e-6, 1 - 1e-6)
        cost = -target * np.log(clipped)
        if kind != "one-of":
            cost -= (1 - target) * np.log(1 - clipped)
        error = np.asarray(weight * (shares - target), np.float32)
        slope = rows.transposed_times(error) + penalty * weights
        total = float((weight * cost).sum() + 0.5 * penalty * (weights * weights).sum())
        return total, np.concatenate([slope.ravel(), error.sum(axis=0)]).astype(np.float64)

    used = np.maximum(weight.sum(axis=0), 1e-9)
    share = np.clip((weight * target).sum(axis=0) / used, 1e-3, 1 - 1e-3)
    bias = np.log(share) if kind == "one-of" else np.log(share / (1 - share))
    # From the labels' own shares: rare labels need no iterations to become rare.
    start = np.concatenate([np.zeros(count * columns), bias])
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


@dataclass(frozen=True)
class Blend:
    """How much the logits of two models count, and what is added to their sum.

    Chosen on texts that neither model has seen, by the loss; shared by all labels of a question,
    since two numbers for each label would follow chance.
    """

    first: float = 1.0
    second: float = 0.0

    @classmethod
    def fit(
        cls,
        first: Matrix,
        second: Matrix,
        targets: Matrix,
        weight: npt.NDArray[np.float32],
        *,
        kind: str,
    ) -> Blend:
        """The blend of two models' logits, each of shape (texts, labels), with least loss."""
        from scipy.optimize import minimize

        one, two = first.astype(np.float64), second.astype(np.float64)

        def loss(factors: npt.NDArray[np.float64]) -> float:
            logits = factors[0] * one + factors[1] * two
            if kind == "one-of":
                cost = -targets * log_softmax(logits, axis=1)
            else:
                cost = np.logaddexp(0.0, logits) - targets * logits
            return float((weight * cost).sum())

        # Not below 0: a model that must be turned round to help has learnt noise.
        bounds = [(0.0, 2.0), (0.0, 2.0)]
        best = minimize(loss, np.asarray([0.5, 0.5]), method="L-BFGS-B", bounds=bounds).x
        return cls(round(float(best[0]), 3), round(float(best[1]), 3))

    def join(self, first: LinearFit, second: LinearFit) -> LinearFit:
        """Two models over the same columns as one."""
        return LinearFit(
            self.first * first.weights + self.second * second.weights,
            self.first * first.bias + self.second * second.bias,
        )


def thresholds_for(
    predicted: Matrix, labels: Labels, weight: npt.NDArray[np.float32], *, trust: float = 8.0
) -> tuple[float, ...]:
    """The threshold of each label that gives the best F1, and of equally good ones the lowest.

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
        # A label with few examples borrows from all, or chance would set its threshold.
        tp, fp, fn = (a[:, column] + a.sum(axis=1) * scale for a in (hits, false, misses))
        f1 = 2 * tp / (2 * tp + fp + fn + 1e-9)
        best.append(float(_THRESHOLDS[int(np.argmax(f1 >= f1.max() - _AS_GOOD))]))
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
            # Names would be learnt as signs of what happened to those who bear them.
            if not set(term.split()) & names and any(len(w) > 2 for w in term.split()):
                documents_of.setdefault(term, set()).add(document)
                counts[term] += 1
    terms = [
        term
        for term, sources in documents_of.items()
        # A word of one report alone is its subject or its author's habit.
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
