"""Fit the linear parts, blends and thresholds of "accurate" again, with the network's heads kept.

    git worktree add BEFORE COMMIT
    python scripts/refit_blends.py --only priorities --before BEFORE/corpora/gold --real REAL \\
        --out models

A stored model is the blend of a head of the network and a linear model that was fitted on all
gold; head and linear part are not stored apart.  BEFORE is the gold that the stored models were
fitted on (COMMIT is the one that brought them): the linear part is fitted on it once more, and
what it does not explain of the stored weights is the head.  The script stops where something is
left of the columns that a head does not read.  Then new linear models are fitted on the gold as
it stands, and blended with the heads on documents that neither network nor linear model has seen.
`priorities` of 1 December 2026 was made so, on the network of the day before.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from gold_texts import SECOND, SENTENCE_TARGETS
from network import HEADS_SCALE, Settings, compute_lower, load_parts
from train_annotators import (
    VECTOR_SCALE,
    Gold,
    Heads,
    Variant,
    committed,
    deepened,
    gold_of_passages,
    gold_of_sentences,
    train,
)

from lif_nlp.about import GOLD
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel, load_model
from lif_nlp.annotate.training import LinearFit
from lif_nlp.embed.minilm import load_minilm
from lif_nlp.embed.packed import ROW_PARTS
from lif_nlp.ids import file_hash
from lif_nlp.model_files import LABELS, NETWORK
from lif_nlp.protocols import Encode

LEFT_OVER = 1e-4
"""Most that may be left of a weight when the linear part is taken away: rounding only."""

NOT_GOLD = ("real_", "ledger_", "sealed")
"""Beginnings of the names of files with references, with other questions, or kept for figures."""


def gold_paths(folder: Path, real: Path, kind: str) -> list[Path]:
    """First readings of one kind of text ("sentences" or "passages") in a folder of gold."""
    own = [p for p in sorted(folder.glob(f"*{kind}_*.jsonl")) if not p.name.startswith(NOT_GOLD)]
    own = [path for path in own if not path.stem.endswith(SECOND)]
    single = folder / f"training_{kind}.jsonl"
    return [*own, *([single] if single.is_file() else []), *sorted(real.glob(f"*{kind}_01.jsonl"))]


def lower_rows(*golds: Gold) -> list[Matrix]:
    """MiniLM's own vector and middle layer of each text, for each gold (texts, 2 * dim)."""
    bert, tokenizer = load_parts()
    places = {word: n for n, word in enumerate(dict.fromkeys(w for g in golds for w in g.words))}
    ids = [encoding.ids for encoding in tokenizer.encode_batch(list(places))]
    settings = Settings()
    lower = compute_lower(bert, ids, upper=settings.upper, longest=settings.longest)
    rows = np.hstack([lower.vectors.numpy(), lower.middle.numpy()])
    return [rows[[places[word] for word in gold.words]] for gold in golds]


def head_of(stored: LinearModel, linear: LinearModel, dim: int) -> LinearFit:
    """The network's head, over its rows and features, in a stored blend with a linear model.

    Raises SystemExit where columns that no head reads are left over: another model was blended.
    """
    own = deepened(LinearFit(linear.weights, linear.bias), linear.features, dim)
    first, second = stored.facts["blend"]
    weights = (stored.weights - second * own.weights) / first
    rows, words = (1 + ROW_PARTS) * dim, len(stored.features.words)
    unread = np.hstack([weights[:, :dim], weights[:, rows : rows + words]])
    if np.abs(unread).max() > LEFT_OVER:
        raise SystemExit(f"{stored.name}: --before is not the gold of the stored model")
    read = weights[:, dim:rows] * (VECTOR_SCALE / HEADS_SCALE)
    joined = np.hstack([read, weights[:, rows + words :]]).astype(np.float32)
    bias = (stored.bias - second * own.bias) / first
    return LinearFit(joined, bias.astype(np.float32))


def network_rows(gold: Gold, encode: Encode, dim: int) -> Matrix:
    """Rows that heads read, of held-out texts; zero elsewhere."""
    rows = np.zeros((len(gold.texts), ROW_PARTS * dim), np.float32)
    places = np.flatnonzero(gold.held_out)
    rows[places] = encode([gold.words[place] for place in places])[:, dim:]
    return rows


def main() -> None:
    """Read the options, take the heads out, and fit what is blended with them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--before", type=Path, required=True, help="gold of the stored models")
    parser.add_argument("--gold", type=Path, default=GOLD, help="gold that new parts learn from")
    parser.add_argument("--real", type=Path, required=True, help="folder of rebuilt real texts")
    parser.add_argument("--out", type=Path, default=Path("models"))
    parser.add_argument("--only", nargs="*", choices=sorted(LABELS), default=sorted(LABELS))
    parser.add_argument("--date", default=date.today().isoformat(), help="date for the card")
    options = parser.parse_args()
    encoder = load_minilm(options.out / NETWORK)
    encode, dim = encoder.encode_deep, encoder.dim
    variant = Variant("", f"{encoder.name} {encoder.revision}", encode, dim=dim)
    of_sentences = {target.name for target in SENTENCE_TARGETS}
    for kind, read, asked in (
        ("sentences", gold_of_sentences, of_sentences.intersection(options.only)),
        ("passages", gold_of_passages, set(options.only) - of_sentences),
    ):
        if not asked:
            continue
        then, now = (
            gold_paths(folder, options.real, kind) for folder in (options.before, options.gold)
        )
        old, new = read(then), read(now)
        old_rows, new_rows = lower_rows(old, new)
        rows = network_rows(new, encode, dim)
        for place, labels in enumerate(new.labels):
            name = labels.target.name
            if name not in asked:
                continue
            with tempfile.TemporaryDirectory() as folder:
                once = argparse.Namespace(**{**vars(options), "out": Path(folder)})
                once.hashes = {path.name: file_hash(committed(path)) for path in then}
                train(old.labels[place], old, old_rows, variant, once)
                linear = load_model(Path(folder) / name, encode=encode)
            stored = load_model(options.out / name, encode=encode)
            head = head_of(stored, linear, dim)
            read_rows = np.hstack([rows * HEADS_SCALE, new.features[name]])
            logits = (read_rows @ head.weights.T + head.bias).astype(np.float32)
            heads = Heads(head, dim, HEADS_SCALE, logits)
            options.hashes = {path.name: file_hash(committed(path)) for path in now}
            train(labels, new, new_rows, variant, options, heads=heads)


if __name__ == "__main__":
    main()
