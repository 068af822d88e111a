"""Train the small models of lif_nlp/annotate from gold files, and write their cards.

    python scripts/train_annotators.py --passages corpora/gold/*passages*.jsonl \\
        --sentences corpora/gold/*sentences*.jsonl --out models

Sentence files hold {"id","text","role","why",...}, passage files {"id","text","priorities",
"themes"} (or, where two readers marked, "..._sure" and "..._any": what one reader alone
gave is left out of training). "doc" groups texts of one document, so that figures come
from documents the model had not seen; a text without one was written for training.
"judged" names the themes that a reader was asked about, where not about all; such texts
train and are not in the figures. What people decided with `lif review` is such a file of
passages: `lif export labels labels.jsonl`. The models keep weights and single words or pairs found
in at least five documents; no sentence is kept.
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
PENALTY = 3.0
USUAL = "minilm"
UNCERTAIN_FROM = 0.6
"""A score from this part of the threshold up to it is uncertain."""

LOOSE_WEIGHT = 0.5
"""What a text of no document, written for training, counts beside one read in its place."""


@dataclass(frozen=True)
class Item:
    """A marked text: what both readers gave, what either gave, and where it comes from."""

    text: str
    sure: frozenset[str]
    either: frozenset[str]
    document: str
    file: str
    weight: float
    judged: frozenset[str] | None = None
    """Labels that the reader was asked about; None for all."""


@dataclass(frozen=True)
class Task:
    """A model to train: its labels, which fields mark them, and its own feature columns."""

    name: str
    kind: str
    labels: tuple[str, ...]
    field: str
    columns: tuple[str, ...]
    count: Callable[[str], Sequence[float]]
    deep: bool = False
    """Whether the encoder's middle layer is read too."""


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
    from lif_nlp.annotate.unit_tokens import Phrase

    nlp = spacy.blank("en")
    return Task(
        "role",
        "one-of",
        ROLES,
        "role",
        NAMES,
        lambda text: role_features(Phrase(nlp(text)[:])),
        deep=True,
    )


def why_task() -> Task:
    """Whether a sentence states a reason or contributory factor."""
    import spacy

    from lif_nlp.annotate.components.reason import NAMES, reason_features
    from lif_nlp.annotate.unit_tokens import Phrase

    nlp = spacy.blank("en")
    return Task(
        "why",
        "any-of",
        ("why",),
        "why",
        NAMES,
        lambda text: reason_features(Phrase(nlp(text)[:])),
        deep=True,
    )


TASKS = {"themes": themes_task, "role": role_task, "why": why_task}
SENTENCE_TASKS = ("role", "why")


def read_items(paths: Sequence[Path], field: str) -> list[Item]:
    """Texts with marks of `field`, in the order of the files; without one they are left out."""
    items = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            sure = row.get(f"{field}_sure", row.get(field))
            if sure is None:
                continue
            either = row.get(f"{field}_any", sure)
            given = [_as_labels(field, mark) for mark in (sure, either)]
            loose = "doc" not in row
            document, weight = (row["id"], LOOSE_WEIGHT) if loose else (row["doc"], 1.0)
            judged = frozenset(row["judged"]) if "judged" in row else None
            items.append(Item(row["text"], *given, document, path.name, weight, judged))
    return sorted(items, key=lambda item: (item.document, item.text))


def _as_labels(field: str, mark: str | bool | Sequence[str]) -> frozenset[str]:
    """The labels of a text: one, several, or yes and no for the field itself."""
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
    plain = build_matrix(spec, texts, vectors=vectors, extra=extra)
    evened = training.Evened.of(
        plain, encoder.dim if spec.dim else 0, spec.dim, length=VECTOR_SCALE
    )
    rows = evened.done(plain)
    labels = np.asarray([[label in item.sure for label in task.labels] for item in items])
    either = np.asarray([[label in item.either for label in task.labels] for item in items])
    counts = np.asarray([[item.weight] for item in items])
    asked = np.asarray(
        [[item.judged is None or label in item.judged for label in task.labels] for item in items]
    )
    weight = np.where(asked & ~(either & ~labels), counts, 0.0).astype(np.float32)
    folds = training.folds_of([item.document for item in items])
    given = training.cross_validated(
        rows, labels, folds, kind=task.kind, weight=weight, penalty=PENALTY
    )
    lines = thresholds(task, given, labels, weight)
    fitted = evened.undone(
        training.fit(rows, labels, kind=task.kind, weight=weight, penalty=PENALTY)
    )
    probe = encode([PROBE])[0] if encode else np.zeros(0, np.float32)
    model = LinearModel(
        name=task.name + kind_of_vectors(args.encoder, words_only),
        kind=task.kind,
        labels=task.labels,
        weights=fitted.weights,
        bias=fitted.bias,
        thresholds=lines,
        lower=tuple(round(line * UNCERTAIN_FROM, 3) for line in lines),
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
    decided = held_out(task, given, labels, weight, folds)
    whole = [place for place, item in enumerate(items) if item.judged is None]
    figures = write_card(
        args.out / model.name, model, [items[i] for i in whole], given[whole], decided[whole]
    )
    save_model(replace(model, facts={**model.facts, "figures": figures}), args.out / model.name)


def name_of(encoder: Encoder, dim: int) -> str:
    """Name and revision of an encoder, and how much of it is read."""
    layers = ", last and middle layer" if dim > encoder.dim else ""
    return f"{encoder.name} {encoder.revision}{layers}"


def kind_of_vectors(encoder: str, words_only: bool) -> str:
    """What follows the task in a model's name: nothing for the usual encoder."""
    if words_only:
        return "-words"
    return "" if encoder == USUAL else f"-{encoder}"


def thresholds(task: Task, given: Any, labels: Any, weight: Any) -> tuple[float, ...]:
    """Decision thresholds; of "one-of" the likeliest label is given, whatever its score."""
    if task.kind == "one-of":
        return (0.5,) * len(task.labels)
    return training.thresholds_for(given, labels, weight)


def held_out(task: Task, given: Any, labels: Any, weight: Any, folds: Any) -> Any:
    """Decisions on each text with thresholds set on the other folds, shape of `labels`."""
    if task.kind == "one-of":
        return given == given.max(axis=1, keepdims=True)
    decided = np.zeros(labels.shape, dtype=bool)
    for fold in sorted(set(folds.tolist())):
        rest = folds != fold
        lines = np.asarray(training.thresholds_for(given[rest], labels[rest], weight[rest]))
        decided[~rest] = given[~rest] >= lines
    return decided


def main() -> None:
    """Read the options, train each model that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", nargs="*", type=Path, default=[])
    parser.add_argument("--passages", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--encoder", default=USUAL)
    parser.add_argument("--only", nargs="*", choices=sorted(TASKS), default=sorted(TASKS))
    parser.add_argument("--words-only", action="store_true", help="no vectors: needs no encoder")
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the card")
    args = parser.parse_args()
    args.encoder_object = None if args.words_only else load_encoder(args.encoder)
    for name in args.only:
        paths = args.sentences if name in SENTENCE_TASKS else args.passages
        if not paths:
            print(f"{name}: no gold files given, not trained")
            continue
        args.hashes = {path.name: file_hash(path) for path in paths}
        task = TASKS[name]()
        items = read_items(paths, task.field)
        kinds = (False, True) if args.encoder == USUAL else (False,)
        for words_only in (True,) if args.words_only else kinds:
            train(task, items, words_only=words_only, args=args)


if __name__ == "__main__":
    main()
