"""Trained reading of the several sentences of an answer together.

A board manager who has read all of it enters one position and one progress, and these are often
not those of the first sentence: "We support the aim. We cannot promise it." For each question a
linear model reads what the sentences say one by one, what they say as one text, and its vector.
It was taught with passages whose sentences and whole were marked
(`corpora/gold/ledger_answers_*.jsonl`, `scripts/train_passages.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lif_nlp.annotate.models.features import Matrix
from lif_nlp.framework.status import FIELDS, StatusLanguage
from lif_nlp.ledger.status import plain, read_by_rules

PARTS = ("likeliest", "whole", "first", "last", "mean")
"""What is told of each value: its likeliest sentence, the text as one, the first and the last
sentence that say something, and the mean of all."""

LEAST = 1e-3
"""Least probability whose logarithm is taken: below it a model says no, however sure."""

MANY = 5
"""Sentences from which a passage counts as long; those it was taught with have no more."""


def passage_names(question: str) -> tuple[str, ...]:
    """Names of the columns of `passage_features`."""
    values = ("nothing", *FIELDS[question])
    told = (f"{part}:{value}" for part in PARTS for value in values)
    return (*told, *(f"rule:{value}" for value in FIELDS[question]), "sentences")


def passage_features(
    question: str,
    units: Sequence[str],
    scores: Mapping[str, Mapping[str, Matrix]],
    language: StatusLanguage,
) -> Matrix:
    """What the sentences of a passage say of a question, one by one and as one text.

    Parameters
    ----------
    question
        One of `PASSAGE_QUESTIONS`.
    units
        The sentences in their order, at least one.
    scores
        Probability of nothing and of each value, by text and question, for each sentence and for
        the sentences as one text; texts as `plain` gives them.
    language
        The rules.
    """
    rows = np.stack([scores[plain(unit)][question] for unit in units])
    whole = scores[plain(" ".join(units))][question]
    telling = np.flatnonzero(rows.argmax(axis=1) > 0)
    first, last = (telling[0], telling[-1]) if len(telling) else (0, len(rows) - 1)
    told = np.log(np.maximum([rows.max(axis=0), whole, rows[first], rows[last]], LEAST))
    by_rules = [getattr(read_by_rules(plain(unit), language), question) for unit in units]
    rules = [float(value in by_rules) for value in FIELDS[question]]
    share = min(len(units), MANY) / MANY
    return np.concatenate([told.ravel(), rows.mean(axis=0), rules, [share]]).astype(np.float32)
