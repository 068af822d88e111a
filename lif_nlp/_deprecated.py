"""Old public names, which keep working for one version and warn with the new name.

`deprecated_names` covers the names of a module, such as classes, and
`deprecated_arguments` keyword arguments.  The warning is raised at the caller's line, so
that a notebook shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from typing import ParamSpec, TypeVar
from warnings import warn

P = ParamSpec("P")
R = TypeVar("R")


def deprecated_names(module: str, names: Mapping[str, str]) -> Callable[[str], object]:
    """Return a module's `__getattr__`, under which its old names still work.

    Parameters
    ----------
    module
        The module's `__name__`.
    names
        Each old name with the new one, which is an attribute of the same module, or of
        another where it is written with dots: `"lif_nlp.records.LabelEvidence"`.
    """

    def find(name: str) -> object:
        if name not in names:
            raise AttributeError(f"module '{module}' has no attribute '{name}'")
        home, _, new = names[name].rpartition(".")
        warn(_message(f"{module}.{name}", names[name]), DeprecationWarning, stacklevel=2)
        return getattr(import_module(home or module), new)

    return find


def deprecated_arguments(**names: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator under which a function still takes keyword arguments by old names.

    Parameters
    ----------
    **names
        Each old name with the new one: `@deprecated_arguments(document="report")`.

    Raises
    ------
    TypeError
        When a call gives both the old name and the new one.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def renamed(*args: P.args, **kwargs: P.kwargs) -> R:
            for old in names.keys() & kwargs.keys():
                new = names[old]
                if new in kwargs:
                    raise TypeError(
                        f"{function.__qualname__}() got '{new}' and its old name '{old}'; "
                        f"give '{new}' only"
                    )
                message = _message(f"{function.__qualname__}({old}=)", f"{new}=")
                warn(message, DeprecationWarning, stacklevel=2)
                kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return renamed

    return decorate


def _message(old: str, new: str) -> str:
    return f"{old} is deprecated and will be removed in the next version; use {new}"
