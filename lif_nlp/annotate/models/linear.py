"""Small linear models: a row of features in, a score per label out.

A model is a folder: `model.safetensors` (weights), `model.json` (labels, features,
thresholds, encoder, training data by hash, figures), `SHA256SUMS` of both, and a card
for people.  Nothing is pickled, so a model cannot run code; an altered file is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import softmax

from lif_nlp.annotate.models.features import (
    FeatureSpec,
    Matrix,
    extra_block,
    vector_block,
    weighted_words,
)
from lif_nlp.errors import ModelError
from lif_nlp.model_files import LABEL_FILES, OR_RULES_ONLY, check_model, write_checksums
from lif_nlp.protocols import Encode, Vectors

KINDS = ("one-of", "any-of")
"""A model gives exactly one of its labels, or any number of them."""

PROBE = "The health visitor told the school what she had seen at home."
"""A sentence whose vector is stored with a model, to recognise the encoder it needs."""

_WEIGHTS, _FACTS = LABEL_FILES

_SAME_ENCODER = 0.98
"""Cosine similarity of the probe's vectors from which two encoders count as the same.

Less than 1, because the same encoder gives slightly different vectors in lower precision.
Chosen by judgement, November 2026; not tuned.
"""


@dataclass(frozen=True)
class LinearModel:
    """Weights, with everything needed to use them.

    `weights` has shape (labels, columns), `bias` (labels,).  `thresholds` are the
    probabilities from which a label is given, `lower` those from which it goes to
    review.  `probe` is the vector of `PROBE` under the encoder used in training, shape
    (d,), or empty for a model without vectors.  `facts` are for the model card: encoder,
    date, data hashes, figures.
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    weights: Matrix
    bias: npt.NDArray[np.float32]
    thresholds: tuple[float, ...]
    lower: tuple[float, ...]
    features: FeatureSpec
    probe: npt.NDArray[np.float32]
    facts: Mapping[str, Any] = field(default_factory=dict)

    def probabilities(
        self,
        texts: Sequence[str],
        *,
        vectors: Vectors | None = None,
        extra: npt.ArrayLike | None = None,
    ) -> Matrix:
        """Probability of each label, shape (len(texts), len(labels)); rows of "one-of" sum to 1."""
        logits = self._logits(texts, vectors, extra)
        probabilities = softmax(logits, axis=1) if self.kind == "one-of" else logistic(logits)
        return np.asarray(probabilities, dtype=np.float32)

    def _logits(
        self, texts: Sequence[str], vectors: Vectors | None, extra: npt.ArrayLike | None
    ) -> Matrix:
        """Features times weights plus bias; columns of words that are 0 are skipped."""
        spec = self.features
        vector_weights, word_weights, extra_weights = self._weights_by_block
        logits: Matrix = vector_block(spec, len(texts), vectors) @ vector_weights + self.bias
        logits += extra_block(spec, len(texts), extra) @ extra_weights
        for place, text in enumerate(texts):
            columns, values = weighted_words(spec, text)
            logits[place] += values @ word_weights[columns]
        return logits

    @cached_property
    def _weights_by_block(self) -> tuple[Matrix, Matrix, Matrix]:
        """The weights of vector, words and extra, each of shape (columns, labels)."""
        first, last = self.features.dim, self.features.dim + len(self.features.words)
        # Rows of the transposed weights are taken for each text, and lie together then.
        columns = np.ascontiguousarray(self.weights.T)
        return columns[:first], columns[first:last], columns[last:]

    def scores(
        self,
        texts: Sequence[str],
        *,
        vectors: Vectors | None = None,
        extra: npt.ArrayLike | None = None,
    ) -> Matrix:
        """Probabilities rescaled so that each label's threshold is 0.5, same shape."""
        return rescaled(self.probabilities(texts, vectors=vectors, extra=extra), self.thresholds)

    @property
    def uncertain(self) -> dict[str, tuple[float, float]]:
        """For each label the score from which it goes to review, and the 0.5 of a label."""
        bounds = rescaled(np.asarray([self.lower], dtype=np.float32), self.thresholds)[0]
        return {label: (float(low), 0.5) for label, low in zip(self.labels, bounds, strict=True)}


def rescaled(probabilities: npt.ArrayLike, thresholds: Sequence[float]) -> Matrix:
    """Probabilities with each label's threshold moved to 0.5, linearly on either side.

    0 and 1 stay, and so does the order.

    >>> rescaled([[0.1, 0.6]], [0.2, 0.2]).round(2).tolist()
    [[0.25, 0.75]]
    """
    p = np.asarray(probabilities, dtype=np.float32)
    threshold = np.asarray(thresholds, dtype=np.float32)
    below, above = 0.5 * p / threshold, 0.5 + 0.5 * (p - threshold) / (1.0 - threshold)
    return np.where(p < threshold, below, above).astype(np.float32)


def find_model(models: Path, name: str, *, encode: Encode | None) -> LinearModel:
    """The model for the label `name` that fits the encoder in use.

    `<name>` and `<name>-static` were each trained on the vectors of one encoder.  For
    any other encoder, or none, `<name>-words` is used, which needs no vectors: a model
    must never read vectors that it was not trained on.

    Parameters
    ----------
    models
        Folder that holds one folder per model.
    name
        One of `model_files.LABELS`, or `ROLE_CONTEXT`.
    encode
        The encoder in use, or None.

    Raises
    ------
    ModelError
        If a model that has to be read is missing, incomplete or altered.  The variants
        are read in the order above, up to the first that fits.
    """
    variants = (name, f"{name}-static", f"{name}-words")
    for variant in variants:
        model = _read(models / variant)
        if not model.probe.size or (encode is not None and same_encoder(model, encode)):
            return model
    raise ModelError(
        f"{models}: {variants[-1]} was trained with vectors, so no model labels "
        f"'{name}' with this encoder; {OR_RULES_ONLY}"
    )


def load_model(folder: Path, *, encode: Encode | None = None) -> LinearModel:
    """The model in `folder`, checked by hash and, if it uses vectors, by encoder.

    Raises ModelError if a file is missing or altered, or the encoder differs.
    """
    model = _read(folder)
    if model.probe.size and (encode is None or not same_encoder(model, encode)):
        raise ModelError(
            f"{folder}: the model was trained on vectors of {model.facts.get('encoder', '?')}, "
            f"and the encoder in use gives different ones; choose that encoder, or train the "
            f"model again with scripts/train_annotators.py"
        )
    return model


def same_encoder(model: LinearModel, encode: Encode) -> bool:
    """Whether `encode` gives the probe sentence the vector it had in training."""
    row = np.asarray(encode([PROBE]), dtype=np.float32)[0, : model.probe.size]
    if row.shape != model.probe.shape:
        return False
    lengths = float(np.linalg.norm(row) * np.linalg.norm(model.probe))
    return float(row @ model.probe) >= _SAME_ENCODER * lengths


def save_model(model: LinearModel, folder: Path) -> None:
    """Write `model` into `folder`; the same model always gives the same bytes."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    idf = np.asarray(model.features.idf, dtype=np.float32)
    tensors = {"weights": model.weights, "bias": model.bias, "idf": idf, "probe": model.probe}
    save_file({key: np.ascontiguousarray(t) for key, t in tensors.items()}, folder / _WEIGHTS)
    # safetensors writes files that only their owner can read.
    (folder / _WEIGHTS).chmod(0o644)
    facts = {
        "name": model.name,
        "kind": model.kind,
        "labels": model.labels,
        "thresholds": model.thresholds,
        "lower": model.lower,
        "uncertain": model.uncertain,
        "features": {k: v for k, v in asdict(model.features).items() if k != "idf"},
        "facts": dict(model.facts),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / _FACTS).write_text(text, encoding="utf-8")
    write_checksums(folder, LABEL_FILES)


def _read(folder: Path) -> LinearModel:
    from safetensors.numpy import load_file

    check_model(folder, LABEL_FILES, remedy=OR_RULES_ONLY)
    tensors = load_file(folder / _WEIGHTS)
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    spec = facts["features"]
    spec["words"], spec["extra"] = tuple(spec["words"]), tuple(spec["extra"])
    features = replace(FeatureSpec(**spec), idf=tuple(float(v) for v in tensors["idf"]))
    return LinearModel(
        name=facts["name"],
        kind=facts["kind"],
        labels=tuple(facts["labels"]),
        weights=tensors["weights"].astype(np.float32),
        bias=tensors["bias"].astype(np.float32),
        thresholds=tuple(facts["thresholds"]),
        lower=tuple(facts["lower"]),
        features=features,
        probe=tensors["probe"].astype(np.float32),
        facts=facts["facts"],
    )


def logistic(logits: Matrix) -> Matrix:
    """1 / (1 + exp(-x)), the probability of each label of an "any-of" model.

    scipy's expit is not used: it rounds differently in float32, and one in some 6,500
    findings then has another fourth decimal in a stored score.
    """
    # Beyond 50 the answer is 0 or 1 in any case, and single precision would overflow.
    odds: Matrix = np.exp(-np.clip(logits, -50, 50)).astype(np.float32)
    return (1.0 / (1.0 + odds)).astype(np.float32)
