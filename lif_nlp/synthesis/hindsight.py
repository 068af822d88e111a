"""How each report looks back: rates of hindsight wording, by kind of section."""

from __future__ import annotations

import re

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.records import HINDSIGHT_CODES
from lif_nlp.synthesis.frames import Frames, empty, findings, reports

HINDSIGHT = (
    "doc_id", "title", "published", "section", "apart", "sentences", *HINDSIGHT_CODES, "aware",
    "flagged", "flagged_without_reason", *(f"{code}_per_1000" for code in HINDSIGHT_CODES),
    "flagged_per_1000",
)  # fmt: skip

# First match wins.  Recommendations, law and family statements follow other rules of
# speech than an analysis of practice does, so they are counted apart (hindsight.md, 2.6).
_SECTIONS = (
    ("recommendations", r"recommend|action plan|next steps|what needs to|areas? for improvement"),
    ("law", r"\blaw\b|legal|statut|guidance|verdict|conclusion of the inquest|terms of reference"),
    ("family", r"famil(y|ies).{0,12}(view|perspective|involve|contribut|voice)|pen picture"),
    ("method", r"method|scope|process|introduction|about this|contents|appendix|glossary"),
    ("narrative", r"chronolog|narrative|background|what happened|circumstances|key episode"),
    ("strengths", r"strength|good practice|effective|worked well"),
    ("findings", r"analysis|finding|appraisal|learning|concern|themes?\b|evaluat"),
)
_APART = ("recommendations", "law", "family")
_COMPILED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _SECTIONS)


def section_kind(heading: str) -> str:
    """Kind of section that a heading path names; the innermost heading decides first.

    >>> section_kind("Part 2 > Analysis of practice")
    'findings'
    >>> section_kind("The hub")
    'other'
    """
    for part in reversed(heading.split(" > ")):
        for name, pattern in _COMPILED:
            if pattern.search(part):
                return name
    return "other"


def hindsight_profile(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Hindsight wording of each report by kind of section, reports in order of date.

    Columns: `HINDSIGHT`.  Rates are per 1,000 sentences of that section of that
    report; `flagged` counts sentences with any code, `flagged_without_reason`
    those that do not also say why.  `apart` marks recommendations, law and family
    words, which are not to be read with the rest.  There is deliberately no total
    by author or area, and no order by rate.
    """
    rows = findings(frames)
    if rows.empty:
        return empty(HINDSIGHT)
    family = rows["speaker"].fillna("").isin(["family", "child", "parent"])
    section = rows["heading"].fillna("").map(section_kind).mask(family, "family")
    codes = {code: rows["hindsight"].map(lambda got, c=code: c in got) for code in HINDSIGHT_CODES}
    flagged = rows["hindsight"].map(bool)
    marked = rows.assign(
        section=section, flagged=flagged, flagged_without_reason=flagged & ~rows["why"], **codes
    )
    counted = [*HINDSIGHT_CODES, "aware", "flagged", "flagged_without_reason"]
    groups = marked.groupby(["doc_id", "section"], as_index=False)
    table = groups[counted].sum().merge(groups.size(), on=["doc_id", "section"])
    table = table.rename(columns={"size": "sentences"})
    for name in (*HINDSIGHT_CODES, "flagged"):
        table[f"{name}_per_1000"] = (1000 * table[name] / table["sentences"]).astype(float).round(1)
    table = table.assign(apart=table["section"].isin(_APART))
    table = table.merge(reports(frames)[["doc_id", "title", "published"]], on="doc_id")
    ordered = table.sort_values(["published", "doc_id", "apart", "section"])
    return ordered[list(HINDSIGHT)].reset_index(drop=True)
