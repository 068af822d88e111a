"""Every table of a workspace by name: the store's own, and the ones drawn from them."""

from __future__ import annotations

import pandas as pd

from lif_nlp import synthesis
from lif_nlp.errors import UnknownNameError
from lif_nlp.runtime.session import Session
from lif_nlp.workflow.recommendation_reviews import with_judgements
from lif_nlp.workflow.training_labels import labels

STORED = ("documents", "findings", "themes", "assignments", "recommendations", "facts", "unused")
TABLES = (*STORED, *(name for name in synthesis.TABLES if name != "repeats"), "labels")
"""Names of the tables that can be shown and exported."""


def frames(session: Session) -> dict[str, pd.DataFrame]:
    """The store's tables, as synthesis and briefs take them.

    Recommendations that a person said are none are left out.
    """
    found = {name: session.store.frame(name) for name in STORED if name != "recommendations"}
    return {**found, "recommendations": _asked_for(session)}


def table(session: Session, name: str) -> pd.DataFrame:
    """One table; recommendations come with `repeat_of` filled.

    Raises UnknownNameError with the names there are.
    """
    if name not in TABLES:
        raise UnknownNameError("table", name, list(TABLES))
    if name == "recommendations":
        return _recommendations(session)
    if name == "labels":
        return labels(session)
    if name in STORED:
        return session.store.frame(name)
    return synthesis.tables(frames(session), session.framework, [name])[name]


def _asked_for(session: Session) -> pd.DataFrame:
    judged = with_judgements(session, session.store.frame("recommendations"))
    return judged[judged["decision"].ne("wrong")].reset_index(drop=True)


def _recommendations(session: Session) -> pd.DataFrame:
    needed = {"documents": session.store.frame("documents"), "recommendations": _asked_for(session)}
    found = synthesis.repeat_recommendations(needed, session.framework)
    stored = session.store.frame("recommendations").drop(columns=["repeat_of"])
    stored = with_judgements(session, stored)
    repeats = found[["finding_id", "repeat_of"]]
    merged = stored.merge(repeats, on="finding_id", how="left")
    merged["repeat_of"] = merged["repeat_of"].fillna("")
    return merged
