"""The child death overview brief: modifiable factors, and what was done about them."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs import parts, plain
from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.claims import Quoter, count, of_role, questions, statement
from lif_nlp.briefs.closing import FORM, assemble
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Claim

_FAMILIES = ("child_death", "coroner")
_FACTORS = (
    r"(?i)\bmodifiable\b|\bsafe(?:r)? sleep|\bco-?sleep|\bsmok(?:e|ing)|\basthma\b|\bobes|"
    r"\bdrown|\bwater safety|\broad (?:safety|traffic)|\bsepsis\b|\bimmunis"
)
_QUESTIONS = (
    "Which of these factors do we talk about with every family, and in what words?",
    "What did families tell us would have made the advice easier to follow?",
    "Where has advice been taken up well here, and who gave it?",
)


def cdop(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Learning from child death reviews and coroners only, without adults' parts."""
    reports = [doc for doc in material.reports["doc_id"] if material.family(str(doc)) in _FAMILIES]
    rows = subject.rows[subject.rows["doc_id"].isin(reports)]
    own = Subject("all", "all", "Learning from child deaths", rows)
    quoter = Quoter(material, own, audience.group)
    return assemble(
        ("cdop", "Child death overview brief"),
        quoter,
        audience,
        [
            ("What we read", _read(reports, rows)),
            ("Modifiable factors", _factors(rows, quoter)),
            ("What works", parts.strengths(own, quoter, 2)),
            ("What is difficult", parts.problems(own, quoter, 2)),
            ("Action and its measure", _action(rows, quoter)),
            ("Questions to ask", questions(_QUESTIONS)),
        ],
    )


def _read(reports: list[str], rows: pd.DataFrame) -> list[Claim]:
    if not reports:
        return [statement("No child death review or coroner's report is in this workspace yet.")]
    told = (
        f"{plain.capital(plain.some(len(reports), 'report'))}, {plain.some(len(rows), 'finding')}"
    )
    return [count(f"{told}. Each death is rare and apart: do not look for whom it was.", rows)]


def _factors(rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    found = rows[rows["text"].str.contains(_FACTORS, regex=True)] if len(rows) else rows
    if found.empty:
        return [statement("No modifiable factor is named in these words. Ask the panel for them.")]
    lead = f"{plain.capital(plain.some(len(found), 'finding'))} name a modifiable factor."
    return [count(lead, found), *quoter.quotes(found, 3)]


def _action(rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    done = of_role(rows, "action")
    if done.empty:
        return [statement("No action is recorded. Agree one, with its measure:"), FORM]
    lead = f"{plain.capital(plain.some(len(done), 'finding'))} ask for or report a step."
    return [count(lead, done), *quoter.quotes(done, 2), FORM]
