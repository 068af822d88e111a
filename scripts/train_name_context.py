"""Train the guard's third witness, and say how it does on sets that it has not met.

    python scripts/train_name_context.py

Logistic regression over how a word is written, the lists that have it and what stands beside it
(`lif_nlp.circulation.name_context`).  It learns from the invented sentences of
`corpora/gold/circulation_*.jsonl`, of which nothing says which word is the name: in a harmless one
no word is, in one that names somebody the likeliest word is taken for it, and the model is fitted
again.  `corpora/gold/name_frames.toml` adds frames filled with names and with words that are names
too, and citations, in which a name is nobody's here.  The table printed leaves one set out in turn,
alone and beside rules.  The rules were written with the first six sets; of the last three some gaps
were mended after the table had been read (METHODS.md has the figures from before).
"""

from __future__ import annotations

import json
import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from lif_nlp.about import GOLD
from lif_nlp.circulation import known_words
from lif_nlp.circulation.circumstances import identifying_circumstances, without_letters
from lif_nlp.circulation.guard import IS_DOUBTFUL
from lif_nlp.circulation.name_context import FILE, doubtful_words
from lif_nlp.circulation.names import identifying_names
from lif_nlp.circulation.numbers import identifying_numbers
from lif_nlp.framework import load_framework
from lif_nlp.ids import file_hash

FRAMES = GOLD / "name_frames.toml"

NAMED = frozenset(
    {
        "addr", "address", "allcaps_name", "church", "club", "first_name", "init", "initials",
        "lowercase_name", "month", "name", "named_team", "nick", "nickname", "nursery", "operation",
        "other_script", "place", "role_name", "school", "script", "surgery", "surname", "team",
        "titled_name", "village", "word", "word_name",
    }
)  # fmt: skip
"""Kinds of detail that a word of the sentence shows."""

PENALTY = 0.33
"""L2 penalty; 1 knew 0.01 fewer names, 0.1 lost more harmless sentences (sets left out)."""

FEWEST = 3
"""Words at which a feature must be met."""

ROUNDS = 3
"""Fits; after each the likeliest words of sentences with a name are found anew.  By hand."""

SURE = 0.6
"""Probability from which a further word of a sentence with a name counts as one."""

FILLED = 6
"""Times that each frame is filled."""

WEIGHT_OF_FRAMES = 0.4
"""Weight of a word of a frame beside 1 of a sentence; 0.15 and 1 knew 0.01 fewer names."""

SMALLEST = 0.02
"""Weights below it are left out of the file."""

Features = tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence with its set, its answer and the features of its words."""

    group: str
    text: str
    identifies: bool
    has_name: bool
    words: tuple[Features, ...]


@dataclass(frozen=True)
class Fit:
    """A fitted model and the columns of its features."""

    model: LogisticRegression
    columns: dict[str, int]

    def matrix(self, rows: Sequence[Features]) -> csr_matrix:
        """One row of ones for each word."""
        return _matrix(rows, self.columns)

    def highest(self, sentence: Sentence) -> float:
        """Probability of the word that is likeliest a name."""
        if not sentence.words:
            return 0.0
        return float(self.model.predict_proba(self.matrix(sentence.words))[:, 1].max())


KNOWN = known_words(load_framework())


def main() -> None:
    """Leave each set out in turn, then train on all and write the model."""
    paths = sorted(GOLD.glob("circulation_*.jsonl"))
    sentences = [_sentence(path.stem, line) for path in paths for line in _lines(path)]
    frames = _frames("people", "places", "notes"), _frames("citations")
    for group in sorted({one.group for one in sentences}):
        _print_left_out(group, sentences, frames)
    fitted = fit(sentences, frames)
    weights = fitted.model.coef_[0]
    stored = {
        "bias": round(float(fitted.model.intercept_[0]), 4),
        "weights": {
            feature: round(float(weights[column]), 3)
            for feature, column in fitted.columns.items()
            if abs(weights[column]) >= SMALLEST
        },
        "facts": {
            "sentences": len(sentences),
            "data": {path.name: file_hash(path) for path in (*paths, FRAMES)},
        },
    }
    FILE.write_text(json.dumps(stored, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{FILE}: {len(stored['weights'])} features of {len(sentences)} sentences")


def fit(
    sentences: Sequence[Sentence], frames: tuple[Sequence[Features], Sequence[Features]]
) -> Fit:
    """Fit on sentences whose names are not marked, and on words of frames: names, and citations."""
    names, citations = frames
    rows: list[Features] = [*names, *citations]
    answers = [1.0] * len(names) + [0.0] * len(citations)
    named: list[range] = []
    for sentence in sentences:
        if sentence.identifies and sentence.has_name and sentence.words:
            named.append(range(len(rows), len(rows) + len(sentence.words)))
            answers += [np.nan] * len(sentence.words)
        elif not sentence.identifies:
            answers += [0.0] * len(sentence.words)
        else:
            continue
        rows += sentence.words
    counts = Counter(feature for row in rows for feature in row)
    met = sorted(feature for feature, count in counts.items() if count >= FEWEST)
    columns = {feature: column for column, feature in enumerate(met)}
    matrix, known = _matrix(rows, columns), np.asarray(answers)
    weights = np.ones(len(rows))
    weights[: len(names) + len(citations)] = WEIGHT_OF_FRAMES
    model = _fitted(matrix, known, weights)
    for _ in range(ROUNDS - 1):
        shares = model.predict_proba(matrix)[:, 1]
        guessed = known.copy()
        for places in named:
            guessed[[place for place in places if shares[place] > SURE]] = 1
            guessed[max(places, key=lambda place: shares[place])] = 1
        model = _fitted(matrix, guessed, weights)
    return Fit(model, columns)


def _fitted(
    matrix: csr_matrix, answers: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]
) -> LogisticRegression:
    used = ~np.isnan(answers)
    model = LogisticRegression(C=1 / PENALTY, max_iter=300, solver="liblinear")
    return model.fit(matrix[used], answers[used], sample_weight=weights[used])


def _matrix(rows: Sequence[Features], columns: dict[str, int]) -> csr_matrix:
    places, ends = [], [0]
    for row in rows:
        places += [columns[feature] for feature in row if feature in columns]
        ends.append(len(places))
    return csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), len(columns)))


def _frames(*kinds: str) -> list[Features]:
    """Features of the names in frames of some kinds, each filled several times."""
    tables = tomllib.loads(FRAMES.read_text("utf-8"))
    pools = [tables["names"].split(), tables["words"].split()]
    drawn = random.Random(1)
    return [
        features
        for kind in kinds
        for frame in tables[kind].strip().splitlines()
        for _ in range(FILLED)
        for features in _filled(frame, pools, drawn, is_small=kind == "notes")
    ]


def _filled(
    frame: str, pools: Sequence[Sequence[str]], drawn: random.Random, *, is_small: bool
) -> Iterator[Features]:
    names = [drawn.choice(drawn.choice(pools)) for _ in range(frame.count("{}"))]
    names = [name.lower() for name in names] if is_small else names
    low = {name.lower() for name in names}
    for word, features in doubtful_words(frame.format(*names), KNOWN):
        base = word.lower().replace("’", "'").removesuffix("'s")
        if base in low or base.removesuffix("s") in low:
            yield features


def _print_left_out(
    group: str,
    sentences: Sequence[Sentence],
    frames: tuple[Sequence[Features], Sequence[Features]],
) -> None:
    out = [one for one in sentences if one.group == group]
    fitted = fit([one for one in sentences if one.group != group], frames)
    heard = np.asarray([fitted.highest(one) >= IS_DOUBTFUL for one in out])
    ruled = np.asarray([_rules_keep_in(one.text) for one in out])
    answers = np.asarray([one.identifies for one in out])
    named = np.asarray([one.identifies and one.has_name for one in out])
    print(
        f"{group}: alone {heard[named].mean():.3f} of the named, "
        f"lost {heard[~answers].mean():.3f}; "
        f"rules {ruled[answers].mean():.3f}, lost {ruled[~answers].mean():.3f}; "
        f"both {(heard | ruled)[answers].mean():.3f}, lost {(heard | ruled)[~answers].mean():.3f}"
    )


def _rules_keep_in(text: str) -> bool:
    return bool(
        identifying_names(text, KNOWN)
        or identifying_numbers(text)
        or identifying_circumstances(text)
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _sentence(group: str, line: str) -> Sentence:
    row = json.loads(line)
    kinds = {row["kind"]} if isinstance(row["kind"], str) else set(row["kind"])
    features = tuple(
        features for _, features in doubtful_words(without_letters(row["text"]), KNOWN)
    )
    return Sentence(group, row["text"], row["identifying"], not NAMED.isdisjoint(kinds), features)


if __name__ == "__main__":
    main()
