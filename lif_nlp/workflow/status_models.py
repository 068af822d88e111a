"""Trained reading of position, progress and effect, beside the rules.

Three small linear models read a sentence or a cell: its vector, its words, and what the rules
made of it.  They were taught with invented sentences of trackers, responses, audits and letters
(`corpora/gold/ledger_sentences_*.jsonl`, `scripts/train_status.py`).  The vectors are those of the
small encoder and, in the profile `accurate`, of a network of its own (`models/status-network`):
neither changes with the network that labels findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from lif_nlp.about import MODELS
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel, load_model
from lif_nlp.framework.status import FIELDS, StatusLanguage
from lif_nlp.ledger.shares import shares_in
from lif_nlp.ledger.status import StatusReading, plain, read_by_rules
from lif_nlp.model_files import STATUS_NETWORK, STATUS_QUESTIONS
from lif_nlp.protocols import Encode, deep_encode

SMALL = "-static"
"""End of the names of the models that read vectors of the small encoder."""

NAMES = (
    *(f"{name}:{value}" for name, values in FIELDS.items() for value in values),
    *(f"cell:{value}" for value in FIELDS["progress"]),
    "case",
    "share:low",
    "share:middle",
    "share:high",
    "share:differs",
    "length",
)
"""Names of the columns that rules give, in the order of `status_features`."""

LOW_SHARE, HIGH_SHARE = 0.45, 0.8
"""Share (0..1) of files or children up to which it is small, and from which nearly all; judgement,
November 2026.  The models learn what it says of practice beside the words."""

EXPECTED_LIMIT = {"position": 0.7, "progress": 0.85, "effect": 0.5}
"""Probability of saying nothing below which a field that is expected is read all the same.
Chosen on invented cases, November 2026; lower reads less."""

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
    shares = shares_in(text)
    first = shares[0] if shares else -1.0
    is_low, is_high = 0 <= first <= LOW_SHARE, first >= HIGH_SHARE
    row += [float(bool(reading.held)), float(is_low), float(bool(shares) and not is_low | is_high)]
    row += [float(is_high), float(len(set(shares)) > 1)]
    return [*row, min(len(text.split()), MAX_LENGTH) / MAX_LENGTH]


@dataclass
class StatusModels:
    """The models by encoder, each three, with the vectors that they read.

    With two encoders their probabilities are averaged: they err in different sentences.  What
    was read is kept, so that a text which stands in several versions is read once.
    """

    models: Sequence[tuple[Mapping[str, LinearModel], Encode]]
    _scores: dict[str, dict[str, Matrix]] = field(default_factory=dict)

    def prepare(self, texts: Iterable[str], language: StatusLanguage) -> None:
        """Read many texts at once, which takes less time than one by one."""
        new = list(dict.fromkeys(plain(text) for text in texts if plain(text) not in self._scores))
        for start in range(0, len(new), BATCH):
            self._read(new[start : start + BATCH], language)

    def read(self, text: str, language: StatusLanguage, expected: str = "") -> StatusReading:
        """Position, progress and effect of a text; `expected` is read where it is in doubt.

        A rule that a partnership wrote itself goes before the models, and before our rules.
        """
        key = plain(text)
        rules = read_by_rules(key, language)
        if key not in self._scores:
            self._read([key], language)
        values = {
            question: value_of(question, scores, is_expected=question == expected)
            for question, scores in self._scores[key].items()
        }
        if expected == "effect" and not values["effect"]:
            # where a verdict is expected, one that the rules know stands
            values["effect"] = rules.effect
        if values["effect"] in ("improved", "not embedded"):
            values["effect"] = _by_share(key) or values["effect"]
        end = float(self._scores[key]["progress"][1 + FIELDS["progress"].index("done")])
        if values["progress"] == "done" and (end < DONE_LIMIT or _NO_END.search(key)):
            # a claim of an end must be plain: what is denied, dropped or still to come is none
            values["progress"] = _second_best(self._scores[key]["progress"])
        if rules.progress == "done" and _REPLACED.search(key):
            # a form that was replaced is the change that was asked for, no step given up
            values["progress"] = "done"
        values.update(rules.own)
        held_back = "" if any(values.values()) else rules.held
        return StatusReading(
            **values, rules=rules.rules, held=held_back, by_rule=rules.position, own=rules.own
        )

    def _read(self, texts: Sequence[str], language: StatusLanguage) -> None:
        extra = np.asarray([status_features(text, language) for text in texts], np.float32)
        sums: dict[str, Matrix] = {}
        weights = range(1, len(self.models) + 1)  # the large encoder's count twice
        for weight, (models, encode) in zip(weights, self.models, strict=True):
            vectors = encode(texts)
            for question, model in models.items():
                scores = weight * model.probabilities(texts, vectors=vectors, extra=extra)
                sums[question] = sums.get(question, np.zeros_like(scores)) + scores
        for place, text in enumerate(texts):
            self._scores[text] = {
                question: total[place] / sum(weights) for question, total in sums.items()
            }


def _by_share(text: str) -> str:
    """The verdict that a plain share of files or children gives, or an empty string.

    Of 24 sentences with a verdict and a high share, none of them denied, 23 tell of practice that
    is as it should be; of 14 with a low one, 13 that it is not (invented, November 2026).
    """
    shares = shares_in(text)
    if not shares or _DENIED.search(text):
        return ""
    if shares[0] >= HIGH_SHARE:
        return "improved"
    return "not embedded" if shares[0] <= LOW_SHARE and len(shares) == 1 else ""


_DENIED = re.compile(
    r"\b(?:not?|never|nobody|nothing|without|missing|lack\w*|fail\w*|still|late|unaware|absent"
    r"|gaps?|blank|empty|neither|nor|cannot|overdue|delay\w*|wrong|out of date|unsigned|forgot\w*"
    r"|left out|omitted|wait\w*|old|stale|more than|over|but|yet|although|while)\b|n’t\b",
    re.IGNORECASE,
)
"""Words with which a share may be one of what is wrong, or not all that is said."""


def value_of(question: str, scores: Matrix, *, is_expected: bool) -> str:
    """The likeliest value, or an empty string; nothing must be likelier where one is expected.

    A value that claims an end is never taken for being expected: silence is no end.
    """
    values = ("", *FIELDS[question])
    likeliest = values[int(scores.argmax())]
    if is_expected and scores[0] < EXPECTED_LIMIT[question]:
        best_value = values[1 + int(scores[1:].argmax())]
        return likeliest if best_value in ENDS else best_value
    return likeliest


_NO_END = re.compile(
    r"^(?:not|never|no|none|nobody|nothing|dropped|abandoned|stopped|cancelled|withdrawn)\b"
    r"|^(?:still )?(?:wait|await)\w*\b|\bno longer\b"
    r"|\b(?:not|never) (?:yet |been |been yet |fully |all |quite )?(?:sent|started|begun|done|met"
    r"|held|written|agreed|issued|completed?|finished|in place|recruited|signed|approved|ready)\b"
    r"|\byet to (?:be )?\w+|\bstill (?:to|being|waiting|awaiting|in draft)\b"
    r"|\b(?:rest|others?|remainder) (?:to follow|by|in|will|are due|due)\b"
    r"|\bonce (?:\w+ ){1,4}(?:is|are|has|have)\b|^once \w+ed\b|\bnobody (?:has|is|was)\b",
    re.IGNORECASE,
)
"""Words with which a step is not at its end, whatever else the sentence tells."""


_REPLACED = re.compile(r"\b(?:was|were|been) (?:\w+ )?replaced (?:by|with)\b", re.IGNORECASE)

DONE_LIMIT = 0.7
"""Least probability of an end that is taken for one: in doubt it is none.  Of 16 claims in cells of
24 invented cases (November 2026) one right one is lost by it and one wrong one goes."""


def _second_best(scores: Matrix) -> str:
    """The likeliest progress that claims no end."""
    values = ("", *FIELDS["progress"])
    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    return next(values[place] for place in order if values[place] not in ENDS)


ENDS = ("done", "verified", "closed with risk", "improved")
"""Values that claim an end: taken only where they are likelier than nothing."""


def load_status_models(encoder: str, models: Path = MODELS) -> StatusModels:
    """The models for a workspace's encoder: the small encoder's, and with MiniLM the network's.

    Raises ModelError for a model or an encoder that is missing or was altered.
    """
    sizes = (False, True) if encoder == "minilm" else (False,)
    return StatusModels([_load(large, models) for large in sizes])


@cache
def _load(large: bool, models: Path) -> tuple[Mapping[str, LinearModel], Encode]:
    encode = encoder_of(large, models)
    suffix = "" if large else SMALL
    folders = {question: models / f"status-{question}{suffix}" for question in STATUS_QUESTIONS}
    loaded = {question: load_model(folder, encode=encode) for question, folder in folders.items()}
    return loaded, encode


@cache
def encoder_of(large: bool, models: Path = MODELS) -> Encode:
    """The vectors that the models read: deep rows of their network, or the small ones."""
    if large:
        from lif_nlp.embed.minilm import load_minilm

        return load_minilm(models / STATUS_NETWORK).encode_deep
    from lif_nlp.embed.static import load_static

    return deep_encode(load_static())
