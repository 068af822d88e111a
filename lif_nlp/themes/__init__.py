"""Findings and vectors become themes: known ones, parts of them, and emergent ones.

A theme set is reproducible: the order of the input does not matter, nothing is random,
ids survive new reports, and what people decided stands.  Whoever reads the set counts
themes over distinct reports, never over sentences.
"""

from __future__ import annotations

from lif_nlp.themes.build import MIN_STABILITY, build_themes, shown_themes
from lif_nlp.themes.revision.apply import Revised, revise

__all__ = [
    "MIN_STABILITY",
    "Revised",
    "build_themes",
    "revise",
    "shown_themes",
]
