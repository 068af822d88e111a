"""What the words of a unit say for each role: cues as features and as plain weights."""

from __future__ import annotations

from collections.abc import Mapping

from lif_nlp.annotate.cues import cues, hits
from lif_nlp.annotate.phrase import Phrase
from lif_nlp.records import ROLES

_FILE = "role_cues.toml"
_MOST = 2

NAMES: tuple[str, ...] = (
    *(f"{cue.name}:{part}" for cue in cues(_FILE) for part in ("count", "late", "first")),
    "length",
)
"""Names of the columns of `role_features`."""


def role_features(phrase: Phrase) -> list[float]:
    """One row of numbers in 0..1, in the order of `NAMES`.

    For each cue: how often it is met (three times or more is 1), how late it is last
    met (a sentence is judged by what it ends on), and whether it opens the sentence.
    """
    length = max(1, len(phrase.words))
    row: list[float] = []
    for cue in cues(_FILE):
        places = hits(cue, phrase)
        row += [
            min(len(places), 3) / 3,
            places[-1][0] / length if places else 0.0,
            1.0 if places and places[0][0] < 4 else 0.0,
        ]
    return [*row, min(length, 60) / 60]


def cue_scores(phrase: Phrase) -> Mapping[str, float]:
    """Sum of the cue weights per role; used where no trained model is there."""
    sums = dict.fromkeys(ROLES, 0.0)
    sums["context"] = 0.5
    for cue in cues(_FILE):
        count = min(len(hits(cue, phrase)), _MOST)
        for role, weight in cue.weight.items():
            sums[role] += weight * count
    return sums


def strongest_cue(phrase: Phrase, role: str) -> tuple[int, int] | None:
    """Tokens (first, after last) of the weightiest cue for a role, or None."""
    met = [
        (cue.weight.get(role, 0.0), -place[0], place)
        for cue in cues(_FILE)
        for place in hits(cue, phrase)
        if cue.weight.get(role, 0.0) > 0
    ]
    return max(met)[2] if met else None
