"""What more labels would give: figures at a quarter, half and all of the gold.

    export LIF_REAL_CORPUS=FOLDER
    python scripts/real_gold.py texts corpora/gold/real_*_01.jsonl --out REAL
    python scripts/learning_curve.py --sentences corpora/gold/*sentences_*.jsonl \\
        REAL/*sentences*.jsonl \\
        --passages corpora/gold/*passages_*.jsonl REAL/*passages*.jsonl

The linear models of the profile "fast" are fitted on the gold alone, which takes minutes; the
network is not.  Whole documents are left out, in the order of a hash of their names, and the
figures are taken on the documents that every model is held out from (part 0).  Each figure is
the F1 over all labels at once (micro) and, after the bar, the mean over labels (macro).
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from gold_texts import Labels, parts_of
from model_card import scores
from text_features import names_of
from train_annotators import (
    PENALTY,
    VECTOR_SCALE,
    WORDS_SCALE,
    Gold,
    decide,
    gold_of_passages,
    gold_of_sentences,
)

from lif_nlp.annotate import training
from lif_nlp.annotate.models.features import FeatureSpec, Matrix
from lif_nlp.embed import load_encoder
from lif_nlp.protocols import deep_encode

SHARES = (0.25, 0.5, 1.0)
"""Shares of the documents that models are fitted on."""


def main() -> None:
    """Read the options and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sentences", nargs="*", type=Path, default=[])
    parser.add_argument("--passages", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    print("| question | " + " | ".join(f"{share:.0%}" for share in SHARES) + " |")
    print("|---|" + "---|" * len(SHARES))
    encode = deep_encode(load_encoder("static"))
    for read, paths in (
        (gold_of_sentences, options.sentences),
        (gold_of_passages, options.passages),
    ):
        if paths:
            gold = read(paths)
            vectors = encode(gold.words)
            for labels in (labels for labels in gold.labels if labels.weights.any()):
                cells = [figures(gold, labels, vectors, share) for share in SHARES]
                print(f"| {labels.target.name} | " + " | ".join(cells) + " |", flush=True)


def figures(gold: Gold, labels: Labels, vectors: Matrix, share: float) -> str:
    """Micro and macro F1 on held-out documents, fitted on a share of the others."""
    is_used = labels.weights.sum(axis=1) > 0
    places = np.flatnonzero(is_used & ~gold.held_out & chosen(gold, share))
    tested = np.flatnonzero(is_used & gold.held_out)
    target = labels.target
    kind = "one-of" if target.one_of else "any-of"
    spec = FeatureSpec(
        dim=vectors.shape[1],
        vector_scale=VECTOR_SCALE,
        words=gold.vocabulary[0],
        idf=gold.vocabulary[1],
        words_scale=WORDS_SCALE,
        extra=names_of(target.name),
    )
    used = np.concatenate([places, tested])
    texts = [gold.texts[place] for place in used]
    rows = training.rows_of(
        spec,
        [text.text for text in texts],
        vectors=vectors[used],
        extra=gold.features[target.name][used],
    )
    first, last = np.arange(len(places)), np.arange(len(places), len(used))
    fitted = training.fit(
        rows.take(first),
        labels.values[places],
        kind=kind,
        weight=labels.weights[places],
        penalty=PENALTY,
    )
    predicted = training.probabilities_of(fitted.logits(rows.take(last)), kind)
    values, weights = labels.values[tested], labels.weights[tested]
    halves = parts_of([gold.texts[place] for place in tested], parts=2, salt="half")
    decisions = decide(kind, predicted, values, weights, halves)
    known, is_label = weights > 0, values > 0.5
    each = [
        scores(decisions[:, column], is_label[:, column], known[:, column])
        for column in range(len(target.labels))
    ]
    macro = float(np.mean([row["f1"] for row in each if row["texts"]]))
    return f"{scores(decisions, is_label, known)['f1']:.3f} / {macro:.3f} ({len(places)})"


def chosen(gold: Gold, share: float) -> npt.NDArray[np.bool_]:
    """Which texts stand in the first `share` of the documents, by a hash of their names."""
    names = [text.document for text in gold.texts]
    place_of = {
        name: int.from_bytes(hashlib.sha256(f"curve{name}".encode()).digest()[:4], "big") / 2**32
        for name in set(names)
    }
    return np.asarray([place_of[name] < share for name in names])


if __name__ == "__main__":
    main()
