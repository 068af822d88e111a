"""Train the models of lif_nlp/annotate from gold files, and write their cards.

    export LIF_REAL_CORPUS=FOLDER
    python scripts/real_gold.py texts corpora/gold/real_*_01.jsonl --out REAL
    python scripts/train_annotators.py --sentences corpora/gold/*sentences_*.jsonl \\
        REAL/*sentences*.jsonl --passages corpora/gold/*passages_*.jsonl REAL/*passages*.jsonl \\
        --network --workspace WORKSPACE --out models

One script for all of them.  `--network` trains the network first (upper layers of MiniLM, a quarter
to half an hour); the models of the profile "accurate" then blend its heads with linear
models of words, rules and cues.  For "fast" a small network over neighbouring tokens is trained,
and its models (`-static`) on that network's columns, in ten minutes; both, and the models of words
alone (`-words`), learn from the gold and, with `--workspace`, from what the models of "accurate" in
`--teachers` say of the workspace's sentences.

Documents of part 0 (a fifth, by a hash of their names) are held out of the network and of the
models that figures, blends and thresholds are taken on; the linear models are then fitted again on
all texts.  A model stores weights, and single words or pairs found in at least five documents; it
stores no sentence.  `--fold` trains the first round of the network, the small network and the
models on both, for `train_role_context.py`; `--refit` keeps the network that stands in `--out` and
fits new models on its rows, in a few minutes; their cards say so.  People's
decisions from `lif review` are a file of passages and of sentences as well:
`lif export labels labels.jsonl`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from gold_texts import (
    SENTENCE_TARGETS,
    GoldText,
    Labels,
    labels_of,
    parts_of,
    passage_targets,
    read_gold,
)
from model_card import at_most, write_card
from teaching import NOT_TAUGHT, TAUGHT_WEIGHT, Taught, files_of, sentences_of, teach, varied
from text_features import names_of, passage_features, sentence_features

from lif_nlp.about import GOLD
from lif_nlp.annotate import training
from lif_nlp.annotate.extensions import ACCEPT
from lif_nlp.annotate.models.features import FeatureSpec, Matrix
from lif_nlp.annotate.models.linear import PROBE, LinearModel, save_model
from lif_nlp.embed.packed import DEEP_PARTS, ROW_PARTS
from lif_nlp.embed.static import load_static
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash
from lif_nlp.model_files import LABELS, NETWORK, SMALL_NETWORK
from lif_nlp.protocols import Encode

if TYPE_CHECKING:
    from network import Trained

VECTOR_SCALE, WORDS_SCALE = 4.0, 2.0
"""Lengths of the vector and of the word columns, by which the penalty weighs one against the other.

Stored with each model.  Chosen by judgement, November 2026.
"""

PENALTY = 3.0
"""L2 penalty of the fits; stored with each model.  Chosen by judgement, November 2026."""

REVIEW_FROM = 0.6
"""Part of a label's threshold from which a score goes to review; chosen by judgement."""

HELD_OUT = 0
"""Part of the documents on which blends, thresholds and figures are taken."""

RULED = ("hindsight", "why", "priorities")
"""Questions that rules answer first: a model's threshold is set for what both give together."""


@dataclass(frozen=True)
class Gold:
    """Texts of one length with labels, features and parts of documents."""

    texts: Sequence[GoldText]
    labels: Sequence[Labels]
    features: Mapping[str, Matrix]
    parts: npt.NDArray[np.int_]

    @property
    def words(self) -> list[str]:
        """The texts themselves."""
        return [text.text for text in self.texts]

    @cached_property
    def vocabulary(self) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Words and word pairs of the models, which all share them, with their idf."""
        return training.vocabulary(self.words, [text.document for text in self.texts])

    @property
    def held_out(self) -> npt.NDArray[np.bool_]:
        """Texts of documents in the part that is held out; single texts are not among them."""
        return (self.parts == HELD_OUT) & ~np.asarray([t.is_single for t in self.texts], bool)


def gold_of_sentences(paths: Sequence[Path]) -> Gold:
    """All labelled sentences."""
    texts = read_gold(paths, SENTENCE_TARGETS)
    labels = [labels_of(texts, target) for target in SENTENCE_TARGETS]
    return Gold(texts, labels, sentence_features([t.text for t in texts]), parts_of(texts))


def gold_of_passages(paths: Sequence[Path]) -> Gold:
    """All labelled passages."""
    framework = load_framework()
    targets = passage_targets(
        [p.id for p in framework.priorities], [theme.code for theme in framework.themes]
    )
    texts = read_gold(paths, targets)
    labels = [labels_of(texts, target) for target in targets]
    return Gold(texts, labels, passage_features([t.text for t in texts]), parts_of(texts))


@dataclass(frozen=True)
class Heads:
    """What the network gives for one question: a head over its rows, logits of held-out texts."""

    head: training.LinearFit
    dim: int
    scale: float
    """Factor of the rows before the head."""
    logits: Matrix
    """Shape (texts, labels); only rows of held-out texts are filled."""


@dataclass(frozen=True)
class Variant:
    """Models for one encoder: the suffix of their names, the encoder, vectors by kind of text."""

    suffix: str
    encoder: str = ""
    encode: Encode | None = None
    dim: int = 0
    """Columns before those of the middle layer, which are scaled; 0 if there are none."""
    skipped: int = 0
    """Columns that come first in a row and that the models do not read; the others are scaled."""


def train(
    labels: Labels,
    gold: Gold,
    vectors: Matrix | None,
    variant: Variant,
    options: argparse.Namespace,
    *,
    heads: Heads | None = None,
    taught: Taught | None = None,
) -> None:
    """Fit, blend, set thresholds, save the model and its card."""
    target = labels.target
    used = np.flatnonzero(labels.weights.sum(axis=1) > 0)
    if not len(used):
        print(f"{target.name}: no gold file answers it, so it is not trained")
        return
    kind = "one-of" if target.one_of else "any-of"
    texts = [gold.texts[n] for n in used]
    words = [text.text for text in texts]
    spec = FeatureSpec(
        dim=0 if vectors is None else vectors.shape[1],
        vector_scale=VECTOR_SCALE,
        words=gold.vocabulary[0],
        idf=gold.vocabulary[1],
        words_scale=WORDS_SCALE,
        extra=names_of(target.name),
    )
    features = gold.features[target.name][used]
    own_vectors = None if vectors is None else vectors[used]
    rows = training.rows_of(spec, words, vectors=own_vectors, extra=features)
    first = 0 if variant.skipped else variant.dim or spec.dim
    scaling = training.ScaledColumns.fit(rows.vectors, first, spec.dim, length=VECTOR_SCALE)
    rows = replace(rows, vectors=scaling.scale(rows.vectors))
    values, weights = labels.values[used], labels.weights[used]
    tested = np.flatnonzero(gold.held_out[used])
    more = None if taught is None else taught_rows(spec, taught, target.name, scaling)

    def fit(places: npt.NDArray[np.int_]) -> training.LinearFit:
        part, answers, weight = rows.take(places), values[places], weights[places]
        if more is not None and taught is not None:
            other = taught.probabilities[target.name]
            part, answers = part.joined(more), np.vstack([answers, other])
            weight = np.vstack([weight, np.full(other.shape, TAUGHT_WEIGHT, np.float32)])
        return training.fit(part, answers, kind=kind, weight=weight, penalty=PENALTY)

    rest = np.flatnonzero(~gold.held_out[used])
    logits = fit(rest).logits(rows.take(tested))
    blend = training.Blend(0.0, 1.0)
    if heads is not None:
        net = heads.logits[used[tested]]
        blend = training.Blend.fit(net, logits, values[tested], weights[tested], kind=kind)
        logits = blend.first * net + blend.second * logits
    predicted = training.probabilities_of(logits, kind)
    if target.name in RULED:
        # The rules label first; a threshold is for what both give together.
        predicted = np.maximum(predicted, ruled(features[tested], spec.extra, target.name))
    final = scaling.unscale(fit(np.arange(len(used))))
    if heads is not None:
        final = blend.join(widened(heads, spec), deepened(final, spec, heads.dim))
        spec = replace(spec, dim=DEEP_PARTS * heads.dim)
    final, spec = after_skipped(final, spec, variant.skipped)
    limits = thresholds(kind, predicted, values[tested], weights[tested])
    encode = variant.encode
    model = LinearModel(
        name=target.name + variant.suffix,
        kind=kind,
        labels=target.labels,
        weights=final.weights,
        bias=final.bias,
        thresholds=limits,
        lower=tuple(round(limit * REVIEW_FROM, 3) for limit in limits),
        features=spec,
        probe=np.zeros(0, np.float32) if encode is None else encode([PROBE])[0][: spec.dim],
        facts={
            "encoder": variant.encoder,
            "trained": options.date,
            "texts": len(used),
            "documents": len({text.document for text in texts}),
            "data": data_of(texts, options.hashes),
            "penalty": PENALTY,
            "blend": [blend.first, blend.second],
            "refitted": bool(variant.skipped),
            "taught": 0 if taught is None else len(taught.texts),
        },
    )
    files = [texts[n].file for n in tested]
    folder = options.out / model.name
    halves = parts_of([texts[n] for n in tested], parts=2, salt="half")
    decisions = decide(kind, predicted, values[tested], weights[tested], halves)
    figures = write_card(
        folder, model, files, values[tested], weights[tested], predicted, decisions
    )
    save_model(replace(model, facts={**model.facts, "figures": figures}), folder)


def after_skipped(
    fitted: training.LinearFit, spec: FeatureSpec, skipped: int
) -> tuple[training.LinearFit, FeatureSpec]:
    """The same model over rows with `skipped` more columns in front, which it does not read."""
    blank = np.zeros((len(fitted.bias), skipped), np.float32)
    wider = replace(fitted, weights=np.hstack([blank, fitted.weights]))
    return wider, replace(spec, dim=skipped + spec.dim)


def taught_rows(
    spec: FeatureSpec, taught: Taught, question: str, scaling: training.ScaledColumns
) -> training.Rows | None:
    """Rows of the sentences that another model has labelled; None if not for this question."""
    if question in NOT_TAUGHT:
        return None
    vectors = taught.vectors if spec.dim else None
    rows = training.rows_of(spec, taught.texts, vectors=vectors, extra=taught.features[question])
    return replace(rows, vectors=scaling.scale(rows.vectors))


def thresholds(kind: str, predicted: Matrix, values: Matrix, weights: Matrix) -> tuple[float, ...]:
    """Decision thresholds; of "one-of" the likeliest label is given, whatever its score."""
    if kind == "one-of" or not len(values):
        return (0.5,) * values.shape[1]
    return training.thresholds_for(predicted, values > 0.5, weights)


def decide(
    kind: str, predicted: Matrix, values: Matrix, weights: Matrix, halves: npt.NDArray[np.int_]
) -> npt.NDArray[np.bool_]:
    """Decisions on held-out texts, with thresholds set on the other half of their documents."""
    if kind == "one-of":
        best: npt.NDArray[np.bool_] = predicted == predicted.max(axis=1, keepdims=True)
        return best
    decisions = np.zeros(values.shape, dtype=bool)
    for half in (0, 1):
        here, other = halves == half, halves != half
        limits = np.asarray(thresholds(kind, predicted[other], values[other], weights[other]))
        decisions[here] = at_most(predicted[here] >= limits, predicted[here], limits)
    return decisions


def ruled(extra: Matrix, names: Sequence[str], question: str) -> Matrix:
    """1 where rules give a label whatever a model says, in the order of the question's labels."""
    if question == "why":
        narrative = names.index("kinds") + 1
        return extra[:, narrative:].max(axis=1, keepdims=True, initial=0.0)
    if question == "priorities":
        scores = extra[:, [place for place, name in enumerate(names) if name.endswith(":score")]]
        return (scores >= ACCEPT).astype(np.float32)
    columns = [place for place, name in enumerate(names) if name.startswith("hindsight:")]
    return extra[:, columns]


def widened(heads: Heads, spec: FeatureSpec) -> training.LinearFit:
    """The network's head over a deep row, words (none) and features."""
    rows = ROW_PARTS * heads.dim
    labels = len(heads.head.bias)
    blank = np.zeros((labels, heads.dim), np.float32)
    words = np.zeros((labels, len(spec.words)), np.float32)
    vector = heads.head.weights[:, :rows] * (heads.scale / VECTOR_SCALE)
    features = heads.head.weights[:, rows:]
    return training.LinearFit(np.hstack([blank, vector, words, features]), heads.head.bias)


def deepened(fitted: training.LinearFit, spec: FeatureSpec, dim: int) -> training.LinearFit:
    """A linear model of (vector, middle layer, words, features) over deep rows."""
    vector, middle = fitted.weights[:, :dim], fitted.weights[:, dim : 2 * dim]
    blank = np.zeros_like(vector)
    rest = fitted.weights[:, spec.dim :]
    return training.LinearFit(np.hstack([vector, blank, middle, blank, rest]), fitted.bias)


def data_of(texts: Sequence[GoldText], hashes: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 of the gold files that these texts come from."""
    return {name: hashes[name] for name in sorted({text.file for text in texts})}


def main() -> None:
    """Read the options and train the models."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", nargs="*", type=Path, default=[])
    parser.add_argument("--passages", nargs="*", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--only", nargs="*", choices=sorted(LABELS), default=sorted(LABELS))
    parser.add_argument("--without", nargs="*", default=[], help="gold files left out, for a fold")
    parser.add_argument("--words-only", action="store_true", help="no vectors: needs no encoder")
    parser.add_argument("--network", action="store_true", help="train the network as well")
    parser.add_argument("--fold", action="store_true", help="a network for labels alone, no more")
    parser.add_argument("--refit", action="store_true", help="keep the network, fit new heads")
    parser.add_argument("--workspace", type=Path, help='unlabelled sentences, for "fast"')
    parser.add_argument("--teachers", type=Path, help="models that label them; else those in --out")
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the card")
    options = parser.parse_args()
    paths = (*options.sentences, *options.passages)
    options.hashes = {
        path.name: file_hash(committed(path)) for path in paths if path.name not in options.without
    }
    every = [gold_of_sentences(options.sentences), gold_of_passages(options.passages)]
    golds = [of_other_files(gold, options.without) for gold in every]
    taught = None
    if options.network:
        train_accurate(golds, options)
    elif options.refit:
        refit_accurate(golds, options)
    if options.workspace:
        texts = sentences_of(options.workspace, [text for gold in every for text in gold.words])
        seen = seen_documents(golds[0])
        teachers = options.teachers or options.out
        known = files_of(teachers)
        # Of all gold that the teachers know, so that a fold learns from the same as the rest does.
        own = varied([text for text in every[0].texts if text.file in known])
        texts += [text for document, text in own if document in seen]
        taught = teach(texts, teachers)
    if not options.fold:
        train_all(golds, Variant("-words"), options, taught)
    if not options.words_only:
        train_static(golds, options, taught)


def of_other_files(gold: Gold, names: Sequence[str]) -> Gold:
    """The gold of all files but those with these names."""
    kept = np.flatnonzero([text.file not in names for text in gold.texts])
    return Gold(
        [gold.texts[place] for place in kept],
        [Labels(own.target, own.values[kept], own.weights[kept]) for own in gold.labels],
        {name: rows[kept] for name, rows in gold.features.items()},
        gold.parts[kept],
    )


def seen_documents(gold: Gold) -> frozenset[str]:
    """Documents that are not held out."""
    pairs = zip(gold.texts, gold.held_out, strict=True)
    return frozenset(text.document for text, is_held_out in pairs if not is_held_out)


def committed(path: Path) -> Path:
    """The gold file that a rebuilt file of real texts stands for, or the file itself."""
    reference = GOLD / path.name
    return reference if path.name.startswith("real_") and reference.is_file() else path


def train_all(
    golds: Sequence[Gold],
    variant: Variant,
    options: argparse.Namespace,
    taught: Taught | None,
    vectors: Sequence[Matrix | None] = (None, None),
) -> None:
    """Train the models of every question without a network."""
    for gold, rows in zip(golds, vectors, strict=True):
        for labels in gold.labels:
            if labels.target.name in options.only:
                train(labels, gold, rows, variant, options, taught=taught)


def train_static(golds: Sequence[Gold], options: argparse.Namespace, taught: Taught | None) -> None:
    """Train the small network, and the models of the profile "fast" on its columns."""
    from small_network import Settings, lesson_of_gold, lesson_of_taught, train_small_network

    encoder = load_static(network=None)
    settings = Settings()
    lessons = [
        lesson_of_gold(gold, encoder.encode(gold.words), is_long=place > 0, settings=settings)
        for place, gold in enumerate(golds)
        if len(gold.texts)
    ]
    if taught is not None:
        lessons.append(lesson_of_taught(taught, encoder.encode(taught.texts), settings))
    train_small_network(
        lessons,
        [labels.target for gold in golds for labels in gold.labels],
        encoder.tokenizer,
        options.out / SMALL_NETWORK,
        facts={
            "trained": options.date,
            "data": options.hashes,
            "taught": 0 if taught is None else len(taught.texts),
        },
        settings=settings,
    )
    encoder = load_static(network=options.out / SMALL_NETWORK)
    encode = encoder.encode_deep
    variant = Variant("-static", f"{encoder.name} {encoder.revision}", encode, dim=encoder.dim)
    if taught is not None:
        taught = replace(taught, vectors=encode(taught.texts))
    train_all(golds, variant, options, taught, [encode(gold.words) for gold in golds])


def train_accurate(golds: Sequence[Gold], options: argparse.Namespace) -> None:
    """Train the network, and the models that blend its heads with words, rules and cues."""
    from network import Settings, TrainingSet, train_and_save

    sets = [TrainingSet(gold.words, gold.labels, gold.features) for gold in golds]
    trained = train_and_save(
        sets,
        train=[np.flatnonzero(~gold.held_out) for gold in golds],
        test=[np.flatnonzero(gold.held_out) for gold in golds],
        folder=options.out / NETWORK,
        facts={"trained": options.date, "data": options.hashes},
        settings=Settings().without_likeness() if options.fold else Settings(),
    )
    train_blended(golds, trained, options)


def train_blended(golds: Sequence[Gold], trained: Trained, options: argparse.Namespace) -> None:
    """Train the models of "accurate", given the network."""
    from network import HEADS_SCALE

    from lif_nlp.embed.minilm import load_minilm

    encoder = load_minilm(options.out / NETWORK)
    name = f"{encoder.name} {encoder.revision}"
    variant = Variant("", name, encoder.encode_deep, dim=encoder.dim)
    for gold, rows, logits in zip(golds, trained.lower_rows, trained.logits, strict=True):
        for labels in gold.labels:
            question = labels.target.name
            if question in options.only:
                head = trained.heads[question]
                heads = Heads(head, encoder.dim, HEADS_SCALE, logits[question])
                train(labels, gold, rows, variant, options, heads=heads)


def refit_accurate(golds: Sequence[Gold], options: argparse.Namespace) -> None:
    """Fit one linear model for each question on the rows of the network that is there already.

    In place of a head and a blend: the network's rows, words and features in one model.  The
    network has not seen the held-out documents, so the figures stand.
    """
    from lif_nlp.embed.minilm import load_minilm

    encoder = load_minilm(options.out / NETWORK)
    name = f"{encoder.name} {encoder.revision}"
    variant = Variant("", name, encoder.encode_deep, skipped=encoder.dim)
    for gold in golds:
        wanted = [labels for labels in gold.labels if labels.target.name in options.only]
        if wanted:
            rows = encoder.encode_deep(gold.words)[:, encoder.dim :]
            for labels in wanted:
                train(labels, gold, rows, variant, options)


if __name__ == "__main__":
    main()
