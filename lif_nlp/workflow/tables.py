"""Every table of a workspace by name: those that are stored and those drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from warnings import warn

import pandas as pd

from lif_nlp import synthesis
from lif_nlp.names import known_id
from lif_nlp.runtime.session import Session
from lif_nlp.schema import column_names
from lif_nlp.workflow.decisions import decisions
from lif_nlp.workflow.ledger_tables import LEDGER_TABLES, has_follow_up, ledger_table
from lif_nlp.workflow.point_tables import TABLES as POINT_TABLES
from lif_nlp.workflow.point_tables import point_table
from lif_nlp.workflow.recommendation_reviews import with_reviews
from lif_nlp.workflow.training_labels import labels

STORED = (
    "documents",
    "findings",
    "themes",
    "assignments",
    "recommendations",
    "facts",
    "skipped_parts",
)
# recommendations and their repeats are one table to a user
TABLES = (
    *STORED,
    *POINT_TABLES,
    *(name for name in synthesis.TABLES if name != "repeated_recommendations"),
    "labels",
    "decisions",
    *LEDGER_TABLES,
)
"""Names of the tables that can be shown and exported."""

OLD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "unused": "skipped_parts",
        "leaning": "problem_strength_balance",
        "stuck": "persistence",
        "came_back": "recurring_problems",
    }
)
"""Tables renamed in version 0.2; the old names are accepted for one version."""


def current_name(name: str) -> str:
    """The name a table has now.

    Raises UnknownNameError, listing the tables, for one that does not exist, and warns
    (DeprecationWarning) of a name in `OLD_NAMES`.
    """
    if name in OLD_NAMES:
        new = OLD_NAMES[name]
        warn(
            f"the table '{name}' is now called '{new}'; the old name will be removed in the "
            "next version",
            DeprecationWarning,
            stacklevel=4,
        )
        return new
    return known_id("table", name, TABLES)


def frames(session: Session) -> dict[str, pd.DataFrame]:
    """The stored tables, as synthesis and briefs take them.

    Recommendations that a person rejected are left out; "settings" names the profile that
    labelled, whose errors are known.
    """
    tables = {name: session.store.frame(name) for name in STORED if name != "recommendations"}
    settings = pd.DataFrame({"profile": [session.settings.profile]})
    return {
        **tables,
        "recommendations": _accepted_recommendations(session),
        "settings": settings,
    }


def brief_frames(session: Session) -> dict[str, pd.DataFrame]:
    """`frames` with the learning points and what states them, as briefs take them.

    Life lines are among them where something follows a review up.
    """
    tables = {name: point_table(session, name) for name in POINT_TABLES}
    if has_follow_up(session):
        tables |= {name: ledger_table(session, name) for name in ("life_lines", "ageing")}
    tables |= {name: ledger_table(session, name) for name in ("voice", "programme")}
    return frames(session) | tables


def table(session: Session, name: str) -> pd.DataFrame:
    """One table, with the columns of `schema`.

    Raises UnknownNameError, listing the tables, for one that does not exist.
    """
    name = current_name(name)
    functions = {"recommendations": _recommendations, "labels": labels, "decisions": decisions}
    if name in functions:
        return functions[name](session)
    if name in LEDGER_TABLES:
        return ledger_table(session, name)
    if name in POINT_TABLES:
        return point_table(session, name)
    if name in STORED:
        return session.store.frame(name)
    return synthesis.tables(frames(session), session.framework, [name])[name]


def _accepted_recommendations(session: Session) -> pd.DataFrame:
    reviewed = with_reviews(session, session.store.frame("recommendations"))
    return reviewed[reviewed["decision"].ne("wrong")].reset_index(drop=True)


def _recommendations(session: Session) -> pd.DataFrame:
    repeats = synthesis.repeated_recommendations(
        {
            "documents": session.store.frame("documents"),
            "recommendations": _accepted_recommendations(session),
        },
        session.framework,
    )
    # Repeats depend on people's decisions and on later reports, so they are found anew.
    recommendations = session.store.frame("recommendations").drop(columns=["repeat_of"])
    table = with_reviews(session, recommendations).merge(
        repeats[["finding_id", "repeat_of"]], on="finding_id", how="left"
    )
    table["repeat_of"] = table["repeat_of"].fillna("")
    return table[list(column_names("recommendations"))]
