"""How likely a sentence is to be understood alone, by where it stands in its report too.

The first sentence of a paragraph stands alone more often than those that follow it, whatever its
words.  A linear model reads the words as `stands_alone` does, the place, and the sentence's vector
where the workspace has one.  Weights and card lie in `in_report.json`; `scripts/train_in_report.py`
makes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit

from lif_nlp.briefs.quoting.stands_alone import features_of, probability_alone
from lif_nlp.protocols import Vectors

WEIGHTS = Path(__file__).with_name("in_report.json")
"""Weights by the kind of vector, training data by hash, figures and limits of the model."""

NO_VECTORS = "none"
"""Name of the weights that need no vectors."""

_ASKS = re.compile(r"(?i)recommend|action|\basks?\b")
_TEACHES = re.compile(r"(?i)learn|lesson|finding|message|conclusion")


class Place(NamedTuple):
    """Where a sentence stands: its number in its paragraph from 0, of how many, and the heading."""

    at: int
    of: int
    heading: str = ""


def features_in_report(text: str, place: Place) -> dict[str, float]:
    """What is counted in a sentence and its place, by name.

    >>> features_in_report("The plan drifts.", Place(0, 2))["place:opens_paragraph"]
    1.0
    """
    opens_the = text[:4] == "The "
    told = {
        "opens_paragraph": place.at == 0,
        "second": place.at == 1,
        "later": place.at > 1,
        "only_one": place.of == 1,
        "how_late": place.at / max(1, place.of),
        "asked": bool(_ASKS.search(place.heading)),
        "taught": bool(_TEACHES.search(place.heading)),
        "the_opens": opens_the and place.at == 0,
        "the_later": opens_the and place.at > 0,
    }
    return features_of(text) | {f"place:{name}": float(value) for name, value in told.items()}


def places_of(spans: Sequence[tuple[int, int]], headings: Sequence[str]) -> list[Place]:
    """The place of each sentence of a report, given in order by first and last character.

    Sentences of one paragraph have one character between them.

    >>> [place.at for place in places_of([(0, 4), (5, 9), (11, 15)], ["", "", ""])]
    [0, 1, 0]
    """
    paragraphs: list[list[int]] = []
    for n, (start, _) in enumerate(spans):
        goes_on = n > 0 and start == spans[n - 1][1] + 1 and headings[n] == headings[n - 1]
        if goes_on:
            paragraphs[-1].append(n)
        else:
            paragraphs.append([n])
    return [Place(at, len(own), headings[n]) for own in paragraphs for at, n in enumerate(own)]


VectorsOf = Callable[[Sequence[str], str, int], Vectors]
"""Stored vectors of sentences by an encoder's name, with so many columns; zeros where unknown."""


@dataclass(frozen=True)
class Standing:
    """How likely the sentences of a report are to be understood alone, worked out once for each.

    Without `vectors_of` words and places alone are read.
    """

    vectors_of: VectorsOf | None = None
    encoder: str = ""
    _known: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

    def of(self, text: str, doc_id: str, rows_of: Callable[[str], pd.DataFrame]) -> float:
        """Probability, 0..1, for a sentence of a report; `rows_of` gives the report's findings."""
        if doc_id not in self._known:
            self._known[doc_id] = self._all_of(rows_of(doc_id).sort_values("start"))
        known = self._known[doc_id].get(text)
        return probability_alone(text) if known is None else known

    def _all_of(self, rows: pd.DataFrame) -> dict[str, float]:
        """The same for every finding of a report, by its words."""
        texts = [str(text) for text in rows["text"]]
        spans = list(zip(rows["start"].astype(int), rows["end"].astype(int), strict=True))
        places = places_of(spans, [str(heading or "") for heading in rows["heading"]])
        columns = vector_columns(self.encoder)
        vectors = (
            self.vectors_of(texts, self.encoder, columns) if self.vectors_of and columns else None
        )
        found = probabilities_in_report(texts, places, vectors, self.encoder)
        return dict(zip(texts, map(float, found), strict=True))


def probabilities_in_report(
    texts: Sequence[str], places: Sequence[Place], vectors: Vectors | None, encoder: str
) -> npt.NDArray[np.float64]:
    """Probability, 0..1, that each sentence is understood without the report, shape (n,).

    Parameters
    ----------
    texts, places
        The sentences, and where each stands.
    vectors
        One row for each sentence, zeros where none is known, or None.
    encoder
        What made the vectors; those of an encoder that has no weights are not read.
    """
    if not texts:
        return np.zeros(0)
    own = _weights(NO_VECTORS)
    rows = [features_in_report(*pair) for pair in zip(texts, places, strict=True)]
    plain = _logits(rows, own)
    known = _weights(encoder)
    if vectors is None or known is None or not known["vector"]:
        return np.asarray(expit(plain))
    read = _logits(rows, known) + vectors @ np.asarray(known["vector"])
    has_vector = np.any(vectors != 0, axis=1)
    return np.asarray(expit(np.where(has_vector, read, plain)))


def vector_columns(encoder: str) -> int:
    """Columns of the vectors of an encoder that has weights here; else 0."""
    known = _weights(encoder)
    return len(known["vector"]) if known else 0


def _logits(
    rows: Sequence[dict[str, float]], weights: dict[str, Any] | None
) -> npt.NDArray[np.float64]:
    """Words and places times weights, with the constant."""
    if weights is None:
        return np.zeros(len(rows))
    by_name: dict[str, float] = weights["weights"]
    sums = [sum(weight * row[name] for name, weight in by_name.items()) for row in rows]
    return np.asarray(sums) + float(weights["constant"])


@cache
def _weights(encoder: str) -> dict[str, Any] | None:
    """The weights for one kind of vector; None where there are none."""
    stored: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    found: dict[str, Any] | None = stored["by_encoder"].get(encoder)
    return found
