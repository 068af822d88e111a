"""Train the models that read the sentences of an answer together.

    python scripts/train_passages.py corpora/gold/ledger_answers_*.jsonl --tested FILE --out models

Each line of a file is {"id", "kind", "whole": [position, progress, effect], "sentences": [[text,
position, progress, effect], ...]}: an invented passage, an empty string where it says nothing, null
where nobody said whether it does.  The models of sentences (`train_status.py`) must not have learnt
from the passages: what they make of them is what the models of passages learn from.  Figures are
taken on passages of the same form that neither has seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from model_card import scores
from scipy.sparse import csr_matrix
from train_status import Figures, macro_of

from lif_nlp.annotate import training
from lif_nlp.annotate.models.features import FeatureSpec, Matrix
from lif_nlp.annotate.models.linear import PROBE, LinearModel, save_model
from lif_nlp.framework.status import FIELDS, load_status_language
from lif_nlp.ids import file_hash
from lif_nlp.ledger.status import StatusReading, plain
from lif_nlp.model_files import (
    LABEL_FILES,
    PASSAGE,
    PASSAGE_QUESTIONS,
    STATUS_NETWORK,
    STATUS_QUESTIONS,
)
from lif_nlp.workflow.passage_models import passage_features, passage_names
from lif_nlp.workflow.status_models import (
    SMALL,
    StatusModels,
    encoder_of,
    load_status_models,
    sentence_models,
)

VECTOR_SCALE, TOLD_SCALE = 3.0, 4.0
"""Lengths of the blocks of a row, by which the penalty weighs one against the other.  Chosen among
a few on hands and sets of cases left out in turn, December 2026."""

PENALTY = 0.33
"""L2 penalty of the fits; chosen as the scales were."""


@dataclass(frozen=True)
class Passage:
    """A passage: its sentences, and what the whole says of each question (None: nobody said)."""

    passage_id: str
    units: tuple[str, ...]
    values: Mapping[str, str | None]

    @property
    def text(self) -> str:
        """The sentences as one text, as the rules see it."""
        return plain(" ".join(self.units))


def read_passages(paths: Sequence[Path]) -> list[Passage]:
    """The passages of the files."""
    lines = [line for path in sorted(paths) for line in path.read_text("utf-8").splitlines()]
    entries = [json.loads(line) for line in lines]
    return [
        Passage(
            entry["id"],
            tuple(text for text, *_ in entry["sentences"]),
            dict(zip(STATUS_QUESTIONS, entry["whole"], strict=True)),
        )
        for entry in entries
    ]


def rows_of(question: str, passages: Sequence[Passage], reader: StatusModels) -> Matrix:
    """What the models of sentences make of each passage, shape (passages, columns)."""
    language = load_status_language()
    reader.prepare([text for one in passages for text in (*one.units, one.text)], language)
    return np.stack(
        [passage_features(question, one.units, reader.scores, language) for one in passages]
    )


def fit(question: str, told: Matrix, vectors: Matrix, values: Sequence[str]) -> training.LinearFit:
    """The model of a question from the rows of passages whose answer is known."""
    answers = ("", *FIELDS[question])
    targets = np.asarray([[value == answer for answer in answers] for value in values], np.float32)
    balance = len(values) / (np.maximum(targets.sum(axis=0), 1.0) * len(answers))
    weights = np.repeat(targets @ balance[:, None], len(answers), axis=1).astype(np.float32)
    rows, dim = np.hstack([vectors, told]).astype(np.float32), vectors.shape[1]
    of_vectors = training.ScaledColumns.fit(rows, 0, dim, length=VECTOR_SCALE)
    of_told = training.ScaledColumns.fit(rows, dim, rows.shape[1], length=TOLD_SCALE)
    scaled = of_told.scale(of_vectors.scale(rows))
    empty = np.zeros((len(rows), 0), np.float32)
    fitted = training.fit(
        training.Rows(scaled, csr_matrix(empty), empty),
        targets,
        kind="one-of",
        weight=weights,
        penalty=PENALTY,
    )
    return of_vectors.unscale(of_told.unscale(fitted))


def train_all(passages: Sequence[Passage], encoder: str, options: Any) -> None:
    """Fit and save the models beside one encoder."""
    end, encode = ("", encoder_of(large=True)) if encoder == "minilm" else (
        SMALL, encoder_of(large=False),
    )  # fmt: skip
    reader = StatusModels(sentence_models(encoder, options.out), {})
    vectors = np.asarray(encode([one.text for one in passages]), np.float32)
    for question in PASSAGE_QUESTIONS:
        known = [at for at, one in enumerate(passages) if one.values[question] is not None]
        told = rows_of(question, [passages[at] for at in known], reader)
        values = [str(passages[at].values[question]) for at in known]
        fitted = fit(question, told, vectors[known], values)
        answers = ("", *FIELDS[question])
        model = LinearModel(
            name=f"status-{question}{PASSAGE}{end}",
            kind="one-of",
            labels=answers,
            weights=fitted.weights,
            bias=fitted.bias,
            thresholds=(0.5,) * len(answers),
            lower=(0.3,) * len(answers),
            features=FeatureSpec(dim=vectors.shape[1], extra=passage_names(question)),
            probe=encode([PROBE])[0],
            facts={
                "encoder": STATUS_NETWORK if encoder == "minilm" else "small",
                "trained": options.date,
                "texts": len(known),
                "data": options.hashes,
            },
        )
        save_model(model, options.out / model.name)


def figures_of(passages: Sequence[Passage], encoder: str, models: Path) -> dict[str, Figures]:
    """Precision, recall and F1 of each answer, as a workspace with this encoder reads passages."""
    language = load_status_language()
    reader = load_status_models(encoder, models)
    readings = [reader.read_passage(one.units, language) for one in passages]
    return {name: _figures(name, passages, readings) for name in PASSAGE_QUESTIONS}


def _figures(
    question: str, passages: Sequence[Passage], readings: Sequence[StatusReading]
) -> Figures:
    known = np.asarray([one.values[question] is not None for one in passages])
    figures = {}
    for answer in FIELDS[question]:
        decided = np.asarray([getattr(reading, question) == answer for reading in readings])
        target = np.asarray([one.values[question] == answer for one in passages])
        if target[known].any():
            figures[answer] = scores(decided, target, known)
    return figures


def write_card(folder: Path, figures: Figures, tested: str) -> None:
    """Write README.md into a model's folder, with figures on the passages of `tested`."""
    facts = json.loads((folder / LABEL_FILES[1]).read_text("utf-8"))["facts"]
    rows = "\n".join(
        f"| {answer} | {f['texts']} | {f['p']} | {f['r']} | {f['f1']} |"
        for answer, f in figures.items()
    )
    data = "\n".join(f"| {name} | `{sha[:16]}` |" for name, sha in facts["data"].items())
    answers = len(FIELDS[_question_of(folder)]) + 1
    text = f"""# Model `{folder.name}`

Logistic regression, one of {answers} answers, on what the models of sentences make of each
sentence of an answer and of all of it as one text, on its vector
({facts["encoder"]}), and on what the rules of `framework/status.toml` make of its sentences.
Trained on {facts["trained"]} with `scripts/train_passages.py` on {facts["texts"]} invented
passages, nearly all of one to five sentences. It stores no sentence: only weights.

It says what a response, a tracker or a check claims. It does not judge a child, family, worker
or service, and what it reads as done is done as claimed.

## Figures

On `{tested}`, passages by another hand, which neither this model nor those of sentences had
learnt from. Whole papers are read less well, since their parts must be found and linked first.

**macro F1 {macro_of(figures)}**

| answer | passages | precision | recall | F1 |
|---|---|---|---|---|
{rows}

| training file | SHA-256 |
|---|---|
{data}
"""
    (folder / "README.md").write_text(text, encoding="utf-8")


def _question_of(folder: Path) -> str:
    """The question of a model, by its folder's name."""
    return next(name for name in PASSAGE_QUESTIONS if folder.name.startswith(f"status-{name}"))


def main() -> None:
    """Read the options, train the models, and measure them on passages they have not seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="none: measure the models that are")
    parser.add_argument("--tested", nargs="+", type=Path, required=True, help="for figures")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the cards")
    options = parser.parse_args()
    if {path.name for path in options.files} & {path.name for path in options.tested}:
        parser.error("figures are taken on passages that the models do not learn from")
    options.hashes = {path.name: file_hash(path) for path in sorted(options.files)}
    tested, names = read_passages(options.tested), ", ".join(path.stem for path in options.tested)
    for encoder, end in (("static", SMALL), ("minilm", "")):
        if options.files:
            train_all(read_passages(options.files), encoder, options)
        for name, figures in figures_of(tested, encoder, options.out).items():
            print(name, encoder, macro_of(figures), {a: f["f1"] for a, f in figures.items()})
            write_card(options.out / f"status-{name}{PASSAGE}{end}", figures, names)


if __name__ == "__main__":
    main()
