"""Cases: reports on one child or family, counted by area, year, age band and kind of harm."""

from __future__ import annotations

import pandas as pd

from lif_nlp.framework.model import OF_SERVICES, Framework
from lif_nlp.schema import make_frame
from lif_nlp.synthesis.frames import Frames, counted_reports, frame_or_empty


def cases(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Reports on one child or family by area, year, age band and harm mentioned most.

    Columns: see `schema`, table "cases".  A report counts if its first pages state the child's
    age or the harm.
    """
    facts = frame_or_empty(frames, "facts", ("doc_id", "name", "value"))
    facts = facts[facts["name"].isin(["age_band", "harm"])]
    if facts.empty:
        return make_frame("cases")
    facts_of_report = facts.drop_duplicates(["doc_id", "name"]).pivot(
        index="doc_id", columns="name", values="value"
    )
    facts_of_report = facts_of_report.reindex(columns=["age_band", "harm"]).fillna("")
    # The harm mentioned most stands first; each case counts under one.
    facts_of_report["harm"] = facts_of_report["harm"].astype(str).str.split("; ").str[0]
    rows = counted_reports(frames).merge(facts_of_report, left_on="doc_id", right_index=True)
    families = {kind.id: kind.family for kind in framework.review_types}
    # Reports on many children describe no case.
    of_many = rows["review_type"].map(families).isin([*OF_SERVICES, "national"])
    rows = rows[~of_many.astype(bool)].assign(area=lambda own: own["area"].fillna(""))
    parts = ["area", "year", "age_band", "harm"]
    counts = rows.groupby(parts, dropna=False).size().rename("reports").reset_index()
    return make_frame("cases", list(counts.itertuples(index=False, name=None)))
