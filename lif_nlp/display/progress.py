"""A progress bar in terminal and notebook, only for what takes longer than a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lif_nlp.protocols import Progress

AFTER_SECONDS = 2.0
"""Nothing is shown of what is done sooner."""


@contextmanager
def bars(given: Progress | None = None) -> Iterator[Progress]:
    """The function that a stage tells its progress to: `given`, or one that shows bars."""
    if given is not None:
        yield given
        return
    from tqdm.auto import tqdm

    shown: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in shown:
            shown[stage] = tqdm(total=total, desc=stage, delay=AFTER_SECONDS, leave=False)
        shown[stage].update(done - shown[stage].n)

    try:
        yield show
    finally:
        for bar in shown.values():
            bar.close()
