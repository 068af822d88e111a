"""lif_nlp: mines learning from child safeguarding reviews, offline.

>>> from lif_nlp import Workspace                                # doctest: +SKIP
>>> ws = Workspace("learning")                                   # doctest: +SKIP
>>> ws.add("reports/")                                           # doctest: +SKIP
>>> ws.findings(role="problem", priority="neglect")              # doctest: +SKIP
"""

import ast
import logging
from importlib import import_module
from pathlib import Path

# A library stays silent until its user, or `runtime.log`, adds a handler.
logging.getLogger(__name__).addHandler(logging.NullHandler())

# The stub is the one list of public names: type checkers read it, and so does this module.
_STUB = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
_MODULES = {
    alias.name: statement.module
    for statement in _STUB.body
    if isinstance(statement, ast.ImportFrom)
    for alias in statement.names
}
__all__ = sorted(_MODULES)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `import lif_nlp` is fast."""
    if name not in _MODULES:
        raise AttributeError(f"module 'lif_nlp' has no attribute '{name}'")
    return getattr(import_module(str(_MODULES[name])), name)


def __dir__() -> list[str]:
    return __all__
