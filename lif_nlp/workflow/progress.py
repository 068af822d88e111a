"""How a stage tells its caller how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told the stage, how many are done and how many there are."""


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""
