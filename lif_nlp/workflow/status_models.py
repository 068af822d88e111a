"""Trained reading of position, progress and effect, beside the rules.

Three small linear models read a sentence or a cell: its vector, its words, and what the rules
made of it.  They were taught with invented sentences of trackers, responses, audits and letters
(`corpora/gold/ledger_sentences_*.jsonl`, `scripts/train_status.py`).  The vectors are those of
MiniLM as published, or of the small encoder: neither changes with the network that labels
findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from lif_nlp.about import MODELS
from lif_nlp.annotate.models.linear import LinearModel, load_model
from lif_nlp.framework.status import FIELDS, StatusLanguage
from lif_nlp.ledger.status import StatusReading, plain, read_by_rules
from lif_nlp.model_files import STATUS_QUESTIONS
from lif_nlp.protocols import Encode, deep_encode

SMALL = "-static"
"""End of the names of the models that read vectors of the small encoder."""

NAMES = (
    *(f"{name}:{value}" for name, values in FIELDS.items() for value in values),
    *(f"cell:{value}" for value in FIELDS["progress"]),
    "case",
    "length",
)
"""Names of the columns that rules give, in the order of `status_features`."""

MAX_LENGTH = 20
"""Words from which a text counts as long: cells are short, and say less of who speaks."""

BATCH = 256
"""Texts that are encoded at once."""


def status_features(text: str, language: StatusLanguage) -> list[float]:
    """What the rules make of a text, a column for each value, and its length (0..1)."""
    reading = read_by_rules(text, language)
    cell = language.cell_words.get(text.lower().strip(" ."), "")
    row = [
        float(getattr(reading, name) == value)
        for name, values in FIELDS.items()
        for value in values
    ]
    row += [float(cell == value) for value in FIELDS["progress"]]
    return [*row, float(bool(reading.held)), min(len(text.split()), MAX_LENGTH) / MAX_LENGTH]


@dataclass
class StatusModels:
    """The three models and the encoder whose vectors they read.

    What was read is kept, so that a text which stands in several versions is read once.
    """

    models: Mapping[str, LinearModel]
    encode: Encode
    _values: dict[str, dict[str, str]] = field(default_factory=dict)

    def prepare(self, texts: Iterable[str], language: StatusLanguage) -> None:
        """Read many texts at once, which takes less time than one by one."""
        new = list(dict.fromkeys(plain(text) for text in texts if plain(text) not in self._values))
        for start in range(0, len(new), BATCH):
            self._read(new[start : start + BATCH], language)

    def read(self, text: str, language: StatusLanguage) -> StatusReading:
        """Position, progress and effect of a text.

        A rule that a partnership wrote itself goes before the models, and before our rules.
        """
        key = plain(text)
        rules = read_by_rules(key, language)
        if key not in self._values:
            self._read([key], language)
        values = {**self._values[key], **rules.own}
        held = "" if any(values.values()) else rules.held
        return StatusReading(**values, rules=rules.rules, held=held, own=rules.own)

    def _read(self, texts: Sequence[str], language: StatusLanguage) -> None:
        extra = np.asarray([status_features(text, language) for text in texts], np.float32)
        vectors = self.encode(texts)
        read: list[dict[str, str]] = [{} for _ in texts]
        for question, model in self.models.items():
            probabilities = model.probabilities(texts, vectors=vectors, extra=extra)
            scores = probabilities / np.asarray(model.thresholds, np.float32)
            for values, best in zip(read, scores.argmax(axis=1), strict=True):
                values[question] = model.labels[best]
        self._values.update(zip(texts, read, strict=True))


def load_status_models(encoder: str, models: Path = MODELS) -> StatusModels:
    """The models for a workspace's encoder: MiniLM's, or those of the small encoder.

    Raises ModelError for a model or an encoder that is missing or was altered.
    """
    return StatusModels(*_load(encoder == "minilm", models))


@cache
def _load(large: bool, models: Path) -> tuple[Mapping[str, LinearModel], Encode]:
    encode = encoder_of(large)
    suffix = "" if large else SMALL
    folders = {question: models / f"status-{question}{suffix}" for question in STATUS_QUESTIONS}
    return {
        question: load_model(folder, encode=encode) for question, folder in folders.items()
    }, encode


def encoder_of(large: bool) -> Encode:
    """The vectors that the models read: deep rows of MiniLM as published, or the small ones."""
    if large:
        from lif_nlp.embed.minilm import load_minilm

        return load_minilm(None).encode_deep
    from lif_nlp.embed.static import load_static

    return deep_encode(load_static())
