"""How each report looks back: rates of hindsight wording by type of section."""

from __future__ import annotations

import re

import pandas as pd

from lif_nlp.framework.model import Framework
from lif_nlp.records import HINDSIGHT_CODES
from lif_nlp.schema import column_names, make_frame
from lif_nlp.synthesis.frames import Frames, counted_findings, counted_reports

# The first match wins.  Recommendations, law and family views use other language than an
# analysis of practice does, so they are reported separately (domain notes on hindsight, 2.6).
_SECTIONS = (
    ("recommendations", r"recommend|action plan|next steps|what needs to|areas? for improvement"),
    ("law", r"\blaw\b|legal|statut|guidance|verdict|conclusion of the inquest|terms of reference"),
    ("family", r"famil(y|ies).{0,12}(view|perspective|involve|contribut|voice)|pen picture"),
    ("method", r"method|scope|process|introduction|about this|contents|appendix|glossary"),
    ("narrative", r"chronolog|narrative|background|what happened|circumstances|key episode"),
    ("strengths", r"strength|good practice|effective|worked well"),
    ("findings", r"analysis|finding|appraisal|learning|concern|themes?\b|evaluat"),
)
_OUTSIDE_ANALYSIS = ("recommendations", "law", "family")
_FAMILY_SPEAKERS = ("family", "child", "parent")
_SECTION_PATTERNS = tuple((name, re.compile(pattern, re.I)) for name, pattern in _SECTIONS)


def section_kind(heading: str) -> str:
    """Type of section named by a path of headings; the innermost heading is tried first.

    >>> section_kind("Part 2 > Analysis of practice")
    'findings'
    >>> section_kind("The hub")
    'other'
    """
    for part in reversed(heading.split(" > ")):
        for name, pattern in _SECTION_PATTERNS:
            if pattern.search(part):
                return name
    return "other"


def hindsight_profile(frames: Frames, framework: Framework) -> pd.DataFrame:
    """Hindsight wording in each report by type of section, in order of publication.

    Columns: see `schema`, table "hindsight".  Rates are per 1,000 sentences of that
    section of that report.  There is deliberately no total by author or area and no
    ranking by rate: the profile is meant for learning, not for league tables.
    """
    findings = counted_findings(frames)
    if findings.empty:
        return make_frame("hindsight")
    is_family = findings["speaker"].fillna("").isin(_FAMILY_SPEAKERS)
    # Families may speak in any section, and to look back is what they are asked for.
    section = findings["heading"].fillna("").map(section_kind).mask(is_family, "family")
    codes = {
        code: findings["hindsight"].map(lambda cell, c=code: c in cell) for code in HINDSIGHT_CODES
    }
    has_flag = findings["hindsight"].map(bool)
    flags = findings.assign(
        section=section,
        flagged=has_flag,
        flagged_without_reason=has_flag & ~findings["why"],
        **codes,
    )
    columns = [*HINDSIGHT_CODES, "aware", "flagged", "flagged_without_reason"]
    groups = flags.groupby(["doc_id", "section"], as_index=False)
    table = groups[columns].sum().merge(groups.size(), on=["doc_id", "section"])
    table = table.rename(columns={"size": "sentences"})
    for name in (*HINDSIGHT_CODES, "flagged"):
        table[f"{name}_per_1000"] = (1000 * table[name] / table["sentences"]).astype(float).round(1)
    table = table.assign(outside_analysis=table["section"].isin(_OUTSIDE_ANALYSIS))
    table = table.merge(counted_reports(frames)[["doc_id", "title", "published"]], on="doc_id")
    result = table.sort_values(["published", "doc_id", "outside_analysis", "section"])
    return result[list(column_names("hindsight"))].reset_index(drop=True)
