"""Figures of the models that settle roles in context, and their cards."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from model_card import reliability

from lif_nlp.annotate.models.linear import LinearModel
from lif_nlp.records import ROLES

CONFIDENCES = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Confidences for which the card says how many settled roles are right."""


@dataclass
class Outcome:
    """What was counted on reports whose hand was left out."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """For each hand the number of lines, found lines, lines of boilerplate, and leaked ones."""

    roles: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Hand, gold role, first role and settled role of each line."""

    shares: list[Any] = field(default_factory=list)
    """Probabilities of `ROLES` for each line."""

    def add(self, hand: str, gold: str, first: str, settled: str, shares: Any) -> None:
        """Add a line with its roles."""
        self.roles.append((hand, gold, first, settled))
        self.shares.append(shares)

    def figures(self) -> dict[str, Any]:
        """Figures of each hand and of all, before and after."""
        hands = sorted(self.counts)
        files = [hand for hand in hands if hand.startswith("w")]
        return {hand: self._of([hand]) for hand in hands} | {
            "files": self._of(files),
            "all": self._of(hands),
        }

    def precision_at(self, role: str, confidence: float) -> tuple[float, int]:
        """Share of lines settled as `role` with at least this confidence that are, and how many."""
        place = ROLES.index(role)
        right = [
            gold == role
            for (_, gold, _, settled), row in zip(self.roles, self.shares, strict=True)
            if settled == role and row[place] >= confidence
        ]
        return round(float(np.mean(right)), 3) if right else 0.0, len(right)

    def _of(self, hands: list[str]) -> dict[str, Any]:
        counts: Counter[str] = sum((self.counts[hand] for hand in hands), Counter())
        chosen = [row for row in self.roles if row[0] in hands]
        result: dict[str, Any] = {
            "lines": counts["lines"],
            "found": _share(counts["found"], counts["lines"]),
        }
        for when, column in (("before", 2), ("after", 3)):
            pairs = Counter((row[1], row[column]) for row in chosen)
            leaked = counts[f"{when}:leaked"], counts[f"{when}:leaked whole"]
            result[when] = {
                **_role_figures(pairs),
                "boilerplate": _share(leaked[0], counts["boilerplate"]),
                "boilerplate_whole": _share(leaked[1], counts["boilerplate"]),
            }
        return result


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 3)


def _role_figures(pairs: Counter[tuple[str, str]]) -> dict[str, float]:
    """F1 of each role, their mean, accuracy, and how many of those called a role are."""
    figures: dict[str, float] = {}
    for role in ROLES:
        hits = pairs[role, role]
        called = sum(pairs[gold, role] for gold in ROLES)
        held = sum(pairs[role, given] for given in ROLES)
        figures[role] = _share(2 * hits, called + held)
        figures[f"{role}_are"] = _share(hits, called)
    figures["macro"] = round(float(np.mean([figures[role] for role in ROLES])), 3)
    figures["accuracy"] = _share(sum(pairs[role, role] for role in ROLES), sum(pairs.values()))
    return figures


def write_context_card(folder: Path, model: LinearModel, outcome: Outcome) -> None:
    """Write README.md and reliability.svg into the model's folder."""
    values = np.asarray([[gold == role for role in ROLES] for _, gold, *_ in outcome.roles])
    picture = reliability(values, np.asarray(outcome.shares), np.ones(values.shape, bool))
    (folder / "reliability.svg").write_text(picture, encoding="utf-8")
    (folder / "README.md").write_text(_card(model, outcome), encoding="utf-8")


def _card(model: LinearModel, outcome: Outcome) -> str:
    facts = model.facts
    follows = f"on the encoder {facts['encoder']}" if facts["encoder"] else "on words alone"
    figures = outcome.figures()
    hands = "\n".join(
        f"| {hand} | {row['lines']} | {row['found']} | "
        + " | ".join(
            f"{row['before'][name]} -> {row['after'][name]}"
            for name in ("macro", "strength_are", "problem_are", "boilerplate")
        )
        + f" ({row['after']['boilerplate_whole']}) |"
        for hand, row in figures.items()
    )
    steps = "\n".join(
        f"| {confidence} | "
        + " | ".join(
            "{} of {}".format(*outcome.precision_at(role, confidence))
            for role in ("strength", "problem", "action", "context")
        )
        + " |"
        for confidence in CONFIDENCES
    )
    data = "\n".join(f"| {name} | `{digest[:16]}` |" for name, digest in facts["data"].items())
    return f"""# Model `{model.name}`

Logistic regression over the four roles and boilerplate. It settles the role of each sentence of a
report from what the role model ({follows}) says of it, of its
neighbours and of its section, from its headings ({len(model.features.words)} words of headings),
its kind and its place: {len(model.features.extra)} columns beside the words. Trained on
{facts["trained"]} with `scripts/train_role_context.py` on {facts["texts"]} marked sentences of
{facts["documents"]} invented reviews by {len(outcome.counts)} hands. It stores no sentence.

It says what a text is about. It does not judge a child, family, worker or service. It is used for
whole reports, and not for inspection letters and coroners' reports.

## Figures

Each hand is left out in turn, in the role model and here, and its reports are read with what the
others taught: first role -> role in context. "Strengths that are" is the share of those called a
strength; "boilerplate" the share of boilerplate lines that stand in a finding with a role other
than context, and in brackets the share that fill most of it (a contents page's "2" stands in some
sentence). `files` are the hands `w1` to `w4`, whose reports were read as files. For the profiles
`accurate` and `fast` two networks read them, each trained without the hands that it reads, so on
about half of the reviews, and both without `rl12` to `rl16`. The rules were
written with sight of some of these reports, so that figures on new ones are lower.

| hand | lines | found | role macro F1 | strengths that are | problems that are | boilerplate |
|---|---|---|---|---|---|---|
{hands}

How many of the sentences settled with at least this confidence have the role, of how many:

| confidence | strength | problem | action | context |
|---|---|---|---|---|
{steps}

## Reliability

![Predicted probability against the share of texts with the label](reliability.svg)

On the line, predictions are well calibrated: of texts scored 0.7, seven in ten have the label.

| gold of the role models | SHA-256 |
|---|---|
{data}
"""
