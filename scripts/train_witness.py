"""Train the guard's second witness, and say how it does on sets that it has not met.

    python scripts/train_witness.py

Logistic regression over masked words, word pairs and the shape of a sentence
(`lif_nlp.circulation.witness`), on the invented sentences of `corpora/gold/circulation_*.jsonl`,
which several hands wrote.  The table printed leaves one set out in turn; rules do not speak in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from lif_nlp.about import GOLD
from lif_nlp.circulation.circumstances import without_letters
from lif_nlp.circulation.guard import ALIKE_COUNTS, IS_DOUBTFUL
from lif_nlp.circulation.witness import FILE, WORDS_SCALE, shape_of, word_features
from lif_nlp.ids import file_hash

ENOUGH = IS_DOUBTFUL / ALIKE_COUNTS
"""Probability from which the witness alone keeps a sentence in."""

PENALTY = 0.5
"""L2 penalty; 0.25 and 1 gave the same area under the curve within 0.003."""

FEWEST = 3
"""Sentences in which a feature must stand."""

Bools = npt.NDArray[np.bool_]


def main() -> None:
    """Leave each set out in turn, then train on all and write the model."""
    paths = sorted(GOLD.glob("circulation_*.jsonl"))
    rows = [(path.stem, *_row(line)) for path in paths for line in _lines(path)]
    sets = np.asarray([name for name, *_ in rows])
    texts = [text for _, text, _ in rows]
    answers = np.asarray([answer for *_, answer in rows], bool)
    for name in sorted(set(sets)):
        out = sets == name
        shares = fit(texts, answers, ~out)[2](out)
        kept_in, lost = (float((shares[answers[out] == a] >= ENOUGH).mean()) for a in (True, False))
        area = roc_auc_score(answers[out], shares)
        print(
            f"{name}: area {area:.3f}; alone at {ENOUGH:.2f}: "
            f"kept in {kept_in:.2f}, lost {lost:.2f}"
        )
    words, model, _ = fit(texts, answers, np.ones(len(texts), bool))
    weights = model.coef_[0]
    stored = {
        "bias": round(float(model.intercept_[0]), 4),
        "shape": [round(float(weight), 4) for weight in weights[len(words) :]],
        "words": {word: round(float(w), 3) for word, w in zip(words, weights, strict=False)},
        "facts": {"sentences": len(texts), "data": {path.name: file_hash(path) for path in paths}},
    }
    FILE.write_text(json.dumps(stored, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{FILE}: {len(words)} features of {len(texts)} sentences")


def fit(
    texts: Sequence[str], answers: Bools, used: Bools
) -> tuple[list[str], LogisticRegression, Callable[[Bools], npt.NDArray[np.float64]]]:
    """Fit on the sentences `used`: features, model, and a function that gives shares of others."""
    features = [word_features(text) for text in texts]
    counts = Counter(feature for place in np.flatnonzero(used) for feature in features[place])
    words = sorted(feature for feature, count in counts.items() if count >= FEWEST)
    columns = {word: column for column, word in enumerate(words)}
    shapes = np.asarray([shape_of(text) for text in texts])

    def rows_of(places: npt.NDArray[np.int_]) -> csr_matrix:
        data, row_places, column_places = [], [], []
        for row, place in enumerate(places):
            known = [columns[feature] for feature in features[place] if feature in columns]
            data += [WORDS_SCALE / sqrt(max(1, len(known)))] * len(known)
            row_places += [row] * len(known)
            column_places += known
        shape = (len(places), len(words))
        word_rows = csr_matrix((data, (row_places, column_places)), shape=shape)
        return hstack([word_rows, csr_matrix(shapes[places])]).tocsr()

    model = LogisticRegression(C=1 / PENALTY, max_iter=3000)
    model.fit(rows_of(np.flatnonzero(used)), answers[used])
    return words, model, lambda out: model.predict_proba(rows_of(np.flatnonzero(out)))[:, 1]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _row(line: str) -> tuple[str, bool]:
    row = json.loads(line)
    return without_letters(row["text"]), row["identifying"]


if __name__ == "__main__":
    main()
