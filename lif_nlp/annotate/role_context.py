"""Roles in context: what a unit's neighbours, section, heading and place say of its role.

In narrative prose one sentence alone often does not tell whether it is what happened, what went
wrong or what helped; the sentences around it do.  A second, small model reads what the first one
said of the unit and of those around it, and settles the role.  Its fifth class is boilerplate:
lines about the review itself, which become context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np
from spacy.tokens import Doc

from lif_nlp.annotate.components.role import (
    ABOUT_THE_REVIEW,
    BY_HEADING,
    LIST_KINDS,
    label_role,
)
from lif_nlp.annotate.extensions import ACCEPT
from lif_nlp.annotate.models.features import Matrix
from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.annotate.models.role_features import NAMES as CUES
from lif_nlp.annotate.models.role_features import row_of
from lif_nlp.annotate.models.unit_rows import extra_rows
from lif_nlp.annotate.rules.headings import role_of_heading
from lif_nlp.annotate.thresholds import ROLES as THRESHOLDS
from lif_nlp.annotate.unit_tokens import TokenizedUnit, units_of
from lif_nlp.records import ROLES, LabelEvidence
from lif_nlp.text.word_lists import words

BOILERPLATE = "boilerplate"
"""The class of lines that say nothing about practice or the family, beside the four roles."""

LABELS = (*ROLES, BOILERPLATE)
"""Classes of the model, in the order of its scores."""

_FLOOR = 0.01
"""Least probability whose logarithm is taken, so that no neighbour weighs more than its due."""

_REACH = (-2, -1, 1, 2)
"""Places of the neighbours that are read, counted from the unit."""

_KINDS = ("paragraph", "bullet", "table_row", "note", "heading")
_LEVELS = ("heading", "inner", "parents", "listed")
"""Headings that may imply a role: all, the innermost, those above it, those of a list entry."""

_FLAGS = ("hindsight", "why", "aware", "voice")
_FIRST_PERSON = frozenset(["i", "we", "my", "our", "me", "us"])
_VERBS = words("auxiliaries") | words("past_verbs")
_QUOTE = re.compile(r"[“\"‘]")
_LONG = 60
"""Words from which the feature "length" is 1."""

_MANY = 40
"""Units of a section from which the feature "section_length" is 1."""


BY = "model:role-context"
"""Source of a role that differs from the first one."""


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit with what is known of its place.

    `shares` are the probabilities of `ROLES` by its words alone; `block` numbers its block,
    `position` is where it begins in the report, 0..1.
    """

    unit: TokenizedUnit
    shares: tuple[float, ...]
    heading: tuple[str, ...]
    kind: str
    block: int
    position: float


def _names() -> tuple[str, ...]:
    around = [f"{place:+d}" for place in _REACH]
    groups = ("own", *around, "block", "section", "report")
    return (
        *(f"{group}:{role}" for group in groups for role in ROLES),
        *(f"{group}:none" for group in (*around, "block", "section")),
        *(f"{level}:{role}" for level in _LEVELS for role in ROLES),
        *(f"kind:{kind}" for kind in _KINDS),
        *(f"{place}{flag}" for place in ("", "-1:", "+1:") for flag in _FLAGS),
        "position", "start", "end", "first", "last", "opens_block", "section_length", "no_heading",
        "about_the_review", "length", "asks", "introduces", "no_stop", "quotes", "first_person",
        "no_verb", "figures", "capitals", "plus", "minus",
        *(f"cue:{name}" for name in CUES),
    )  # fmt: skip


NAMES = _names()
"""Names of the columns of `context_rows`."""


def heading_text(heading: Sequence[str]) -> str:
    """The headings above a unit as one text, whose words the model reads."""
    return " > ".join(heading)


def context_rows(units: Sequence[PlacedUnit]) -> Matrix:
    """One row of features for each unit of a report, in the order of `NAMES`.

    Parameters
    ----------
    units
        The units of one report, in reading order.
    """
    count = len(units)
    if not count:
        return np.zeros((0, len(NAMES)), np.float32)
    shares = np.asarray([placed.shares for placed in units], np.float32)
    # Against the share of four roles that are as likely, so that 0 says nothing either way.
    logs = np.log(np.maximum(shares, _FLOOR)) - np.log(0.25)
    sections = _runs([placed.heading for placed in units])
    blocks = _runs([placed.block for placed in units])
    flags = np.asarray([_flags(placed.unit) for placed in units], np.float32)
    parts: list[Matrix] = [logs]
    missing = []
    for step in _REACH:
        rows, none = _beside(logs, sections, step)
        parts.append(rows)
        missing.append(none)
    for groups in (blocks, sections):
        rows, none = _others(shares, groups)
        parts.append(rows)
        missing.append(none)
    report = np.broadcast_to(shares.mean(axis=0), shares.shape)
    parts += [report, np.stack(missing, axis=1)]
    parts.append(np.asarray([_heading_columns(placed) for placed in units], np.float32))
    parts.append(
        np.asarray([[placed.kind == kind for kind in _KINDS] for placed in units], np.float32)
    )
    parts += [flags, _beside(flags, sections, -1)[0], _beside(flags, sections, 1)[0]]
    parts.append(_places(units, sections, blocks))
    parts.append(np.asarray([_words(placed) for placed in units], np.float32))
    # The role model weighs cues for letters and reviews at once; here they are weighed for reviews.
    parts.append(np.asarray([row_of(placed.unit) for placed in units], np.float32))
    return np.hstack(parts).astype(np.float32)


def _runs(keys: Sequence[object]) -> list[int]:
    """The number of the run of equal neighbouring keys that each key is in."""
    return [number for number, (_, run) in enumerate(groupby(keys)) for _ in run]


def _beside(rows: Matrix, sections: Sequence[int], step: int) -> tuple[Matrix, Matrix]:
    """The row `step` places on within the section (zeros if none), and whether there is none."""
    neighbours = np.zeros_like(rows)
    none = np.ones(len(rows), np.float32)
    for place, section in enumerate(sections):
        other = place + step
        if 0 <= other < len(rows) and sections[other] == section:
            neighbours[place] = rows[other]
            none[place] = 0.0
    return neighbours, none


def _others(shares: Matrix, groups: Sequence[int]) -> tuple[Matrix, Matrix]:
    """Mean of the other rows of the same group (zeros if there is none), and whether none is."""
    numbers = np.asarray(groups)
    sums = np.zeros((numbers.max() + 1, shares.shape[1]), np.float32)
    np.add.at(sums, numbers, shares)
    counts = np.bincount(numbers)[numbers].astype(np.float32)
    # Without the unit's own row, which stands in other columns.
    means = (sums[numbers] - shares) / np.maximum(counts - 1, 1)[:, None]
    return means, (counts < 2).astype(np.float32)


@lru_cache(maxsize=1024)
def _roles_of_path(heading: tuple[str, ...]) -> tuple[str, str, str]:
    """Roles that the whole path, its innermost heading and the others imply."""
    return role_of_heading(heading), role_of_heading(heading[-1:]), role_of_heading(heading[:-1])


def _heading_columns(placed: PlacedUnit) -> list[float]:
    roles = _roles_of_path(placed.heading)
    listed = roles[0] if placed.kind in LIST_KINDS else ""
    return [float(role_before == role) for role_before in (*roles, listed) for role in ROLES]


def _flags(unit: TokenizedUnit) -> list[float]:
    """For each of `_FLAGS`, whether a rule gave the label.

    What a model gave is left out: it knows the texts that this model is trained on.
    """
    layers_by_rule = {
        mark.layer
        for mark in unit.span._.marks
        if mark.score >= ACCEPT and not mark.by.startswith("model:")
    }
    return [float(layer in layers_by_rule) for layer in _FLAGS]


def _places(units: Sequence[PlacedUnit], sections: Sequence[int], blocks: Sequence[int]) -> Matrix:
    rows = []
    counts = np.bincount(sections)
    for place, placed in enumerate(units):
        before, after = sections[place - 1 : place], sections[place + 1 : place + 2]
        rows.append(
            [
                placed.position,
                max(0.0, 1 - 10 * placed.position),
                max(0.0, 10 * placed.position - 9),
                float(not before or before[0] != sections[place]),
                float(not after or after[0] != sections[place]),
                float(not place or blocks[place - 1] != blocks[place]),
                min(1.0, counts[sections[place]] / _MANY),
                float(not placed.heading),
            ]
        )
    return np.asarray(rows, np.float32)


def _words(placed: PlacedUnit) -> list[float]:
    unit = placed.unit
    text = unit.raw.strip()
    letters = max(1, sum(map(str.isalpha, text)))
    return [
        float(role_mark(unit).by == ABOUT_THE_REVIEW),
        min(len(unit.words), _LONG) / _LONG,
        float(text.endswith("?")),
        float(text.endswith(":")),
        float(text[-1:].isalnum()),
        float(bool(_QUOTE.search(text))),
        float(not _FIRST_PERSON.isdisjoint(unit.words)),
        float(_VERBS.isdisjoint(unit.words)),
        sum(map(str.isdigit, text)) / max(1, len(text)),
        sum(map(str.isupper, text)) / letters,
        float(text.startswith("+")),
        float(text.startswith(("-", "–"))),
    ]


class RoleSettler:
    """Settles the roles of a report's units in context.

    Parameters
    ----------
    model
        The trained model, or None to leave roles as the words and headings gave them.
    """

    def __init__(self, model: LinearModel | None) -> None:
        self.model = model

    def settle(self, docs: Sequence[Doc]) -> None:
        """Give each unit of a report its settled role, with new scores of all roles.

        `docs` are those of the report's blocks in reading order, labelled up to their roles.
        """
        units = placed_units(docs)
        if self.model is None or not units:
            return
        texts = [heading_text(placed.heading) for placed in units]
        columns = extra_rows(context_rows(units), NAMES, self.model.features.extra)
        rows = self.model.probabilities(texts, extra=columns)
        for placed, row in zip(units, rows, strict=True):
            _settle(placed, dict(zip(self.model.labels, map(float, row), strict=True)))


def placed_units(docs: Sequence[Doc]) -> list[PlacedUnit]:
    """The units of a report that hold a letter or a digit, in reading order."""
    return [
        PlacedUnit(unit, unit.role_shares, tuple(doc._.heading), doc._.kind, block, doc._.position)
        for block, doc in enumerate(docs)
        for unit in units_of(doc)
        if unit.role_shares and any(map(str.isalnum, unit.raw))
    ]


def role_mark(unit: TokenizedUnit) -> LabelEvidence:
    """The evidence of the role that a unit has."""
    mark: LabelEvidence = next(mark for mark in unit.span._.marks if mark.layer == "role")
    return mark


def settled_role(mark: LabelEvidence, kind: str, shares: Mapping[str, float]) -> str:
    """The role of a unit in context.

    A sentence about the review stays context, and a cell of a sheet keeps the role that the head
    of its column asks for: with one writer left out, all 128 such cells of audits were right,
    and 106 as the model would have it (November 2026).

    Parameters
    ----------
    mark
        The evidence of its first role.
    kind
        The kind of its block.
    shares
        Probability of each of `ROLES` in context.
    """
    return mark.code if _is_settled(mark, kind) else _likeliest_role(shares)


def _likeliest_role(shares: Mapping[str, float]) -> str:
    """The likeliest role in context, or the next likeliest if a strength is too unsure."""
    role = max(ROLES, key=lambda r: shares[r])
    if role == "strength" and shares[role] < THRESHOLDS.strength:
        return max((r for r in ROLES if r != role), key=lambda r: shares[r])
    return role


def _is_settled(mark: LabelEvidence, kind: str) -> bool:
    """Whether a first role stays, with its score, whatever stands around its unit."""
    by_column = kind == "table_row" and mark.by.startswith(BY_HEADING)
    return by_column or mark.by == ABOUT_THE_REVIEW


def _settle(placed: PlacedUnit, shares: dict[str, float]) -> None:
    # Lines about the review are no role of their own for readers: they are context.
    shares["context"] += shares.pop(BOILERPLATE)
    unit, mark = placed.unit, role_mark(placed.unit)
    if _is_settled(mark, placed.kind):
        return
    role = _likeliest_role(shares)
    marks = unit.span._.marks
    marks.remove(mark)
    if mark.code != role:
        label_role(unit, role, shares, BY)
        return
    # The role stays a label, however unsure the second model is of it.
    marks.append(replace(mark, score=max(ACCEPT, shares[role])))
    unit.span._.scores.update({f"role:{r}": share for r, share in shares.items()})
