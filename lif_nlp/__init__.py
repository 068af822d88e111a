"""lif_nlp: mines learning from child safeguarding reviews, offline.

>>> from lif_nlp import Workspace                                # doctest: +SKIP
>>> ws = Workspace("learning")                                   # doctest: +SKIP
>>> ws.add("reports/")                                           # doctest: +SKIP
>>> ws.findings(role="problem", priority="neglect")              # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from lif_nlp.api import SAMPLE, Workspace, load_sample
    from lif_nlp.display.frame import show
    from lif_nlp.errors import LifError
    from lif_nlp.estimators import PracticeAnnotator, ThemeModel
    from lif_nlp.framework import Framework, load_framework
    from lif_nlp.loose import agreement, check, label_texts, score_gold

_HOME = {
    "Framework": "lif_nlp.framework",
    "LifError": "lif_nlp.errors",
    "PracticeAnnotator": "lif_nlp.estimators",
    "SAMPLE": "lif_nlp.api",
    "ThemeModel": "lif_nlp.estimators",
    "Workspace": "lif_nlp.api",
    "agreement": "lif_nlp.loose",
    "label_texts": "lif_nlp.loose",
    "check": "lif_nlp.loose",
    "score_gold": "lif_nlp.loose",
    "load_framework": "lif_nlp.framework",
    "load_sample": "lif_nlp.api",
    "show": "lif_nlp.display.frame",
}

__all__ = [
    "SAMPLE",
    "Framework",
    "LifError",
    "PracticeAnnotator",
    "ThemeModel",
    "Workspace",
    "__version__",
    "agreement",
    "check",
    "label_texts",
    "load_framework",
    "load_sample",
    "score_gold",
    "show",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import lif_nlp` is fast."""
    if name not in _HOME:
        raise AttributeError(f"module 'lif_nlp' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
