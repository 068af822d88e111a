"""The simple baseline that the annotator has to beat: keyword lists, without guards."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lif_nlp.framework import Framework
from lif_nlp.records import Finding

HINDSIGHT = {
    "explicit": ("hindsight", "in retrospect", "looking back", "now known"),
    "counterfactual": (
        "should have",
        "could have",
        "would have",
        "ought to have",
        "missed opportunit",
        "opportunity missed",
    ),
    "outcome": ("preventable", "avoidable", "foreseeable", "predictable", "inevitable"),
    "blame": ("failed to", "failure", "failing", "neglected to", "inexcusable"),
}
REASONS = ("because", "due to", "as a result of", "led to", "owing to")
ROLES = {
    # The space keeps "shoulder" and "willing" out.
    "action": ("should ", "must ", "will ", "recommend"),
    "problem": ("not ", "lack", "poor", "delay", "weak", "inconsistent", "insufficient"),
    "strength": ("good", "effective", "strong", "well ", "improved", "positive"),
}


def keyword_labels(texts: Sequence[str], framework: Framework) -> list[Finding]:
    """One finding per text, labelled by whether keywords occur in it."""
    themes = {t.code: _pattern(t.phrases) for t in framework.themes}
    priorities = {p.id: _pattern(p.phrases) for p in framework.priorities}
    return [
        Finding(
            "", "", 0, len(text), text, 1,
            role=_role(text.lower()),
            why=any(word in text.lower() for word in REASONS),
            hindsight=tuple(c for c, ws in HINDSIGHT.items() if any(w in text.lower() for w in ws)),
            aware="at the time" in text.lower(),
            priorities=tuple(p for p, pattern in priorities.items() if pattern.search(text)),
            themes=tuple(t for t, pattern in themes.items() if pattern.search(text)),
        )
        for text in texts
    ]  # fmt: skip


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _role(text: str) -> str:
    return next((r for r, words in ROLES.items() if any(word in text for word in words)), "context")
