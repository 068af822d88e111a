"""The child death overview brief: modifiable factors, and what was done about them."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import sections
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.claims import Quoter, count, of_role, questions, statement
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_FAMILIES = ("child_death", "coroner")
# (name in print, words that show it); the factors that child death panels look for.
_FACTORS = (
    (
        "safer sleep",
        r"\bsafer? sleep|\bco-?sleep|\bbed-?shar|\bsleeping (?:arrangement|environment)",
    ),
    ("smoking", r"\bsmok(?:e|es|ers?|ing)\b(?! free polic)"),
    (
        "mental health and self-harm",
        r"\bself-?harm|\bCAMHS\b|\bmental health (?:service|support|need)",
    ),
    ("asthma and allergy", r"\basthma|\ballerg|\banaphyla|\bauto-?injector|\binhaler"),
    ("sepsis and infection", r"\bsepsis\b|\bimmunis|\bvaccin|\bmeningit"),
    (
        "care in birth and as a newborn",
        r"\bfetal|\bfoetal|\bmidwi(?:fe|ves|fery)|\bneonat|\blabour ward",
    ),
    (
        "handover and escalation of care",
        r"\bhandover|\bescalat|\bearly warning|\bPEWS\b|\bsafety[- ]net",
    ),
    ("water", r"\bwater safety|\bdrown|\bswim|\blifeguard|\bopen water"),
    (
        "roads",
        r"\broad (?:safety|traffic|layout)|\bpedestrian|\bcrossing|\bspeed limit|\bseat ?belt",
    ),
    (
        "products and the home",
        r"\bblind cord|\bbutton batter|\bsmoke alarm|\bwindow restrictor|\bchoking",
    ),
    ("drugs and alcohol", r"\bMDMA\b|\becstasy|\bketamine|\bsubstance misuse|\bdrug use"),
)
_SHOWN = 3
_CHILD = (
    r"(?i)\b(?:child(?:ren)?(?:’s|'s)?|bab(?:y|ies)|infants?|newborns?|toddlers?|pupils?|schools?|"
    r"paediatric\w*|teenagers?|young (?:people|person)|CAMHS|neonat\w*|nursery|midwi\w+)\b"
)
_QUESTIONS = (
    "Which of these factors do we talk about with every family, and in what words?",
    "What did families tell us would have made the advice easier to follow?",
    "Where has advice been taken up well here, and who gave it?",
)


def cdop(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Learning from child death reviews and coroners, as far as it speaks of children."""
    reports = [doc for doc in material.reports["doc_id"] if material.family(str(doc)) in _FAMILIES]
    rows = subject.rows[subject.rows["doc_id"].isin(reports)]
    # Coroners write of adults too; a child death review speaks of children throughout.
    adults = rows["doc_id"].map(lambda doc: material.family(str(doc)) == "coroner").astype(bool)
    rows = rows[~adults | rows["text"].str.contains(_CHILD, regex=True).astype(bool)]
    own = Subject("all", "all", "Learning from child deaths", rows)
    quoter = Quoter(material, own, audience.group)
    factors = {name: rows[rows["text"].str.contains(f"(?i){words}", regex=True)]
               for name, words in _FACTORS} if len(rows) else {}  # fmt: skip
    told = sorted(
        ((name, found) for name, found in factors.items() if len(found)),
        key=lambda pair: (-pair[1]["doc_id"].nunique(), pair[0]),
    )
    return assemble(
        ("cdop", "Child death overview brief"),
        quoter,
        audience,
        [
            ("What we read", _read(reports, rows)),
            ("Modifiable factors", _factors(told, quoter)),
            ("What works", sections.strengths(own, quoter, 2)),
            ("What is difficult", sections.problems(own, quoter, 2)),
            ("Action and its measure", _action(rows, quoter)),
            ("Questions to ask", questions(_QUESTIONS)),
        ],
        [_table(told)],
    )


def _read(reports: list[str], rows: pd.DataFrame) -> list[Claim]:
    if not reports:
        return [statement("No child death review or coroner's report is in this workspace yet.")]
    speak = rows["doc_id"].nunique()
    told = (
        f"{english.capital(english.some(len(reports), 'report'))} of child death reviews "
        f"and coroners. {english.capital(english.some(len(rows), 'finding'))} "
        f"in {english.number(speak)} of them speak "
        "of children or their services; the rest is left out."
    )
    return [
        count(told, rows),
        statement("Each death is rare and stands apart. Do not look for whom it was."),
    ]


def _factors(told: list[tuple[str, pd.DataFrame]], quoter: Quoter) -> list[Claim]:
    if not told:
        return [statement("No modifiable factor is named in these words. Ask the panel for them.")]
    every = pd.concat([found for _, found in told])
    names = [f"{name} ({found['doc_id'].nunique()})" for name, found in told[:6]]
    lines = [count(f"Named most often, by reports: {english.listed(names)}.", every)]
    for _, found in told:
        if len(lines) <= _SHOWN:
            lines += quoter.quotes(of_role(found, "problem"), 1)
    return lines


def _table(told: list[tuple[str, pd.DataFrame]]) -> Chart | None:
    """Reports that name each factor."""
    if not told:
        return None
    rows = tuple(
        (english.capital(name), found["doc_id"].nunique(), len(found)) for name, found in told
    )
    alt = "Reports that name a factor: " + english.listed([f"{row[0]} {row[1]}" for row in rows])
    return Chart("bars", "Factors named", ("Factor", "Reports", "Findings"), rows, alt + ".")


def _action(rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    done = of_role(rows, "action")
    if done.empty:
        return [statement("No action is recorded. Agree one, with its measure:"), FORM]
    lead = (
        f"{english.capital(english.some(len(done), 'finding'))} "
        f"{'ask' if len(done) > 1 else 'asks'} for or {'report' if len(done) > 1 else 'reports'} "
        "a step."
    )
    return [count(lead, done), *sections.or_said_why(quoter.quotes(done, 2), len(done)), FORM]
