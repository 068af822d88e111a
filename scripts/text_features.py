"""Features of texts for training, by the functions that labelling uses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import spacy

from lif_nlp.annotate.components import reason
from lif_nlp.annotate.components.practice_themes import cue_feature_names, cue_features
from lif_nlp.annotate.components.priorities import (
    PriorityFinder,
    priority_feature_names,
    priority_features,
)
from lif_nlp.annotate.models import role_features
from lif_nlp.annotate.rules.theme_cues import CueFinder
from lif_nlp.annotate.unit_tokens import TokenizedUnit
from lif_nlp.framework import load_framework

Item = TypeVar("Item")
Rows = npt.NDArray[np.float32]

ROLE_LIKE = ("role", "hindsight", "actor")
"""Questions that read the features of roles."""


def sentence_features(texts: Sequence[str]) -> dict[str, Rows]:
    """Features for each question about sentences, each of shape (texts, columns)."""
    nlp = spacy.blank("en")
    units = [TokenizedUnit.of_span(nlp(text)[:]) for text in texts]
    roles = _rows(units, role_features.role_features, len(role_features.NAMES))
    reasons = _rows(units, reason.reason_features, len(reason.NAMES))
    return {"role": roles, "hindsight": roles, "actor": roles, "why": reasons, "reason": reasons}


def passage_features(texts: Sequence[str]) -> dict[str, Rows]:
    """Features for each question about passages, each of shape (texts, columns)."""
    framework = load_framework()
    harms = [priority.id for priority in framework.priorities]
    cues, finder = CueFinder(framework), PriorityFinder(framework)
    return {
        "themes": _rows(
            texts,
            lambda text: cue_features(text, cues.find(text), cues.codes),
            len(cue_feature_names(cues.codes)),
        ),
        "priorities": _rows(
            texts,
            lambda text: priority_features(finder.find(text), harms),
            len(priority_feature_names(harms)),
        ),
    }


def names_of(question: str) -> tuple[str, ...]:
    """Names of the columns of features that a question reads."""
    if question in ROLE_LIKE:
        return role_features.NAMES
    if question in ("why", "reason"):
        return reason.NAMES
    if question == "priorities":
        return priority_feature_names(p.id for p in load_framework().priorities)
    return cue_feature_names(CueFinder(load_framework()).codes)


def _rows(items: Sequence[Item], count: Callable[[Item], Sequence[float]], columns: int) -> Rows:
    return np.asarray([count(item) for item in items], np.float32).reshape(len(items), columns)
