"""Findings and vectors become themes: known ones first, then what recurs within and beyond them.

A theme set is the same tomorrow: input order does not matter, nothing is drawn by
chance, ids survive new reports, and what a person has decided stands.  Themes are
counted over distinct reports by those who read the set, never over sentences.
"""

from __future__ import annotations

from lif_nlp.themes.build import SHOW_FROM, build_themes, shown_themes
from lif_nlp.themes.revision.apply import Revised, revise

__all__ = [
    "SHOW_FROM",
    "Revised",
    "build_themes",
    "revise",
    "shown_themes",
]
