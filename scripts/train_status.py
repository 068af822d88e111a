"""Train the models that read position, progress and effect, and write their cards.

    python scripts/train_status.py corpora/gold/ledger_sentences_*.jsonl --tested FILE --out models

Each line of a file is {"id", "text", "position", "progress", "effect", "house"}: an invented
sentence or cell, an empty string where it says nothing (null where nobody said whether it does),
and the style or the hand it was written in.  Two kinds of model are trained: linear ones on
vectors of the small encoder, words and rules, and a network (`status_network`).  Figures are
taken on texts of the same form that no model has seen.  `"rules_seen"` marks texts that the rules
were written with: what the rules make of them is left out, so that a model does not trust the
rules more than they deserve.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from model_card import scores
from status_network import Question, heads_of, status_texts, train, write

from lif_nlp.annotate import training
from lif_nlp.annotate.models.features import FeatureSpec, Matrix
from lif_nlp.annotate.models.linear import PROBE, LinearModel, save_model
from lif_nlp.embed.minilm import load_minilm
from lif_nlp.framework.status import FIELDS, load_status_language
from lif_nlp.ids import file_hash
from lif_nlp.ledger.status import plain
from lif_nlp.model_files import LABEL_FILES, STATUS_NETWORK, STATUS_QUESTIONS
from lif_nlp.protocols import Encode
from lif_nlp.workflow.status_models import (
    NAMES,
    SMALL,
    encoder_of,
    load_status_models,
    status_features,
)

VECTOR_SCALE, WORDS_SCALE, RULES_SCALE = 6.0, 3.0, 2.0
"""Lengths of the blocks of a row, by which the penalty weighs one against the other.  Chosen on
styles left out in turn, among a few, November 2026."""

PENALTY = 0.33
"""L2 penalty of the fits; chosen as the scales were."""

MIN_TEXTS = 3
"""Texts in which a word of a model occurs."""


Figures = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Texts:
    """The labelled texts."""

    rows: Sequence[dict[str, Any]]

    @cached_property
    def words(self) -> list[str]:
        """The texts as the rules see them."""
        return [plain(row["text"]) for row in self.rows]


def read_texts(paths: Sequence[Path]) -> Texts:
    """The lines of the files."""
    lines = [line for path in sorted(paths) for line in path.read_text("utf-8").splitlines()]
    return Texts([json.loads(line) for line in lines])


def question_of(texts: Texts, name: str) -> Question:
    """What the texts answer to a question."""
    answers = ("", *FIELDS[name])
    targets = np.zeros((len(texts.rows), len(answers)), np.float32)
    known = np.asarray([row[name] is not None for row in texts.rows])
    for place in np.flatnonzero(known).tolist():
        answer = texts.rows[place][name]
        targets[place, answers.index(answer if answer in answers else "")] = 1.0
    return Question(name, answers, targets, known)


def rules_of(texts: Texts) -> npt.NDArray[np.float32]:
    """What the rules make of the texts; nothing where the rules were written with them."""
    language = load_status_language()
    extra = np.asarray([status_features(text, language) for text in texts.words], np.float32)
    extra[[bool(row.get("rules_seen")) for row in texts.rows], :-1] = 0.0
    return extra


def fit_small(
    texts: Texts, question: Question, vectors: Matrix, extra: Matrix
) -> tuple[FeatureSpec, training.LinearFit]:
    """The model of the small encoder, fitted on the texts whose answer is known."""
    places = np.flatnonzero(question.known).tolist()
    words = [texts.words[place] for place in places]
    targets = question.targets[places]
    balance = len(places) / (np.maximum(targets.sum(axis=0), 1.0) * targets.shape[1])
    weights = np.repeat(targets @ balance[:, None], targets.shape[1], axis=1)
    ids = [texts.rows[place]["id"] for place in places]
    vocabulary = training.vocabulary(words, ids, min_documents=MIN_TEXTS)
    spec = FeatureSpec(
        dim=vectors.shape[1],
        vector_scale=1.0,
        words=vocabulary[0],
        idf=vocabulary[1],
        words_scale=WORDS_SCALE,
        extra=NAMES,
    )
    rows = training.rows_of(spec, words, vectors=vectors[places], extra=extra[places] * RULES_SCALE)
    scaling = training.ScaledColumns.fit(rows.vectors, 0, spec.dim, length=VECTOR_SCALE)
    scaled = training.Rows(scaling.scale(rows.vectors), rows.words, rows.extra)
    fit = training.fit(
        scaled, targets, kind="one-of", weight=weights.astype(np.float32), penalty=PENALTY
    )
    final = scaling.unscale(fit)
    final.weights[:, spec.dim + len(spec.words) :] *= RULES_SCALE
    return spec, final


def figures_of(texts: Texts, encoder: str, models: Path) -> dict[str, Figures]:
    """Precision, recall and F1 of each answer, as a workspace with this encoder reads the texts."""
    language = load_status_language()
    reader = load_status_models(encoder, models)
    reader.prepare(texts.words, language)
    readings = [reader.read(text, language) for text in texts.words]
    return {
        name: _figures(question_of(texts, name), [getattr(r, name) for r in readings])
        for name in STATUS_QUESTIONS
    }


def _figures(question: Question, values: Sequence[str]) -> Figures:
    decided = np.asarray([[value == answer for answer in question.answers] for value in values])
    targets = question.targets > 0
    return {
        answer: scores(decided[:, column], targets[:, column], question.known)
        for column, answer in enumerate(question.answers)
        if answer and targets[question.known, column].any()
    }


def macro_of(figures: Figures) -> float:
    """The mean F1 of the answers."""
    return round(float(np.mean([figure["f1"] for figure in figures.values()])), 3)


def save(
    name: str, question: Question, spec: FeatureSpec, fit: training.LinearFit, encode: Encode,
    options: Any,
) -> None:  # fmt: skip
    """Save a model."""
    model = LinearModel(
        name=name,
        kind="one-of",
        labels=question.answers,
        weights=fit.weights,
        bias=fit.bias,
        thresholds=(0.5,) * len(question.answers),
        lower=(0.3,) * len(question.answers),
        features=spec,
        probe=encode([PROBE])[0],
        facts={
            "encoder": "small" if name.endswith(SMALL) else STATUS_NETWORK,
            "trained": options.date,
            "texts": int(question.known.sum()),
            "data": options.hashes,
        },
    )
    save_model(model, options.out / name)


def write_card(folder: Path, figures: Figures, tested: str) -> None:
    """Write README.md into a model's folder, with figures on the texts of the file `tested`."""
    facts = json.loads((folder / LABEL_FILES[1]).read_text("utf-8"))
    facts = {**facts["facts"], "words": len(facts["features"]["words"]), "labels": facts["labels"]}
    rows = "\n".join(
        f"| {label} | {f['texts']} | {f['p']} | {f['r']} | {f['f1']} |"
        for label, f in figures.items()
    )
    data = "\n".join(f"| {name} | `{sha[:16]}` |" for name, sha in facts["data"].items())
    words = facts["words"]
    reads = (
        f"vectors of the small encoder, {words} words and pairs weighted by tf-idf,"
        if words
        else f"the rows of `{STATUS_NETWORK}`,"
    )
    of_what = "" if words else ", with the small model beside them"
    text = f"""# Model `{folder.name}`

Logistic regression, one of {len(facts["labels"])} answers, on {reads}
and what the rules of `framework/status.toml` make of the text. Trained on {facts["trained"]}
with `scripts/train_status.py` on {facts["texts"]} invented sentences and cells. It stores no
sentence: only weights, and words found in at least {MIN_TEXTS} texts that are not names.

It says what a response, a tracker or a check claims. It does not judge a child, family, worker
or service, and what it reads as done is done as claimed.

## Figures

On `{tested}`, texts by another hand, read by models that were trained without
them{of_what}. If they stand in the list below, the stored model has learnt from them since. Whole
papers are read less well, since their parts must be found and linked first.

**macro F1 {macro_of(figures)}**

| answer | texts | precision | recall | F1 |
|---|---|---|---|---|
{rows}

| training file | SHA-256 |
|---|---|
{data}
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the options, train the models, and measure them on texts that they have not seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="none: measure the models that are")
    parser.add_argument("--tested", nargs="+", type=Path, required=True, help="texts for figures")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the cards")
    options = parser.parse_args()
    if {path.name for path in options.files} & {path.name for path in options.tested}:
        parser.error("figures are taken on texts that the models do not learn from")
    if options.files:
        train_all(options)
    tested = read_texts(options.tested)
    names = ", ".join(path.stem for path in options.tested)
    for encoder, end in (("static", SMALL), ("minilm", "")):
        for name, figures in figures_of(tested, encoder, options.out).items():
            print(name, encoder, macro_of(figures), {a: f["f1"] for a, f in figures.items()})
            write_card(options.out / f"status-{name}{end}", figures, names)


def train_all(options: Any) -> None:
    """Train the network and its heads, and the small models."""
    options.hashes = {path.name: file_hash(path) for path in sorted(options.files)}
    texts = read_texts(options.files)
    questions = [question_of(texts, name) for name in STATUS_QUESTIONS]
    vectors, extra = encoder_of(large=False)(texts.words), rules_of(texts)
    for question in questions:
        spec, fit = fit_small(texts, question, vectors, extra)
        name = f"status-{question.name}{SMALL}"
        save(name, question, spec, fit, encoder_of(large=False), options)
    network, changes = train(status_texts(texts.words, extra, questions))
    folder = options.out / STATUS_NETWORK
    write(changes, folder, {"trained": options.date, "data": options.hashes})
    encode = load_minilm(folder).encode_deep
    of_rows = FeatureSpec(dim=encode([PROBE]).shape[1], vector_scale=1.0, extra=NAMES)
    heads = heads_of(network)
    for question in questions:
        save(f"status-{question.name}", question, of_rows, heads[question.name], encode, options)


if __name__ == "__main__":
    main()
