"""lif_nlp: mines learning from child safeguarding reviews, offline.

>>> from lif_nlp import Workspace                                # doctest: +SKIP
>>> ws = Workspace("learning")                                   # doctest: +SKIP
>>> ws.add("reports/")                                           # doctest: +SKIP
>>> ws.findings(role="problem", priority="neglect")              # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lif_nlp.about import __version__

if TYPE_CHECKING:
    from lif_nlp.about import SAMPLE
    from lif_nlp.api.estimators import PracticeAnnotator, ThemeModel
    from lif_nlp.api.functions import agreement, check, label_texts, score_gold
    from lif_nlp.api.workspace import Workspace, load_sample
    from lif_nlp.display.frame import show
    from lif_nlp.errors import LifError
    from lif_nlp.framework import Framework, load_framework

_HOME = {
    "Framework": "lif_nlp.framework",
    "LifError": "lif_nlp.errors",
    "PracticeAnnotator": "lif_nlp.api.estimators",
    "SAMPLE": "lif_nlp.about",
    "ThemeModel": "lif_nlp.api.estimators",
    "Workspace": "lif_nlp.api.workspace",
    "agreement": "lif_nlp.api.functions",
    "label_texts": "lif_nlp.api.functions",
    "check": "lif_nlp.api.functions",
    "score_gold": "lif_nlp.api.functions",
    "load_framework": "lif_nlp.framework",
    "load_sample": "lif_nlp.api.workspace",
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
