"""The voice page: what children and families said, what was done, what changed."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs import plain
from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.claims import Quoter, count, of_role, questions, statement
from lif_nlp.briefs.closing import FORM, assemble
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim

# A person, at most three words that open no side clause, and a verb of speaking or feeling.
_SAID = (
    r"(?i)\b(?:child(?:ren)?|people|person|parents?|carers?|famil(?:y|ies)|mothers?|fathers?)"
    r"(?: (?!are\b|is\b|was\b|were\b|to\b|be\b|in\b|for\b|at\b|that\b|which\b|with\b)\w+){0,3} "
    r"(?:said|says?|told|tell|reports?|reported(?! missing)|felt|feels?|describes?|described|"
    r"values?|valued|speaks?|spoke|wants?|wanted|appreciates?|appreciated)\b"
)
_NOT_SAID = r"(?i)\bhelp(?:s|ed|ing)? (?:\w+ ){0,4}feel\b"
_VOICE = "voice_of_child"
_SPEAKERS = ("child", "children", "family", "parent", "parents")


def voice(material: Material, subject: Subject, audience: Audience) -> Brief:
    """You said, we did, it changed; each line with its source."""
    rows = _heard(material, subject)
    quoter = Quoter(material, Subject("all", "all", subject.name, rows), audience.group)
    themed = set(material.of_theme(_VOICE)["finding_id"])
    own = subject.rows[subject.rows["finding_id"].isin(themed)]
    done = of_role(own, "action")
    good = of_role(own, "strength")
    good = good[~good["finding_id"].isin(rows["finding_id"])]
    return assemble(
        ("voice", "You said, we did"),
        quoter,
        audience,
        [
            ("You said", _told(rows, quoter, 4, "speak of what children and families said",
                               "No report here tells what children or families said. Ask them.")),
            ("We did", _told(done, quoter, 3, "ask for or report a step",
                             "No step in answer to children's voice is recorded. What was done?")),
            ("It changed", _told(good, quoter, 3, "tell of children being heard",
                                 "No change is recorded yet. Ask the children whether it helped.")),
            ("Questions to ask", questions(_QUESTIONS)),
            ("Our answer", [FORM]),
        ],
    )  # fmt: skip


_QUESTIONS = (
    "What has changed here because of something a child told us, and do they know it?",
    "Whose voice is missing: babies, disabled children, brothers and sisters, fathers?",
    "Where do children feel heard here, and what makes that possible?",
)


def _heard(material: Material, subject: Subject) -> pd.DataFrame:
    """Findings in which a child or family member speaks or is said to have spoken."""
    rows = subject.rows
    if rows.empty:
        return rows
    speaks = rows["speaker"].fillna("").isin(_SPEAKERS)
    text = rows["text"]
    told = text.str.contains(_SAID, regex=True) & ~text.str.contains(_NOT_SAID, regex=True)
    return rows[speaks | told]


def _told(rows: pd.DataFrame, quoter: Quoter, shown: int, does: str, nothing: str) -> list[Claim]:
    if rows.empty:
        return [statement(nothing)]
    lead = (
        f"{plain.capital(plain.some(len(rows), 'finding'))} in "
        f"{plain.some(rows['doc_id'].nunique(), 'report')} {does}."
    )
    return [count(lead, rows), *quoter.quotes(rows, shown)]
