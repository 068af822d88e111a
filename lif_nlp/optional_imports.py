"""Importing a package without the heavy ones that it would take along and we never use.

spaCy imports torch, and BERTopic imports torch, UMAP, HDBSCAN and a plotting library; all
of them are optional there, and take six seconds that `fast` has no use for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Event
from types import ModuleType

_own = Event()


@contextmanager
def block_imports(*packages: str) -> Iterator[None]:
    """Within the block, importing these packages fails as if they were not installed.

    What is loaded already is hidden too, and back afterwards.  Keep the block short: it
    holds for the whole process.

    >>> with block_imports("fractions"):
    ...     import fractions
    Traceback (most recent call last):
    ModuleNotFoundError: import of fractions halted; None in sys.modules
    """
    before = {name: sys.modules[name] for name in packages if name in sys.modules}
    try:
        sys.modules.update(dict.fromkeys(packages))  # type: ignore[arg-type]
        yield
    finally:
        for name in packages:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def import_without_dependencies(name: str, *packages: str) -> ModuleType:
    """The module `name`, imported without `packages`, for the caller alone.

    An import elsewhere, such as in a notebook, still gets the module with all its parts,
    so keep what is returned.  Where `name` is loaded already, that is what comes.
    """
    if name in sys.modules:
        return sys.modules[name]
    with block_imports(*packages):
        module = import_module(name)
    for loaded in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
        del sys.modules[loaded]
    return module


def claim_process() -> None:
    """Say that nobody but lif_nlp uses this process: the command line, or a worker."""
    _own.set()


def import_spacy_without_torch() -> None:
    """Import spaCy without torch, where the process is our own and has no torch yet.

    In a notebook spaCy comes whole, since its user may have other pipelines.
    """
    if _own.is_set() and not {"torch", "spacy"} & sys.modules.keys():
        with block_imports("torch"):
            import_module("spacy")
