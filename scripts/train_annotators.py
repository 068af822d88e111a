"""Train the small models of lif_nlp/annotate from gold files, and write their model cards.

    python scripts/train_annotators.py --passages corpora/gold/*passages*.jsonl \\
        --sentences corpora/gold/*sentences*.jsonl --out models

Sentence files hold {"id","text","role","why",...}, passage files {"id","text","priorities",
"themes"}. If two readers labelled them, the fields are "..._sure" (both) and "..._any" (either);
labels that only one reader gave are left out of training. "doc" groups the texts of a document,
so that figures come from documents the model has not seen; a text without it was written for
training. "judged" names the themes that the reader was asked about, if not all; such texts are
used for training, but not for the figures. People's decisions from `lif review` are such a file
of passages: `lif export labels labels.jsonl`. A model stores weights, and single words or pairs
found in at least five documents; it stores no sentence.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from model_card import write_card

from lif_nlp.annotate import training
from lif_nlp.annotate.models.features import FeatureSpec, build_matrix
from lif_nlp.annotate.models.linear import PROBE, LinearModel, save_model
from lif_nlp.embed import load_encoder
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.protocols import Encoder, deep_encode
from lif_nlp.records import ROLES

VECTOR_SCALE, WORDS_SCALE = 4.0, 2.0
"""Lengths of the vector and of the word columns, by which the penalty weighs one against the other.

Stored with each model.  Chosen by judgement, November 2026.
"""

PENALTY = 3.0
"""L2 penalty of the fits; stored with each model.  Chosen by judgement, November 2026."""

DEFAULT_ENCODER = "minilm"
REVIEW_FROM = 0.6
"""Part of a label's threshold from which a score goes to review; chosen by judgement."""

INVENTED_WEIGHT = 0.5
"""Weight of a text written for training; a text read in its document counts 1.

Chosen by judgement: invented texts are plainer than real ones.
"""


@dataclass(frozen=True)
class Item:
    """A labelled text: labels of both readers, labels of either, and where it comes from."""

    text: str
    sure: frozenset[str]
    either: frozenset[str]
    document: str
    file: str
    weight: float
    judged: frozenset[str] | None = None
    """Labels that the reader was asked about; None if about all."""


@dataclass(frozen=True)
class Task:
    """A model to train: its labels, the field that holds them, and its own feature columns."""

    name: str
    kind: str
    labels: tuple[str, ...]
    field: str
    columns: tuple[str, ...]
    count: Callable[[str], Sequence[float]]
    deep: bool = False
    """Whether the encoder's middle layer is used too."""


def themes_task() -> Task:
    """Practice themes of passages and sentences."""
    from lif_nlp.annotate.components.practice_themes import cue_feature_names, cue_features
    from lif_nlp.annotate.rules.theme_cues import CueFinder

    finder = CueFinder(load_framework())
    codes = finder.codes
    return Task(
        "themes",
        "any-of",
        codes,
        "themes",
        cue_feature_names(codes),
        lambda text: cue_features(text, finder.find(text), codes),
    )


def role_task() -> Task:
    """Role of sentences: strength, problem, action or context."""
    import spacy

    from lif_nlp.annotate.models.role_features import NAMES, role_features
    from lif_nlp.annotate.unit_tokens import TokenizedUnit

    nlp = spacy.blank("en")
    return Task(
        "role",
        "one-of",
        ROLES,
        "role",
        NAMES,
        lambda text: role_features(TokenizedUnit.of_span(nlp(text)[:])),
        deep=True,
    )


def why_task() -> Task:
    """Whether a sentence states a reason or contributory factor."""
    import spacy

    from lif_nlp.annotate.components.reason import NAMES, reason_features
    from lif_nlp.annotate.unit_tokens import TokenizedUnit

    nlp = spacy.blank("en")
    return Task(
        "why",
        "any-of",
        ("why",),
        "why",
        NAMES,
        lambda text: reason_features(TokenizedUnit.of_span(nlp(text)[:])),
        deep=True,
    )


TASKS = {"themes": themes_task, "role": role_task, "why": why_task}
SENTENCE_TASKS = ("role", "why")


def read_items(paths: Sequence[Path], field: str) -> list[Item]:
    """Texts with labels in `field`, sorted by document; texts without the field are left out."""
    items = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            sure = row.get(f"{field}_sure", row.get(field))
            if sure is None:
                continue
            either = row.get(f"{field}_any", sure)
            labels = [_as_labels(field, mark) for mark in (sure, either)]
            is_invented = "doc" not in row
            document, weight = (row["id"], INVENTED_WEIGHT) if is_invented else (row["doc"], 1.0)
            judged = frozenset(row["judged"]) if "judged" in row else None
            items.append(Item(row["text"], *labels, document, path.name, weight, judged))
    return sorted(items, key=lambda item: (item.document, item.text))


def _as_labels(field: str, mark: str | bool | Sequence[str]) -> frozenset[str]:
    """The labels of a text: one, several, or for a yes-no field the field itself."""
    if isinstance(mark, bool):
        return frozenset([field] if mark else [])
    return frozenset([mark] if isinstance(mark, str) else mark)


def train(task: Task, items: Sequence[Item], *, words_only: bool, args: argparse.Namespace) -> None:
    """Cross-validate, set thresholds, fit on all, save the model and its card."""
    texts = [item.text for item in items]
    encoder = args.encoder_object
    encode = None if words_only else (deep_encode(encoder) if task.deep else encoder.encode)
    vectors = encode(texts) if encode else None
    vocabulary, idf = training.vocabulary(texts, [item.document for item in items])
    spec = FeatureSpec(
        dim=0 if vectors is None else vectors.shape[1],
        vector_scale=VECTOR_SCALE,
        words=vocabulary,
        idf=idf,
        words_scale=WORDS_SCALE,
        extra=task.columns,
    )
    extra = np.asarray([task.count(text) for text in texts], dtype=np.float32)
    unscaled = build_matrix(spec, texts, vectors=vectors, extra=extra)
    scaling = training.ScaledColumns.fit(
        unscaled, encoder.dim if spec.dim else 0, spec.dim, length=VECTOR_SCALE
    )
    rows = scaling.scale(unscaled)
    labels = np.asarray([[label in item.sure for label in task.labels] for item in items])
    either = np.asarray([[label in item.either for label in task.labels] for item in items])
    counts = np.asarray([[item.weight] for item in items])
    is_judged = np.asarray(
        [[item.judged is None or label in item.judged for label in task.labels] for item in items]
    )
    weight = np.where(is_judged & ~(either & ~labels), counts, 0.0).astype(np.float32)
    folds = training.folds_of([item.document for item in items])
    predicted = training.cross_validate(
        rows, labels, folds, kind=task.kind, weight=weight, penalty=PENALTY
    )
    limits = thresholds(task, predicted, labels, weight)
    fitted = scaling.unscale(
        training.fit(rows, labels, kind=task.kind, weight=weight, penalty=PENALTY)
    )
    probe = encode([PROBE])[0] if encode else np.zeros(0, np.float32)
    model = LinearModel(
        name=task.name + kind_of_vectors(args.encoder, words_only),
        kind=task.kind,
        labels=task.labels,
        weights=fitted.weights,
        bias=fitted.bias,
        thresholds=limits,
        lower=tuple(round(limit * REVIEW_FROM, 3) for limit in limits),
        features=spec,
        probe=np.asarray(probe, dtype=np.float32),
        facts={
            "encoder": "" if words_only else name_of(encoder, spec.dim),
            "trained": args.date,
            "texts": len(items),
            "documents": len({item.document for item in items}),
            "data": args.hashes,
            "penalty": PENALTY,
        },
    )
    decisions = held_out(task, predicted, labels, weight, folds)
    complete = [place for place, item in enumerate(items) if item.judged is None]
    figures = write_card(
        args.out / model.name,
        model,
        [items[i] for i in complete],
        predicted[complete],
        decisions[complete],
    )
    save_model(replace(model, facts={**model.facts, "figures": figures}), args.out / model.name)


def name_of(encoder: Encoder, dim: int) -> str:
    """Name and revision of an encoder, and which of its layers are used."""
    layers = ", last and middle layer" if dim > encoder.dim else ""
    return f"{encoder.name} {encoder.revision}{layers}"


def kind_of_vectors(encoder: str, words_only: bool) -> str:
    """Suffix of a model's name; the default encoder has none."""
    if words_only:
        return "-words"
    return "" if encoder == DEFAULT_ENCODER else f"-{encoder}"


def thresholds(task: Task, predicted: Any, labels: Any, weight: Any) -> tuple[float, ...]:
    """Decision thresholds; of "one-of" the likeliest label is given, whatever its score."""
    if task.kind == "one-of":
        return (0.5,) * len(task.labels)
    return training.thresholds_for(predicted, labels, weight)


def held_out(task: Task, predicted: Any, labels: Any, weight: Any, folds: Any) -> Any:
    """Decisions on each text with thresholds set on the other folds, shape of `labels`."""
    if task.kind == "one-of":
        return predicted == predicted.max(axis=1, keepdims=True)
    decisions = np.zeros(labels.shape, dtype=bool)
    for fold in sorted(set(folds.tolist())):
        rest = folds != fold
        limits = np.asarray(training.thresholds_for(predicted[rest], labels[rest], weight[rest]))
        decisions[~rest] = predicted[~rest] >= limits
    return decisions


def main() -> None:
    """Read the options and train the models."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", nargs="*", type=Path, default=[])
    parser.add_argument("--passages", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--encoder", default=DEFAULT_ENCODER)
    parser.add_argument("--only", nargs="*", choices=sorted(TASKS), default=sorted(TASKS))
    parser.add_argument("--words-only", action="store_true", help="no vectors: needs no encoder")
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the card")
    args = parser.parse_args()
    args.encoder_object = None if args.words_only else load_encoder(args.encoder)
    for name in args.only:
        paths = args.sentences if name in SENTENCE_TASKS else args.passages
        if not paths:
            print(f"{name}: no gold files were given, so it is not trained")
            continue
        args.hashes = {path.name: file_hash(path) for path in paths}
        task = TASKS[name]()
        items = read_items(paths, task.field)
        kinds = (False, True) if args.encoder == DEFAULT_ENCODER else (False,)
        for words_only in (True,) if args.words_only else kinds:
            train(task, items, words_only=words_only, args=args)


if __name__ == "__main__":
    main()
