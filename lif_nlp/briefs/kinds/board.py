"""The board page: themes, progress, risks and challenge questions on one page."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import TYPE_SHIFT, TYPE_SHIFT_CAVEAT
from lif_nlp.briefs.sections.claims import Quoter, questions, statement
from lif_nlp.briefs.subjects import Subject
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_SHOWN = 5
_CHALLENGES = 3
_CHANGE = "What did our action change for children, and how do we know?"
_ALWAYS = (
    "Which of these have we seen in our own audits, and when did we last look?",
    "What have children and families told us about this, and what did we change?",
)


def board(material: Material, subject: Subject, audience: Audience) -> Brief:
    """What recurs, what moves, what does not, and what to ask of services."""
    stuck = material.tables["persistence"]
    stuck = _named(material, stuck[stuck["persistent"].astype(bool)])
    return assemble(
        ("board", "Learning for the board"),
        Quoter(material, subject, audience.group),
        audience,
        [
            ("Themes", _themes(material)),
            ("Progress", _progress(material)),
            ("Risks", _risks(material, stuck)),
            ("Challenge questions", _challenges(material, stuck)),
        ],
        [_table(material)],
    )


def _themes(material: Material) -> list[Claim]:
    top = material.tables["recurrence"].head(_SHOWN)
    if top.empty:
        return [statement("No themes were found in these reports.")]
    told = [f"{english.lower_first(str(r['name']))} ({r['reports']})" for _, r in top.iterrows()]
    lead = f"Most common themes, out of {english.some(len(material.reports), 'report')}"
    return [
        Claim("count", f"{lead}: {english.listed(told)}.", _behind(material, top)),
        *_priorities(material),
    ]


def _priorities(material: Material) -> list[Claim]:
    lines = []
    for _, row in material.tables["priorities"].iterrows():
        told = (
            f"{row['name']}: {english.some(int(row['reports']), 'report')}, with "
            f"{english.some(int(row['strengths']), 'strength')} and "
            f"{english.some(int(row['problems']), 'problem')}."
        )
        ids = tuple(sorted(material.of_priority(str(row["priority"]))["finding_id"]))
        lines.append(Claim("count", told, ids))
    return lines


def _progress(material: Material) -> list[Claim]:
    """Where strengths outnumber problems, and where themes are met less often."""
    balance = _named(material, material.tables["balance"])
    good = balance[(balance["strengths"] > balance["problems"]) & (balance["strength_reports"] > 2)]
    lines = []
    if len(good):
        names = [f"{english.lower_first(str(r['name']))} ({r['strengths']:,} to {r['problems']:,})"
                 for _, r in good.head(_SHOWN).iterrows()]  # fmt: skip
        told = f"More strengths than problems: {english.listed(names)}."
        lines.append(Claim("count", told, _behind(material, good.head(_SHOWN))))
    lines += _moving(material, "falling", "Less common than before")
    return lines or [statement("No theme has more strengths than problems yet.")]


def _risks(material: Material, stuck: pd.DataFrame) -> list[Claim]:
    lines = _moving(material, "rising", "More common than before")
    if len(stuck):
        names = [
            f"{english.lower_first(str(row['name']))} (action since {row['first_action_year']}, "
            f"{english.some(int(row['problem_reports_after']), 'later report')} with a problem)"
            for _, row in stuck.head(4).iterrows()
        ]
        told = f"Still reported after action: {english.listed(names)}."
        lines.append(Claim("count", told, _behind(material, stuck.head(4))))
    if lines:
        return lines
    return [statement("These reports show no theme that is rising, or that persists after action.")]


def _moving(material: Material, direction: str, lead: str) -> list[Claim]:
    table = material.tables["directions"]
    rows = table[table["direction"].eq(direction) & table["subject"].eq("theme")]
    rows = _named(material, rows.rename(columns={"id": "theme_id"}))
    if rows.empty:
        return []
    rows = rows.assign(far=rows["change"].abs()).sort_values(
        ["far", "theme_id"], ascending=[False, True]
    )
    names = [
        f"{english.lower_first(str(row['name']))} ({row['earlier_reports']} of "
        f"{row['earlier_of_reports']}, then {row['later_reports']} of {row['later_of_reports']})"
        for _, row in rows.head(4).iterrows()
    ]
    text = f"{lead}: {english.listed(names)}."
    if float(rows.iloc[0]["type_shift"]) >= TYPE_SHIFT:
        text = f"{text} {TYPE_SHIFT_CAVEAT}"
    return [Claim("count", text, _behind(material, rows.head(4)))]


def _named(material: Material, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows on themes of the framework; a theme found by machine has no owner yet."""
    return rows[rows["theme_id"].isin([theme.code for theme in material.framework.themes])]


def _challenges(material: Material, stuck: pd.DataFrame) -> list[Claim]:
    """A theme's own question where action has not ended the problem, then two for all."""
    own = {theme.code: theme.questions for theme in material.framework.themes}
    asked = []
    for _, row in stuck.head(_CHALLENGES).iterrows():
        later = english.some(int(row["problem_reports_after"]), "report")
        question = next(iter(own.get(str(row["theme_id"]), ())), _CHANGE)
        asked.append(
            f"On {english.lower_first(str(row['name']))}, "
            f"where {later} after {row['first_action_year']} "
            f"still found a problem: {english.lower_first(question)}"
        )
    return questions([*asked, *_ALWAYS])


def _table(material: Material) -> Chart | None:
    balance = material.tables["balance"].head(_SHOWN)
    if balance.empty:
        return None
    rows = tuple(
        (str(row["name"]), int(row["strengths"]), int(row["problems"]))
        for _, row in balance.iterrows()
    )
    told = english.listed([f"{name}, {good} and {bad}" for name, good, bad in rows])
    columns = ("Theme", "Strengths", "Problems")
    alt = f"Strengths and problems of each theme: {told}."
    return Chart("balance", "Strengths and problems", columns, rows, alt)


def _behind(material: Material, rows: pd.DataFrame) -> tuple[str, ...]:
    own = material.links[material.links["theme_id"].isin(rows["theme_id"])]
    return tuple(sorted(set(own["finding_id"])))
