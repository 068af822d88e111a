"""Train the models that read position, progress and effect, and write their cards.

    python scripts/train_status.py corpora/gold/ledger_sentences_*.jsonl --out models

Each line of a file is {"id", "text", "position", "progress", "effect", "house"}: an invented
sentence or cell, an empty string where it says nothing (null where nobody said whether it does),
and the house style it was written in.
Figures are taken on styles that a model has not seen, in six parts; the model that is stored is
then fitted on all texts.  `"rules_seen"` marks texts that the rules were written with: what the
rules make of them is left out, so that a model does not trust the rules more than they deserve.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from model_card import scores

from lif_nlp.annotate import training
from lif_nlp.annotate.models.features import FeatureSpec, Matrix
from lif_nlp.annotate.models.linear import PROBE, LinearModel, save_model
from lif_nlp.framework.status import FIELDS, load_status_language
from lif_nlp.ids import file_hash
from lif_nlp.ledger.status import plain
from lif_nlp.model_files import STATUS_QUESTIONS
from lif_nlp.workflow.status_models import NAMES, SMALL, encoder_of, status_features

PARTS = 6
"""Parts of the house styles; each is left out once."""

VECTOR_SCALE, WORDS_SCALE, RULES_SCALE = 6.0, 3.0, 2.0
"""Lengths of the blocks of a row, by which the penalty weighs one against the other.  Chosen on
the left-out styles among a few, November 2026."""

PENALTY = 0.33
"""L2 penalty of the fits; chosen as the scales were."""

MIN_TEXTS = 3
"""Texts in which a word of a model occurs."""


@dataclass(frozen=True)
class Texts:
    """The labelled texts with the part that each belongs to."""

    rows: Sequence[dict[str, Any]]
    parts: npt.NDArray[np.int_]

    @property
    def words(self) -> list[str]:
        """The texts as the rules see them."""
        return [plain(row["text"]) for row in self.rows]


def read_texts(paths: Sequence[Path]) -> Texts:
    """The lines of the files; the styles of a file go into the parts in turn."""
    lines = [line for path in sorted(paths) for line in path.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    houses = sorted({row["house"] for row in rows})
    part_of = {house: place % PARTS for place, house in enumerate(houses)}
    return Texts(rows, np.asarray([part_of[row["house"]] for row in rows]))


def train(texts: Texts, question: str, large: bool, vectors: Matrix, options: Any) -> None:
    """Measure on left-out styles, fit on all, save the model and its card."""
    known_places = [at for at, row in enumerate(texts.rows) if row[question] is not None]
    texts = Texts([texts.rows[at] for at in known_places], texts.parts[known_places])
    vectors = vectors[known_places]
    labels = ("", *FIELDS[question])
    targets = np.zeros((len(texts.rows), len(labels)), np.float32)
    for place, row in enumerate(texts.rows):
        targets[place, labels.index(row[question] if row[question] in labels else "")] = 1.0
    present = targets.sum(axis=0)
    balance = len(texts.rows) / (np.maximum(present, 1.0) * len(labels))
    weights = np.repeat(targets @ balance[:, None], len(labels), axis=1).astype(np.float32)
    vocabulary = training.vocabulary(
        texts.words, [row["id"] for row in texts.rows], min_documents=MIN_TEXTS
    )
    spec = FeatureSpec(
        dim=vectors.shape[1],
        vector_scale=1.0,
        words=vocabulary[0],
        idf=vocabulary[1],
        words_scale=WORDS_SCALE,
        extra=NAMES,
    )
    language = load_status_language()
    extra = np.asarray([status_features(text, language) for text in texts.words], np.float32)
    extra[[bool(row.get("rules_seen")) for row in texts.rows], :-1] = 0.0
    rows = training.rows_of(spec, texts.words, vectors=vectors, extra=extra * RULES_SCALE)
    scaling = training.ScaledColumns.fit(rows.vectors, 0, spec.dim, length=VECTOR_SCALE)
    rows = training.Rows(scaling.scale(rows.vectors), rows.words, rows.extra)

    def fit(places: npt.NDArray[np.int_]) -> training.LinearFit:
        return training.fit(
            rows.take(places), targets[places], kind="one-of", weight=weights[places],
            penalty=PENALTY,
        )  # fmt: skip

    predicted = np.zeros_like(targets)
    for part in range(PARTS):
        rest, here = np.flatnonzero(texts.parts != part), np.flatnonzero(texts.parts == part)
        predicted[here] = training.probabilities_of(fit(rest).logits(rows.take(here)), "one-of")
    decided = np.eye(len(labels), dtype=bool)[predicted.argmax(axis=1)]
    known = np.ones(len(texts.rows), bool)
    figures = {
        label: scores(decided[:, column], targets[:, column] > 0, known)
        for column, label in enumerate(labels)
        if label and present[column]
    }
    final = scaling.unscale(fit(np.arange(len(texts.rows))))
    final.weights[:, spec.dim + len(spec.words) :] *= RULES_SCALE
    name = f"status-{question}{'' if large else SMALL}"
    encode = encoder_of(large)
    model = LinearModel(
        name=name,
        kind="one-of",
        labels=labels,
        weights=final.weights,
        bias=final.bias,
        thresholds=(0.5,) * len(labels),
        lower=(0.3,) * len(labels),
        features=spec,
        probe=encode([PROBE])[0],
        facts={
            "encoder": "MiniLM as published" if large else "static",
            "trained": options.date,
            "texts": len(texts.rows),
            "data": options.hashes,
            "penalty": PENALTY,
            "figures": figures,
        },
    )
    save_model(model, options.out / name)
    write_card(options.out / name, model, figures)


def write_card(folder: Path, model: LinearModel, figures: dict[str, dict[str, float]]) -> None:
    """Write README.md into the model's folder."""
    macro = round(float(np.mean([figure["f1"] for figure in figures.values()])), 3)
    print(model.name, macro, {label: figure["f1"] for label, figure in figures.items()}, flush=True)
    rows = "\n".join(
        f"| {label} | {f['texts']} | {f['p']} | {f['r']} | {f['f1']} |"
        for label, f in figures.items()
    )
    data = "\n".join(f"| {name} | `{sha[:16]}` |" for name, sha in model.facts["data"].items())
    text = f"""# Model `{model.name}`

Logistic regression, one of {len(model.labels)} answers, on vectors of {model.facts["encoder"]},
{len(model.features.words)} words and pairs weighted by tf-idf, and what the rules of
`framework/status.toml` make of the text. Trained on {model.facts["trained"]} with
`scripts/train_status.py` on {model.facts["texts"]} invented sentences and cells. It stores no
sentence: only weights, and words found in at least {MIN_TEXTS} texts that are not names.

It says what a response, a tracker or a check claims. It does not judge a child, family, worker
or service, and what it reads as done is done as claimed.

## Figures

On house styles left out in turn ({PARTS} parts). One hand invented most texts and gave the labels,
and the rules were written before; on papers by other hands expect less.

**macro F1 {macro}**

| answer | texts | precision | recall | F1 |
|---|---|---|---|---|
{rows}

| training file | SHA-256 |
|---|---|
{data}
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the options and train the models."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the card")
    parser.add_argument("--small-only", action="store_true", help="models of the small encoder")
    options = parser.parse_args()
    options.hashes = {path.name: file_hash(path) for path in sorted(options.files)}
    texts = read_texts(options.files)
    for large in (False,) if options.small_only else (False, True):
        vectors = encoder_of(large)(texts.words)
        for question in STATUS_QUESTIONS:
            train(texts, question, large, vectors, options)


if __name__ == "__main__":
    main()
