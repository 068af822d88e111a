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
    from lif_nlp.api import Workspace, annotate, load_sample
    from lif_nlp.errors import LifError
    from lif_nlp.framework import Framework, load_framework

_HOME = {
    "Workspace": "lif_nlp.api",
    "annotate": "lif_nlp.api",
    "load_sample": "lif_nlp.api",
    "LifError": "lif_nlp.errors",
    "Framework": "lif_nlp.framework",
    "load_framework": "lif_nlp.framework",
}

__all__ = [
    "Framework",
    "LifError",
    "Workspace",
    "__version__",
    "annotate",
    "load_framework",
    "load_sample",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import lif_nlp` is fast."""
    if name not in _HOME:
        raise AttributeError(f"module 'lif_nlp' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
