"""What the words of a unit say for each role: cues as features and as plain weights."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from lif_nlp.annotate.components.hindsight import hindsight_codes
from lif_nlp.annotate.grammatical_subject import (
    NOBODY,
    OTHER,
    PERSON,
    SERVICE,
    THING,
    side,
    subject,
)
from lif_nlp.annotate.imperatives import opens_with_imperative
from lif_nlp.annotate.rules.cues import Places, cues, places_of_cues
from lif_nlp.annotate.unit_tokens import Phrase
from lif_nlp.records import HINDSIGHT_CODES, ROLES
from lif_nlp.text.word_lists import words

_FILE = "role_cues.toml"
_MOST = 2
_ASKED = 4.0
"""What a plain request adds to "action", more than any single cue."""
_DENIALS = frozenset(["not", "never", "failed", "unable", "no", "without", "lacked"])
_MODALS = frozenset(["should", "must", "shall"])
_FINITE = words("finite")
_PAST = re.compile(r"\w{3,}ed")

_SIDES = (SERVICE, OTHER, PERSON, THING, NOBODY)

_WEIGHTS = {cue.name: cue.weight for cue in cues(_FILE)}
_COLUMNS = {cue.name: 3 * place for place, cue in enumerate(cues(_FILE))}

NAMES: tuple[str, ...] = (
    *(f"{cue.name}:{part}" for cue in cues(_FILE) for part in ("count", "late", "first")),
    *(f"subject:{side}" for side in _SIDES),
    *(f"words:{side}" for side in _SIDES[:4]),
    *(f"denied:{side}" for side in _SIDES),
    *(f"hindsight:{code}" for code in (*HINDSIGHT_CODES, "aware")),
    *(f"cues:{role}" for role in ROLES),
    *(f"ending:{role}" for role in ROLES),
    "road",
    "opens_bare",
    "asks_plainly",
    "no_auxiliary",
    "length",
)
"""Names of the columns of `role_features`."""


def role_features(phrase: Phrase, codes: Collection[str] | None = None) -> list[float]:
    """One row of numbers in 0..1, in the order of `NAMES`.

    For each cue: how often it is met (three times or more is 1), how late it is last
    met (a sentence is judged by what it ends on), and whether it opens the sentence.
    `codes` are the hindsight codes of the phrase, found again where they are not given.
    """
    length = max(1, len(phrase.words))
    met = places_of_cues(phrase)
    row = _counted(met, length)
    row += _people(phrase)
    codes = hindsight_codes(phrase) if codes is None else codes
    row += [1.0 if code in codes else 0.0 for code in (*HINDSIGHT_CODES, "aware")]
    row += _shares(_weighed(phrase, met))
    row += _shares(_weighed(phrase, met, start=_last_clause(phrase)))
    row += [1.0 if set(phrase.words) & words("road") else 0.0]
    row += [1.0 if opens_with_imperative(phrase.words) else 0.0]
    row += [1.0 if asks_plainly(phrase) else 0.0]
    row += [1.0 if _AUXILIARIES.isdisjoint(phrase.words) else 0.0]
    return [*row, min(length, 60) / 60]


def _counted(met: Mapping[str, Places], length: int) -> list[float]:
    """Three numbers for each cue, in the order of the file."""
    row = [0.0] * (3 * len(cues(_FILE)))
    for name, places in met.items():
        at = _COLUMNS[name]
        row[at] = min(len(places), 3) / 3
        row[at + 1] = places[-1][0] / length
        row[at + 2] = 1.0 if places[0][0] < 4 else 0.0
    return row


_AUXILIARIES = _FINITE | {"be", "been"}
_NEEDS = frozenset(["need", "needs"])
_SUBORDINATE = frozenset(
    ["which", "who", "what", "if", "when", "where", "how", "why", "because", "whilst", "although"]
)
_NO_VERB_AFTER = frozenset(["the", "a", "no", "any", "of", "may", "might", "their", "'s", "this"])


def _may_be_asked(tokens: Sequence[str], modal: int) -> bool:
    """Whether the subject of the modal is one that a report can ask something of."""
    passive = "be" in tokens[modal + 1 : modal + 3]
    return passive or subject(tokens, modal) in (SERVICE, NOBODY)


def asks_plainly(phrase: Phrase) -> bool:
    """Whether the main clause asks for a step: an imperative, or "X should do Y".

    "What X should do" and "if X should do" ask for nothing, nor does "should have".
    """
    tokens = phrase.words
    if opens_with_imperative(tokens):
        return True
    for at, word in enumerate(tokens[:-2]):
        if word in _MODALS or (word in _NEEDS and tokens[at + 1] == "to"):
            before = set(tokens[:at])
            asked = "have" not in tokens[at + 1 : at + 3] and not before & _SUBORDINATE
            return asked and tokens[at - 1] not in _NO_VERB_AFTER and _may_be_asked(tokens, at)
    return False


def _people(phrase: Phrase) -> list[float]:
    """Whom the sentence speaks of: its subject, all its nouns, the subjects of denials."""
    tokens = phrase.words
    main = next((at for at, word in enumerate(tokens) if at and _is_finite(word)), 0)
    first = subject(tokens, main) if main else ""
    sides = [side(word) for word in tokens]
    denials = {subject(tokens, at) for at, word in enumerate(tokens) if word in _DENIALS}
    return [
        *(1.0 if first == name else 0.0 for name in _SIDES),
        *(min(sides.count(name), 4) / 4 for name in _SIDES[:4]),
        *(1.0 if name in denials else 0.0 for name in _SIDES),
    ]


def _is_finite(word: str) -> bool:
    return word in _FINITE or (word.endswith("ed") and bool(_PAST.fullmatch(word)))


def cue_scores(phrase: Phrase) -> dict[str, float]:
    """Sum of the cue weights per role; used where no model is there."""
    return _weighed(phrase, places_of_cues(phrase))


def _weighed(phrase: Phrase, met: Mapping[str, Places], *, start: int = 0) -> dict[str, float]:
    """Sum of the weights of the cues that are met from token `start` on, per role."""
    sums = dict.fromkeys(ROLES, 0.0)
    sums["context"] = 0.5
    for name, places in met.items():
        count = min(sum(1 for first, _ in places if first >= start), _MOST)
        for role, weight in _WEIGHTS[name].items():
            sums[role] += weight * count
    if not start and asks_plainly(phrase):
        sums["action"] += _ASKED
    return sums


def _shares(sums: Mapping[str, float]) -> list[float]:
    powers = [math.exp(sums[role]) for role in ROLES]
    return [power / sum(powers) for power in powers]


_TURN = frozenset(["but", "although", "though", "however", "yet", "despite", "while", "whilst"])


def _last_clause(phrase: Phrase) -> int:
    """Where the clause begins that the sentence ends on.

    "Although A, B" ends on B, "A, although B" on B as well.
    """
    turns = [at for at, word in enumerate(phrase.words) if word in _TURN]
    commas = [at for at, word in enumerate(phrase.words) if word in (",", ";", "-")]
    if not turns:
        return commas[-1] if commas else 0
    if turns[-1] <= 2:
        return next((at for at in commas if at > turns[-1] + 2), 0)
    return turns[-1]


def strongest_cue(phrase: Phrase, role: str) -> tuple[int, int] | None:
    """Tokens (first, after last) of the weightiest cue for a role, or None."""
    met = [
        (weight, -place[0], place)
        for name, places in places_of_cues(phrase).items()
        if (weight := _WEIGHTS[name].get(role, 0.0)) > 0
        for place in places
    ]
    return max(met)[2] if met else None
