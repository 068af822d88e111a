"""The annual report section: learning, action, evidence of impact, and gaps."""

from __future__ import annotations

import pandas as pd

from lif_nlp.briefs.audiences import Audience
from lif_nlp.briefs.material import Material
from lif_nlp.briefs.sections.assemble import assemble
from lif_nlp.briefs.sections.change_over_time import changes
from lif_nlp.briefs.sections.claims import (
    Quoter,
    count,
    list_counts,
    reason_counts,
    statement,
    with_role,
)
from lif_nlp.briefs.sections.evidence_strength import assess_evidence
from lif_nlp.briefs.subjects import Subject, subject_of
from lif_nlp.records import Brief, Chart, Claim
from lif_nlp.text import english

_THEMES = 8


def annual(material: Material, subject: Subject, audience: Audience) -> Brief:
    """What the partnership learnt, with a part for each of its priorities."""
    quoter = Quoter(material, subject, audience.group)
    parts = [
        (priority.name, _priority(material, quoter, priority.id))
        for priority in material.framework.priorities
    ]
    return assemble(
        ("annual", "What we learnt from reviews and audits"),
        quoter,
        audience,
        [
            ("What we read", _read(material)),
            ("Recurring themes", _recurs(material)),
            *parts,
            ("Evidence of impact", _impact(material, quoter)),
            ("Gaps: what these reports cannot tell us", _gaps(material)),
        ],
        [_priorities(material), _table(material)],
    )


def _read(material: Material) -> list[Claim]:
    weight = assess_evidence(material, Subject("all", "all", "All", material.findings))
    return [count(weight.numbers, material.findings)]


def _recurs(material: Material) -> list[Claim]:
    top = material.tables["recurrence"].head(_THEMES)
    if top.empty:
        return [statement("No themes were found.")]
    told = [f"{english.lower_first(str(r['name']))} ({english.percent(r['share'])})"
            for _, r in top.iterrows()]  # fmt: skip
    own = material.links[material.links["theme_id"].isin(top["theme_id"])]
    return [count(f"Most common themes, by share of reports: {english.listed(told)}.", own)]


def _priority(material: Material, quoter: Quoter, priority_id: str) -> list[Claim]:
    """Learning, reasons, action and movement on one priority."""
    subject = subject_of(material, priority=priority_id)
    rows = subject.rows
    if rows.empty:
        return [
            statement(
                "No report mentions it. This probably reflects which reports were read, not how "
                "often it happens."
            )
        ]
    own = quoter.for_subject(subject)
    good, bad, done = (with_role(rows, role) for role in ("strength", "problem", "action"))
    lines = [count(assess_evidence(material, subject).sentence, rows)]
    lines += [
        count(
            f"Learning: {english.some(len(good), 'strength')} and "
            f"{english.some(len(bad), 'problem')}.",
            pd.concat([good, bad]),
        ),
        *own.quotes(good, 1),
        *own.quotes(bad, 1),
    ]
    said = list_counts(reason_counts(rows[rows["why"].astype(bool)]), 3)
    if said:
        lines.append(count(f"Reasons given: {said}.", rows[rows["why"].astype(bool)]))
    acted = english.some(len(done), "finding")
    does = f"{english.agree(len(done), 'recommend')} or {english.agree(len(done), 'report')}"
    lines.append(count(f"Action: {acted} {does} action.", done))
    lines += own.quotes(done, 1)
    lines += changes(material, subject)
    quoter.identifying += own.identifying
    return lines


def _impact(material: Material, quoter: Quoter) -> list[Claim]:
    """What reports say has changed, kept apart from what they ask for."""
    rows = with_role(material.findings, "strength")
    changed = rows[rows["text"].str.contains(_CHANGED, regex=True)]
    if changed.empty:
        return [
            statement(
                "None of these reports says that practice improved after action was taken. Ask "
                "for a re-audit."
            )
        ]
    lead = (
        f"{english.capital(english.some(len(changed), 'finding'))} in "
        f"{english.some(changed['doc_id'].nunique(), 'report')} "
        f"{english.agree(len(changed), 'mention')} improvement. Treat this as a sign, not as a "
        "measure of impact."
    )
    return [count(lead, changed), *quoter.quotes(changed.assign(confidence=1.0), 3)]


_CHANGED = (
    r"(?i)\b(?:has|have) improved|\bimprovements? (?:in|to|made)|"
    r"\bsince (?:the|our) (?:last|previous)"
)


def _gaps(material: Material) -> list[Claim]:
    table = material.tables["priorities"]
    unseen = [english.lower_first(str(name)) for name in table.loc[table["reports"].eq(0), "name"]]
    undated = int(material.reports["year"].isna().sum())
    lines = [
        statement(
            "These reports cannot show how often something happens, whether training changed "
            "practice, or what children think of any change. Use audit, feedback and re-audit to "
            "find out."
        )
    ]
    if unseen:
        lines.append(statement(f"No report mentions {english.listed(unseen, 'or')}."))
    if undated:
        lines.append(count(f"{english.capital(english.some(undated, 'report'))} without a date "
                           "cannot be used to show trends."))  # fmt: skip
    stuck = material.tables["persistence"]
    names = [
        english.lower_first(str(name))
        for name in stuck.loc[stuck["persistent"].astype(bool), "name"]
    ]
    if names:
        lines.append(count(f"Still reported after action: {english.listed(names[:5])}."))
    return lines


def _priorities(material: Material) -> Chart:
    rows = tuple(
        (str(row["name"]), int(row["strengths"]), int(row["problems"]))
        for _, row in material.tables["priorities"].iterrows()
    )
    told = english.listed([f"{name}, {good} and {bad}" for name, good, bad in rows])
    columns = ("Priority", "Strengths", "Problems")
    alt = f"Strengths and problems of each priority: {told}."
    return Chart("balance", "Our priorities", columns, rows, alt)


def _table(material: Material) -> Chart | None:
    top = material.tables["recurrence"].head(_THEMES)
    if top.empty:
        return None
    rows = tuple(
        (str(row["name"]),
         f"{row['reports']} of {row['of_reports']}", english.percent(row["share"]),
         f"{english.percent(row['low'])} to {english.percent(row['high'])}")
        for _, row in top.iterrows()
    )  # fmt: skip
    told = english.listed([f"{row[0]} {row[2]}" for row in rows])
    columns = ("Theme", "Reports", "Share", "Likely range")
    return Chart("table", "Most common themes", columns, rows, f"Share of reports: {told}.")
