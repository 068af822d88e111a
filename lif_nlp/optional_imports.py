"""Imports a package without the heavy optional packages that it would import itself.

spaCy imports torch; BERTopic imports torch, UMAP, HDBSCAN and a plotting library.  They are
optional to both and never used here, and importing them takes six seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from threading import Event
from types import ModuleType

_claimed = Event()


@contextmanager
def block_imports(*packages: str) -> Iterator[None]:
    """Make importing these packages fail within the block, as if they were not installed.

    Packages that are loaded already are hidden too, and restored afterwards.  Keep the block
    short: it affects the whole process.

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
    """The module `name`, imported without `packages`, for the caller only.

    It is removed from `sys.modules` again, so that an import elsewhere, such as in a
    notebook, gets the complete module; keep the module that is returned.  If `name` is
    loaded already, that module is returned.

    Parameters
    ----------
    name
        Module to import.
    *packages
        Packages that it must not import.
    """
    if name in sys.modules:
        return sys.modules[name]
    with block_imports(*packages):
        module = import_module(name)
    for module_name in [m for m in sys.modules if m == name or m.startswith(f"{name}.")]:
        del sys.modules[module_name]
    return module


def claim_process() -> None:
    """Declare that only lif_nlp uses this process, as the command line and workers do."""
    _claimed.set()


def import_spacy_without_torch() -> None:
    """Import spaCy without torch, if only lif_nlp uses this process and torch is not loaded.

    Elsewhere, as in a notebook, spaCy is imported complete, because the user may have other
    pipelines, which need torch.
    """
    if _claimed.is_set() and not {"torch", "spacy"} & sys.modules.keys():
        with block_imports("torch"):
            import_module("spacy")
