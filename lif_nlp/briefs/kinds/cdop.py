"""The child death overview brief: modifiable factors, and what was done about them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections import boxes
from lif_nlp.briefs.sections.assemble import FORM, assemble
from lif_nlp.briefs.sections.claims import Quoter, count, questions, statement, with_role
from lif_nlp.briefs.sections.counts import role_counts
from lif_nlp.briefs.sections.followed_up import verdicts_in_words
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim, Evidence
from lif_nlp.text import english

# (name in print, words that show it, what to ask); the factors that child death panels look for.
_FACTORS = (
    (
        "safer sleep",
        r"\bsafer? sleep|\bco-?sleep|\bbed-?shar|\bsleeping (?:arrangement|environment)",
        "Where does the baby sleep, also on a bad night and away from home?",
    ),
    (
        "smoking",
        r"\bsmok(?:e|es|ers?|ing)\b(?! free polic| alarm)|\bcarbon monoxide",
        "Who smokes around the child, and who offers them help to stop?",
    ),
    (
        "mental health and self-harm",
        r"\bself-?harm|\bCAMHS\b|\bmental health (?:service|support|need)",
        "Who asks a young person about self-harm, and what happens on the same day?",
    ),
    (
        "asthma and allergy",
        r"\basthma|\ballerg|\banaphyla|\bauto-?injector|\binhaler",
        "Who knows the child's emergency plan, at home and at school?",
    ),
    (
        "sepsis and infection",
        r"\bsepsis\b|\bimmunis|\bvaccin|\bmeningit",
        "Do parents know which signs mean that they should ring now?",
    ),
    (
        "birth and newborn care",
        r"\bfetal|\bfoetal|\bneonat|\blabour ward|\bnewborn|\bpost-?natal|\bbirth\b",
        "What must the next service know on the day that mother and baby go home?",
    ),
    (
        "handover and escalation of care",
        r"\bhandover|\bescalat|\bearly warning|\bPEWS\b|\bsafety[- ]net",
        "What makes it easy to call for a senior when somebody is uneasy?",
    ),
    (
        "water safety",
        r"\bwater safety|\bdrown|\bswim|\blifeguard|\bopen water",
        "Which water do children here play near, and who has talked with them about it?",
    ),
    (
        "road safety",
        r"\broad (?:safety|traffic|layout)|\bpedestrian|\bcrossing|\bspeed limit|\bseat ?belt",
        "Which roads do children here find hard to cross, and who could change that?",
    ),
    (
        "products and hazards at home",
        r"\bblind cord|\bbutton batter|\bsmoke alarm|\bwindow restrictor|\bchoking",
        "Who looks round the home with the family, and can help them to put it right?",
    ),
    (
        "drugs and alcohol",
        r"\bMDMA\b|\becstasy|\bketamine|\bsubstance misuse|\bdrug use",
        "Where can a young person ask about drugs without fear of trouble?",
    ),
)
_FACTORS_TOLD = 6
"""Factors that the page tells of, each with its question, and that its chart shows."""

_SHOWN = 3
"""Findings shown of one subject, so that no subject fills the page. Chosen by judgement."""

_CHILD = (
    r"(?i)\b(?:child(?:ren)?(?:’s|'s)?|bab(?:y|ies)|infants?|newborns?|toddlers?|pupils?|schools?|"
    r"paediatric\w*|teenagers?|young (?:people|person)|CAMHS|neonat\w*|nursery|midwi\w+)\b"
)
_SPEAKS = (
    r"(?i)\bchild(?:ren['’]?s?|['’]s)? deaths?\b|\bdeaths? of (?:an? |the )?(?:\w+ )?"
    r"(?:child(?:ren)?|bab(?:y|ies)|infants?)\b|\bCDOP\b|\bsudden (?:unexpected|infant) death|"
    r"\b(?:infant|child) mortality\b|\b(?:child|baby|infant) (?:has |had )?died\b"
)
"""Words of any report that speak of the death of a child."""
_DIFFERENCE = 2
"""Reports by which the factor named most must lead the one named least for a picture of both."""

_FEWEST_REPORTS = 2
"""Reports on child deaths from which there is a brief: of one, it would tell of one child."""

_QUESTIONS = 3
"""Questions at the end, the first of the framework's prompts for a panel."""


def cdop(material: Material, subject: Subject, audience: Audience) -> Brief:
    """Learning from child death reviews, coroners, and what other reports say of child deaths."""
    rows = _on_child_deaths(material, subject)
    own = Subject("child deaths", "all", "Learning from child deaths", rows)
    quoter = Quoter(material, own, audience.group)
    factors_named = _named_factors(rows)
    read = ("What we read", _read(material, rows))
    if own.reports < _FEWEST_REPORTS:
        return assemble(("cdop", _NAME), quoter, audience, [read])
    sections = [
        read,
        ("Factors that can be changed", _factors(factors_named, quoter)),
        *_sides(own, quoter),
        ("Action, and how to measure it", [*followed_factors(material), *_action(rows, quoter)]),
        ("Questions to ask", questions(material.framework.cdop_prompts[:_QUESTIONS])),
    ]
    return assemble(
        ("cdop", _NAME),
        quoter,
        audience,
        [(heading, _without_place(material, lines)) for heading, lines in sections],
        [_table(factors_named[:_FACTORS_TOLD])],
    )


_NAME = "Child death overview brief"


def _without_place(material: Material, lines: list[Claim]) -> list[Claim]:
    """The lines with coroners' reports cited by kind alone: place and day would tell of one child.

    The file and page stay, for those who may read it.
    """
    names = {kind.family: kind.name for kind in material.framework.review_types}

    def guarded(one: Evidence) -> Evidence:
        if material.family(one.doc_id) != "coroner":
            return one
        return replace(one, title=names["coroner"], published="")

    return [
        replace(line, evidence=tuple(map(guarded, line.evidence))) if line.evidence else line
        for line in lines
    ]


def _sides(own: Subject, quoter: Quoter) -> list[tuple[str, list[Claim]]]:
    """What works and what is difficult: both, or neither where neither has words to quote."""
    sides = [
        ("What works", boxes.strengths(own, quoter, 2)),
        ("What is difficult", boxes.problems(own, quoter, 2)),
    ]
    has_words = any(line.kind == "quote" for _, lines in sides for line in lines)
    return sides if has_words else []


def _on_child_deaths(material: Material, subject: Subject) -> pd.DataFrame:
    """Findings of child death reviews, of coroners on children, and on child deaths elsewhere."""
    rows = subject.rows
    # Of no rows pandas makes a column of numbers, which cannot be compared with words.
    families = rows["doc_id"].map(lambda doc: material.family(str(doc))).astype(object)
    # Coroners write of adults too; a child death review speaks of children throughout.
    on_child = rows["text"].str.contains(_CHILD, regex=True).astype(bool)
    speaks = rows["text"].str.contains(_SPEAKS, regex=True).astype(bool)
    of_deaths = families.eq("child_death") | (families.eq("coroner") & on_child)
    # Inspectors mention child deaths in passing; that is no learning from them.
    in_passing = families.eq("inspection") & rows["role"].ne("problem")
    return rows[of_deaths | (speaks & ~in_passing)]


def _read(material: Material, rows: pd.DataFrame) -> list[Claim]:
    if rows.empty:
        return [statement("No report read so far speaks of the death of a child.")]
    counts = role_counts(rows)
    read = english.share_of(counts.reports, len(material.reports), "report")
    line = (
        f"{read} {english.agree(counts.reports, 'speak')} of the deaths of children or of services "
        f"that could prevent them. They hold {english.some(counts.findings, 'finding')}: "
        f"{counts.parts}."
    )
    return [
        count(line, rows),
        statement(
            "Each death is rare, and each is different. Please do not try to work out who the "
            "child was."
        ),
    ]


def _named_factors(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Factors that findings name, with these findings, most reports first."""
    if rows.empty:
        return []
    texts = rows["text"]
    pairs = [(name, rows[texts.str.contains(f"(?i){words}")]) for name, words, _ in _FACTORS]
    return sorted(
        (pair for pair in pairs if len(pair[1])),
        key=lambda pair: (-pair[1]["doc_id"].nunique(), pair[0]),
    )


def _factors(told: list[tuple[str, pd.DataFrame]], quoter: Quoter) -> list[Claim]:
    """Each factor with its reports and what to ask; the first ones with words of a report."""
    ask = {name: question for name, _, question in _FACTORS}
    of = quoter.subject.reports
    lines: list[Claim] = []
    for name, own_rows in told[:_FACTORS_TOLD]:
        reports = f"{own_rows['doc_id'].nunique()} of {of} {'report' if of == 1 else 'reports'}"
        lines.append(count(f"{english.capital(name)}: {reports}. Ask: {ask[name]}", own_rows))
        if sum(line.kind == "quote" for line in lines) < _SHOWN:
            # What a report asks for is shown where no problem can be quoted safely.
            lines += quoter.quotes(with_role(own_rows, "problem"), 1) or quoter.quotes(
                with_role(own_rows, "action"), 1
            )
    return lines


def _table(told: list[tuple[str, pd.DataFrame]]) -> Chart | None:
    """Reports that name each factor; None where their numbers hardly differ: it shows nothing."""
    counts = {own_rows["doc_id"].nunique() for _, own_rows in told}
    if max(counts, default=0) - min(counts, default=0) < _DIFFERENCE:
        return None
    rows = tuple(
        (english.capital(name), own_rows["doc_id"].nunique(), len(own_rows))
        for name, own_rows in told
    )
    figures = english.listed([f"{row[0]} {row[1]}" for row in rows])
    alt = f"Number of reports that name each factor: {figures}."
    return Chart("bars", "Factors named", ("Factor", "Reports", "Findings"), rows, alt)


def followed_factors(material: Material) -> list[Claim]:
    """For each factor that a recommendation names: its actions, and what a later check saw."""
    lines = material.life_lines
    if lines.empty:
        return []
    requests = lines[lines["stage"].eq("asked")]
    claims = []
    for name, words, _ in _FACTORS:
        own = requests.loc[requests["words"].str.contains(f"(?i){words}", regex=True), "ask_id"]
        recorded = lines[lines["ask_id"].isin(own) & lines["recorded"].astype(bool)]
        stages = recorded.groupby("stage")["ask_id"].nunique()
        if not len(own) or not {"action", "checked"} & set(stages.index):
            continue
        verdicts = verdicts_in_words(recorded)
        saw = "no later check is recorded; agree how to measure it"
        if "checked" in stages.index:
            saw = "a later check is recorded, without a verdict"
        if verdicts:
            saw = f"later checks found: {verdicts}"
        asks = english.some(own.nunique(), "recommendation")
        # Where nothing is recorded, nothing is said: it may have been done all the same.
        steps = "".join(
            f", {english.number(int(stages[stage]))} {words}"
            for stage, words in (
                ("action", "with an action in a plan"), ("done", "reported or verified as done")
            )
            if stage in stages.index
        )  # fmt: skip
        claims.append(count(f"{english.capital(name)}: {asks}{steps}; {saw}."))
    return claims


def _action(rows: pd.DataFrame, quoter: Quoter) -> list[Claim]:
    actions = with_role(rows, "action")
    if actions.empty:
        return [
            statement("No finding here asks for action. Agree one, and how you will measure it:"),
            FORM,
        ]
    return [*boxes.count_actions(actions, quoter, 2), FORM]
