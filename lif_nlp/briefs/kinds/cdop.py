"""The child death overview brief: modifiable factors, and what was done about them."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.claims import Quoter, count, questions, statement, with_role
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
        "care at birth and of newborn babies",
        r"\bfetal|\bfoetal|\bmidwi(?:fe|ves|fery)|\bneonat|\blabour ward",
    ),
    (
        "handover and escalation of care",
        r"\bhandover|\bescalat|\bearly warning|\bPEWS\b|\bsafety[- ]net",
    ),
    ("water safety", r"\bwater safety|\bdrown|\bswim|\blifeguard|\bopen water"),
    (
        "road safety",
        r"\broad (?:safety|traffic|layout)|\bpedestrian|\bcrossing|\bspeed limit|\bseat ?belt",
    ),
    (
        "products and hazards at home",
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
            ("What works", boxes.strengths(own, quoter, 2)),
            ("What is difficult", boxes.problems(own, quoter, 2)),
            ("Action, and how to measure it", _action(rows, quoter)),
            ("Questions to ask", questions(_QUESTIONS)),
        ],
        [_table(told)],
    )


def _read(reports: list[str], rows: pd.DataFrame) -> list[Claim]:
    if not reports:
        return [statement("This workspace holds no child death reviews or coroners' reports yet.")]
    read = english.some(len(reports), "child death review or coroner's report",
                        "child death reviews and coroners' reports")  # fmt: skip
    holding = f"{english.number(rows['doc_id'].nunique())} of them" if len(reports) > 1 else "it"
    told = (
        f"{english.capital(read)}. {english.capital(english.some(len(rows), 'finding'))} in "
        f"{holding} {english.agree(len(rows), 'be')} about children or the services for them; the "
        "rest are left out."
    )
    return [
        count(told, rows),
        statement(
            "Each death is rare, and each is different. Please do not try to work out who the "
            "child was."
        ),
    ]


def _factors(told: list[tuple[str, pd.DataFrame]], quoter: Quoter) -> list[Claim]:
    if not told:
        return [
            statement(
                "No modifiable factors were recognised in these reports. Ask the panel which it "
                "identified."
            )
        ]
    every = pd.concat([found for _, found in told])
    names = [f"{name} ({found['doc_id'].nunique()})" for name, found in told[:6]]
    lines = [count(f"Factors named, by number of reports: {english.listed(names)}.", every)]
    for _, found in told:
        if len(lines) <= _SHOWN:
            lines += quoter.quotes(with_role(found, "problem"), 1)
    return lines


def _table(told: list[tuple[str, pd.DataFrame]]) -> Chart | None:
    """Reports that name each factor."""
    if not told:
        return None
    rows = tuple(
        (english.capital(name), found["doc_id"].nunique(), len(found)) for name, found in told
    )
    figures = english.listed([f"{row[0]} {row[1]}" for row in rows])
    alt = f"Number of reports that name each factor: {figures}."
    return Chart("bars", "Factors named", ("Factor", "Reports", "Findings"), rows, alt)


def _action(rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    done = with_role(rows, "action")
    if done.empty:
        return [statement("No action is recorded. Agree one, and how you will measure it:"), FORM]
    lead = (
        f"{english.capital(english.some(len(done), 'finding'))} "
        f"{english.agree(len(done), 'recommend')} or {english.agree(len(done), 'report')} action."
    )
    return [
        count(lead, done),
        *boxes.quotes_or_explanation(quoter.quotes(done, 2), len(done)),
        FORM,
    ]
