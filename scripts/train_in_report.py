"""Train the test of whether a sentence of a review stands alone by its words, place and vector.

    python scripts/train_in_report.py corpora/gold/stands_alone_0[1235].jsonl --test \\
        corpora/gold/stands_alone_04.jsonl

The lines are those of `train_stands_alone.py`; those that no review of
`review_language_sentences_*` holds are left out, since their place is not known.  Figures are taken
on documents left out in ten parts, and on `--test`, whose documents are left out too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from lif_nlp.briefs.quoting.in_report import NO_VECTORS, WEIGHTS, Place, features_in_report
from lif_nlp.embed import load_encoder
from lif_nlp.ids import file_hash

GOLD = Path(__file__).parents[1] / "corpora/gold"

STRENGTH = 0.02
"""Inverse of the L2 penalty on columns of unit variance, as are the two weights below; 0.01 and
0.03 differ by 0.003 in area under the curve (December 2026)."""

OF_PLACE, OF_VECTOR = 1.5, 0.35
"""Spread of the columns of place and of the vector, where those of the words have 1."""

PARTS = 10
"""Parts of the documents; each is left out once."""

Rows = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


def known_places() -> dict[str, tuple[str, Place]]:
    """The document and place of each sentence of the labelled reviews, by its words."""
    sentences: dict[str, dict[str, Any]] = {}
    for file in sorted(GOLD.glob("review_language_sentences_[0-9]*.jsonl")):
        sentences |= {row["id"]: row for row in _lines(file)}
    places = {}
    for file in sorted(GOLD.glob("review_language_passages_[0-9]*.jsonl")):
        for passage in _lines(file):
            own = [one for one in passage.get("sentences", ()) if one in sentences]
            for at, id in enumerate(own):
                row = sentences[id]
                place = Place(at, len(own), str(row.get("heading") or ""))
                places[row["text"]] = (str(row["doc"]), place)
    return places


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.open(encoding="utf-8")]


def table_of(lines: list[dict[str, Any]], places: dict[str, tuple[str, Place]]) -> Rows:
    """Words and place of each line, shape (n, columns)."""
    rows = [features_in_report(line["text"], places[line["text"]][1]) for line in lines]
    return np.asarray([list(row.values()) for row in rows])


def fit(rows: Rows, scales: Rows, truth: Truth) -> tuple[Rows, float]:
    """Weights for the rows as they are, and the constant; `scales` are the columns' spreads."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    factor = np.where(spread > 0, scales / np.where(spread > 0, spread, 1.0), 0.0)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit((rows - mean) * factor, truth)
    weights = model.coef_[0] * factor
    return weights, float(model.intercept_[0] - weights @ mean)


def left_out(rows: Rows, scales: Rows, truth: Truth, docs: list[str]) -> Rows:
    """Probability of each line by a model that has not seen its document."""
    found = np.zeros(len(truth))
    for train, test in GroupKFold(PARTS).split(rows, truth, docs):
        weights, constant = fit(rows[train], scales, truth[train])
        found[test] = 1.0 / (1.0 + np.exp(-(rows[test] @ weights + constant)))
    return found


def figures(truth: Truth, found: Rows) -> dict[str, float]:
    """Area under the curve, and how many of the surest third and tenth stand alone."""
    order = np.argsort(-found, kind="stable")
    shares = {
        f"of_the_surest_{part}": round(float(truth[order[: len(order) // part]].mean()), 3)
        for part in (3, 10)
    }
    return {"lines": len(truth), "area": round(float(roc_auc_score(truth, found)), 3)} | shares


def main() -> None:
    """Read the gold, measure, fit and store."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--test", type=Path, required=True)
    parser.add_argument("--date", default="2026-12-01")
    options = parser.parse_args()
    places = known_places()
    every = {line["text"]: line for file in options.gold for line in _lines(file)
             if not line.get("again") and line["text"] in places}  # fmt: skip
    lines = list(every.values())
    test = [line for line in _lines(options.test) if line["text"] in places]
    truth = np.asarray([bool(line["stands_alone"]) for line in lines])
    test_truth = np.asarray([bool(line["stands_alone"]) for line in test])
    docs = [places[line["text"]][0] for line in lines]
    tested = {places[line["text"]][0] for line in test}
    is_open = np.asarray([doc not in tested for doc in docs])
    words, test_words = table_of(lines, places), table_of(test, places)
    names = list(features_in_report("A plan.", Place(0, 1)))
    is_place = np.asarray([name.startswith("place:") for name in names])
    card_figures, by_encoder = {}, {}
    for encoder in (NO_VECTORS, "static", "minilm"):
        rows, test_rows, scales = words, test_words, np.where(is_place, OF_PLACE, 1.0)
        if encoder != NO_VECTORS:
            encode = load_encoder(encoder).encode
            rows = np.hstack([words, encode([line["text"] for line in lines])])
            test_rows = np.hstack([test_words, encode([line["text"] for line in test])])
            scales = np.concatenate([scales, np.full(rows.shape[1] - len(scales), OF_VECTOR)])
        weights, constant = fit(rows[is_open], scales, truth[is_open])
        found = 1.0 / (1.0 + np.exp(-(test_rows @ weights + constant)))
        card_figures[encoder] = {
            "documents_left_out": figures(truth, left_out(rows, scales, truth, docs)),
            "test": figures(test_truth, found),
        }
        weights, constant = fit(rows, scales, truth)
        by_encoder[encoder] = {
            "constant": round(constant, 4),
            "weights": {
                name: round(float(weight), 4)
                for name, weight in zip(names, weights[: len(names)], strict=True)
                if round(float(weight), 4)
            },
            "vector": [round(float(weight), 3) for weight in weights[len(names) :]],
        }
    card = {
        "what": "Logistic regression: can a reader understand a sentence of a practice review "
        "without the review, by its words, its place and its vector? It chooses quotes of briefs "
        "and judges nobody.",
        "data": {file.name: file_hash(file) for file in options.gold},
        "lines": len(lines),
        "stand_alone": int(truth.sum()),
        "trained": options.date,
        "limits": "Invented reviews; readers agree at 0.76. On real reviews expect less.",
        "figures": card_figures,
    }
    body = json.dumps(card, indent=1)[:-2]
    own = ",\n".join(f'  "{name}": {json.dumps(value)}' for name, value in by_encoder.items())
    text = f'{body},\n "by_encoder": {{\n{own}\n }}\n}}\n'
    WEIGHTS.write_text(text, encoding="utf-8")
    print(json.dumps(card_figures, indent=1))


if __name__ == "__main__":
    main()
