"""From findings to tables that answer a learning lead's questions.

Every table is a pure function of the stored frames and the framework.  It counts reports
before findings, gives a 95% interval with each share, and draws no conclusion about
change from too few reports.  Columns are defined in `lif_nlp.schema`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from lif_nlp.errors import UnknownNameError
from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.balance import agencies, balance
from lif_nlp.synthesis.cases import cases
from lif_nlp.synthesis.compare import compare
from lif_nlp.synthesis.emergent import emergent
from lif_nlp.synthesis.frames import Frames, keep_counted_findings
from lif_nlp.synthesis.hindsight import hindsight_profile
from lif_nlp.synthesis.horizon import horizon
from lif_nlp.synthesis.likely_ranges import likely_ranges
from lif_nlp.synthesis.persistence import persistence, recurring_problems
from lif_nlp.synthesis.problem_strength_balance import problem_strength_balance
from lif_nlp.synthesis.recurrence import priorities, priority_themes, recurrence
from lif_nlp.synthesis.repeated_recommendations import repeated_recommendations
from lif_nlp.synthesis.training import training_needs
from lif_nlp.synthesis.trends import directions, trends

TABLES: Mapping[str, Callable[[Frames, Framework], pd.DataFrame]] = MappingProxyType(
    {
        "recurrence": recurrence,
        "problem_strength_balance": problem_strength_balance,
        "emergent": emergent,
        "priorities": priorities,
        "priority_themes": priority_themes,
        "trends": trends,
        "directions": directions,
        "balance": balance,
        "agencies": agencies,
        "hindsight": hindsight_profile,
        "training": training_needs,
        "repeated_recommendations": repeated_recommendations,
        "horizon": horizon,
        "persistence": persistence,
        "recurring_problems": recurring_problems,
        "cases": cases,
    }
)
"""Functions that make the tables, by table name."""


def tables(
    frames: Frames, framework: Framework, names: Iterable[str] | None = None
) -> dict[str, pd.DataFrame]:
    """The tables named, or all of them, made from the stored frames.

    Parameters
    ----------
    frames
        The store's frames by name.
    framework
        Names priorities, themes and agencies.
    names
        Keys of `TABLES`; all when None.

    Raises
    ------
    UnknownNameError
        For a name that is not in `TABLES`.
    """
    table_names = list(TABLES) if names is None else list(names)
    for name in table_names:
        if name not in TABLES:
            raise UnknownNameError("table", name, list(TABLES))
    counted_frames = keep_counted_findings(frames)
    return {name: TABLES[name](counted_frames, framework) for name in table_names}


__all__ = [
    "TABLES",
    "Frames",
    "agencies",
    "balance",
    "cases",
    "compare",
    "directions",
    "emergent",
    "hindsight_profile",
    "horizon",
    "keep_counted_findings",
    "likely_ranges",
    "persistence",
    "priorities",
    "priority_themes",
    "problem_strength_balance",
    "recurrence",
    "recurring_problems",
    "repeated_recommendations",
    "tables",
    "training_needs",
    "trends",
]
