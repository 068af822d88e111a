"""annotate: a Document in, Findings out, each label with the words that are its evidence.

One spaCy pipeline asks the same questions of every sentence, bullet and table row, with
one component for each question (see `pipeline.py`).  spaCy's Docs are not passed on to
other rooms.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lif_nlp.annotate.annotator import Annotator
    from lif_nlp.annotate.attribution import deciding_words
    from lif_nlp.annotate.framework_check import (
        NO_EVIDENCE,
        CheckRow,
        check_against_framework,
        not_asked,
    )
    from lif_nlp.annotate.hindsight_marks import hindsight_wordings
    from lif_nlp.annotate.recommendations import find_recommendations
    from lif_nlp.annotate.rule_hits import RuleFinder, RuleHit

__all__ = [
    "NO_EVIDENCE",
    "Annotator",
    "CheckRow",
    "RuleFinder",
    "RuleHit",
    "check_against_framework",
    "deciding_words",
    "find_recommendations",
    "hindsight_wordings",
    "not_asked",
]

_HOMES = {
    "NO_EVIDENCE": "lif_nlp.annotate.framework_check",
    "not_asked": "lif_nlp.annotate.framework_check",
    "Annotator": "lif_nlp.annotate.annotator",
    "CheckRow": "lif_nlp.annotate.framework_check",
    "check_against_framework": "lif_nlp.annotate.framework_check",
    "deciding_words": "lif_nlp.annotate.attribution",
    "find_recommendations": "lif_nlp.annotate.recommendations",
    "hindsight_wordings": "lif_nlp.annotate.hindsight_marks",
    "RuleFinder": "lif_nlp.annotate.rule_hits",
    "RuleHit": "lif_nlp.annotate.rule_hits",
}


def __getattr__(name: str) -> object:
    # spaCy takes half a second to import: only when an annotator is asked for.
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
