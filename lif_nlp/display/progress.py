"""A progress bar in terminals and notebooks, for steps that take more than a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from warnings import catch_warnings, filterwarnings

from lif_nlp.protocols import Progress

AFTER_SECONDS = 2.0
"""Steps that finish sooner show no bar.  Chosen by judgement; not tuned."""


@contextmanager
def bars(progress: Progress | None = None) -> Iterator[Progress]:
    """The function to which a stage reports: `progress`, or one that shows bars."""
    if progress is not None:
        yield progress
        return
    with catch_warnings():
        # where ipywidgets is not installed tqdm warns, and falls back to a plain bar
        filterwarnings("ignore", message="IProgress not found")
        from tqdm.auto import tqdm

    open_bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int) -> None:
        if stage not in open_bars:
            open_bars[stage] = tqdm(total=total, desc=stage, delay=AFTER_SECONDS, leave=False)
        # tqdm counts steps, and stages say how many are done in all.
        open_bars[stage].update(done - open_bars[stage].n)

    try:
        yield show
    finally:
        for bar in open_bars.values():
            bar.close()
