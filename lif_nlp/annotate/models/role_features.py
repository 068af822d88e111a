"""Evidence for each role in the words of a unit: as features, and as weighted cues."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence

from lif_nlp.annotate.components.hindsight import hindsight_codes
from lif_nlp.annotate.extensions import ACCEPT
from lif_nlp.annotate.grammar import (
    NOBODY,
    OTHER,
    PERSON,
    SERVICE,
    THING,
    actor_class,
    class_of_subject,
    opens_with_imperative,
)
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.unit_rows import extra_rows, vectors_of
from lif_nlp.annotate.rules.engine import Places, places_of_cues, role_cues
from lif_nlp.annotate.thresholds import ROLES as THRESHOLDS
from lif_nlp.annotate.unit_tokens import TokenizedUnit
from lif_nlp.records import HINDSIGHT_CODES, ROLES
from lif_nlp.text.word_lists import words

_JUDGEMENT = ("hindsight", "aware")

_MAX_LENGTH = 60
"""Tokens from which the feature "length" is 1.  Part of the trained models."""
# Who did not do something matters more for the role than who is mentioned.
_DENIALS = frozenset(["not", "never", "failed", "unable", "no", "without", "lacked"])
_MODALS = frozenset(["should", "must", "shall"])
_FINITE = words("auxiliaries")
_PAST = re.compile(r"\w{3,}ed")

_CLASSES = (SERVICE, OTHER, PERSON, THING, NOBODY)

_WEIGHTS = {cue.name: cue.weight for cue in role_cues()}
_COLUMNS = {cue.name: 3 * place for place, cue in enumerate(role_cues())}

NAMES: tuple[str, ...] = (
    *(f"{cue.name}:{part}" for cue in role_cues() for part in ("count", "late", "first")),
    *(f"subject:{cls}" for cls in _CLASSES),
    *(f"words:{cls}" for cls in _CLASSES[:4]),
    *(f"denied:{cls}" for cls in _CLASSES),
    *(f"hindsight:{code}" for code in (*HINDSIGHT_CODES, "aware")),
    *(f"cues:{role}" for role in ROLES),
    *(f"ending:{role}" for role in ROLES),
    "road",
    "opens_bare",
    "asks_plainly",
    "no_auxiliary",
    "length",
)
"""Names of the columns of `role_features`, as stored in trained models."""


def role_features(unit: TokenizedUnit, codes: Collection[str] | None = None) -> list[float]:
    """One row of numbers in 0..1, in the order of `NAMES`.

    For each cue: how often it matches (three times or more is 1), how late its last match
    is (a sentence is judged by how it ends), and whether it opens the unit.

    Parameters
    ----------
    unit
        The unit.
    codes
        Its hindsight codes, if known; else they are found here.
    """
    length = max(1, len(unit.words))
    places = places_of_cues(unit)
    row = _cue_columns(places, length)
    row += _actor_columns(unit)
    codes = hindsight_codes(unit) if codes is None else codes
    row += [1.0 if code in codes else 0.0 for code in (*HINDSIGHT_CODES, "aware")]
    row += role_shares(_weighted(unit, places)).values()
    row += role_shares(_weighted(unit, places, start=_last_clause(unit))).values()
    row += [1.0 if set(unit.words) & words("road_and_machines") else 0.0]
    row += [1.0 if opens_with_imperative(unit.words) else 0.0]
    row += [1.0 if asks_plainly(unit) else 0.0]
    row += [1.0 if _AUXILIARIES.isdisjoint(unit.words) else 0.0]
    return [*row, min(length, _MAX_LENGTH) / _MAX_LENGTH]


def row_of(unit: TokenizedUnit) -> list[float]:
    """`role_features` of a unit that the rules of hindsight have labelled, counted once."""
    if unit.role_row is None:
        codes = {m.code for m in unit.span._.marks if m.layer in _JUDGEMENT and m.score >= ACCEPT}
        unit.role_row = role_features(unit, codes)
    return unit.role_row


def model_scores(model: LinearModel | None, units: Sequence[TokenizedUnit]) -> Matrix | None:
    """Scores of units by a model that reads the features of roles; None if it cannot read them."""
    if model is None:
        return None
    vectors = vectors_of(units) if model.probe.size else None
    if model.probe.size and vectors is None:
        return None
    rows = extra_rows([row_of(unit) for unit in units], NAMES, model.features.extra)
    texts = [unit.raw.strip() for unit in units]
    read = model.probabilities if model.kind == "one-of" else model.scores
    return read(texts, vectors=vectors, extra=rows)


def _cue_columns(places_by_cue: Mapping[str, Places], length: int) -> list[float]:
    """Three numbers for each cue, in the order of the file."""
    row = [0.0] * (3 * len(role_cues()))
    for name, places in places_by_cue.items():
        column = _COLUMNS[name]
        row[column] = min(len(places), 3) / 3
        row[column + 1] = places[-1][0] / length
        row[column + 2] = 1.0 if places[0][0] < 4 else 0.0
    return row


_AUXILIARIES = _FINITE | {"be", "been"}
_NEEDS = frozenset(["need", "needs"])
# "what X should do" and "if X should do" are not requests.
_SUBORDINATE = frozenset(
    ["which", "who", "what", "if", "when", "where", "how", "why", "because", "whilst", "although"]
)
# "the must-have", "their needs": the modal is a noun here.
_NO_VERB_AFTER = frozenset(["the", "a", "no", "any", "of", "may", "might", "their", "'s", "this"])


def _can_be_asked(tokens: Sequence[str], modal: int) -> bool:
    """Whether a report can ask something of the subject of the modal."""
    is_passive = "be" in tokens[modal + 1 : modal + 3]
    return is_passive or class_of_subject(tokens, modal) in (SERVICE, NOBODY)


def asks_plainly(unit: TokenizedUnit) -> bool:
    """Whether the main clause asks for a step: an imperative, or "X should do Y".

    "What X should do" and "if X should do" ask for nothing, and neither does "should have".
    """
    tokens = unit.words
    if opens_with_imperative(tokens):
        return True
    for at, word in enumerate(tokens[:-2]):
        if word in _MODALS or (word in _NEEDS and tokens[at + 1] == "to"):
            before = set(tokens[:at])
            is_main = "have" not in tokens[at + 1 : at + 3] and not before & _SUBORDINATE
            return is_main and tokens[at - 1] not in _NO_VERB_AFTER and _can_be_asked(tokens, at)
    return False


def _actor_columns(unit: TokenizedUnit) -> list[float]:
    """Whom the unit is about: its subject, all its nouns, the subjects of denials."""
    tokens = unit.words
    main_verb = next((at for at, word in enumerate(tokens) if at and _is_finite(word)), 0)
    subject = class_of_subject(tokens, main_verb) if main_verb else ""
    classes = [actor_class(word) for word in tokens]
    denials = {class_of_subject(tokens, at) for at, w in enumerate(tokens) if w in _DENIALS}
    return [
        *(1.0 if subject == cls else 0.0 for cls in _CLASSES),
        *(min(classes.count(cls), 4) / 4 for cls in _CLASSES[:4]),
        *(1.0 if cls in denials else 0.0 for cls in _CLASSES),
    ]


def _is_finite(word: str) -> bool:
    return word in _FINITE or (word.endswith("ed") and bool(_PAST.fullmatch(word)))


def cue_scores(unit: TokenizedUnit) -> dict[str, float]:
    """Sum of the cue weights for each role; decides under rules alone."""
    return _weighted(unit, places_of_cues(unit))


def _weighted(
    unit: TokenizedUnit, places_by_cue: Mapping[str, Places], *, start: int = 0
) -> dict[str, float]:
    """For each role the summed weights of the cues that match from token `start` on."""
    sums = dict.fromkeys(ROLES, 0.0)
    sums["context"] = THRESHOLDS.context
    for name, places in places_by_cue.items():
        count = min(sum(1 for first, _ in places if first >= start), THRESHOLDS.max_counted)
        for role, weight in _WEIGHTS[name].items():
            sums[role] += weight * count
    if not start and asks_plainly(unit):
        sums["action"] += THRESHOLDS.plain_request
    return sums


def role_shares(sums: Mapping[str, float]) -> dict[str, float]:
    """Softmax of the scores of the four roles, in the order of `ROLES`.

    Plain Python, since scipy's softmax takes twelve times as long for four numbers (35
    against 3 microseconds), and this is called twice for each unit.
    """
    powers = {role: math.exp(sums[role]) for role in ROLES}
    total = sum(powers.values())
    return {role: power / total for role, power in powers.items()}


# "Help is good, but plans drift" is a problem: the last clause decides.
_TURN = frozenset(["but", "although", "though", "however", "yet", "despite", "while", "whilst"])


def _last_clause(unit: TokenizedUnit) -> int:
    """The token at which the last clause begins.

    The last clause of "Although A, B" is B, and so it is in "A, although B".
    """
    turns = [at for at, word in enumerate(unit.words) if word in _TURN]
    commas = [at for at, word in enumerate(unit.words) if word in (",", ";", "-")]
    if not turns:
        return commas[-1] if commas else 0
    if turns[-1] <= 2:
        return next((at for at in commas if at > turns[-1] + 2), 0)
    return turns[-1]


def strongest_cue(unit: TokenizedUnit, role: str) -> tuple[int, int] | None:
    """Tokens (first, after last) of the cue with most weight for a role, or None."""
    candidates = [
        (weight, -place[0], place)
        for name, places in places_of_cues(unit).items()
        if (weight := _WEIGHTS[name].get(role, 0.0)) > 0
        for place in places
    ]
    return max(candidates)[2] if candidates else None
