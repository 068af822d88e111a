"""From findings to tables that answer a learning lead's questions.

One idea: every table is a pure function of the store's frames and the framework,
counts distinct reports before sentences, gives an interval with each share, and
says nothing about change where there are too few reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from lif_nlp.errors import UnknownNameError
from lif_nlp.framework.model import Framework
from lif_nlp.synthesis.balance import AGENCIES, BALANCE, agencies, balance
from lif_nlp.synthesis.compare import COMPARED, compare
from lif_nlp.synthesis.emergent import EMERGENT, emergent
from lif_nlp.synthesis.frames import Frames, lean
from lif_nlp.synthesis.hindsight import HINDSIGHT, hindsight_profile
from lif_nlp.synthesis.horizon import HORIZON, horizon
from lif_nlp.synthesis.persistence import CAME_BACK, STUCK, came_back, stuck_learning
from lif_nlp.synthesis.problem_strength_balance import LEANING, leaning
from lif_nlp.synthesis.recurrence import (
    PRIORITIES,
    PRIORITY_THEMES,
    RECURRENCE,
    priorities,
    priority_themes,
    recurrence,
)
from lif_nlp.synthesis.repeated_recommendations import REPEATS, repeat_recommendations
from lif_nlp.synthesis.training import TRAINING, training_needs
from lif_nlp.synthesis.trends import DIRECTIONS, TRENDS, directions, trends

TABLES: Mapping[str, Callable[[Frames, Framework], pd.DataFrame]] = MappingProxyType(
    {
        "recurrence": recurrence,
        "leaning": leaning,
        "emergent": emergent,
        "priorities": priorities,
        "priority_themes": priority_themes,
        "trends": trends,
        "directions": directions,
        "balance": balance,
        "agencies": agencies,
        "hindsight": hindsight_profile,
        "training": training_needs,
        "repeats": repeat_recommendations,
        "horizon": horizon,
        "stuck": stuck_learning,
        "came_back": came_back,
    }
)
"""Every table by name."""


def tables(
    frames: Frames, framework: Framework, names: Iterable[str] | None = None
) -> dict[str, pd.DataFrame]:
    """The tables of these names (all when None), made from the store's frames.

    Raises UnknownNameError for a name that is not in `TABLES`.
    """
    wanted = list(TABLES) if names is None else list(names)
    for name in wanted:
        if name not in TABLES:
            raise UnknownNameError("table", name, list(TABLES))
    counted = lean(frames)
    return {name: TABLES[name](counted, framework) for name in wanted}


__all__ = [
    "AGENCIES",
    "BALANCE",
    "CAME_BACK",
    "COMPARED",
    "DIRECTIONS",
    "EMERGENT",
    "HINDSIGHT",
    "HORIZON",
    "LEANING",
    "PRIORITIES",
    "PRIORITY_THEMES",
    "RECURRENCE",
    "REPEATS",
    "STUCK",
    "TABLES",
    "TRAINING",
    "TRENDS",
    "Frames",
    "agencies",
    "balance",
    "came_back",
    "compare",
    "directions",
    "emergent",
    "hindsight_profile",
    "horizon",
    "leaning",
    "priorities",
    "priority_themes",
    "recurrence",
    "repeat_recommendations",
    "stuck_learning",
    "tables",
    "training_needs",
    "trends",
]
